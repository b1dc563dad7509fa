import { lazy, Suspense, useEffect, useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery, useSubscription } from 'urql';
import { Link } from 'wouter';
import { ago, day, money } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { ExportButton } from '../../ui/ExportButton.tsx';
import { IconCart, IconCheck } from '../../ui/icons.ts';
import { Card, Empty, Failure, OrderPill, Page, Pill, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { Views } from '../../ui/Views.tsx';
import { orderWords } from '../../words/index.ts';
import { actWords, permissionOf, type Act } from './orderAct.ts';
import { deskWords, filterKeys, filterOf, queue } from './orderFilter.ts';
import { OrderFilters } from './OrderFilters.tsx';
import './orders.css';

const OrderBulk = lazy(() => import('./OrderBulk.tsx'));

export const DeskOrders = graphql(`query DeskOrders($filter: OrderFilter, $orderBy: OrderOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  orders(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node {
      id number version status fulfillmentStatus paymentStatus @_optional purchaseOrderNumber placedAt promisedDate estimatedDelivery deliveredAt isLate
      delay { cause since reason } total @_optional { amount currency } source @_optional externalId @_optional
      organization @_optional { id name } user @_optional { id name } availableActions
    } }
  }
}`);
// The cache puts what a message has into the rows that show it.
const Changed = graphql(`subscription DeskOrdersChanged($since: String) {
  ordersUpdated(since: $since) { token
    order { id version status fulfillmentStatus paymentStatus @_optional promisedDate estimatedDelivery deliveredAt isLate delay { cause since reason } availableActions }
    event @_optional { __typename }
  }
}`);
const Waiting = graphql(`query DeskWaiting { viewer { attention @_optional { ordersToConfirm @_optional ordersToShip @_optional lateOrders shipmentProblems } } }`);

type Row = NonNullable<NonNullable<NonNullable<ResultOf<typeof DeskOrders>['orders']['edges']>[number]>['node']>;
const acts: Act[] = ['CONFIRM', 'SET_PROMISED_DATE', 'ADD_NOTE', 'CANCEL'];

/** The order desk: every order that one may see, found, kept in views, worked on by one or by many. */
export default function OrderDesk() {
  const t = deskWords.use();
  const o = orderWords.use();
  const a = actWords.use();
  const may = useMay();
  const list = useList();
  const sort = { field: (list.get('sort') ?? 'PLACED_AT') as 'PLACED_AT' | 'NUMBER', direction: (list.get('dir') ?? 'DESC') as 'ASC' | 'DESC' };
  const variables = { filter: filterOf(list, may), orderBy: sort, ...list.page(25) };
  const [{ data, error }, again] = useQuery({ query: DeskOrders, variables });
  const [{ data: waiting }] = useQuery({ query: Waiting });
  const rows = data?.orders.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;

  // What happens to orders that the page does not have is counted, not pushed in between.
  const [news, setNews] = useState<ReadonlyMap<string, boolean>>(new Map()); // whether the order is new
  useSubscription({ query: Changed, pause: !may('order.read') }, (_, message) => {
    const { order, event } = message.ordersUpdated;
    if (order && !rows?.some((r) => r.id === order.id)) setNews((all) => new Map(all).set(order.id, all.get(order.id) || event?.__typename === 'OrderPlaced'));
    return message;
  });
  const unseen = [...news].filter(([id]) => !rows?.some((r) => r.id === id));
  const fresh = unseen.filter(([, placed]) => placed).length;
  const reveal = () => { setNews(new Map()); if (list.after || list.before) list.turn({}); again({ requestPolicy: 'network-only' }); };

  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const [act, setAct] = useState<Act | null>(null);
  useEffect(() => { setSelection(new Set()); setNews(new Map()); }, [list.text]);
  const mine = acts.filter((x) => may(permissionOf[x]));
  const chosen = rows?.filter((r) => selection.has(r.id)) ?? [];

  const filtered = filterKeys.some((k) => list.get(k));
  const columns: Column<Row>[] = [
    { key: 'number', title: t.order, sort: 'NUMBER', phone: 'main', cell: (r) => <>{r.number}{r.purchaseOrderNumber && <small className="num">{t.theirs(r.purchaseOrderNumber)}</small>}</> },
    { key: 'customer', title: t.customer, phone: 'label', cell: (r) => r.organization && <>{may('organization.read') ? <Link className="od-link" href={`/customers/${r.organization.id}`}>{r.organization.name}</Link> : r.organization.name}{r.user && <small>{r.user.name}</small>}</> },
    { key: 'status', title: t.status, cell: (r) => <><span className="od-pills"><OrderPill order={r} />{r.isLate ? <Pill tone="bad">{o.late}</Pill> : r.delay && <Pill tone="warn">{o.delayed}</Pill>}</span>{r.delay && <small title={r.delay.reason}>{o.delay[r.delay.cause]}</small>}</> },
    { key: 'placed', title: t.placed, sort: 'PLACED_AT', phone: 'label', cell: (r) => <span className="num"><Time at={r.placedAt} />{Date.now() - Date.parse(r.placedAt) < 7 * 86_400_000 && <small>{ago(r.placedAt)}</small>}</span> },
    { key: 'promised', title: t.promised, phone: 'label', cell: (r) => <>
      {r.promisedDate ? <Time at={r.promisedDate} /> : <span className="muted">{t.noDay}</span>}
      {r.deliveredAt ? <small className="num">{t.delivered(day(r.deliveredAt))}</small> : r.estimatedDelivery && r.status === 'CONFIRMED' && r.estimatedDelivery.slice(0, 10) !== r.promisedDate && <small className="num">{t.expected(day(r.estimatedDelivery))}</small>}
    </> },
    ...(may('order.prices') ? [
      { key: 'value', title: t.value, end: true, cell: (r: Row) => <span className="num">{r.total && money(r.total)}<small>{r.paymentStatus && o.payment[r.paymentStatus]}</small></span> },
    ] : []),
  ];
  const w = waiting?.viewer.attention;
  return (
    <Page
      title={t.title} wide
      actions={<ExportButton document={DeskOrders} variables={variables} name="orders" of={(d: ResultOf<typeof DeskOrders>) => d.orders}
        header={[t.order, t.reference, t.customer, t.by, t.status, t.delivery, t.placed, t.promised, t.expectedOn, t.deliveredOn, o.late, t.reason,
          ...(may('order.prices') ? [t.payment, t.value, t.currency] : []), ...(may('record.source') ? [t.source, t.externalId] : [])]}
        row={(r: Row) => [r.number, r.purchaseOrderNumber, r.organization?.name, r.user?.name, o.status[r.status], o.fulfillment[r.fulfillmentStatus], r.placedAt, r.promisedDate, r.estimatedDelivery, r.deliveredAt, r.isLate ? o.late : '', r.delay?.reason,
          ...(may('order.prices') ? [r.paymentStatus && o.payment[r.paymentStatus], r.total?.amount, r.total?.currency] : []), ...(may('record.source') ? [r.source, r.externalId] : [])]} />}
    >
      <Views list="ORDERS" builtIn={[
        { key: 'all', name: t.all, query: '' },
        ...(may('order.confirm') ? [{ key: 'confirm', name: t.toConfirm, query: queue.toConfirm, count: w?.ordersToConfirm }] : []),
        ...(may('shipment.create') ? [{ key: 'ship', name: t.toShip, query: queue.toShip, count: w?.ordersToShip }] : []),
        { key: 'late', name: t.late, query: queue.late, count: w?.lateOrders },
        { key: 'problems', name: t.problems, query: queue.problems, count: w?.shipmentProblems },
        { key: 'underway', name: t.underway, query: queue.underway },
      ]} />
      <OrderFilters list={list} />
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : (
        <Card flush className="od-list">
          <div role="status">
            {unseen.length > 0 && <div className="od-news"><span>{fresh > 0 ? t.fresh(fresh) : t.changed(unseen.length)}</span><Button size="compact-sm" variant="default" onClick={reveal}>{t.reveal}</Button></div>}
          </div>
          {chosen.length > 0 && (
            <div className="od-bar" role="group" aria-label={t.actions}>
              <b role="status">{t.chosen(chosen.length)}</b>
              {mine.map((x) => <Button key={x} size="compact-sm" variant="default" onClick={() => setAct(x)}>{a[x]}</Button>)}
              <Button className="od-clear" size="compact-sm" variant="subtle" onClick={() => setSelection(new Set())}>{t.clearChosen}</Button>
            </div>
          )}
          <Table label={t.title} columns={columns} rows={rows} href={(r) => `/orders/${encodeURIComponent(r.number)}`} name={(r) => r.number}
            sort={sort} onSort={(s) => list.set({ sort: s.field, dir: s.direction })}
            selection={mine.length ? selection : undefined} onSelect={mine.length ? setSelection : undefined}
            empty={!filtered ? <Empty icon={<IconCart size={22} />} title={t.none} text={t.noneText} />
              : Object.values(queue).includes(list.kept) ? <Empty icon={<IconCheck size={22} />} title={t.nothingToDo} text={t.nothingToDoText} />
                : <Empty icon={<IconCart size={22} />} title={t.noMatch} text={t.noMatchText} action={<Button variant="default" onClick={() => list.set(Object.fromEntries(filterKeys.map((k) => [k, null])))}>{t.clear}</Button>} />} />
          {!!rows?.length && <Pager total={data?.orders.totalCount} info={data?.orders.pageInfo} after={list.after} before={list.before} go={list.turn} />}
        </Card>
      )}
      {act && (
        <Suspense fallback={null}>
          <OrderBulk act={act} orders={chosen.map((r) => ({ ...r, organization: r.organization ?? null }))}
            onClose={(undone) => { setAct(null); setSelection(new Set(undone)); }} />
        </Suspense>
      )}
    </Page>
  );
}
