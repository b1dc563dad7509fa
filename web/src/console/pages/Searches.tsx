import { lazy, Suspense, useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from 'urql';
import { ago, number } from '../../lib/format.ts';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { ExportButton } from '../../ui/ExportButton.tsx';
import { IconSearch } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Failure, Loading, Page, Pill, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { Views } from '../../ui/Views.tsx';
import { kitWords } from '../../words/index.ts';
import { answerText, missTone, missWords } from '../searches/parts.ts';
import '../searches/searches.css';

const Miss = lazy(() => import('../searches/Miss.tsx'));
const Merge = lazy(() => import('../searches/Merge.tsx'));

const List = graphql(`query SearchMisses($filter: SearchMissFilter, $orderBy: SearchMissOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  searchMisses(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { id term count people lastAt status hidden answer version answerSynonym answerProducts { id name } mergedInto { id term } } }
  }
}`);

export type MissRow = NonNullable<NonNullable<NonNullable<ResultOf<typeof List>['searchMisses']['edges']>[number]>['node']>;
type Filter = NonNullable<VariablesOf<typeof List>['filter']>;

/** What people have searched for in vain, and what becomes of it. */
export default function Searches() {
  const t = missWords.use();
  const k = kitWords.use();
  const may = useMay();
  const list = useList();
  const state = list.get('state') ?? 'OPEN';
  const filter: Filter = { status: state === 'all' ? undefined : (state.split(',') as NonNullable<Filter['status']>), search: list.get('q') };
  const sort = { field: (list.get('sort') ?? 'COUNT') as 'COUNT' | 'LAST_AT', direction: (list.get('dir') ?? 'DESC') as 'ASC' | 'DESC' };
  const variables = { filter, orderBy: sort, ...list.page(25) };
  const [{ data, error }, again] = useQuery({ query: List, variables });
  const [typed, setTyped] = useState(filter.search ?? '');
  const look = useDebouncedCallback((q: string) => list.set({ q: q.trim() }), 250);
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [asks, ask] = useState<'merge' | 'dismiss' | null>(null);
  const opened = list.get('open') ?? null;
  const reload = () => again({ requestPolicy: 'network-only' });
  const done = () => { ask(null); choose(new Set()); reload(); };
  const rows = data?.searchMisses.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  const selected = rows?.filter((r) => chosen.has(r.id) && r.status !== 'MERGED') ?? [];
  const where = (id: string) => { const q = new URLSearchParams(list.text); q.set('open', id); return `/searches?${q}`; };
  const mayChoose = may('searchMiss.merge') || may('searchMiss.decide');
  const columns: Column<MissRow>[] = [
    { key: 'term', title: t.term, phone: 'main', cell: (r) => r.term },
    { key: 'count', title: t.count, end: true, sort: 'COUNT', phone: 'end', cell: (r) => <span className="num">{number(r.count)}×</span> },
    { key: 'people', title: t.people, phone: 'label', cell: (r) => (r.people ? t.waiting(r.people) : <span className="muted">{t.nobody}</span>) },
    { key: 'hidden', title: t.why, phone: 'label', cell: (r) => <span className={r.hidden ? undefined : 'muted'}>{r.hidden === null ? t.hiddenUnknown : r.hidden ? t.hidden : t.nothing}</span> },
    { key: 'last', title: t.last, sort: 'LAST_AT', phone: 'label', cell: (r) => <Time at={r.lastAt}>{ago(r.lastAt)}</Time> },
    { key: 'state', title: t.state, cell: (r) => <><Pill tone={missTone[r.status]}>{t.states[r.status]}</Pill>{r.status !== 'OPEN' && answerText(r, t) && <small style={{ marginTop: 3 }}>{answerText(r, t)}</small>}</> },
  ];
  const filtered = !!filter.search || state !== 'OPEN';
  return (
    <Page title={t.title} wide sub={t.sub} actions={
      <ExportButton document={List} variables={variables} name="searches" of={(d: ResultOf<typeof List>) => d.searchMisses}
        header={[t.term, t.count, t.people, t.why, t.last, t.state, t.answer]} row={(r: MissRow) => [r.term, r.count, r.people, r.hidden === null ? t.hiddenUnknown : r.hidden ? t.hidden : t.nothing, r.lastAt, t.states[r.status], answerText(r, t)]} />}>
      <Views list="SEARCHES" builtIn={[
        { key: 'open', name: t.views.open, query: '' },
        { key: 'planned', name: t.views.planned, query: 'state=PLANNED' },
        { key: 'answered', name: t.views.answered, query: 'state=ANSWERED&sort=LAST_AT' },
        { key: 'all', name: t.views.all, query: 'state=all' },
      ]} />
      <div className="f-filters" role="search">
        <TextInput className="f-search" aria-label={t.search} placeholder={t.search} leftSection={<IconSearch size={16} />} value={typed} onChange={(e) => { setTyped(e.currentTarget.value); look(e.currentTarget.value); }} />
        <NativeSelect aria-label={t.state} value={state} onChange={(e) => list.set({ state: e.currentTarget.value === 'OPEN' ? null : e.currentTarget.value })}
          data={[...Object.entries(t.states).map(([value, label]) => ({ value, label: `${t.state}: ${label}` })), { value: 'all', label: `${t.state}: ${t.all}` }]} />
      </div>
      {error && !data ? <Failure error={error} retry={reload} /> : (
        <Card flush>
          <Table label={t.title} columns={columns} rows={rows} href={(r) => where(r.id)} name={(r) => r.term} sort={sort} onSort={(s) => list.set({ sort: s.field, dir: s.direction })}
            {...(mayChoose ? { selection: chosen, onSelect: choose } : {})}
            empty={<Empty icon={<IconSearch size={22} />} title={filtered ? t.noMatch : t.none} text={filtered ? t.noMatchText : t.noneText} />} />
          {!!rows?.length && <Pager total={data?.searchMisses.totalCount} info={data?.searchMisses.pageInfo} after={list.after} before={list.before} go={list.turn} />}
        </Card>
      )}
      {selected.length > 0 && (
        <div className="sm-bar" role="region" aria-label={k.selected(selected.length)}>
          <span role="status">{k.selected(selected.length)}</span>
          {may('searchMiss.merge') && <Button variant="default" disabled={selected.length < 2} onClick={() => ask('merge')}>{t.merge}</Button>}
          {may('searchMiss.decide') && <Button variant="default" onClick={() => ask('dismiss')}>{t.dismiss}</Button>}
          <Button variant="subtle" onClick={() => choose(new Set())}>{k.clearSelection}</Button>
        </div>
      )}
      <Suspense fallback={null}>{opened && <Miss key={opened} id={opened} close={() => list.set({ open: null }, true)} again={reload} />}</Suspense>
      <Dialog open={!!asks} onClose={() => ask(null)} title={asks === 'merge' ? t.mergeTitle : t.dismissTitle(selected.length)}>
        {asks && <Suspense fallback={<Loading rows={3} />}><Merge what={asks} rows={selected} close={() => ask(null)} done={done} again={reload} /></Suspense>}
      </Dialog>
    </Page>
  );
}
