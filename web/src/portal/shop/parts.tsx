import { useClient } from 'urql';
import { day, number } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { Pill, type Tone } from '../../ui/kit.tsx';
import { toast } from '../../ui/toasts.tsx';
import { kitWords } from '../../words/index.ts';
import { shopWords } from './shopWords.ts';
import type en from './Shop.en.ts';
import '../../ui/shop/fields.css';
import './shop.css';

export { fit, Quantity, type Rule } from '../../ui/shop/Quantity.tsx';
export { Picture } from './Picture.tsx';
export { useRuleText } from './rules.ts';
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
