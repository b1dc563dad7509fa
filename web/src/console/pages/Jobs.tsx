import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from 'urql';
import { useEvery } from '../../lib/every.ts';
import { ago } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { ExportButton } from '../../ui/ExportButton.tsx';
import { IconCheck, IconRefresh, IconX } from '../../ui/icons.ts';
import { Card, Empty, Failure, Page, Pill, Time, type Tone } from '../../ui/kit.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { Views } from '../../ui/Views.tsx';
import { JobDetail } from './JobDetail.tsx';
import { JobQueues } from './JobQueues.tsx';
import { jobWords } from './jobWords.ts';
import './work.css';

const List = graphql(`query Jobs($filter: JobFilter, $first: Int, $after: Cursor) {
  jobs(filter: $filter, first: $first, after: $after) {
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node {
      number kind queue state about { name value } attempt maxAttempts createdAt scheduledAt attemptedAt finishedAt errors { attempt at message }
    } }
  }
}`);

type Node = ResultOf<typeof List>['jobs']['edges'][number]['node'];
/** A piece of work as a row. */
export type Job = Node & { id: string };
type State = Node['state'];

const states: State[] = ['AVAILABLE', 'SCHEDULED', 'PENDING', 'RUNNING', 'RETRYABLE', 'COMPLETED', 'CANCELLED', 'DISCARDED'];
const tone: Record<State, Tone> = { AVAILABLE: 'info', SCHEDULED: 'calm', PENDING: 'calm', RUNNING: 'accent', RETRYABLE: 'warn', COMPLETED: 'good', CANCELLED: 'calm', DISCARDED: 'bad' };
const trouble = 'state=RETRYABLE&state=DISCARDED';
const keys = ['state', 'kind', 'queue'];

/** What the portal does by itself: how much waits, what failed, and doing it again. */
export default function Jobs() {
  const t = jobWords.use();
  const list = useList();
  const state = states.filter((s) => list.all('state').includes(s));
  const [kind, queue] = [list.get('kind'), list.get('queue')];
  const variables = { filter: { state: state.length ? state : undefined, kind: kind ? [kind] : undefined, queue: queue ? [queue] : undefined }, first: 25, after: list.after };
  const [{ data, error }, again] = useQuery({ query: List, variables });
  useEvery(5_000, () => again({ requestPolicy: 'network-only' }));
  const rows: Job[] | null = data?.jobs.edges.map((e) => ({ ...e.node, id: e.node.number })) ?? null;
  const filtered = keys.some((k) => list.get(k));
  const nameOf = (k: string) => t.kinds[k] ?? k;
  const columns: Column<Job>[] = [
    { key: 'kind', title: t.kind, phone: 'main', cell: (r) => <span className="w-strong">{nameOf(r.kind)}<small>{r.kind} · {r.number}</small></span> },
    { key: 'state', title: t.state, cell: (r) => <><Pill tone={tone[r.state]}>{t.states[r.state]}</Pill>{r.errors[0] && r.state !== 'COMPLETED' && <small className="w-clip">{r.errors[0].message}</small>}</> },
    { key: 'queue', title: t.queue, phone: 'label', cell: (r) => t.queueNames[r.queue] ?? r.queue },
    { key: 'created', title: t.created, phone: 'label', cell: (r) => <span className="num"><Time at={r.createdAt} /><small>{ago(r.createdAt)}</small></span> },
    { key: 'attempts', title: t.attempts, end: true, phone: 'label', cell: (r) => <span className="num">{t.of(r.attempt, r.maxAttempts)}</span> },
  ];
  return (
    <Page title={t.title} sub={t.sub} wide actions={
      <ExportButton document={List} variables={variables} name="jobs" of={(d: ResultOf<typeof List>) => d.jobs}
        header={[t.number, t.kind, t.queue, t.state, t.about, t.attempts, t.created, t.due, t.attempted, t.finished, t.error]}
        row={(r: Node) => [r.number, r.kind, r.queue, t.states[r.state], r.about.map((a) => `${a.name}=${a.value}`).join(' '), r.attempt, r.createdAt, r.scheduledAt, r.attemptedAt, r.finishedAt, r.errors[0]?.message]} />}
    >
      <JobQueues />
      <Views list="JOBS" builtIn={[
        { key: 'all', name: t.all, query: '' },
        { key: 'trouble', name: t.trouble, query: trouble },
        { key: 'open', name: t.open, query: 'state=AVAILABLE&state=RUNNING' },
      ]} />
      <div className="f-filters" role="search">
        <NativeSelect aria-label={t.state} value={state.length > 1 ? 'several' : state[0] ?? ''} onChange={(e) => list.set({ state: e.currentTarget.value })}
          data={[{ value: '', label: `${t.state}: ${t.any}` }, ...(state.length > 1 ? [{ value: 'several', label: state.map((s) => t.states[s]).join(', '), disabled: true }] : []), ...states.map((value) => ({ value, label: t.states[value] }))]} />
        <NativeSelect aria-label={t.kind} value={kind ?? ''} onChange={(e) => list.set({ kind: e.currentTarget.value })}
          data={[{ value: '', label: `${t.kind}: ${t.any}` }, ...[...new Set([...Object.keys(t.kinds), ...(kind ? [kind] : [])])].map((value) => ({ value, label: nameOf(value) }))]} />
        <NativeSelect aria-label={t.queue} value={queue ?? ''} onChange={(e) => list.set({ queue: e.currentTarget.value })}
          data={[{ value: '', label: `${t.queue}: ${t.any}` }, ...[...new Set([...Object.keys(t.queueNames), ...(queue ? [queue] : [])])].map((value) => ({ value, label: t.queueNames[value] ?? value }))]} />
        {filtered && <Button variant="subtle" leftSection={<IconX size={15} />} onClick={() => list.set(Object.fromEntries(keys.map((k) => [k, null])))}>{t.clear}</Button>}
      </div>
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : (
        <Card flush>
          <Table label={t.title} columns={columns} rows={rows} name={(r) => `${nameOf(r.kind)} ${r.number}`} detail={(r) => <JobDetail job={r} />}
            empty={list.kept === trouble ? <Empty icon={<IconCheck size={22} />} title={t.calm} text={t.calmText} />
              : <Empty icon={<IconRefresh size={22} />} title={filtered ? t.noMatch : t.none} text={filtered ? t.noMatchText : t.noneText} />} />
          {/* the list only goes forward: the way back is the browser's */}
          {!!rows?.length && <Pager info={data?.jobs.pageInfo} after={list.after} go={(to) => (to.before ? history.back() : list.turn(to))} />}
        </Card>
      )}
    </Page>
  );
}
