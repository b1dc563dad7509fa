import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { day, number } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { IconMinus, IconPlus } from '../../ui/icons.ts';
import { Pill, type Tone } from '../../ui/kit.tsx';
import { toast } from '../../ui/toasts.tsx';
import { kitWords } from '../../words/index.ts';
import en from './Shop.en.ts';
import './shop.css';

/** The words that several pages of the shop have. */
export const shopWords = words('Shop', en);

const tones: Record<string, Tone> = { IN_STOCK: 'good', LOW: 'warn', OUT_OF_STOCK: 'bad', BACKORDER: 'info', PREORDER: 'info', UNTRACKED: 'calm', UNKNOWN: 'calm' };
export type Status = keyof typeof en.status;

/** Whether it can be had, in one word. */
export function StockPill({ status }: { status: Status }) {
  const t = shopWords.use();
  return <Pill tone={tones[status]}>{t.status[status]}</Pill>;
}

/** The best of what several variants of a product promise. */
const order: Status[] = ['IN_STOCK', 'LOW', 'UNTRACKED', 'BACKORDER', 'PREORDER', 'UNKNOWN', 'OUT_OF_STOCK'];
export const bestOf = (all: readonly Status[]): Status | undefined => order.find((s) => all.includes(s));

/** The same in a sentence. */
export function useSupply() {
  const t = shopWords.use();
  return (a: { status: Status; quantity?: number | null; promise: string | null }): string => {
    if (a.status === 'UNKNOWN') return t.unknownText;
    if (a.status === 'OUT_OF_STOCK') return t.outText;
    if (a.status === 'UNTRACKED' && !a.promise) return t.untrackedText;
    const today = new Date().toISOString().slice(0, 10);
    const when = a.promise && (a.promise <= today ? t.sentToday : t.sentBy(day(a.promise)));
    const many = (a.status === 'IN_STOCK' || a.status === 'LOW') && a.quantity != null ? t.available(number(a.quantity)) : null;
    return [when, many].filter(Boolean).join(' · ');
  };
}

/** A unit as people write it. */
export function useUnit() {
  const t = shopWords.use();
  return (unit: string, n = 1): string => (unit === 'piece' && n !== 1 ? t.units.pieces! : t.units[unit] ?? unit);
}

interface Seen { text?: string | null; picture: { url: string; width: number; height: number } | null }

/** The picture of a product, or a calm drawing where there is none. */
export function Picture({ of, eager }: { of?: Seen | null; eager?: boolean }) {
  const url = of?.picture?.url;
  const [broken, setBroken] = useState<string>();
  if (url && broken !== url) return <img className="s-picture" src={url} alt={of.text ?? ''} width={of.picture!.width} height={of.picture!.height} loading={eager ? undefined : 'lazy'} decoding="async" onError={() => setBroken(url)} />;
  return (
    <span className="s-picture s-drawn" aria-hidden>
      <svg viewBox="0 0 200 150" focusable="false">
        <ellipse cx="100" cy="124" rx="58" ry="9" className="s-shade" />
        <path d="M100 24 152 52v52l-52 28-52-28V52z" className="s-side" />
        <path d="M100 24 152 52 100 80 48 52z" className="s-top" />
        <path d="M100 80v52l52-28V52z" className="s-front" />
        <path d="M74 38l52 28v16" className="s-band" />
      </svg>
    </span>
  );
}

export interface Rule { minimumQuantity: number; quantityStep: number; maximumQuantity: number | null }

/** The nearest quantity in which it is sold. */
export function fit(n: number, r: Rule): number {
  const up = Math.max(r.minimumQuantity, n);
  const stepped = r.minimumQuantity + Math.ceil((up - r.minimumQuantity) / r.quantityStep) * r.quantityStep;
  return r.maximumQuantity != null && stepped > r.maximumQuantity
    ? r.minimumQuantity + Math.floor((r.maximumQuantity - r.minimumQuantity) / r.quantityStep) * r.quantityStep : stepped;
}

/** In which quantities it is sold, where that is not self-evident. */
export function useRuleText() {
  const t = shopWords.use();
  return (r: Rule): string => [
    r.minimumQuantity > 1 && t.minimum(number(r.minimumQuantity)), r.quantityStep > 1 && t.step(number(r.quantityStep)), r.maximumQuantity != null && t.maximum(number(r.maximumQuantity)),
  ].filter(Boolean).join(', ');
}

/** How many: typed, or by steps that it is sold in. What is typed counts when the field is left or Enter is pressed. */
export function Quantity(p: { label: string; value: number; rule: Rule; onChange: (n: number) => void; disabled?: boolean; small?: boolean }) {
  const t = shopWords.use();
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

const Where = graphql(`query WhereFileIs($id: ID!) { node(id: $id) { __typename id ... on File { url } } }`);

/** Saves a file. Its address is good for a minute only, so it is asked for at the moment of the click. */
export function useDownload(): (id: string) => Promise<void> {
  const client = useClient();
  const k = kitWords.use();
  return async (id) => {
    const { data } = await client.query(Where, { id }, { requestPolicy: 'network-only' }).toPromise();
    const url = data?.node?.__typename === 'File' ? data.node.url : null;
    if (url) location.assign(url); else toast(k.gone, 'bad');
  };
}
