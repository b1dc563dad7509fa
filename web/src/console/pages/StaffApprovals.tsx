import { NativeSelect } from '@mantine/core';
import { useQuery } from 'urql';
import { day, money } from '../../lib/format.ts';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { words } from '../../lib/words.ts';
import { ApprovalFields } from '../../ui/approval/fields.ts';
import { ApprovalPill, approvalWords, useCause } from '../../ui/approval/parts.tsx';
import { ExportButton } from '../../ui/ExportButton.tsx';
import { IconCheck } from '../../ui/icons.ts';
import { Card, Empty, Failure, Page, Time } from '../../ui/kit.tsx';
import { OrganizationPicker } from '../../ui/OrganizationPicker.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import en from './StaffApprovals.en.ts';
import './pricing.css';

const text = words('StaffApprovals', en);

const List = graphql(`query StaffApprovals($filter: ApprovalFilter, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  approvals(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { ...ApprovalFields order { id number status total @_optional { amount currency } organization @_optional { id name } } } }
  }
}`, [ApprovalFields]);

type Row = NonNullable<NonNullable<NonNullable<ResultOf<typeof List>['approvals']['edges']>[number]>['node']>;
type Status = NonNullable<NonNullable<NonNullable<VariablesOf<typeof List>['filter']>['status']>[number]>;
const every: Status[] = ['PENDING', 'APPROVED', 'DECLINED', 'EXPIRED', 'WITHDRAWN'];

/** Orders of customers that wait for approval, and what became of such questions. */
export default function StaffApprovals() {
  const t = text.use();
  const a = approvalWords.use();
  const cause = useCause();
  const list = useList();
  const state = list.get('state');
  const status: Status[] | undefined = state === 'all' ? undefined : every.includes(state as Status) ? [state as Status] : state === 'decided' ? every.slice(1) : ['PENDING'];
  const customer = list.get('customer');
  const variables = { filter: { status, organizationId: customer }, ...list.page(20) };
  const [{ data, error }, again] = useQuery({ query: List, variables });
  const rows: Row[] | null = data?.approvals.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  const filtered = !!customer || !!state;
  const total = (r: Row) => r.order?.total ?? r.cause.amount;
  const columns: Column<Row>[] = [
    { key: 'order', title: t.order, phone: 'main', cell: (r) => <>{r.order?.number ?? '–'}{r.order?.organization && <small>{r.order.organization.name}</small>}</> },
    { key: 'state', title: t.state, cell: (r) => <ApprovalPill status={r.status} /> },
    { key: 'asked', title: t.asked, phone: 'label', cell: (r) => <>{r.user?.name ?? '–'}<small><Time at={r.requestedAt} /></small></> },
    { key: 'why', title: t.why, phone: 'label', cell: (r) => <>{cause(r)}<small>{r.status === 'PENDING' ? `${t.waitsFor(r.approver?.name ?? t.anybody)}, ${t.until(day(r.expiresAt))}` : [r.decidedBy && (r.delegator ? t.instead(r.decidedBy.name, r.delegator.name) : t.answered(r.decidedBy.name)), r.comment && t.comment(r.comment)].filter(Boolean).join(' · ')}</small></> },
    { key: 'amount', title: t.amount, end: true, cell: (r) => <b className="num pr-strong">{total(r) && money(total(r)!)}</b> },
  ];
  return (
    <Page title={t.title} sub={t.sub} wide actions={
      <ExportButton document={List} variables={variables} name="approvals" of={(d: ResultOf<typeof List>) => d.approvals} header={[t.order, t.customer, t.state, t.asked, t.why, t.amount, '']}
        row={(r: Row) => [r.order?.number, r.order?.organization?.name, a.status[r.status], r.user?.name, cause(r), total(r)?.amount, total(r)?.currency]} />}>
      <div className="f-filters" role="search">
        <NativeSelect aria-label={t.state} value={state ?? ''} onChange={(e) => list.set({ state: e.currentTarget.value })}
          data={[{ value: '', label: `${t.state}: ${a.status.PENDING}` }, { value: 'all', label: `${t.state}: ${t.all}` }, { value: 'decided', label: t.decided }, ...every.slice(1).map((value) => ({ value, label: a.status[value] }))]} />
        <OrganizationPicker className="pr-customer" hideLabel value={customer} onChange={(id) => list.set({ customer: id })} />
      </div>
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : (
        <Card flush>
          <Table label={t.title} columns={columns} rows={rows} href={(r) => (r.order ? `/orders/${encodeURIComponent(r.order.number)}` : '/approvals')} name={(r) => r.order?.number ?? ''}
            empty={<Empty icon={<IconCheck size={22} />} title={filtered ? t.noMatch : t.none} text={filtered ? t.noMatchText : t.noneText} />} />
          {!!rows?.length && <Pager total={data?.approvals.totalCount} info={data?.approvals.pageInfo} after={list.after} before={list.before} go={list.turn} />}
        </Card>
      )}
    </Page>
  );
}
