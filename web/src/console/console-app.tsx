import { lazy, type ReactNode } from 'react';
import { Route, Router, Switch } from 'wouter';
import type { Session } from '../lib/session.ts';
import { NotFound } from '../ui/kit.tsx';
import { run as start, useMay, useSession } from '../ui/root.tsx';
import './permissions.ts';
import { Shell } from './Shell.tsx';

const Door = lazy(() => import('./pages/Door.tsx'));
const Home = lazy(() => import('./pages/Desk.tsx'));
const Orders = lazy(() => import('./pages/OrderDesk.tsx'));
const Order = lazy(() => import('./pages/OrderWork.tsx'));
const Customers = lazy(() => import('./pages/Customers.tsx'));
const Customer = lazy(() => import('./pages/Customer.tsx'));
const Products = lazy(() => import('./pages/Products.tsx'));
const Product = lazy(() => import('./pages/Product.tsx'));
const Categories = lazy(() => import('./pages/Categories.tsx'));
const ProductTypes = lazy(() => import('./pages/ProductTypes.tsx'));
const Segments = lazy(() => import('./pages/Segments.tsx'));
const Segment = lazy(() => import('./pages/Segment.tsx'));
const Parcels = lazy(() => import('./pages/Parcels.tsx'));
const Imports = lazy(() => import('./pages/Imports.tsx'));
const Import = lazy(() => import('./pages/Import.tsx'));
const People = lazy(() => import('./pages/People.tsx'));
const Person = lazy(() => import('./pages/Person.tsx'));
const Roles = lazy(() => import('./pages/Roles.tsx'));
const Access = lazy(() => import('./pages/Access.tsx'));
const Jobs = lazy(() => import('./pages/Jobs.tsx'));
const Audit = lazy(() => import('./pages/Audit.tsx'));
const Stock = lazy(() => import('./pages/Stock.tsx'));
const StockPlaces = lazy(() => import('./pages/StockPlaces.tsx'));
const StockVariant = lazy(() => import('./pages/StockVariant.tsx'));
const Searches = lazy(() => import('./pages/Searches.tsx'));
const Guides = lazy(() => import('./pages/Guides.tsx'));
const GuideEdit = lazy(() => import('./pages/GuideEdit.tsx'));
const Trade = lazy(() => import('./pages/Trade.tsx'));
const Training = lazy(() => import('./pages/Training.tsx'));
const Machines = lazy(() => import('./pages/Machines.tsx'));
const Settings = lazy(() => import('./pages/Settings.tsx'));

/** A page for those whose role has the permission; for all others it is not there. */
const Only = (p: { permission: string; children: ReactNode }) => (useMay()(p.permission) ? p.children : <NotFound />);

/** The staff console: its pages below /console. */
function App() {
  const { viewer } = useSession();
  if (viewer.kind !== 'STAFF') return <Door />;
  return (
    <Router base="/console">
      <Shell>
        <Switch>
          <Route path="/"><Home /></Route>
          <Route path="/orders"><Orders /></Route>
          <Route path="/orders/:number">{(p) => <Order number={decodeURIComponent(p.number)} />}</Route>
          <Route path="/customers"><Customers /></Route>
          <Route path="/customers/:id">{(p) => <Customer id={p.id} />}</Route>
          <Route path="/products"><Only permission="catalog.unpublished"><Products /></Only></Route>
          <Route path="/products/categories"><Only permission="catalog.unpublished"><Categories /></Only></Route>
          <Route path="/products/types"><Only permission="catalog.unpublished"><ProductTypes /></Only></Route>
          <Route path="/products/segments"><Only permission="segment.read"><Segments /></Only></Route>
          <Route path="/products/segments/:id">{(p) => <Only permission="segment.read"><Segment id={p.id} key={p.id} /></Only>}</Route>
          <Route path="/products/:id">{(p) => <Only permission="catalog.unpublished"><Product id={p.id} key={p.id} /></Only>}</Route>
          <Route path={/^\/(price-lists|rules|prices|approvals|carts|customers\/[^/]+\/buying)(\/|$)/}><Trade /></Route>
          <Route path={/^\/(models|configurations)(\/|$)/}><Machines /></Route>
          <Route path={/^\/(courses|learners|submissions|certificates)(\/|$)/}><Training /></Route>
          <Route path="/parcels"><Parcels /></Route>
          <Route path="/imports"><Only permission="importRun.read"><Imports /></Only></Route>
          <Route path="/imports/:id">{(p) => <Only permission="importRun.read"><Import id={p.id} key={p.id} /></Only>}</Route>
          <Route path="/people"><People /></Route>
          <Route path="/people/:id">{(p) => <Person id={p.id} />}</Route>
          <Route path="/roles"><Roles /></Route>
          <Route path="/access"><Access /></Route>
          <Route path="/stock"><Only permission="stock.levels"><Stock /></Only></Route>
          <Route path="/stock/places"><Only permission="stockLocation.read"><StockPlaces /></Only></Route>
          <Route path="/stock/:id">{(p) => <Only permission="stock.levels"><StockVariant id={p.id} key={p.id} /></Only>}</Route>
          <Route path="/searches"><Only permission="searchMiss.read"><Searches /></Only></Route>
          <Route path="/guides"><Only permission="catalog.unpublished"><Guides /></Only></Route>
          <Route path="/guides/:id">{(p) => <Only permission="catalog.unpublished"><GuideEdit id={p.id} key={p.id} /></Only>}</Route>
          <Route path="/jobs"><Only permission="job.read"><Jobs /></Only></Route>
          <Route path="/audit"><Only permission="auditEntry.read"><Audit /></Only></Route>
          <Route path="/settings/:section?">{(p) => <Settings section={p.section} />}</Route>
          <Route><NotFound /></Route>
        </Switch>
      </Shell>
    </Router>
  );
}

export const run = (started: Promise<Session>) => start(App, started, () => import('./german.ts'));
