import { lazy, type ReactNode } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { seats, undecided } from '../lib/act.ts';
import type { Session } from '../lib/session.ts';
import { NotFound } from '../ui/kit.tsx';
import { run as start, useSession } from '../ui/root.tsx';
import './permissions.ts';
import { Shell } from './Shell.tsx';

const SignIn = lazy(() => import('./pages/SignIn.tsx'));
const Home = lazy(() => import('./pages/Home.tsx'));
const Orders = lazy(() => import('./pages/Orders.tsx'));
const Order = lazy(() => import('./pages/Order.tsx'));
const Notifications = lazy(() => import('./pages/Notifications.tsx'));
const Account = lazy(() => import('./pages/Account.tsx'));
const Organization = lazy(() => import('./pages/Organization.tsx'));
const Products = lazy(() => import('./pages/Products.tsx'));
const Product = lazy(() => import('./pages/Product.tsx'));
const Configure = lazy(() => import('./pages/Configure.tsx'));
const Kept = lazy(() => import('./pages/Kept.tsx'));
const Shared = lazy(() => import('./pages/Shared.tsx'));
const Guide = lazy(() => import('./pages/Guide.tsx'));
const Cart = lazy(() => import('./pages/Cart.tsx'));
const Checkout = lazy(() => import('./pages/Checkout.tsx'));
const Approvals = lazy(() => import('./pages/Approvals.tsx'));
const Learn = lazy(() => import('./pages/Learn.tsx'));
const Verify = lazy(() => import('./pages/Verify.tsx'));
const PublicShell = lazy(() => import('./PublicShell.tsx'));
const Choose = lazy(() => import('./pages/Choose.tsx'));
const Track = lazy(() => import('./pages/Track.tsx'));
const Links = lazy(() => import('./pages/Links.tsx'));

/** Pages that are also for people who have not signed in. */
const open: [string, (p: Record<string, string | undefined>) => ReactNode][] = [
  ['/products', () => <Products />],
  ['/products/c/:id', (p) => <Products categoryId={p.id} />],
  ['/products/:id', (p) => <Product id={p.id!} key={p.id} />],
  ['/products/:id/configure', (p) => <Configure id={p.id!} key={p.id} />],
  ['/shared/:code', (p) => <Shared code={decodeURIComponent(p.code!)} key={p.code} />],
  ['/certificates/:code?', (p) => <Verify code={p.code && decodeURIComponent(p.code)} />],
  ['/guides/:key', (p) => <Guide id={decodeURIComponent(p.key!)} key={p.key} />],
];
const openRoutes = open.map(([path, page]) => <Route key={path} path={path}>{(p) => page(p as Record<string, string | undefined>)}</Route>);

/** Where somebody goes on who has signed in from a page that was open to all. */
function Onward() {
  const then = new URLSearchParams(location.search).get('then');
  return <Redirect to={then && /^\/(?![/\\])/.test(then) ? then : '/'} replace />;
}

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
      {viewer.kind === 'ANONYMOUS' ? (
        <Route path="/*?"><Switch>{open.map(([path, page]) => <Route key={path} path={path}>{(p) => <PublicShell>{page(p as Record<string, string | undefined>)}</PublicShell>}</Route>)}<Route path="/*?"><SignIn /></Route></Switch></Route>
      )
        : viewer.kind === 'GUEST' || undecided(viewer) ? <Route path="/*?"><Switch><Route path="/certificates/:code?">{(p) => <PublicShell><Verify code={p.code && decodeURIComponent(p.code)} /></PublicShell>}</Route><Route path="/*?">{viewer.kind === 'GUEST' ? <Track /> : <Choose />}</Route></Switch></Route>
        : (
          <Route path="/*?">
            <Shell>
              <Switch>
                <Route path="/"><Home /></Route>
                <Route path="/orders"><Orders /></Route>
                <Route path="/orders/:number">{(p) => <Order number={decodeURIComponent(p.number)} />}</Route>
                {openRoutes}
                <Route path="/configurations/*?"><Kept /></Route>
                <Route path="/cart"><Cart /></Route>
                <Route path="/cart/checkout"><Checkout /></Route>
                <Route path="/approvals"><Approvals /></Route>
                <Route path="/training/*?"><Learn /></Route>
                <Route path="/notifications"><Notifications /></Route>
                <Route path="/account/:section?">{(p) => <Account section={p.section} />}</Route>
                <Route path="/organization"><Organization /></Route>
                <Route path="/sign-in"><Onward /></Route>
                <Route><NotFound /></Route>
              </Switch>
            </Shell>
          </Route>
        )}
    </Switch>
  );
}

export const run = (started: Promise<Session>) => start(App, started, () => import('./german.ts'));
