import { lazy, Suspense, useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { useEvery } from '../../lib/every.ts';
import { ago, number } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { ExportButton } from '../../ui/ExportButton.tsx';
import { IconUpload } from '../../ui/icons.ts';
import { Card, Empty, Failure, Page, Pill, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { Views } from '../../ui/Views.tsx';
import { goesOn, importTone, importWords, sum } from './importWords.ts';
import './work.css';

const ImportStart = lazy(() => import('./ImportStart.tsx'));

const List = graphql(`query Imports($filter: ImportFilter, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  imports(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node {
      id source status dryRun createdAt startedAt finishedAt percent step failure user { id name }
      counts { entity created updated deleted unchanged stale rejected }
    } }
  }
}`);

type Row = NonNullable<NonNullable<NonNullable<ResultOf<typeof List>['imports']['edges']>[number]>['node']>;
const states = ['WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED'] as const;

/** What has been brought in from other systems, and the way to bring in more. */
export default function Imports() {
  const t = importWords.use();
  const may = useMay();
  const list = useList();
  const [, go] = useLocation();
  const status = states.filter((s) => list.all('status').includes(s));
  const variables = { filter: { status: status.length ? status : undefined }, ...list.page(25) };
  const [{ data, error }, again] = useQuery({ query: List, variables });
  const rows = data?.imports.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  useEvery(rows?.some(goesOn) ? 2_000 : null, () => again({ requestPolicy: 'network-only' }));
  const [starting, setStarting] = useState(false);
  const written = (r: Row) => sum(r.counts, 'created') + sum(r.counts, 'updated') + sum(r.counts, 'deleted');
  const state = (r: Row) => (r.status === 'CANCELLED' && !r.finishedAt ? t.stopping : t.states[r.status]);
  const columns: Column<Row>[] = [
    { key: 'source', title: t.source, phone: 'main', cell: (r) => r.source },
    { key: 'state', title: t.state, cell: (r) => <span className="w-pills"><Pill tone={importTone[r.status]}>{state(r)}{r.status === 'RUNNING' && ` ${r.percent} %`}</Pill>{r.dryRun && <Pill>{t.dryRun}</Pill>}</span> },
    { key: 'when', title: t.started, phone: 'label', cell: (r) => <span className="num"><Time at={r.createdAt} /><small>{ago(r.createdAt)}</small></span> },
    { key: 'who', title: t.by, phone: 'label', cell: (r) => r.user?.name ?? <span className="muted">{t.server}</span> },
    { key: 'written', title: t.written, end: true, phone: 'label', cell: (r) => <span className="num">{number(written(r))}{r.dryRun && <small>{t.wouldBe}</small>}</span> },
    { key: 'rejected', title: t.rejected, end: true, phone: 'label', cell: (r) => { const n = sum(r.counts, 'rejected'); return <span className={n ? 'num w-bad' : 'num muted'}>{number(n)}</span>; } },
  ];
  const start = may('import.start') && <Button leftSection={<IconUpload size={16} />} onClick={() => setStarting(true)}>{t.start}</Button>;
  return (
    <Page title={t.title} sub={t.sub} wide actions={<>
      <ExportButton document={List} variables={variables} name="imports" of={(d: ResultOf<typeof List>) => d.imports}
        header={[t.source, t.state, t.dryRun, t.started, t.finished, t.by, t.created, t.updated, t.deleted, t.unchanged, t.stale, t.rejected, t.reason]}
        row={(r: Row) => [r.source, state(r), r.dryRun ? t.dryRun : '', r.createdAt, r.finishedAt, r.user?.name ?? t.server, ...(['created', 'updated', 'deleted', 'unchanged', 'stale', 'rejected'] as const).map((k) => sum(r.counts, k)), r.failure]} />
      {start}
    </>}>
      <Views list="IMPORTS" builtIn={[
        { key: 'all', name: t.all, query: '' },
        { key: 'open', name: t.open, query: 'status=WAITING&status=RUNNING' },
        { key: 'failed', name: t.failed, query: 'status=FAILED&status=CANCELLED' },
      ]} />
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : (
        <Card flush>
          <Table label={t.title} columns={columns} rows={rows} href={(r) => `/imports/${r.id}`} name={(r) => r.source}
            empty={<Empty icon={<IconUpload size={22} />} title={status.length ? t.noMatch : t.none} text={status.length ? t.noMatchText : t.noneText} />} />
          {!!rows?.length && <Pager total={data?.imports.totalCount} info={data?.imports.pageInfo} after={list.after} before={list.before} go={list.turn} />}
        </Card>
      )}
      {starting && <Suspense fallback={null}><ImportStart onClose={() => setStarting(false)} onStarted={(id) => go(`/imports/${id}`)} /></Suspense>}
    </Page>
  );
}
