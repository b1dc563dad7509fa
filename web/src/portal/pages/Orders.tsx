import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useQuery, useSubscription } from 'urql';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { money } from '../../lib/format.ts';
import { useList } from '../../lib/search.ts';
import { words } from '../../lib/words.ts';
import { ExportButton } from '../../ui/ExportButton.tsx';
import { IconCart, IconSearch } from '../../ui/icons.ts';
import { Card, Empty, Failure, OrderPill, Page, Pill, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { orderWords } from '../../words/index.ts';
import en from './Orders.en.ts';

const text = words('Orders', en);

const List = graphql(`query Orders($filter: OrderFilter, $orderBy: OrderOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  orders(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node {
      id number status fulfillmentStatus purchaseOrderNumber placedAt promisedDate estimatedDelivery deliveredAt isLate
      delay { since } total @_optional { amount currency } user @_optional { id name } lines { id position name }
    } }
  }
}`);
// Whatever happens to an order of the list is shown as it happens.
const Changed = graphql(`subscription OrdersChanged($since: String) {
  ordersUpdated(since: $since) { token order { id status fulfillmentStatus promisedDate estimatedDelivery deliveredAt isLate delay { since } } }
}`);

type Row = NonNullable<NonNullable<NonNullable<ResultOf<typeof List>['orders']['edges']>[number]>['node']>;
type Filter = NonNullable<VariablesOf<typeof List>['filter']>;

/** What was ordered, by its first article. */
const whatOf = (r: Row, t: ReturnType<typeof text.get>): string => {
  const first = [...r.lines].sort((a, b) => a.position - b.position)[0]?.name ?? '';
  return r.lines.length > 1 ? t.more(first, r.lines.length - 1) : first;
};

const open = ['AWAITING_APPROVAL', 'PLACED', 'CONFIRMING', 'CONFIRMED'] as const;

export default function Orders() {
  const t = text.use();
  const o = orderWords.use();
  const may = useMay();
  const list = useList();
  const status = list.get('status');
  const show = list.get('show');
  const filter: Filter = {
    search: list.get('q'),
    // What the first page counts as on its way is confirmed, and sent in part or whole.
    status: show === 'underway' ? ['CONFIRMED'] : status === 'open' ? [...open] : status ? [status as NonNullable<Filter['status']>[number]] : undefined,
    fulfillmentStatus: show === 'underway' ? ['PARTIALLY_SHIPPED', 'SHIPPED', 'PARTIALLY_DELIVERED'] : list.get('delivery') ? [list.get('delivery') as NonNullable<Filter['fulfillmentStatus']>[number]] : undefined,
    shipmentStatus: show === 'problems' ? ['EXCEPTION'] : undefined,
    isLate: show === 'late' ? true : show === 'expected' ? false : undefined,
    isDelayed: show === 'delayed' || show === 'expected' || undefined,
  };
  const sort = { field: (list.get('sort') ?? 'PLACED_AT') as 'PLACED_AT' | 'NUMBER', direction: (list.get('dir') ?? 'DESC') as 'ASC' | 'DESC' };
  const variables = { filter, orderBy: sort, ...list.page(20) };
  const [{ data, error }, again] = useQuery({ query: List, variables });
  useSubscription({ query: Changed, pause: !may('order.read') }, (_, message) => {
    // An order that the list does not have may belong into it.
    if (message.ordersUpdated.order && !rows?.some((r) => r.id === message.ordersUpdated.order!.id)) again({ requestPolicy: 'cache-and-network' });
    return message;
  });
  const [typed, setTyped] = useState(filter.search ?? '');
  const look = useDebouncedCallback((q: string) => list.set({ q }), 250);

  const rows = data?.orders.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  const filtered = !!(filter.search || status || filter.fulfillmentStatus || show);
  const columns: Column<Row>[] = [
    { key: 'number', title: t.order, sort: 'NUMBER', phone: 'main', cell: (r) => <>{r.number}<small className="or-what">{whatOf(r, t)}</small>{r.purchaseOrderNumber && <small>{t.yours(r.purchaseOrderNumber)}</small>}</> },
    { key: 'status', title: t.status, cell: (r) => <span style={{ display: 'inline-flex', gap: 6, flexWrap: 'wrap' }}><OrderPill order={r} />{r.isLate ? <Pill tone="bad">{o.late}</Pill> : r.delay && <Pill tone="warn">{o.delayed}</Pill>}</span> },
    { key: 'placed', title: t.placed, sort: 'PLACED_AT', phone: 'label', cell: (r) => <><Time at={r.placedAt} />{r.user && <small>{r.user.name}</small>}</> },
    { key: 'arrives', title: t.arrives, phone: 'label', cell: (r) => (r.deliveredAt ? <>{t.delivered} <Time at={r.deliveredAt} /></> : r.status === 'CANCELLED' ? null : (r.estimatedDelivery ?? r.promisedDate) ? <Time at={(r.estimatedDelivery ?? r.promisedDate)!.slice(0, 10)} /> : null) },
    ...(may('order.prices') ? [{ key: 'total', title: t.total, end: true, cell: (r: Row) => <span className="num">{r.total && money(r.total)}</span> }] : []),
  ];
  return (
    <Page
      title={t.title}
      actions={<ExportButton document={List} variables={variables} name="orders" of={(d: ResultOf<typeof List>) => d.orders}
        header={[t.order, t.articles, t.reference, t.status, t.delivery, t.placed, t.orderedBy, t.arrives, t.delivered, t.total, '']}
        row={(r: Row) => [r.number, r.lines.map((l) => l.name).join('; '), r.purchaseOrderNumber, o.status[r.status], o.fulfillment[r.fulfillmentStatus], r.placedAt, r.user?.name, r.estimatedDelivery ?? r.promisedDate, r.deliveredAt, r.total?.amount, r.total?.currency]} />}
    >
      <div className="f-filters" role="search">
        <TextInput className="f-search" aria-label={t.search} placeholder={t.search} leftSection={<IconSearch size={16} />} value={typed} onChange={(e) => { setTyped(e.currentTarget.value); look(e.currentTarget.value); }} />
        <NativeSelect aria-label={t.status} value={status ?? ''} onChange={(e) => list.set({ status: e.currentTarget.value })}
          data={[{ value: '', label: `${t.status}: ${t.any}` }, { value: 'open', label: t.open }, ...Object.entries(o.status).filter(([k]) => k !== 'DRAFT').map(([value, label]) => ({ value, label }))]} />
        <NativeSelect aria-label={t.delivery} value={list.get('delivery') ?? ''} onChange={(e) => list.set({ delivery: e.currentTarget.value })}
          data={[{ value: '', label: `${t.delivery}: ${t.any}` }, ...Object.entries(o.fulfillment).map(([value, label]) => ({ value, label }))]} />
        <NativeSelect aria-label={t.show} value={show ?? ''} onChange={(e) => list.set({ show: e.currentTarget.value })}
          data={[{ value: '', label: t.showAll }, { value: 'late', label: t.late }, { value: 'delayed', label: t.delayed }, { value: 'expected', label: t.expected }, { value: 'problems', label: t.problems }, { value: 'underway', label: t.underway }]} />
      </div>
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : (
        <Card flush>
          <Table label={t.title} columns={columns} rows={rows} href={(r) => `/orders/${encodeURIComponent(r.number)}`} name={(r) => r.number}
            sort={sort} onSort={(s) => list.set({ sort: s.field, dir: s.direction })}
            empty={<Empty icon={<IconCart size={22} />} title={filtered ? t.noMatch : t.none} text={filtered ? t.noMatchText : t.noneText}
              action={filtered && <Button variant="default" onClick={() => { setTyped(''); list.set({ q: null, status: null, delivery: null, show: null }); }}>{t.clear}</Button>} />} />
          {!!rows?.length && <Pager total={data?.orders.totalCount} info={data?.orders.pageInfo} after={list.after} before={list.before} go={list.turn} />}
        </Card>
      )}
    </Page>
  );
}
