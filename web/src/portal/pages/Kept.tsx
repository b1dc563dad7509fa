import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { NotFound } from '../../ui/kit.tsx';

const Configurations = lazy(() => import('./Configurations.tsx'));
const Configuration = lazy(() => import('./Configuration.tsx'));
const Compare = lazy(() => import('./Compare.tsx'));

/** The pages of configurations that are kept, of which the portal itself knows only that they are there. */
export default function Kept() {
  return (
    <Switch>
      <Route path="/configurations"><Configurations /></Route>
      <Route path="/configurations/compare"><Compare /></Route>
      <Route path="/configurations/:id">{(p) => <Configuration id={p.id} key={p.id} />}</Route>
      <Route><NotFound /></Route>
    </Switch>
  );
}
