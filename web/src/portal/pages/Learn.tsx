import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { NotFound } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { useDelivery } from '../training/learned.ts';

const Training = lazy(() => import('./Training.tsx'));
const Course = lazy(() => import('./Course.tsx'));
const Lesson = lazy(() => import('./Lesson.tsx'));
const Certificates = lazy(() => import('./Certificates.tsx'));
const Certificate = lazy(() => import('./Certificate.tsx'));
const Team = lazy(() => import('./Team.tsx'));

/** The pages of training, of which the portal itself knows only that they are there. */
export default function Learn() {
  const may = useMay();
  useDelivery();
  const name = (x: string) => decodeURIComponent(x);
  return (
    <Switch>
      {may('enrollment.learn') && <Route path="/training"><Training /></Route>}
      {may('training.team') && <Route path="/training/team"><Team /></Route>}
      {may('certificate.read') && <Route path="/training/certificates"><Certificates /></Route>}
      {may('certificate.read') && <Route path="/training/certificates/:id">{(p) => <Certificate id={name(p.id)} key={p.id} />}</Route>}
      {may('course.read') && <Route path="/training/:key">{(p) => <Course id={name(p.key)} key={p.key} />}</Route>}
      {may('enrollment.learn') && <Route path="/training/:key/:lesson">{(p) => <Lesson course={name(p.key)} lesson={name(p.lesson)} key={`${p.key} ${p.lesson}`} />}</Route>}
      <Route><NotFound /></Route>
    </Switch>
  );
}
