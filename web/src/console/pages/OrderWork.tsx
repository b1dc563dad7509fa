import { lazy, Suspense, useState, useSyncExternalStore } from 'react';
import { Button } from '@mantine/core';
import { useQuery, useSubscription } from 'urql';
import { Link, useLocation } from 'wouter';
import { codeOf } from '../../lib/client.ts';
import { day, money } from '../../lib/format.ts';
import { liveState } from '../../lib/live.ts';
import { useFresh } from '../../portal/order/useFresh.ts';
import { IconAlert, IconCart, IconCheck, IconDots, IconNote, IconPrinter, IconShield, IconTruck, IconX } from '../../ui/icons.ts';
import { Card, Empty, Failure, Loading, Notice, OrderPill, Page, Pill } from '../../ui/kit.tsx';
import { Menu, type MenuItem } from '../../ui/Menu.tsx';
import { useMay } from '../../ui/root.tsx';
import { kitWords, orderWords } from '../../words/index.ts';
import { actWords, type Act } from './orderAct.ts';
import type { Asked } from './OrderDialogs.tsx';
import { Addresses, Days, Facts, Sums } from './OrderWorkCards.tsx';
import { WorkHappens, WorkOn, workWords, type WorkOrder } from './orderWorkFields.ts';
import './orders.css';

const Configured = lazy(() => import('./OrderConfigured.tsx'));
const OrderDialogs = lazy(() => import('./OrderDialogs.tsx'));
// What stands below the head is fetched beside the order itself.
const below = import('./OrderStory.tsx');
below.catch(() => undefined); // whoever waits for it says it
const Steps = lazy(async () => ({ default: (await below).Steps }));
const OrderStory = lazy(() => below);

/** An order, as staff work on it: what stands, what can be done now, what has happened. */
export default function OrderWork({ number }: { number: string }) {
  const t = workWords.use();
  const [{ data, error }, again] = useQuery({ query: WorkOn, variables: { number } });
  const crumbs = [{ title: t.orders, href: '/orders' }, { title: number }];
  const o = data?.order;
  if (o) return <Work key={o.id} order={o} again={() => again({ requestPolicy: 'network-only' })} />;
  if (error && codeOf(error) !== 'NOT_FOUND') return <Page title={t.about(number)} crumbs={crumbs}><Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /></Page>;
  if (error || data) {
    return (
      <Page title={t.notFound} crumbs={crumbs}>
        <section className="f-card"><Empty icon={<IconCart size={22} />} title={t.notFound} text={t.notFoundText(number)} action={<Button component={Link} href="/orders" variant="default">{t.toOrders}</Button>} /></section>
      </Page>
    );
  }
  return <Page title={number} crumbs={crumbs}><div className="f-columns"><div className="f-stack"><Loading card rows={3} /><Loading card rows={4} /></div><div className="f-stack"><Loading card rows={3} /></div></div></Page>;
}

function Work({ order: o, again }: { order: WorkOrder; again: () => void }) {
  const t = workWords.use();
  const a = actWords.use();
  const w = orderWords.use();
  const k = kitWords.use();
  const may = useMay();
  const [, go] = useLocation();
  useSubscription({ query: WorkHappens, variables: { id: o.id } });
  const state = useSyncExternalStore(liveState.subscribe, liveState.get);
  const fresh = useFresh(o);
  const [asked, ask] = useState<Asked | null>(null);

  const can = (what: Act | 'CREATE_SHIPMENT') => o.availableActions.includes(what);
  const pictures = { CONFIRM: <IconCheck size={17} />, CREATE_SHIPMENT: <IconTruck size={17} />, SET_PROMISED_DATE: undefined };
  const buttons = (['CONFIRM', 'CREATE_SHIPMENT', 'SET_PROMISED_DATE'] as const).filter(can);
  const further: MenuItem[] = [
    { label: t.print, icon: <IconPrinter size={16} />, run: () => print() },
    ...(may('access.explain') ? [{ label: t.why, icon: <IconShield size={16} />, run: () => go(`/access?node=${encodeURIComponent(o.id)}`) }] : []),
    ...(can('CANCEL') ? [{ label: '', divider: true }, { label: a.CANCEL, icon: <IconX size={16} />, danger: true, run: () => ask({ what: 'CANCEL' }) }] : []),
  ];
  return (
    <Page
      title={o.number} crumbs={[{ title: t.orders, href: '/orders' }, { title: o.number }]}
      after={<><OrderPill order={o} />{o.isLate ? <Pill tone="bad">{w.late}</Pill> : o.delay && <Pill tone="warn">{w.delayed}</Pill>}</>}
      sub={<>
        {o.organization && <>{may('organization.read') ? <Link href={`/customers/${o.organization.id}`}>{o.organization.name}</Link> : o.organization.name} · </>}
        {[o.total && money(o.total), o.purchaseOrderNumber && t.theirs(o.purchaseOrderNumber), t.placed(day(o.placedAt), o.user?.name)].filter(Boolean).join(' · ')}
      </>}
      actions={<>
        {buttons.map((x, i) => <Button key={x} variant={i === 0 && x !== 'SET_PROMISED_DATE' ? 'filled' : 'default'} leftSection={pictures[x]} onClick={() => ask({ what: x })}>{a[x]}</Button>)}
        {can('ADD_NOTE') && <Button variant="default" leftSection={<IconNote size={17} />} onClick={() => ask({ what: 'ADD_NOTE' })}>{a.ADD_NOTE}</Button>}
        <Menu label={t.more} button={<IconDots size={18} />} items={further} />
      </>}
    >
      <div className="f-columns">
        <div className="f-stack">
          <Card title={t.progress} aside={state === 'on' ? <span className="f-live">{k.live}</span> : undefined}>
            <Days order={o} />
            {o.delay && <div className="ow-delay"><Notice tone="warn" icon={<IconAlert size={17} />}><b>{w.delay[o.delay.cause]}.</b> {o.delay.reason}</Notice></div>}
            {!o.delay && o.promiseReason && <div className="ow-delay"><Notice>{o.promiseReason}</Notice></div>}
            <Suspense fallback={<Loading rows={1} />}><Steps order={o} /></Suspense>
          </Card>
          <Suspense fallback={<><Loading card rows={3} /><Loading card rows={4} /></>}><OrderStory order={o} fresh={fresh} ask={ask} /></Suspense>
          {o.lines.some((l) => l.configuration) && <Suspense fallback={<Loading card rows={4} />}><Configured number={o.number} /></Suspense>}
        </div>
        <div className="f-stack"><Facts order={o} /><Sums order={o} /><Addresses order={o} /></div>
      </div>
      {asked && <Suspense fallback={null}><OrderDialogs order={o} asked={asked} onClose={() => ask(null)} onChanged={again} /></Suspense>}
    </Page>
  );
}
