import { useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { IconSearch, IconSettings } from '../../ui/icons.ts';
import { Card, Empty, Failure, Page, Pill, Time } from '../../ui/kit.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { KeptPill } from '../configure/KeptPill.tsx';
import { keptWords } from '../configure/keptWords.ts';
import { price } from '../../ui/configure/words.ts';

const List = graphql(`query Configurations($filter: ConfigurationFilter, $orderBy: ConfigurationOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  configurations(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { id name status turn quantity changedAt lastPrice @_optional { amount currency } user @_optional { id name } product @_optional { id name } } }
  }
}`);
type Row = NonNullable<NonNullable<NonNullable<ResultOf<typeof List>['configurations']['edges']>[number]>['node']>;
type Filter = NonNullable<VariablesOf<typeof List>['filter']>;

/** What was put together and kept. Two that are ticked can be compared. */
export default function Configurations() {
  const t = keptWords.use();
  const list = useList();
  const [, go] = useLocation();
  const status = list.get('status');
  const turn = list.get('turn');
  const filter: Filter = { search: list.get('q'), status: status ? [status as NonNullable<Filter['status']>[number]] : undefined, turn: turn ? [turn as NonNullable<Filter['turn']>[number]] : undefined };
  const sort = { field: 'CHANGED_AT' as const, direction: (list.get('dir') ?? 'DESC') as 'ASC' | 'DESC' };
  const [{ data, error }, again] = useQuery({ query: List, variables: { filter, orderBy: sort, ...list.page(20) } });
  const [typed, setTyped] = useState(filter.search ?? '');
  const look = useDebouncedCallback((q: string) => list.set({ q }), 250);
  const [picked, setPicked] = useState<ReadonlySet<string>>(() => new Set(list.all('with')));
  const rows = data?.configurations.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  const filtered = !!(filter.search || status || turn);
  const two = [...picked];
  const columns: Column<Row>[] = [
    { key: 'name', title: t.name, phone: 'main', cell: (r) => <>{r.name}<small>{[r.product?.name, r.quantity > 1 && t.pieces(r.quantity)].filter(Boolean).join(' · ')}</small></> },
    { key: 'status', title: t.state, cell: (r) => <span style={{ display: 'inline-flex', gap: 6, flexWrap: 'wrap' }}><KeptPill kept={r} />{r.turn === 'SALES' && r.status !== 'ORDERED' && <Pill tone="info">{t.turns.SALES}</Pill>}</span> },
    { key: 'when', title: t.when, sort: 'CHANGED_AT', phone: 'label', cell: (r) => <><Time at={r.changedAt} />{r.user && <small>{r.user.name}</small>}</> },
    { key: 'price', title: t.price, end: true, cell: (r) => <span className="num">{r.lastPrice && price(r.lastPrice)}</span> },
  ];
  return (
    <Page title={t.title} sub={t.lead} actions={<Button variant="default" disabled={two.length !== 2} title={t.compareHint} onClick={() => go(`/configurations/compare?a=${two[0]}&b=${two[1]}`)}>{t.compare}{two.length > 0 && ` (${two.length})`}</Button>}>
      <div className="f-filters" role="search">
        <TextInput className="f-search" aria-label={t.search} placeholder={t.search} leftSection={<IconSearch size={16} />} value={typed} onChange={(e) => { setTyped(e.currentTarget.value); look(e.currentTarget.value); }} />
        <NativeSelect aria-label={t.state} value={status ?? ''} onChange={(e) => list.set({ status: e.currentTarget.value })} data={[{ value: '', label: `${t.state}: ${t.any}` }, ...Object.entries(t.status).map(([value, label]) => ({ value, label }))]} />
        <NativeSelect aria-label={t.turnOf} value={turn ?? ''} onChange={(e) => list.set({ turn: e.currentTarget.value })} data={[{ value: '', label: `${t.turnOf}: ${t.any}` }, ...Object.entries(t.turns).map(([value, label]) => ({ value, label }))]} />
      </div>
      {picked.size > 0 && picked.size !== 2 && <p className="muted" role="status" style={{ marginBottom: 10 }}>{t.compareHint}</p>}
      {error && !data ? <section className="f-card"><Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /></section> : (
        <Card flush>
          <Table label={t.title} columns={columns} rows={rows} href={(r) => `/configurations/${r.id}`} name={(r) => r.name} sort={sort} onSort={(x) => list.set({ dir: x.direction })}
            selection={picked} onSelect={(x) => setPicked(new Set([...x].slice(-2)))}
            empty={<Empty icon={<IconSettings size={22} />} title={filtered ? t.noMatch : t.none} text={filtered ? t.noMatchText : t.noneText}
              action={filtered ? <Button variant="default" onClick={() => { setTyped(''); list.set({ q: null, status: null, turn: null }); }}>{t.clear}</Button> : <Button component={Link} href="/products" variant="default">{t.browse}</Button>} />} />
          {!!rows?.length && <Pager total={data?.configurations.totalCount} info={data?.configurations.pageInfo} after={list.after} before={list.before} go={list.turn} />}
        </Card>
      )}
    </Page>
  );
}
