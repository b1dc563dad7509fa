import { lazy, Suspense, useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useLocation } from 'wouter';
import { useQuery } from 'urql';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { ExportButton } from '../../ui/ExportButton.tsx';
import { IconClipboard, IconPlus, IconSearch } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Failure, Loading, Page } from '../../ui/kit.tsx';
import { OrganizationPicker } from '../../ui/OrganizationPicker.tsx';
import { useMay } from '../../ui/root.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { ListPill, listWords, useHolds, useWhom } from './priceListWords.tsx';
import './pricing.css';

const PriceListForm = lazy(() => import('./PriceListForm.tsx'));

const List = graphql(`query PriceLists($filter: PriceListFilter, $first: Int, $after: Cursor) {
  priceLists(filter: $filter, first: $first, after: $after) {
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { id key name currency status validFrom validTo isCurrent variantCount
      assignments { priority isEverybody organization { id name } segment { id name } } } }
  }
}`);
const Segments = graphql(`query SegmentsOfLists { segments { id name } }`);

type Row = ResultOf<typeof List>['priceLists']['edges'] extends readonly (infer E)[] | null ? NonNullable<NonNullable<E> extends { node: infer N } ? N : never> : never;
type Filter = NonNullable<VariablesOf<typeof List>['filter']>;

/** Every price list, and for whom it is. */
export default function PriceLists() {
  const t = listWords.use();
  const may = useMay();
  const list = useList();
  const [, go] = useLocation();
  const holds = useHolds();
  const whom = useWhom();
  const [making, setMaking] = useState(false);
  const status = list.get('state') as 'ACTIVE' | 'RETIRED' | undefined;
  const filter: Filter = { search: list.get('q'), status: status ? [status] : undefined, currency: list.get('currency'), organizationId: list.get('customer'), segmentId: list.get('segment') };
  const variables = { filter, first: 20, after: list.after };
  const [{ data, error }, again] = useQuery({ query: List, variables });
  const [{ data: groups }] = useQuery({ query: Segments });
  const [typed, setTyped] = useState(filter.search ?? '');
  const look = useDebouncedCallback((q: string) => list.set({ q }), 250);
  const rows: Row[] | null = data?.priceLists.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  const filtered = ['q', 'state', 'currency', 'customer', 'segment'].some((k) => list.get(k));
  const forWhom = (r: Row) => (!r.assignments.length ? null : r.assignments.length === 1 ? whom(r.assignments[0]!) : t.more(whom(r.assignments[0]!), r.assignments.length - 1));
  const columns: Column<Row>[] = [
    { key: 'name', title: t.name, phone: 'main', cell: (r) => <>{r.name}<small>{r.key} · {r.currency}</small></> },
    { key: 'state', title: t.state, cell: (r) => <ListPill list={r} /> },
    { key: 'whom', title: t.forWhom, phone: 'label', cell: (r) => (forWhom(r) ? <>{forWhom(r)}<small>{t.priorityOf(r.assignments[0]!.priority)}</small></> : <span className="muted">{t.nobody}</span>) },
    { key: 'valid', title: t.valid, phone: 'label', cell: (r) => holds(r.validFrom, r.validTo) },
    { key: 'prices', title: t.prices, end: true, phone: 'label', cell: (r) => <span className="num">{t.variants(r.variantCount)}</span> },
  ];
  return (
    <Page title={t.title} sub={t.sub} wide actions={<>
      <ExportButton document={List} variables={variables} name="price-lists" of={(d: ResultOf<typeof List>) => d.priceLists}
        header={[t.key, t.name, t.currency, t.state, t.validFrom, t.validTo, t.forWhom, t.prices]}
        row={(r: Row) => [r.key, r.name, r.currency, t.states[r.status], r.validFrom, r.validTo, r.assignments.map(whom).join(', '), r.variantCount]} />
      {may('priceList.save') && <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>{t.make}</Button>}
    </>}>
      <div className="f-filters" role="search">
        <TextInput className="f-search" aria-label={t.search} placeholder={t.search} leftSection={<IconSearch size={16} />} value={typed} onChange={(e) => { setTyped(e.currentTarget.value); look(e.currentTarget.value); }} />
        <NativeSelect aria-label={t.state} value={status ?? ''} onChange={(e) => list.set({ state: e.currentTarget.value })}
          data={[{ value: '', label: `${t.state}: ${t.all}` }, ...Object.entries(t.states).map(([value, label]) => ({ value, label }))]} />
        <OrganizationPicker className="pr-customer" hideLabel value={list.get('customer')} onChange={(id) => list.set({ customer: id })} />
        <NativeSelect aria-label={t.segment} value={list.get('segment') ?? ''} onChange={(e) => list.set({ segment: e.currentTarget.value })}
          data={[{ value: '', label: `${t.segment}: ${t.all}` }, ...(groups?.segments ?? []).map((s) => ({ value: s.id, label: s.name }))]} />
      </div>
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : (
        <Card flush>
          <Table label={t.title} columns={columns} rows={rows} href={(r) => `/price-lists/${r.id}`} name={(r) => r.name}
            empty={<Empty icon={<IconClipboard size={22} />} title={filtered ? t.noMatch : t.none} text={filtered ? t.noMatchText : t.noneText}
              action={!filtered && may('priceList.save') ? <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>{t.make}</Button> : undefined} />} />
          {/* the list only goes forward: the way back is the browser's */}
          {!!rows?.length && <Pager total={!list.after && !data?.priceLists.pageInfo.hasNextPage ? rows.length : undefined} info={data?.priceLists.pageInfo} after={list.after} go={(to) => (to.before ? history.back() : list.turn(to))} />}
        </Card>
      )}
      <Dialog open={making} onClose={() => setMaking(false)} title={t.make}>
        {making && <Suspense fallback={<Loading rows={3} />}><PriceListForm close={() => setMaking(false)} done={(id) => go(`/price-lists/${id}`)} /></Suspense>}
      </Dialog>
    </Page>
  );
}
