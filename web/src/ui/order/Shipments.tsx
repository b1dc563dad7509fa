import { useState, type ReactNode } from 'react';
import { day, moment, number } from '../../lib/format.ts';
import { orderWords } from '../../words/index.ts';
import { orderPartWords } from '../../words/orderParts.ts';
import { IconBox, IconExternal, IconTruck } from '../icons.ts';
import { CopyButton, Empty, ShipmentPill } from '../kit.tsx';
import { dayOf } from './Steps.tsx';
import type { Parcel, Tracking } from './types.ts';
import './order.css';

const few = 4;

/** What a carrier has reported, the newest first; the older ones on demand. */
export function TrackingList({ events, label, fresh }: { events: readonly Tracking[]; label: string; fresh?: ReadonlySet<string> }) {
  const t = orderPartWords.use().shipments;
  const o = orderWords.use();
  const [whole, setWhole] = useState(false);
  if (!events.length) return <p className="muted o-waiting">{t.waiting}</p>;
  const newest = [...events].sort((a, b) => b.at.localeCompare(a.at));
  const shown = whole ? newest : newest.slice(0, few);
  return (
    <>
      <ol className="o-track" aria-label={label}>
        {shown.map((e, i) => {
          const state = o.shipment[e.status as keyof typeof o.shipment];
          return (
            <li key={e.id} data-now={i === 0 || undefined} data-bad={e.status === 'EXCEPTION' || e.status === 'RETURNED_TO_SENDER' || undefined} className={fresh?.has(e.id) ? 'f-fresh' : undefined}>
              <b>{e.message || state}</b>
              <span>{e.location}</span>
              <time dateTime={e.at}>{moment(e.at)}</time>
            </li>
          );
        })}
      </ol>
      {newest.length > few && (
        <button type="button" className="o-more no-print" aria-expanded={whole} onClick={() => setWhole(!whole)}>{whole ? t.fewer : t.more(newest.length - few)}</button>
      )}
    </>
  );
}

/** One shipment: who carries it, its number, what is in it, where it has been, and what can be done with it. */
export function Shipment({ parcel: s, fresh, actions }: { parcel: Parcel; fresh?: ReadonlySet<string>; actions?: ReactNode }) {
  const t = orderPartWords.use().shipments;
  const due = s.deliveredAt ? t.deliveredOn(day(s.deliveredAt)) : s.estimatedDelivery && s.status !== 'RETURNED_TO_SENDER' ? t.due(day(dayOf(s.estimatedDelivery))) : null;
  return (
    <li className={`o-parcel ${fresh?.has(s.id) ? 'f-fresh' : ''}`}>
      <div className="o-parcel-head">
        <span className="o-tile" aria-hidden>{s.status === 'PENDING' ? <IconBox size={18} /> : <IconTruck size={18} />}</span>
        <div className="o-parcel-title">
          <h3>{s.carrier.name}</h3>
          {s.trackingNumber && (
            <span className="o-number"><span className="vh">{t.number} </span>
              {s.trackingUrl
                ? <a href={s.trackingUrl} target="_blank" rel="noreferrer" aria-label={`${t.page(s.carrier.name)}: ${s.trackingNumber}`}>{s.trackingNumber} <IconExternal size={13} aria-hidden /></a>
                : s.trackingNumber}
              <span className="no-print"><CopyButton text={s.trackingNumber} /></span>
            </span>
          )}
          <p className="muted">{s.lines.map((l) => `${l.quantity > 1 ? `${number(l.quantity)} × ` : ''}${l.orderLine.name}`).join(', ')}</p>
        </div>
        <span className="o-parcel-state"><ShipmentPill status={s.status} />{due && <span className="muted">{due}</span>}</span>
      </div>
      <TrackingList events={s.trackingEvents} label={t.reports(s.carrier.name)} fresh={fresh} />
      {actions && <div className="o-parcel-do no-print">{actions}</div>}
    </li>
  );
}

/** All shipments of an order; actions are what staff can do with each. */
export function Shipments({ shipments, fresh, actions }: { shipments: readonly Parcel[]; fresh?: ReadonlySet<string>; actions?: (parcel: Parcel) => ReactNode }) {
  const t = orderPartWords.use().shipments;
  if (!shipments.length) return <Empty icon={<IconBox size={22} />} title={t.none} text={t.noneText} />;
  return <ul className="o-parcels">{shipments.map((s) => <Shipment key={s.id} parcel={s} fresh={fresh} actions={actions?.(s)} />)}</ul>;
}
