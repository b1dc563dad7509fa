import { lazy, Suspense, useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { number } from '../../lib/format.ts';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { IconNote, IconPlus, IconSearch } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Failure, Loading, Page, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { CoursePill, duration, trainingWords } from '../training/parts.tsx';

const NewCourse = lazy(() => import('../training/NewCourse.tsx'));
const All = graphql(`query AllCourses($filter: CourseFilter, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  courses(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { id key name title cover status @_optional isChanged @_optional learners @_optional lessonCount minutes isFree variant { id sku } current { id number publishedAt } } }
  }
}`);
type Row = NonNullable<NonNullable<NonNullable<ResultOf<typeof All>['courses']['edges']>[number]>['node']>;
type Status = NonNullable<NonNullable<VariablesOf<typeof All>['filter']>['status']>[number];

/** The courses that there are. */
export default function Courses() {
  const t = trainingWords.use();
  const may = useMay();
  const list = useList();
  const [, go] = useLocation();
  const [making, make] = useState(false);
  const q = list.get('q');
  const status = may('training.staff') ? list.get('status') : undefined;
  const [{ data, error }, load] = useQuery({ query: All, variables: { filter: { search: q, ...(status ? { status: [status as Status] } : {}) }, ...list.page(20) } });
  const [typed, setTyped] = useState(q ?? '');
  const look = useDebouncedCallback((next: string) => list.set({ q: next.trim() }), 250);
  const rows = data?.courses.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  const columns: Column<Row>[] = [
    { key: 'name', title: t.course, phone: 'main', cell: (c) => <span className="tr-course"><i className="tr-cover" style={{ background: c.cover ?? undefined }} aria-hidden /><span>{c.title || c.name}<small>{c.key}</small></span></span> },
    ...(may('training.staff') ? [{ key: 'state', title: t.state, cell: (c: Row) => <>{c.status && <CoursePill status={c.status} />}{c.isChanged && c.current && <small>{t.changedSince}</small>}</> }] : []),
    { key: 'version', title: t.version, phone: 'label', cell: (c) => (c.current ? <>{t.versionNo(c.current.number)}<small><Time at={c.current.publishedAt} /></small></> : <span className="muted">–</span>) },
    { key: 'extent', title: t.extent, phone: 'label', cell: (c) => (c.lessonCount ? <>{t.lessons(c.lessonCount)}<small>{duration(c.minutes)}</small></> : <span className="muted">–</span>) },
    { key: 'sold', title: t.place, phone: 'label', cell: (c) => (c.isFree ? t.free : c.variant?.sku ?? t.sold) },
    ...(may('training.figures') ? [{ key: 'learners', title: t.learning, end: true, phone: 'label' as const, cell: (c: Row) => <span className="num">{number(c.learners ?? 0)}</span> }] : []),
  ];
  const button = may('course.save') && <Button leftSection={<IconPlus size={16} />} onClick={() => make(true)}>{t.newCourse}</Button>;
  const filtered = !!(q || status);
  return (
    <Page title={t.courses} sub={t.coursesSub} wide actions={button}>
      <div className="f-filters" role="search">
        <TextInput className="f-search" aria-label={t.searchCourses} placeholder={t.searchCourses} leftSection={<IconSearch size={16} />} value={typed} onChange={(e) => { setTyped(e.currentTarget.value); look(e.currentTarget.value); }} />
        {may('training.staff') && <NativeSelect aria-label={t.state} value={status ?? ''} onChange={(e) => list.set({ status: e.currentTarget.value })}
          data={[{ value: '', label: `${t.state}: ${t.all}` }, ...Object.entries(t.courseStates).map(([value, label]) => ({ value, label }))]} />}
      </div>
      {error && !data ? <Failure error={error} retry={() => load({ requestPolicy: 'network-only' })} /> : (
        <Card flush>
          <Table label={t.courses} columns={columns} rows={rows} href={(c) => `/courses/${c.id}`} name={(c) => c.title || c.name}
            empty={<Empty icon={<IconNote size={22} />} title={filtered ? t.noMatch : t.noCourses} text={filtered ? t.noMatchText : t.noCoursesText} action={filtered ? undefined : button || undefined} />} />
          {!!rows?.length && <Pager total={data?.courses.totalCount} info={data?.courses.pageInfo} after={list.after} before={list.before} go={list.turn} />}
        </Card>
      )}
      <Dialog open={making} onClose={() => make(false)} title={t.newCourse}>{making && <Suspense fallback={<Loading rows={3} />}><NewCourse close={() => make(false)} done={(id) => go(`/courses/${id}?part=content`)} /></Suspense>}</Dialog>
    </Page>
  );
}
