import type { ReactNode } from 'react';
import { day, money, number, percent } from '../../lib/format.ts';
import { orderPartWords } from '../../words/orderParts.ts';
import type { Line } from './types.ts';
import './order.css';

/** How much of something is done, as a ring; the words stand beside it. */
export function Ring({ part, of }: { part: number; of: number }) {
  const share = of ? Math.min(1, part / of) : 0;
  const round = 2 * Math.PI * 6;
  return (
    <svg className="o-ring" width="17" height="17" viewBox="0 0 17 17" aria-hidden data-whole={share === 1 || undefined}>
      <circle cx="8.5" cy="8.5" r="6" /><circle cx="8.5" cy="8.5" r="6" strokeDasharray={`${round * share} ${round}`} transform="rotate(-90 8.5 8.5)" />
    </svg>
  );
}

/** What was ordered, how much of it is shipped, and what it costs for those who may know; on a phone one card a line. */
export function Lines<T extends Line>({ lines, more }: { lines: readonly T[]; more?: (line: T) => ReactNode }) {
  const t = orderPartWords.use().lines;
  const priced = lines.some((l) => l.total);
  return (
    <table className="f-table o-lines" aria-label={t.title}>
      <thead><tr><th scope="col">{t.item}</th><th scope="col">{t.shipped}</th>{priced && <><th scope="col" data-end>{t.price}</th><th scope="col" data-end>{t.total}</th></>}</tr></thead>
      <tbody>
        {lines.map((l) => (
          <tr key={l.id}>
            <td className="o-item"><b>{l.name}</b><small>{l.sku}</small>{l.note && <small><i>{l.note}</i></small>}{!!l.quantityCancelled && <small>{t.cancelledLine(number(l.quantityCancelled))}</small>}
              {l.promisedDate && <small>{t.promised(day(l.promisedDate))}{l.promiseReason && <>: {l.promiseReason}</>}</small>}{more?.(l)}
            </td>
            <td className="o-shipped"><Ring part={l.quantityShipped} of={l.quantity - (l.quantityCancelled ?? 0)} />{t.ofAll(number(l.quantityShipped), number(l.quantity - (l.quantityCancelled ?? 0)))}</td>
            {priced && <>
              <td className="o-price num" data-end><span className="o-wide">{l.unitPrice && money(l.unitPrice)}</span><span className="o-narrow">{l.unitPrice && t.each(money(l.unitPrice))}</span>
                {Number(l.discountPercent) > 0 && <small>{t.discount(percent(Number(l.discountPercent) / 100, 1))}</small>}</td>
              <td className="o-total num" data-end>{l.total && money(l.total)}</td>
            </>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
