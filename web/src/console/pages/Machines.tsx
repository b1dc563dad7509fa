import { lazy, type ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { NotFound } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';

const Models = lazy(() => import('./Models.tsx'));
const ModelEdit = lazy(() => import('./ModelEdit.tsx'));
const Configurations = lazy(() => import('./SavedConfigurations.tsx'));
const Configuration = lazy(() => import('./SavedConfiguration.tsx'));

const Only = (p: { permission: string; children: ReactNode }) => (useMay()(p.permission) ? p.children : <NotFound />);

/** The pages of what can be configured, of which the console itself knows only the addresses. */
export default function Machines() {
  return (
    <Switch>
      <Route path="/models"><Only permission="configuration.staff"><Models /></Only></Route>
      <Route path="/models/:id">{(p) => <Only permission="configuration.staff"><ModelEdit id={p.id} key={p.id} /></Only>}</Route>
      <Route path="/configurations"><Only permission="configuration.read"><Configurations /></Only></Route>
      <Route path="/configurations/:id">{(p) => <Only permission="configuration.read"><Configuration id={p.id} key={p.id} /></Only>}</Route>
      <Route><NotFound /></Route>
    </Switch>
  );
}
