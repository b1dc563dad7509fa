import { NativeSelect } from '@mantine/core';
import { useQuery } from 'urql';
import { ago } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { IconChecks } from '../../ui/icons.ts';
import { Card, Empty, Failure, Page, Time } from '../../ui/kit.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { CoursePicker } from '../training/CoursePicker.tsx';
import { trainingWords, WorkPill } from '../training/parts.tsx';

const All = graphql(`query WorkHandedIn($filter: SubmissionFilter, $orderBy: SubmissionOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  submissions(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { id number status submittedAt gradedAt courseTitle lessonTitle points maxPoints user @_optional { id name } enrollment @_optional { id organization { id name } } } }
  }
}`);
type Row = NonNullable<NonNullable<NonNullable<ResultOf<typeof All>['submissions']['edges']>[number]>['node']>;

/** The work that was handed in: what waits longest comes first. */
export default function Submissions() {
  const t = trainingWords.use();
  const list = useList();
  const status = list.get('status') ?? 'SUBMITTED', course = list.get('course');
  const waits = status === 'SUBMITTED';
  const variables = { filter: { courseId: course, ...(status === 'all' ? {} : { status: [status as Row['status']] }) }, orderBy: { field: 'SUBMITTED_AT' as const, direction: waits ? 'ASC' as const : 'DESC' as const }, ...list.page(20) };
  const [{ data, error }, load] = useQuery({ query: All, variables, requestPolicy: 'cache-and-network' });
  const rows = data?.submissions.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  const columns: Column<Row>[] = [
    { key: 'who', title: t.learner, phone: 'main', cell: (w) => <>{w.user?.name ?? t.removed}<small>{w.enrollment?.organization?.name}</small></> },
    { key: 'what', title: t.work, phone: 'label', cell: (w) => <>{w.lessonTitle}<small>{w.courseTitle}{w.number > 1 && ` · ${t.tryNo(w.number)}`}</small></> },
    { key: 'when', title: t.handedIn, phone: 'label', cell: (w) => <Time at={w.submittedAt}>{ago(w.submittedAt)}</Time> },
    ...(waits ? [] : [{ key: 'points', title: t.points, end: true, phone: 'label' as const, cell: (w: Row) => <span className="num">{w.points == null ? '–' : t.pointsOf(w.points, w.maxPoints)}</span> }]),
    { key: 'state', title: t.state, end: true, cell: (w) => <WorkPill status={w.status} /> },
  ];
  return (
    <Page title={t.submissions} sub={t.submissionsSub} wide>
      <div className="f-filters" role="search">
        <CoursePicker hideLabel className="f-search" label={t.course} placeholder={t.anyCourse} value={course} onChange={(id) => list.set({ course: id })} />
        <NativeSelect aria-label={t.state} value={status} onChange={(e) => list.set({ status: e.currentTarget.value === 'SUBMITTED' ? null : e.currentTarget.value })} data={[...Object.entries(t.workStates).map(([value, label]) => ({ value, label })), { value: 'all', label: `${t.state}: ${t.all}` }]} />
      </div>
      {error && !data ? <Failure error={error} retry={() => load({ requestPolicy: 'network-only' })} /> : (
        <Card flush>
          <Table label={t.submissions} columns={columns} rows={rows} href={(w) => `/submissions/${w.id}`} name={(w) => `${w.user?.name ?? ''} ${w.lessonTitle}`}
            empty={<Empty icon={<IconChecks size={22} />} title={waits && !course ? t.nothingWaits : t.noMatch} text={waits && !course ? t.nothingWaitsText : t.noMatchText} />} />
          {!!rows?.length && <Pager total={data?.submissions.totalCount} info={data?.submissions.pageInfo} after={list.after} before={list.before} go={list.turn} />}
        </Card>
      )}
    </Page>
  );
}
