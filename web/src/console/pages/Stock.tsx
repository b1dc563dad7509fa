import { lazy, Suspense, useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { number } from '../../lib/format.ts';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { ExportButton } from '../../ui/ExportButton.tsx';
import { IconClipboard, IconPlus, IconSearch } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Failure, Loading, Page } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { Views } from '../../ui/Views.tsx';
import { Free, Heard, heardOf, promiseText, stockWords } from '../stock/parts.tsx';

const Adjust = lazy(() => import('../stock/Adjust.tsx'));

const List = graphql(`query StockLevels($filter: StockLevelFilter, $first: Int, $after: Cursor) {
  stockLevels(filter: $filter, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node {
      variantId onHand allocated reserved available fedAt countedAt isStale
      location { id name status }
      variant { id sku name stockPolicy @_optional leadDays @_optional availableFrom product { id name } }
    } }
  }
}`);
const Places = graphql(`query StockPlaces { stockLocations { id key name status priority } }`);

type Node = NonNullable<NonNullable<ResultOf<typeof List>['stockLevels']['edges'][number]>['node']>;
type Row = Node & { id: string };
type Filter = NonNullable<VariablesOf<typeof List>['filter']>;

const dayAgo = (days: number) => new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - days * 86_400_000).toISOString(); // the hour, so that the question stays the same

/** What lies where, and how much of it can be promised. */
export default function Stock() {
  const t = stockWords.use();
  const may = useMay();
  const list = useList();
  const free = list.get('free');
  const heard = list.get('heard');
  const policy = list.get('policy');
  const filter: Filter = {
    search: list.get('q'), locationId: list.get('place'),
    ...(free === 'oversold' ? { oversold: true } : free === 'none' ? { below: 1 } : free === 'few' ? { below: 5 } : {}),
    ...(heard === 'stale' ? { isStale: true } : heard === 'day' ? { heardBefore: dayAgo(1) } : heard === 'week' ? { heardBefore: dayAgo(7) } : {}),
    stockPolicy: policy ? [policy as NonNullable<Filter['stockPolicy']>[number]] : undefined,
  };
  const variables = { filter, first: 25, after: list.after };
  const [{ data, error }, again] = useQuery({ query: List, variables });
  const [{ data: where }] = useQuery({ query: Places });
  const [typed, setTyped] = useState(filter.search ?? '');
  const look = useDebouncedCallback((q: string) => list.set({ q: q.trim() }), 250);
  const [receiving, receive] = useState(false);
  const reload = () => again({ requestPolicy: 'network-only' });
  const rows: Row[] | null = data?.stockLevels.edges.map((e) => ({ ...e.node, id: `${e.node.variantId} ${e.node.location?.id}` })) ?? null;
  const filtered = !!(filter.search || filter.locationId || free || heard || policy);
  const count = (title: string, key: 'onHand' | 'allocated' | 'reserved'): Column<Row> => ({ key, title, end: true, phone: 'hide', cell: (r) => <span className="num">{number(r[key])}</span> });
  const columns: Column<Row>[] = [
    { key: 'what', title: t.variant, phone: 'main', cell: (r) => <>{[r.variant?.product?.name, r.variant?.name].filter(Boolean).join(', ') || t.unseen}<small>{r.variant?.sku}</small></> },
    { key: 'place', title: t.place, phone: 'label', cell: (r) => <>{r.location?.name}{r.location?.status === 'CLOSED' && <small>{t.closed}</small>}</> },
    count(t.onHand, 'onHand'), count(t.allocated, 'allocated'), count(t.reserved, 'reserved'),
    { key: 'free', title: t.free, end: true, cell: (r) => <Free n={r.available} /> },
    { key: 'policy', title: t.policy, phone: 'hide', cell: (r) => promiseText(r.variant, t) },
    { key: 'heard', title: t.heard, phone: 'label', cell: (r) => <Heard of={r} /> },
  ];
  return (
    <Page title={t.title} wide sub={t.sub} actions={<>
      <ExportButton document={List} variables={variables} name="stock" of={(d: ResultOf<typeof List>) => d.stockLevels}
        header={[t.sku, t.product, t.variant, t.place, t.onHand, t.allocated, t.reserved, t.free, t.policy, t.heard]}
        row={(r: Node) => [r.variant?.sku, r.variant?.product?.name, r.variant?.name, r.location?.name, r.onHand, r.allocated, r.reserved, r.available, promiseText(r.variant, t), heardOf(r)]} />
      {may('stockLocation.read') && <Button component={Link} href="/stock/places" variant="default">{t.places}</Button>}
      {may('stock.adjust') && <Button leftSection={<IconPlus size={16} />} onClick={() => receive(true)}>{t.acts.RECEIVE}</Button>}
    </>}>
      <Views list="STOCK" builtIn={[
        { key: 'all', name: t.views.all, query: '' },
        { key: 'oversold', name: t.views.oversold, query: 'free=oversold' },
        { key: 'none', name: t.views.none, query: 'free=none' },
        { key: 'old', name: t.views.old, query: 'heard=day' },
      ]} />
      <div className="f-filters" role="search">
        <TextInput className="f-search" aria-label={t.search} placeholder={t.search} leftSection={<IconSearch size={16} />} value={typed} onChange={(e) => { setTyped(e.currentTarget.value); look(e.currentTarget.value); }} />
        <NativeSelect aria-label={t.place} value={filter.locationId ?? ''} onChange={(e) => list.set({ place: e.currentTarget.value })}
          data={[{ value: '', label: `${t.place}: ${t.all}` }, ...(where?.stockLocations ?? []).map((l) => ({ value: l.id, label: l.name }))]} />
        <NativeSelect aria-label={t.free} value={free ?? ''} onChange={(e) => list.set({ free: e.currentTarget.value })}
          data={[{ value: '', label: `${t.free}: ${t.all}` }, ...Object.entries(t.freeFilter).map(([value, label]) => ({ value, label }))]} />
        <NativeSelect aria-label={t.heard} value={heard ?? ''} onChange={(e) => list.set({ heard: e.currentTarget.value })}
          data={[{ value: '', label: `${t.heard}: ${t.all}` }, ...Object.entries(t.heardFilter).map(([value, label]) => ({ value, label }))]} />
        <NativeSelect aria-label={t.policy} value={policy ?? ''} onChange={(e) => list.set({ policy: e.currentTarget.value })}
          data={[{ value: '', label: `${t.policy}: ${t.all}` }, ...Object.entries(t.policies).map(([value, label]) => ({ value, label }))]} />
      </div>
      {error && !data ? <Failure error={error} retry={reload} /> : (
        <Card flush>
          <Table label={t.title} columns={columns} rows={rows} href={(r) => `/stock/${r.variantId}`} name={(r) => `${r.variant?.sku}, ${r.location?.name}`}
            empty={<Empty icon={<IconClipboard size={22} />} title={filtered ? t.noMatch : t.none} text={filtered ? t.noMatchText : t.noneText} />} />
          {/* the list only goes forward: the way back is the browser's */}
          {!!rows?.length && <Pager total={data?.stockLevels.totalCount} info={data?.stockLevels.pageInfo} after={list.after} go={(to) => (to.before ? history.back() : list.turn(to))} />}
        </Card>
      )}
      <Dialog open={receiving} onClose={() => receive(false)} title={t.acts.RECEIVE}>
        {receiving && <Suspense fallback={<Loading rows={3} />}><Adjust kind="RECEIVE" places={where?.stockLocations ?? []} close={() => receive(false)} done={() => { receive(false); reload(); }} /></Suspense>}
      </Dialog>
    </Page>
  );
}

