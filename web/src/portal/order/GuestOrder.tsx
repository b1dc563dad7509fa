import { useEffect, useRef, useSyncExternalStore } from 'react';
import { Button } from '@mantine/core';
import { useQuery, useSubscription } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { clock } from '../../lib/format.ts';
import { liveState } from '../../lib/live.ts';
import { IconCart, IconPrinter } from '../../ui/icons.ts';
import { Card, Failure, Page, Skeleton } from '../../ui/kit.tsx';
import { useSession } from '../../ui/root.tsx';
import { orderLead, OrderPills } from '../pages/Order.tsx';
import { trackText } from '../pages/Track.tsx';
import { orderText } from './Cards.tsx';
import { OrderBody } from './OrderBody.tsx';
import { OrderFields, OrderHappens } from './orderFields.ts';
import { OrderSkeleton } from './OrderSkeleton.tsx';
import { Sheet } from './Sheet.tsx';
import { asked, endVisit } from '../../lib/visit.ts';

// A guest sees one order, so that the list of what they see is that order.
const Mine = graphql(`query GuestOrder { orders(first: 1) { edges { node { ...OrderFields } } } }`, [OrderFields]);

const every = 30_000;

/** The order that a code has opened, as long as the code's hour lasts. */
export default function GuestOrder() {
  const t = trackText.use();
  const o = orderText.use();
  const { expiresAt } = useSession();
  const [{ data, error }, again] = useQuery({ query: Mine });
  const order = data?.orders.edges?.[0]?.node;
  useSubscription({ query: OrderHappens, pause: !order, variables: { id: order?.id ?? '' } });
  const live = useSyncExternalStore(liveState.subscribe, liveState.get) === 'on';
  useEffect(() => { // where no live connection gets through, it is asked for now and then
    if (live) return;
    const id = setInterval(() => again({ requestPolicy: 'network-only' }), every);
    return () => clearInterval(id);
  }, [live, again]);
  useEffect(() => {
    const id = setTimeout(() => void endVisit(true), Math.max(0, expiresAt - Date.now()));
    return () => clearTimeout(id);
  }, [expiresAt]);
  const number = order?.number ?? asked.get()?.number ?? '';
  const arrived = useRef(false);
  useEffect(() => { // from the form to the page that it has opened
    if (arrived.current || !order) return;
    arrived.current = true;
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, [order]);

  if (error && !data) return <Page title={o.about(number)}><section className="f-card"><Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /></section></Page>;
  if (!data) return <Page title={number} sub={<Skeleton w={280} h={14} style={{ maxWidth: '100%', margin: '4px 0 3px' }} />}><OrderSkeleton /></Page>;
  if (!order) {
    return (
      <Page title={t.gone}>
        <section className="f-card f-state"><span className="f-state-icon"><IconCart size={22} /></span><p>{t.goneText}</p><Button variant="default" onClick={() => void endVisit(true)}>{t.send}</Button></section>
      </Page>
    );
  }
  return (
    <>
      <div className="op-screen">
        <Page title={order.number} after={<OrderPills order={order} />} sub={orderLead(order, o)}
          actions={<>
            <Button variant="default" leftSection={<IconPrinter size={17} />} onClick={() => print()}>{o.print}</Button>
            <Button variant="default" onClick={() => void endVisit(false)}>{t.another}</Button>
          </>}>
          <OrderBody order={order} live={live} aside={<Card title={t.guestTitle} aside={t.until(clock(new Date(expiresAt).toISOString()))}><p className="muted">{t.guest}</p></Card>} />
        </Page>
      </div>
      <Sheet order={order} />
    </>
  );
}
