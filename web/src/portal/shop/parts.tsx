import { useState } from 'react';
import { useClient } from 'urql';
import { day, number } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { Pill, type Tone } from '../../ui/kit.tsx';
import { toast } from '../../ui/toasts.tsx';
import { kitWords } from '../../words/index.ts';
import { shopWords } from './shopWords.ts';
import type en from './Shop.en.ts';
import './shop.css';

export { fit, Quantity, type Rule, useRuleText } from './Quantity.tsx';
export { shopWords };

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
