import { useSyncExternalStore } from 'react';
import { day, moment, weekday } from '../../lib/format.ts';
import { liveState } from '../../lib/live.ts';
import { IconAlert } from '../../ui/icons.ts';
import { Notice } from '../../ui/kit.tsx';
import { arrivalOf, dayOf, Steps } from '../../ui/order/Steps.tsx';
import { kitWords } from '../../words/index.ts';
import { orderPartWords } from '../../words/orderParts.ts';
import type { OrderData } from './orderFields.ts';
import './orderpage.css';

const utcDay = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

type Words = ReturnType<typeof orderPartWords.get>['arrival'];

/** The one day that matters, and what it is. */
export function headline(o: OrderData, t: Words): { label: string; text: string } {
  const near = (d: string) => (d === utcDay(0) ? t.today(weekday(d)) : d === utcDay(1) ? t.tomorrow(weekday(d)) : weekday(d));
  if (o.status === 'CANCELLED') return { label: t.cancelled, text: weekday(o.cancelledAt ?? o.updatedAt) };
  if (o.fulfillmentStatus === 'DELIVERED') return { label: t.delivered, text: weekday(o.deliveredAt ?? o.updatedAt) };
  const at = arrivalOf(o);
  if (!at) return { label: t.openLabel, text: t.open };
  // A promise that has passed is no arrival: it is said as what it was.
  if (at < utcDay(0) || (o.isLate && !o.delay?.expected && !o.estimatedDelivery)) return { label: t.promised, text: weekday(at) };
  return { label: o.fulfillmentStatus === 'PARTIALLY_DELIVERED' ? t.rest : t.arrives, text: near(at) };
}

/** When it arrives, why later if so, and how far it is. */
export function Arrival({ order: o, live }: { order: OrderData; live: boolean }) {
  const t = orderPartWords.use().arrival;
  const k = kitWords.use();
  const state = useSyncExternalStore(liveState.subscribe, liveState.get);
  const { label, text } = headline(o, t);
  const at = arrivalOf(o);
  const scans = o.shipments.flatMap((s) => s.trackingEvents).sort((a, b) => b.at.localeCompare(a.at));
  const scan = scans[0];
  const over = o.status === 'CANCELLED' || o.fulfillmentStatus === 'DELIVERED';
  const moved = !over && o.promisedDate && at && dayOf(at) > o.promisedDate;
  return (
    <section className="f-card op-arrival" aria-labelledby="op-arrival">
      <div className="op-when">
        <h2 id="op-arrival"><small>{label}</small> {text}</h2>
        {moved ? <p className="muted">{t.instead(day(o.promisedDate!))}</p> : !over && !at && o.requestedDate ? <p className="muted">{t.wanted(day(o.requestedDate))}</p> : null}
      </div>
      {!over && (
        <p className={live && state === 'on' ? 'f-live op-live' : 'op-live op-quiet'}>
          {live && state === 'on' && <>{k.live} · </>}
          {scan ? t.scan(moment(scan.at), scan.location ?? '') : t.updated(moment(o.updatedAt))}
        </p>
      )}
      {o.delay && !over && <div className="op-delay"><Notice tone="warn" icon={<IconAlert size={17} />}>{o.delay.reason}</Notice></div>}
      {!o.delay && !over && o.promiseReason && <div className="op-delay"><Notice>{o.promiseReason}</Notice></div>}
      <div className="op-steps"><Steps order={o} /></div>
    </section>
  );
}
