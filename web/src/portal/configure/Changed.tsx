import { useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { Notice } from '../../ui/kit.tsx';
import type { Kept } from '../../ui/configure/documents.ts';
import { moreWords } from './keptMoreWords.ts';
import { price } from '../../ui/configure/words.ts';

/** What a new version of the model has done to a configuration, until it is understood or decided. */
export default function Changed({ kept: k, keep }: { kept: Kept; keep?: () => void }) {
  const t = moreWords.use();
  const c = k.change;
  const place = `foyer-change-${k.id}-${c?.at}`;
  const [seen, setSeen] = useState(() => localStorage.getItem(place) === '1');
  if (!c || c.outcome === 'VALID' || k.status === 'ORDERED') return null;
  const needs = k.status === 'NEEDS_CUSTOMER';
  if (!needs && (seen || c.outcome === 'NEEDS_CUSTOMER')) return null;
  const names = (list: readonly { text: string }[]) => list.map((x) => x.text).join(', ');
  const row = (title: string, value: ReactNode) => <p><b>{title}:</b> {value}</p>;
  return (
    <Notice tone={needs ? 'warn' : 'info'}>
      <b>{needs ? t.needs : c.outcome === 'REPRICED' ? t.repriced : t.repaired}.</b> {t.needsText(c.fromNumber, c.toNumber)}
      {c.dropped.length > 0 && row(needs ? t.dropped : t.droppedDone, names(c.dropped))}
      {c.taken.length > 0 && row(needs ? t.taken : t.takenDone, names(c.taken))}
      {c.oldPrice && c.newPrice && c.oldPrice.amount !== c.newPrice.amount && <p className="num">{t.priceWas(price(c.oldPrice), price(c.newPrice))}</p>}
      {(needs ? keep : true) && <span style={{ display: 'flex', gap: 8, marginTop: 8 }}>
        {needs ? <Button size="compact-sm" variant="default" onClick={keep}>{t.keep}</Button>
          : <Button size="compact-sm" variant="default" onClick={() => { localStorage.setItem(place, '1'); setSeen(true); }}>{t.understood}</Button>}
      </span>}
    </Notice>
  );
}
