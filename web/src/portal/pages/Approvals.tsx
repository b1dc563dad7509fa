import { useQuery, useSubscription } from 'urql';
import { Link } from 'wouter';
import { day, money } from '../../lib/format.ts';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { IconChecks } from '../../ui/icons.ts';
import { Empty, Failure, Loading, Page, Time } from '../../ui/kit.tsx';
import { useMay, useSession } from '../../ui/root.tsx';
import { Pager } from '../../ui/table.tsx';
import { ApprovalFields } from '../../ui/approval/fields.ts';
import { Answers, ApprovalPill, approvalWords, useCause } from '../../ui/approval/parts.tsx';
import './approvals.css';
import './cart.css';

const List = graphql(`query Approvals($filter: ApprovalFilter, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  approvals(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { ...ApprovalFields order { id number status total @_optional { amount currency } lines { id position name } } } }
  }
}`, [ApprovalFields]);
const Changed = graphql(`subscription ApprovalsChanged($since: String) { ordersUpdated(since: $since) { token order { id status } } }`);

type Row = NonNullable<NonNullable<NonNullable<ResultOf<typeof List>['approvals']['edges']>[number]>['node']>;
type Filter = NonNullable<VariablesOf<typeof List>['filter']>;

/** Orders that wait for a word: one's own to give, and those that one has asked for. */
export default function Approvals() {
  const t = approvalWords.use();
  const may = useMay();
  const list = useList();
  const { viewer } = useSession();
  const decides = may('approval.decide');
  const tabs = decides ? (['waiting', 'others', 'decided'] as const) : (['mine', 'decided'] as const);
  const show = tabs.find((x) => x === list.get('show')) ?? tabs[0];
  const filter: Filter = show === 'decided' ? { status: ['APPROVED', 'DECLINED', 'EXPIRED', 'WITHDRAWN'] } : { status: ['PENDING'], ...(decides ? { mine: show === 'waiting' } : {}) };
  const [{ data, error }, again] = useQuery({ query: List, variables: { filter, ...list.page(20) } });
  const reload = () => again({ requestPolicy: 'network-only' });
  useSubscription({ query: Changed, pause: !may('order.read') }, (_, message) => {
    if (message.ordersUpdated.order) reload();
    return message;
  });
  const rows = data?.approvals.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  const none = { waiting: [t.noneWaiting, t.noneWaitingText], others: [t.noneWaiting, t.noneWaitingText], mine: [t.noneMine, t.noneMineText], decided: [t.noneDecided, t.noneDecidedText] }[show];
  return (
    <Page title={t.title}>
      <nav className="ca-carts" aria-label={t.tabs}>{tabs.map((x) => <Link key={x} href={x === tabs[0] ? '/approvals' : `/approvals?show=${x}`} aria-current={x === show ? 'page' : undefined}>{t[x]}</Link>)}</nav>
      <section className="f-card" aria-label={t[show]}>
        {error && !rows ? <Failure error={error} retry={reload} /> : !rows ? <Loading rows={4} />
          : !rows.length ? <Empty icon={<IconChecks size={22} />} title={none![0]!} text={none![1]} />
          : <ul>{rows.map((r) => <Item key={r.id} row={r} me={viewer.id} reload={reload} />)}</ul>}
        {!!rows?.length && <Pager total={data?.approvals.totalCount} info={data?.approvals.pageInfo} after={list.after} before={list.before} go={list.turn} />}
      </section>
    </Page>
  );
}

function Item({ row: a, reload }: { row: Row; me: string | null; reload: () => void }) {
  const t = approvalWords.use();
  const cause = useCause()(a);
  const lines = [...(a.order?.lines ?? [])].sort((x, y) => x.position - y.position);
  const first = lines[0]?.name;
  const total = a.order?.total ?? a.cause.amount;
  return (
    <li className="ap-row">
      <div className="ap-what">
        <b>{a.order ? <Link href={`/orders/${encodeURIComponent(a.order.number)}`}>{a.order.number}</Link> : '–'} <span>{first && (lines.length > 1 ? t.more(first, lines.length - 1) : first)}</span></b>
        <small>{t.asked} <Time at={a.requestedAt} />{a.user && ` ${t.by(a.user.name)}`} · {cause}</small>
        {a.comment && <p className="ap-comment">{t.comments(a.comment)}</p>}
      </div>
      <div className="ap-sum"><b className="num">{total && money(total)}</b>
        {a.status === 'PENDING' ? <small>{t.until(day(a.expiresAt))}</small> : a.decidedBy && <small>{a.delegator ? t.instead(a.decidedBy.name, a.delegator.name) : t.answered(a.decidedBy.name)}</small>}
      </div>
      <div className="ap-do">{a.availableActions.length && a.order ? <Answers approval={a} number={a.order.number} reload={reload} small /> : <ApprovalPill status={a.status} />}</div>
    </li>
  );
}
