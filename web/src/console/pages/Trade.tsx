import { lazy, type ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { NotFound } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';

const PriceLists = lazy(() => import('./PriceLists.tsx'));
const PriceList = lazy(() => import('./PriceList.tsx'));
const Rules = lazy(() => import('./Rules.tsx'));
const PriceCheck = lazy(() => import('./PriceCheck.tsx'));
const Approvals = lazy(() => import('./StaffApprovals.tsx'));
const Cart = lazy(() => import('./StaffCart.tsx'));
const Buying = lazy(() => import('./CustomerBuying.tsx'));

const Only = (p: { permission: string; children: ReactNode }) => (useMay()(p.permission) ? p.children : <NotFound />);

/** The pages of prices and buying, of which the console itself knows only the addresses. */
export default function Trade() {
  return (
    <Switch>
      <Route path="/price-lists"><Only permission="priceList.read"><PriceLists /></Only></Route>
      <Route path="/price-lists/:id">{(p) => <Only permission="priceList.read"><PriceList id={p.id} key={p.id} /></Only>}</Route>
      <Route path="/rules/:section?">{(p) => <Only permission="ruleTable.read"><Rules section={p.section} /></Only>}</Route>
      <Route path="/prices"><Only permission="price.quote"><PriceCheck /></Only></Route>
      <Route path="/approvals"><Only permission="approval.read"><Approvals /></Only></Route>
      <Route path="/carts/:id">{(p) => <Only permission="cart.read"><Cart id={p.id} key={p.id} /></Only>}</Route>
      <Route path="/customers/:id/buying">{(p) => <Buying id={p.id} key={p.id} />}</Route>
      <Route><NotFound /></Route>
    </Switch>
  );
}
