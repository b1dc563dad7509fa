import { lazy, Suspense, useState } from 'react';
import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from 'urql';
import { day } from '../../lib/format.ts';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { ExportButton } from '../../ui/ExportButton.tsx';
import { IconUserPlus, IconUsers } from '../../ui/icons.ts';
import { Card, Empty, Failure, Page, Time } from '../../ui/kit.tsx';
import { OrganizationPicker } from '../../ui/OrganizationPicker.tsx';
import { useMay } from '../../ui/root.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { CoursePicker } from '../training/CoursePicker.tsx';
import { Done, LearnerPill, trainingWords } from '../training/parts.tsx';

const EnrollPeople = lazy(() => import('../training/EnrollPeople.tsx'));
const All = graphql(`query Learners($filter: EnrollmentFilter, $orderBy: EnrollmentOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  enrollments(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { id title status percent dueAt isOverdue enrolledAt learnedAt completedAt versionNumber isSuperseded user @_optional { id name } organization { id name } } }
  }
}`);
type Row = NonNullable<NonNullable<NonNullable<ResultOf<typeof All>['enrollments']['edges']>[number]>['node']>;
type Filter = NonNullable<VariablesOf<typeof All>['filter']>;
type Status = NonNullable<Filter['status']>[number];

/** Who learns what, and how far they are. */
export default function Learners() {
  const t = trainingWords.use();
  const may = useMay();
  const list = useList();
  const [enrolling, enroll] = useState(false);
  const [now] = useState(() => new Date().toISOString()); // what is overdue is so by the time at which one came
  const status = list.get('status'), course = list.get('course'), customer = list.get('customer');
  const filter: Filter = { courseId: course, organizationId: customer, ...(status === 'OVERDUE' ? { dueBefore: now } : status ? { status: [status as Status] } : {}) };
  const variables = { filter, orderBy: { field: 'ENROLLED_AT' as const, direction: (list.get('dir') ?? 'DESC') as 'ASC' | 'DESC' }, ...list.page(20) };
  const [{ data, error }, load] = useQuery({ query: All, variables, requestPolicy: 'cache-and-network' });
  const rows = data?.enrollments.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  const filtered = !!(status || course || customer);
  const columns: Column<Row>[] = [
    { key: 'who', title: t.learner, phone: 'main', cell: (e) => <>{e.user?.name ?? t.removed}<small>{e.organization?.name}</small></> },
    { key: 'course', title: t.course, phone: 'label', cell: (e) => <>{e.title}<small>{t.versionNo(e.versionNumber)}{e.isSuperseded && ` · ${t.older}`}</small></> },
    { key: 'done', title: t.howFar, phone: 'label', cell: (e) => <Done percent={e.percent} label={t.percentDone(e.percent)} /> },
    { key: 'due', title: t.due, phone: 'label', cell: (e) => (e.completedAt ? <>{t.finished}<small><Time at={e.completedAt} /></small></> : e.dueAt ? <Time at={e.dueAt}>{day(e.dueAt)}</Time> : <span className="muted">–</span>) },
    { key: 'since', title: t.since, sort: 'ENROLLED_AT', phone: 'label', cell: (e) => <Time at={e.enrolledAt}>{day(e.enrolledAt)}</Time> },
    { key: 'state', title: t.state, end: true, cell: (e) => <LearnerPill status={e.status} overdue={e.isOverdue} /> },
  ];
  const button = may('enrollment.create') && <Button leftSection={<IconUserPlus size={16} />} onClick={() => enroll(true)}>{t.enrollPeople}</Button>;
  return (
    <Page title={t.learners} sub={t.learnersSub} wide actions={<>
      <ExportButton document={All} variables={variables} name="learners" of={(d: ResultOf<typeof All>) => d.enrollments} header={[t.learner, t.customer, t.course, t.version, t.state, t.howFar, t.due, t.since, t.finished]}
        row={(e: Row) => [e.user?.name, e.organization?.name, e.title, e.versionNumber, e.isOverdue ? t.overdue : t.learnerStates[e.status], e.percent, e.dueAt, e.enrolledAt, e.completedAt]} />
      {button}
    </>}>
      <div className="f-filters" role="search">
        <CoursePicker hideLabel className="f-search" label={t.course} placeholder={t.anyCourse} value={course} onChange={(id) => list.set({ course: id })} />
        <OrganizationPicker hideLabel className="f-search" label={t.customer} value={customer} onChange={(id) => list.set({ customer: id })} />
        <NativeSelect aria-label={t.state} value={status ?? ''} onChange={(e) => list.set({ status: e.currentTarget.value })}
          data={[{ value: '', label: `${t.state}: ${t.all}` }, ...Object.entries(t.learnerStates).map(([value, label]) => ({ value, label })), { value: 'OVERDUE', label: t.overdue }]} />
      </div>
      {error && !data ? <Failure error={error} retry={() => load({ requestPolicy: 'network-only' })} /> : (
        <Card flush>
          <Table label={t.learners} columns={columns} rows={rows} href={(e) => `/learners/${e.id}`} name={(e) => e.user?.name ?? e.id} sort={variables.orderBy} onSort={(s) => list.set({ dir: s.direction })}
            empty={<Empty icon={<IconUsers size={22} />} title={filtered ? t.noMatch : t.noLearners} text={filtered ? t.noMatchText : t.noLearnersText} action={filtered ? undefined : button || undefined} />} />
          {!!rows?.length && <Pager total={data?.enrollments.totalCount} info={data?.enrollments.pageInfo} after={list.after} before={list.before} go={list.turn} />}
        </Card>
      )}
      {enrolling && <Suspense fallback={null}><EnrollPeople organization={customer} close={() => enroll(false)} done={() => load({ requestPolicy: 'network-only' })} /></Suspense>}
    </Page>
  );
}
