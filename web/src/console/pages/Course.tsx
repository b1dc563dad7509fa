import { lazy, Suspense } from 'react';
import { useQuery } from 'urql';
import { codeOf } from '../../lib/client.ts';
import { Failure, Loading, NotFound, Page } from '../../ui/kit.tsx';
import { OneCourse } from '../training/draft.ts';
import { trainingWords } from '../training/parts.tsx';

const CoursePage = lazy(() => import('../training/CoursePage.tsx'));

/** A course: what it is for those who have it, and what it is written from for trainers. */
export default function Course({ id }: { id: string }) {
  const t = trainingWords.use();
  const [{ data, error }, load] = useQuery({ query: OneCourse, variables: { id } });
  const again = () => load({ requestPolicy: 'network-only' });
  const crumbs = [{ title: t.courses, href: '/courses' }];
  const waiting = <Page title={t.courses} wide crumbs={crumbs}><Loading card rows={8} /></Page>;
  if (!data?.course) {
    if (codeOf(error) === 'NOT_FOUND' || codeOf(error) === 'BAD_USER_INPUT' || (data && !error)) return <NotFound home="/courses" />;
    return error ? <Page title={t.courses} crumbs={crumbs}><Failure error={error} retry={again} /></Page> : waiting;
  }
  return <Suspense fallback={waiting}><CoursePage course={data.course} again={again} /></Suspense>;
}
