import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ago, day, number } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { IconCheck } from '../../ui/icons.ts';
import { Card, Empty, Failure, OrderPill, Page, Pill, Skeleton, Time } from '../../ui/kit.tsx';
import { useMay, useSession } from '../../ui/root.tsx';
import { orderWords } from '../../words/index.ts';
import { Activity } from './DeskActivity.tsx';
import { Misses, Shelves } from './DeskGoods.tsx';
import { Customers, Messages, Places } from './DeskOther.tsx';
import en from './Desk.en.ts';
import { queue } from './orderFilter.ts';
import './desk.css';

export const homeWords = words('Desk', en);

const Home = graphql(`query DeskHome($confirm: Boolean!, $ship: Boolean!) {
  viewer { attention @_optional {
    lateOrders ordersUnderway shipmentProblems ordersToConfirm @_optional ordersToShip @_optional waitingParcelReports @_optional
  } }
  toConfirm: orders(filter: { status: [PLACED, CONFIRMING] }, orderBy: { field: PLACED_AT, direction: ASC }, first: 5) @include(if: $confirm) @_optional {
    edges { node { id number status fulfillmentStatus placedAt requestedDate organization @_optional { id name } } }
  }
  toShip: orders(filter: { isToShip: true }, orderBy: { field: PLACED_AT, direction: ASC }, first: 5) @include(if: $ship) @_optional {
    edges { node { id number status fulfillmentStatus placedAt promisedDate isLate organization @_optional { id name } } }
  }
  late: orders(filter: { isLate: true }, orderBy: { field: PLACED_AT, direction: ASC }, first: 5) @_optional {
    edges { node { id number status fulfillmentStatus placedAt promisedDate delay { cause since expected reason } organization @_optional { id name } } }
  }
}`);
type Data = ResultOf<typeof Home>;
type Attention = NonNullable<Data['viewer']['attention']>;

/** The console's home: what waits, the oldest of it, and what is happening.
 * Roles that have nothing to do with orders find what they do have. */
export default function Desk() {
  const t = homeWords.use();
  const may = useMay();
  const { viewer } = useSession();
  const first = viewer.name.split(' ')[0] ?? viewer.name;
  const hour = new Date().getHours();
  const [{ data, error }, again] = useQuery({ query: Home, variables: { confirm: may('order.confirm'), ship: may('shipment.create') } });
  const title = hour < 11 ? t.morning(first) : hour < 18 ? t.day(first) : t.evening(first);
  if (!may('order.read')) {
    return (
      <Page title={title}>
        <div className="dk-columns"><div className="f-stack"><Misses /><Shelves /><Customers /><Messages /></div><div className="f-stack"><Places /></div></div>
      </Page>
    );
  }
  const a = data?.viewer.attention;
  const waits = a && (a.lateOrders + a.shipmentProblems + (a.ordersToConfirm ?? 0) + (a.ordersToShip ?? 0) + (a.waitingParcelReports ?? 0) > 0);
  return (
    <Page title={title} sub={a ? (waits ? t.waits : t.calm) : <Skeleton w={180} style={{ marginTop: 8 }} />}>
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : <>
        <Cards attention={a} />
        <div className="dk-columns">
          <div className="f-stack">
            {may('order.confirm') && <ToConfirm data={data} total={a?.ordersToConfirm} />}
            {may('shipment.create') && <ToShip data={data} total={a?.ordersToShip} />}
            <Late data={data} total={a?.lateOrders} />
            <Shelves />
            <Misses />
          </div>
          <div className="f-stack">{may('event.read') && <Activity />}{may('notification.read') && <Messages />}</div>
        </div>
      </>}
    </Page>
  );
}

