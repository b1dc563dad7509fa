import type { ReactNode } from 'react';
import { day, moment, number } from '../../lib/format.ts';
import { orderPartWords } from '../../words/orderParts.ts';
import { IconAlert, IconCheck, IconClock, IconTruck, IconX } from '../icons.ts';
import type { Progress } from './types.ts';
import './order.css';

type State = 'done' | 'now' | 'todo' | 'problem' | 'ended';
export interface Step { key: string; title: string; state: State; at?: string | null; notes: string[] }

/** The day of a time by UTC, as promises count days. */
export const dayOf = (value: string) => value.slice(0, 10);

/** When an order is expected: by the carrier's word, or as promised. */
export const arrivalOf = (o: Progress): string | null => {
  const at = o.delay?.expected ?? o.estimatedDelivery ?? o.promisedDate;
  return at ? dayOf(at) : null;
};

type Words = ReturnType<typeof orderPartWords.get>['steps'];

/** How far an order is, from what has happened to it and to its shipments. */
export function stepsOf(o: Progress, t: Words): Step[] {
  const parcels = o.shipments ?? [];
  const count = (f: (s: (typeof parcels)[number]) => boolean) => parcels.filter(f).length;
  const first = (times: (string | null | undefined)[]) => times.filter((x): x is string => !!x).sort()[0];
  const events = parcels.flatMap((s) => s.trackingEvents ?? []);
  const placed: Step = {
    key: 'placed', title: o.status === 'DRAFT' ? t.draft : t.placed, state: 'done', at: o.placedAt, notes: o.user ? [t.by(o.user.name)] : [],
  };
  const confirmed: Step = { key: 'confirmed', title: t.confirmed, state: o.confirmedAt ? 'done' : 'todo', at: o.confirmedAt, notes: [] };
  if (o.confirmedAt && o.promisedDate && !parcels.length) confirmed.notes.push(t.promised(day(o.promisedDate)));
  if (o.status === 'CANCELLED') {
    return [placed, ...(o.confirmedAt ? [confirmed] : []), { key: 'cancelled', title: t.cancelled, state: 'ended', at: o.cancelledAt, notes: o.cancelReason ? [o.cancelReason] : [] }];
  }
  const whole = o.fulfillmentStatus === 'DELIVERED';
  const moving = o.fulfillmentStatus !== 'UNFULFILLED' || parcels.some((s) => s.shippedAt);
  const trouble = parcels.find((s) => s.status === 'EXCEPTION' || s.status === 'RETURNED_TO_SENDER');
  const shipped: Step = { key: 'shipped', title: t.shipped, state: moving ? 'done' : 'todo', at: first(parcels.map((s) => s.shippedAt)), notes: [] };
  const sent = count((s) => !!s.shippedAt);
  const all = o.lines?.reduce((n, l) => n + l.quantity, 0) ?? 0;
  const gone = o.lines?.reduce((n, l) => n + l.quantityShipped, 0) ?? 0;
  if (sent < parcels.length && !whole && moving) shipped.notes.push(t.partly(number(sent), number(parcels.length)));
  if (moving && gone < all) shipped.notes.push(t.pieces(number(gone), number(all)));
  if (!moving && parcels.some((s) => s.status === 'PENDING')) shipped.notes.push(t.packing);
  const outNow = parcels.some((s) => s.status === 'OUT_FOR_DELIVERY');
  const out: Step = { key: 'out', title: t.out, state: whole || outNow ? 'done' : 'todo', at: whole || outNow ? events.filter((e) => e.status === 'OUT_FOR_DELIVERY').map((e) => e.at).sort().at(-1) : null, notes: [] };
  const there = count((s) => s.status === 'DELIVERED');
  const expected = arrivalOf(o);
  const delivered: Step = { key: 'delivered', title: t.delivered, state: whole ? 'done' : 'todo', at: whole ? o.deliveredAt : null, notes: [] };
  if (!whole && there) delivered.notes.push(t.partly(number(there), number(parcels.length)));
  if (!whole && expected && !(o.isLate && !o.delay?.expected && !o.estimatedDelivery)) delivered.notes.push(t.expected(day(expected)));
  const steps = [placed, confirmed, shipped, out, delivered];
  if (whole) return steps.map((s) => ({ ...s, state: 'done' }));
  const at = outNow ? 3 : moving ? 2 : o.confirmedAt ? 1 : 0;
  steps.forEach((s, i) => { s.state = i < at ? 'done' : i > at ? 'todo' : 'now'; });
  if (at === 0) { // before it is confirmed, what it waits for is the step that is on
    steps[0]!.state = 'done';
    confirmed.state = 'now';
    if (o.status === 'AWAITING_APPROVAL') confirmed.title = t.approval;
    else if (o.status === 'CONFIRMING' || o.status === 'PLACED') confirmed.title = t.checking;
  }
  if (trouble && at >= 2) {
    steps[at]!.state = 'problem';
    steps[at]!.notes.unshift(trouble.status === 'EXCEPTION' ? t.problemText : t.back);
  }
  return steps;
}

const icon: Record<State, (key: string) => ReactNode> = {
  done: () => <IconCheck size={14} stroke={2.6} />,
  now: (key) => (key === 'shipped' || key === 'out' ? <IconTruck size={14} /> : <IconClock size={14} />),
  problem: () => <IconAlert size={14} />,
  ended: () => <IconX size={14} stroke={2.6} />,
  todo: () => null,
};

/** The steps of an order on its way: side by side, one below the other on a phone. */
export function Steps({ order }: { order: Progress }) {
  const t = orderPartWords.use().steps;
  const said: Record<State, string> = { done: t.done, now: t.now, todo: t.todo, problem: t.problem, ended: t.done };
  const steps = stepsOf(order, t);
  return (
    <ol className="o-steps" aria-label={t.label}>
      {steps.map((s) => (
        <li key={s.key} data-state={s.state} aria-current={s.state === 'now' || s.state === 'problem' ? 'step' : undefined}>
          <span className="o-dot" aria-hidden>{icon[s.state](s.key)}</span>
          <span className="o-step">
            <b>{s.title}<span className="vh"> ({said[s.state]})</span></b>
            {s.at && <time dateTime={s.at}>{moment(s.at)}</time>}
            {s.notes.map((n) => <span key={n}>{n}</span>)}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** The same as a thin bar, where there is little room. */
export function StepBar({ order }: { order: Progress }) {
  const t = orderPartWords.use().steps;
  const steps = stepsOf(order, t);
  const on = steps.findLast((s) => s.state !== 'todo') ?? steps[0]!;
  return (
    <div className="o-bar" role="img" aria-label={`${t.label}: ${on.title}`}>
      {steps.map((s) => <i key={s.key} data-state={s.state} />)}
    </div>
  );
}
