import { useEffect, useState } from 'react';
import { words } from '../../lib/words.ts';
import { IconMinus, IconPlus } from '../icons.ts';
import en from './Quantity.en.ts';
import './fields.css';

const quantityWords = words('Quantity', en);

export interface Rule { minimumQuantity: number; quantityStep: number; maximumQuantity: number | null }

/** The nearest quantity in which it is sold. */
export function fit(n: number, r: Rule): number {
  const up = Math.max(r.minimumQuantity, n);
  const stepped = r.minimumQuantity + Math.ceil((up - r.minimumQuantity) / r.quantityStep) * r.quantityStep;
  return r.maximumQuantity != null && stepped > r.maximumQuantity
    ? r.minimumQuantity + Math.floor((r.maximumQuantity - r.minimumQuantity) / r.quantityStep) * r.quantityStep : stepped;
}

/** How many: typed, or by steps that it is sold in. What is typed counts when the field is left or Enter is pressed. */
export function Quantity(p: { label: string; value: number; rule: Rule; onChange: (n: number) => void; disabled?: boolean; small?: boolean }) {
  const t = quantityWords.use();
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => setTyped(null), [p.value]);
  const { rule } = p;
  const take = () => {
    if (typed === null) return;
    const n = Number.parseInt(typed, 10);
    setTyped(null);
    if (Number.isFinite(n) && n > 0) { const fitted = fit(n, rule); if (fitted !== p.value) p.onChange(fitted); }
  };
  const down = p.value - rule.quantityStep;
  const up = p.value + rule.quantityStep;
  return (
    <span className="s-quantity" data-small={p.small || undefined} role="group" aria-label={p.label}>
      <button type="button" aria-label={`${t.less}: ${p.label}`} disabled={p.disabled || down < rule.minimumQuantity} onClick={() => p.onChange(fit(down, rule))}><IconMinus size={15} /></button>
      <input inputMode="numeric" aria-label={p.label} value={typed ?? String(p.value)} disabled={p.disabled} onChange={(e) => setTyped(e.currentTarget.value.replace(/\D/g, '').slice(0, 6))}
        onFocus={(e) => e.currentTarget.select()} onBlur={take} onKeyDown={(e) => { if (e.key === 'Enter') { e.preventDefault(); take(); } }} />
      <button type="button" aria-label={`${t.more}: ${p.label}`} disabled={p.disabled || (rule.maximumQuantity != null && up > rule.maximumQuantity)} onClick={() => p.onChange(fit(up, rule))}><IconPlus size={15} /></button>
    </span>
  );
}
