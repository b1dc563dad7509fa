import { useState, type ReactNode } from 'react';
import { clock, day, list, number } from '../../lib/format.ts';
import { orderWords } from '../../words/index.ts';
import { orderPartWords } from '../../words/orderParts.ts';
import { IconAlert, IconCart, IconCheck, IconClock, IconNote, IconTruck, IconX } from '../icons.ts';
import { Pill } from '../kit.tsx';
import { dayOf } from './Steps.tsx';
import type { HistoryEvent } from './types.ts';
import './order.css';

type Words = ReturnType<typeof orderPartWords.get>['history'];
type States = ReturnType<typeof orderWords.get>;

/** An event in words: what happened, and what somebody wrote about it. */
export function entryWords(e: HistoryEvent, t: Words, o: States, lineName?: (id: string) => string | undefined): { title: string; text?: string | null } {
  switch (e.__typename) {
    case 'OrderPlaced': return { title: t.placed };
    case 'OrderStatusChanged': {
      const known: Record<string, string> = { CONFIRMED: e.from === 'COMPLETED' ? t.reopened : t.confirmed, CANCELLED: t.cancelled, COMPLETED: t.completed, AWAITING_APPROVAL: t.approval, CONFIRMING: t.checking, PLACED: e.from === 'AWAITING_APPROVAL' ? t.released : t.placed };
      return { title: known[e.to ?? ''] ?? t.status(o.status[e.from as keyof States['status']], o.status[e.to as keyof States['status']]), text: e.reason };
    }
    case 'OrderPromiseChanged': {
      const what = !e.newDate ? t.promiseGone : e.oldDate && e.oldDate !== e.newDate ? t.promiseChanged(day(e.oldDate), day(e.newDate)) : t.promised(day(e.newDate));
      const item = e.orderLineId && lineName?.(e.orderLineId);
      return { title: item ? `${what} ${t.forLine(item)}` : what, text: e.reason };
    }
    case 'OrderNoteAdded': return { title: t.note, text: e.text };
    case 'ShipmentCreated': return { title: t.shipment(e.carrier?.name ?? ''), text: null };
    case 'TrackingReported': return { title: (e.message || o.shipment[e.status as keyof States['shipment']]) + (e.location ? `, ${e.location}` : '') };
    case 'OrderDelayed': return { title: e.expected ? `${t.delayed}, ${t.expected(day(dayOf(e.expected)))}` : t.delayed, text: null };
    case 'OrderChanged': {
      const off = (e.cancelled ?? []).map((c) => t.cancelledOf(number(c.quantity), lineName?.(c.orderLineId) ?? '')).join(', ');
      const what = (e.changed ?? []).map((c) => t.changedFields[c as keyof Words['changedFields']] ?? c);
      return { title: what.length ? t.changed(list(what)) : t.reduced, text: off || null };
    }
    case 'OrderFileAdded': return { title: t.fileAdded, text: e.file?.name };
    case 'OrderFileRemoved': return { title: t.fileRemoved };
    case 'OrderApprovalRequested': return { title: t.asked };
    case 'OrderApprovalDecided': return { title: t.answers[e.outcome as keyof Words['answers']] ?? t.asked, text: e.comment };
    default: return { title: e.__typename };
  }
}

/** Who did it, as far as the reader may know. */
export function actorWords(e: HistoryEvent, t: Words): string {
  if (e.__typename === 'TrackingReported' && e.actor.kind === 'INTEGRATION') return t.carrier;
  if (e.actor.name) return e.actor.name;
  return { CUSTOMER: t.customer, STAFF: t.staff, INTEGRATION: t.integration }[e.actor.kind] ?? t.system;
}

function picture(e: HistoryEvent): [ReactNode, string] {
  switch (e.__typename) {
    case 'OrderPlaced': return [<IconCart size={15} />, 'info'];
    case 'OrderStatusChanged': return e.to === 'CANCELLED' ? [<IconX size={15} />, 'calm'] : e.to === 'COMPLETED' || e.to === 'CONFIRMED' ? [<IconCheck size={15} />, 'good'] : [<IconClock size={15} />, 'info'];
    case 'OrderPromiseChanged': return [<IconClock size={15} />, e.oldDate ? 'warn' : 'info'];
    case 'OrderDelayed': return [<IconAlert size={15} />, 'warn'];
    case 'OrderNoteAdded': case 'OrderFileAdded': case 'OrderFileRemoved': return [<IconNote size={15} />, 'calm'];
    case 'OrderChanged': case 'OrderApprovalRequested': return [<IconClock size={15} />, 'info'];
    case 'OrderApprovalDecided': return e.outcome === 'APPROVED' ? [<IconCheck size={15} />, 'good'] : [<IconX size={15} />, 'calm'];
    default: return e.status === 'EXCEPTION' || e.status === 'RETURNED_TO_SENDER' ? [<IconAlert size={15} />, 'bad'] : e.status === 'DELIVERED' ? [<IconCheck size={15} />, 'good'] : [<IconTruck size={15} />, 'accent'];
  }
}

/** What has happened to an order, the latest first, by day. pending are notes that are on their way to the server. */
export function History(p: {
  events: readonly HistoryEvent[]; lineName?: (id: string) => string | undefined; fresh?: ReadonlySet<string>;
  pending?: readonly { key: string; text: string; by: string }[]; few?: number;
}) {
  const t = orderPartWords.use().history;
  const o = orderWords.use();
  const [whole, setWhole] = useState(false);
  const few = p.few ?? 6;
  const shown = whole || p.events.length <= few + 1 ? p.events : p.events.slice(0, few);
  const local = (at: string) => new Date(at).toDateString();
  return (
    <>
      <ol className="o-history" aria-label={t.title}>
        {p.pending?.map((n) => (
          <li key={n.key} data-pending>
            <span className="o-mark" data-tone="calm" aria-hidden><IconNote size={15} /></span>
            <div><b>{t.note}</b><blockquote>{n.text}</blockquote><small>{n.by} · {t.sending}</small></div>
          </li>
        ))}
        {shown.map((e, i) => {
          const said = entryWords(e, t, o, p.lineName);
          const [mark, tone] = picture(e);
          const opens = i === 0 || local(shown[i - 1]!.at) !== local(e.at);
          return (
            <li key={e.key} className={p.fresh?.has(e.key) ? 'f-fresh' : undefined}>
              {opens && <span className="o-day">{day(e.at)}</span>}
              <span className="o-mark" data-tone={tone} aria-hidden>{mark}</span>
              <div>
                <b>{said.title}</b>{e.visibility === 'INTERNAL' && <> <Pill tone="warn">{t.internal}</Pill></>}
                {said.text && <blockquote>{said.text}</blockquote>}
                <small>{actorWords(e, t)} · <time dateTime={e.at}>{clock(e.at)}</time></small>
              </div>
            </li>
          );
        })}
      </ol>
      {p.events.length > shown.length || whole ? (
        <button type="button" className="o-more no-print" aria-expanded={whole} onClick={() => setWhole(!whole)}>{whole ? t.fewer : t.more(p.events.length - few)}</button>
      ) : null}
    </>
  );
}
