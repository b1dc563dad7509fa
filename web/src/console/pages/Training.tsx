import { lazy, type ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { NotFound } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import '../training/permissions.ts';

const Courses = lazy(() => import('./Courses.tsx'));
const Course = lazy(() => import('./Course.tsx'));
const Learners = lazy(() => import('./Learners.tsx'));
const Learner = lazy(() => import('./Learner.tsx'));
const Submissions = lazy(() => import('./Submissions.tsx'));
const Submission = lazy(() => import('./Submission.tsx'));
const Certificates = lazy(() => import('./Certificates.tsx'));

const Only = (p: { permission: string; children: ReactNode }) => (useMay()(p.permission) ? p.children : <NotFound />);

/** The pages of training, of which the console itself knows only the addresses. */
export default function Training() {
  return (
    <Switch>
      <Route path="/courses"><Only permission="course.read"><Courses /></Only></Route>
      <Route path="/courses/:id">{(p) => <Only permission="course.read"><Course id={p.id} key={p.id} /></Only>}</Route>
      <Route path="/learners"><Only permission="enrollment.read"><Learners /></Only></Route>
      <Route path="/learners/:id">{(p) => <Only permission="enrollment.read"><Learner id={p.id} key={p.id} /></Only>}</Route>
      <Route path="/submissions"><Only permission="submission.read"><Submissions /></Only></Route>
      <Route path="/submissions/:id">{(p) => <Only permission="submission.read"><Submission id={p.id} key={p.id} /></Only>}</Route>
      <Route path="/certificates"><Only permission="certificate.read"><Certificates /></Only></Route>
      <Route><NotFound /></Route>
    </Switch>
  );
}
