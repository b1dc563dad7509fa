import { lazy, Suspense, useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery, useSubscription } from 'urql';
import { Link } from 'wouter';
import { graphql } from '../../lib/graphql.ts';
import { codeOf } from '../../lib/client.ts';
import { day } from '../../lib/format.ts';
import { IconCart, IconDots, IconMail, IconPencil, IconPrinter, IconX } from '../../ui/icons.ts';
import { Failure, OrderPill, Page, Pill, Skeleton } from '../../ui/kit.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useMay } from '../../ui/root.tsx';
import { orderWords } from '../../words/index.ts';
import { helpAddress, orderText } from '../order/Cards.tsx';
import { OrderBody } from '../order/OrderBody.tsx';
import { OrderFields, OrderHappens, type OrderData } from '../order/orderFields.ts';
import { OrderSkeleton } from '../order/OrderSkeleton.tsx';

const Sheet = lazy(() => import('../order/Sheet.tsx').then((m) => ({ default: m.Sheet })));
const ChangeOrder = lazy(() => import('../order/ChangeOrder.tsx'));
const Reorder = lazy(() => import('../order/Reorder.tsx'));
const ApprovalCard = lazy(() => import('../approval/ApprovalCard.tsx'));
const CancelOrder = lazy(() => import('../order/CancelOrder.tsx'));

const One = graphql(`query Order($number: String!) { order(number: $number) { ...OrderFields } }`, [OrderFields]);

/** By whom and when it was ordered, and under which number of the customer's own. */
export function orderLead(o: OrderData, t: ReturnType<typeof orderText.get>): string {
  return [
    o.purchaseOrderNumber && t.reference(o.purchaseOrderNumber),
    t.placed(day(o.placedAt), o.user?.name),
  ].filter(Boolean).join(' · ');
}

/** What was ordered, in a few words. */
export function orderWhat(o: OrderData, t: ReturnType<typeof orderText.get>): string {
  const first = [...o.lines].sort((a, b) => a.position - b.position)[0]?.name;
  return first ? (o.lines.length > 1 ? t.more(first, o.lines.length - 1) : first) : '';
}

/** Where an order stands, and whether that is later than promised. */
export function OrderPills({ order: o }: { order: OrderData }) {
  const w = orderWords.use();
  return <span className="op-pills"><OrderPill order={o} />{o.isLate ? <Pill tone="bad">{w.late}</Pill> : o.delay && <Pill tone="warn">{w.delayed}</Pill>}</span>;
}

export default function Order({ number }: { number: string }) {
  const t = orderText.use();
  const [{ data, error }, again] = useQuery({ query: One, variables: { number } });
  const o = data?.order;
  useSubscription({ query: OrderHappens, pause: !o, variables: { id: o?.id ?? '' } });
  const [cancelling, setCancelling] = useState(false);
  const [changing, setChanging] = useState(false);
  const may = useMay();
  const crumbs = [{ title: t.orders, href: '/orders' }, { title: number }];

  if (error && !o) {
    if (codeOf(error) !== 'NOT_FOUND') return <Page title={t.about(number)} crumbs={crumbs}><Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /></Page>;
    return <Missing number={number} />;
  }
  if (data && !o) return <Missing number={number} />;
  if (!o) return <Page title={number} crumbs={crumbs} sub={<Skeleton w={320} h={14} style={{ maxWidth: '100%', margin: '4px 0 3px' }} />}><OrderSkeleton /></Page>;

  const help = helpAddress(o);
  return (
    <>
      <div className="op-screen">
        <Page
          title={[o.number, orderWhat(o, t)].filter(Boolean).join(' · ')} crumbs={crumbs} after={<OrderPills order={o} />} sub={orderLead(o, t)}
          actions={<>
            <Button variant="default" leftSection={<IconPrinter size={17} />} onClick={() => print()}>{t.print}</Button>
            {help && <Button component="a" href={`mailto:${help}?subject=${encodeURIComponent(t.about(o.number))}`} leftSection={<IconMail size={17} />}>{t.help}</Button>}
            {may('cart.change') && <Suspense fallback={<Button variant="default" loading>{t.reorder}</Button>}><Reorder orderId={o.id} /></Suspense>}
            {(o.availableActions.includes('CANCEL') || o.availableActions.includes('CHANGE')) && (
              <Menu label={t.actions} button={<IconDots size={18} />} items={[...(o.availableActions.includes('CHANGE') ? [{ label: t.change, icon: <IconPencil size={16} />, run: () => setChanging(true) }] : []), ...(o.availableActions.includes('CANCEL') ? [{ label: t.cancel, icon: <IconX size={16} />, danger: true, run: () => setCancelling(true) }] : [])]} />
            )}
          </>}
        >
          {o.approval && <Suspense><ApprovalCard order={o} reload={() => again({ requestPolicy: 'network-only' })} /></Suspense>}
          <OrderBody order={o} live />
        </Page>
      </div>
      <Suspense><Sheet order={o} /></Suspense>
      {changing && <Suspense><ChangeOrder order={o} onClose={() => setChanging(false)} reload={() => again({ requestPolicy: 'network-only' })} /></Suspense>}
      {cancelling && <Suspense><CancelOrder order={o} onClose={() => setCancelling(false)} reload={() => again({ requestPolicy: 'network-only' })} /></Suspense>}
    </>
  );
}

function Missing({ number }: { number: string }) {
  const t = orderText.use();
  return (
    <Page title={t.notFound} crumbs={[{ title: t.orders, href: '/orders' }, { title: number }]}>
      <section className="f-card f-state"><span className="f-state-icon"><IconCart size={22} /></span><p>{t.notFoundText(number)}</p><Button component={Link} href="/orders" variant="default">{t.toOrders}</Button></section>
    </Page>
  );
}