/** A number, and the list behind it. */
function Cards({ attention: a }: { attention: Attention | null | undefined }) {
  const t = homeWords.use();
  const may = useMay();
  const cards: { key: keyof Omit<Attention, '__typename'>; href: string; tone?: string; has: boolean }[] = [
    { key: 'ordersToConfirm', href: `/orders?${queue.toConfirm}`, has: may('order.confirm') },
    { key: 'ordersToShip', href: `/orders?${queue.toShip}`, has: may('shipment.create') },
    { key: 'lateOrders', href: `/orders?${queue.late}`, tone: 'bad', has: true },
    { key: 'shipmentProblems', href: `/orders?${queue.problems}`, tone: 'warn', has: true },
    { key: 'waitingParcelReports', href: '/parcels', has: may('parcelReport.read') },
    { key: 'ordersUnderway', href: `/orders?${queue.underway}`, has: true },
  ];
  return (
    <nav className="dk-cards" aria-label={t.queues}>
      {cards.filter((c) => c.has).map((c) => {
        const n = a?.[c.key];
        return (
          <Link key={c.key} href={c.href} className="dk-card" data-tone={n ? c.tone : undefined} data-zero={n === 0 || undefined}>
            <span>{t[c.key]}</span>
            <b>{a ? number(n ?? 0) : <Skeleton w={44} h={25} style={{ margin: '4px 0' }} />}</b>
            <small>{t[`${c.key}Text`]}</small>
          </Link>
        );
      })}
    </nav>
  );
}

type Edges<N> = { edges: readonly ({ node: N | null } | null)[] | null } | null | undefined;
const nodes = <N,>(c: Edges<N>): N[] | null => c?.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
const at = (n: string) => `/orders/${encodeURIComponent(n)}`;

function All({ href, total }: { href: string; total: number | null | undefined }) {
  const t = homeWords.use();
  return total ? <Link className="dk-more" href={href}>{t.allOf(total)}</Link> : null;
}
const Lines = () => <div className="f-rows" aria-hidden>{[0, 1, 2].map((i) => <div key={i} style={{ display: 'grid', gap: 8 }}><Skeleton w="46%" /><Skeleton w="30%" h={11} /></div>)}</div>;

function ToConfirm({ data, total }: { data: Data | undefined; total: number | null | undefined }) {
  const t = homeWords.use();
  const rows = nodes(data?.toConfirm);
  return (
    <Card title={t.toConfirm} aside={<All href={`/orders?${queue.toConfirm}`} total={total} />} flush>
      {!rows ? <Lines /> : !rows.length ? <Empty icon={<IconCheck size={22} />} title={t.noneToConfirm} /> : (
        <ul className="dk-list">{rows.map((o) => (
          <li key={o.id}><Link className="dk-row" href={at(o.number)}>
            <span><b>{o.number}</b> {o.organization?.name}</span><OrderPill order={o} />
            <small>{t.placed(ago(o.placedAt))}</small>{o.requestedDate && <small>{t.wanted(day(o.requestedDate))}</small>}
          </Link></li>
        ))}</ul>
      )}
    </Card>
  );
}

function ToShip({ data, total }: { data: Data | undefined; total: number | null | undefined }) {
  const t = homeWords.use();
  const o = orderWords.use();
  const rows = nodes(data?.toShip);
  return (
    <Card title={t.toShip} aside={<All href={`/orders?${queue.toShip}`} total={total} />} flush>
      {!rows ? <Lines /> : !rows.length ? <Empty icon={<IconCheck size={22} />} title={t.noneToShip} /> : (
        <ul className="dk-list">{rows.map((r) => (
          <li key={r.id}><Link className="dk-row" href={at(r.number)}>
            <span><b>{r.number}</b> {r.organization?.name}</span>{r.isLate ? <Pill tone="bad">{o.late}</Pill> : <OrderPill order={r} />}
            <small>{r.promisedDate ? t.promised(day(r.promisedDate)) : t.noDay}</small><small>{t.placed(ago(r.placedAt))}</small>
          </Link></li>
        ))}</ul>
      )}
    </Card>
  );
}

function Late({ data, total }: { data: Data | undefined; total: number | null | undefined }) {
  const t = homeWords.use();
  const rows = nodes(data?.late);
  return (
    <Card title={t.late} aside={<All href={`/orders?${queue.late}`} total={total} />} flush>
      {!rows ? <Lines /> : !rows.length ? <Empty icon={<IconCheck size={22} />} title={t.noneLate} text={t.noneLateText} /> : (
        <ul className="dk-list">{rows.map((o) => (
          <li key={o.id}><Link className="dk-row" href={at(o.number)}>
            <span><b>{o.number}</b> {o.organization?.name}</span>
            <small>{o.promisedDate ? t.promised(day(o.promisedDate)) : <Time at={o.placedAt} />}</small>
            {o.delay && <small className="dk-why">{o.delay.reason}</small>}
          </Link></li>
        ))}</ul>
      )}
    </Card>
  );
}
