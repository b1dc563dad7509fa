import { lazy } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { seats, undecided } from '../lib/act.ts';
import type { Session } from '../lib/session.ts';
import { NotFound } from '../ui/kit.tsx';
import { run as start, useSession } from '../ui/root.tsx';
import { Shell } from './Shell.tsx';

const SignIn = lazy(() => import('./pages/SignIn.tsx'));
const Home = lazy(() => import('./pages/Home.tsx'));
const Orders = lazy(() => import('./pages/Orders.tsx'));
const Order = lazy(() => import('./pages/Order.tsx'));
const Notifications = lazy(() => import('./pages/Notifications.tsx'));
const Account = lazy(() => import('./pages/Account.tsx'));
const Organization = lazy(() => import('./pages/Organization.tsx'));
const Choose = lazy(() => import('./pages/Choose.tsx'));
const Track = lazy(() => import('./pages/Track.tsx'));
const Links = lazy(() => import('./pages/Links.tsx'));

/** The customer's portal: its pages, and who gets which. */
function App() {
  const { viewer } = useSession();
  return (
    <Switch>
      <Route path="/password/forgotten"><Links kind="forgotten" /></Route>
      <Route path="/password"><Links kind="password" /></Route>
      <Route path="/invitation"><Links kind="invitation" /></Route>
      <Route path="/setup"><Links kind="setup" /></Route>
      <Route path="/track"><Track /></Route>
      {seats(viewer).length > 0 && <Route path="/choose"><Choose /></Route>}
      {viewer.kind === 'ANONYMOUS' ? <Route path="/*?"><SignIn /></Route>
        : viewer.kind === 'GUEST' ? <Route path="/*?"><Track /></Route>
        : undecided(viewer) ? <Route path="/*?"><Choose /></Route>
        : (
          <Route path="/*?">
            <Shell>
              <Switch>
                <Route path="/"><Home /></Route>
                <Route path="/orders"><Orders /></Route>
                <Route path="/orders/:number">{(p) => <Order number={decodeURIComponent(p.number)} />}</Route>
                <Route path="/notifications"><Notifications /></Route>
                <Route path="/account/:section?">{(p) => <Account section={p.section} />}</Route>
                <Route path="/organization"><Organization /></Route>
                <Route path="/sign-in"><Redirect to="/" /></Route>
                <Route><NotFound /></Route>
              </Switch>
            </Shell>
          </Route>
        )}
    </Switch>
  );
}

export const run = (started: Promise<Session>) => start(App, started, () => import('./german.ts'));
