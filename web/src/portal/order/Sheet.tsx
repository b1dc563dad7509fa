import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { day, moment, money, number } from '../../lib/format.ts';
import { house } from '../../ui/house.ts';
import { orderWords } from '../../words/index.ts';
import { orderPartWords } from '../../words/orderParts.ts';
import { Address, orderText, Sums } from './Cards.tsx';
import type { OrderData } from './orderFields.ts';

/** Whether the page is being printed right now. */
function usePrinting(): boolean {
  const [on, setOn] = useState(false);
  useEffect(() => {
    const media = matchMedia('print');
    // What is printed must stand there before the browser goes on.
    const turn = () => flushSync(() => setOn(media.matches));
    const before = () => flushSync(() => setOn(true));
    const after = () => setOn(false);
    media.addEventListener('change', turn);
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    setOn(media.matches); // it may have begun before anybody listened
    return () => { media.removeEventListener('change', turn); removeEventListener('beforeprint', before); removeEventListener('afterprint', after); };
  }, []);
  return on;
}

/** The order as a sheet of paper, in place of its page when that is printed. */
export function Sheet({ order: o }: { order: OrderData }) {
  const t = orderText.use();
  const p = orderPartWords.use();
  const w = orderWords.use();
  if (!usePrinting()) return null;
  const priced = o.lines.some((l) => l.total);
  return (
    <div className="op-sheet">
      <div className="op-sheet-head"><p>{house.name}</p><p>{house.contactEmail}{house.contactEmail && house.contactPhone && <br />}{house.contactPhone}</p></div>
      <h2>{t.sheet} {o.number}</h2>
      <p>{t.sheetDate} {day(o.placedAt)}{o.user && ` · ${o.user.name}`}{o.purchaseOrderNumber && ` · ${t.sheetReference} ${o.purchaseOrderNumber}`} · {o.fulfillmentStatus === 'UNFULFILLED' ? w.status[o.status] : w.fulfillment[o.fulfillmentStatus]}</p>
      <div className="op-sheet-two">
        {o.shipTo && <div><h3>{t.shipTo}</h3><Address of={o.shipTo} /></div>}
        {o.billTo && <div><h3>{t.billTo}</h3><Address of={o.billTo} /></div>}
        {o.shipments.length > 0 && <div><h3>{t.sheetShipments}</h3>{o.shipments.map((s) => <p key={s.id}>{s.carrier.name} {s.trackingNumber}<br />{w.shipment[s.status]}{s.deliveredAt ? `, ${day(s.deliveredAt)}` : ''}</p>)}</div>}
      </div>
      <table>
        <thead><tr><th>{t.sheetNumber}</th><th>{t.sheetItem}</th><th data-end>{t.sheetQuantity}</th><th data-end>{t.sheetShipped}</th>{priced && <><th data-end>{p.lines.price}</th><th data-end>{p.lines.total}</th></>}</tr></thead>
        <tbody>{o.lines.map((l) => (
          <tr key={l.id}><td>{l.sku}</td><td>{l.name}{l.promisedDate && <small>{p.lines.promised(day(l.promisedDate))}</small>}</td><td data-end>{number(l.quantity)}</td><td data-end>{number(l.quantityShipped)}</td>
            {priced && <><td data-end>{l.unitPrice && money(l.unitPrice)}</td><td data-end>{l.total && money(l.total)}</td></>}</tr>
        ))}</tbody>
      </table>
      <Sums order={o} />
      <p><small>{t.sheetPrinted(moment(new Date().toISOString()))}</small></p>
    </div>
  );
}
