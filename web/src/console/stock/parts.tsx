import { ago, day, number } from '../../lib/format.ts';
import { words } from '../../lib/words.ts';
import { Pill, Time } from '../../ui/kit.tsx';
import en from './StockWords.en.ts';
import '../admin.css';
import './stock.css';

export const stockWords = words('StockWords', en);
export type StockText = typeof en;

interface Promised { stockPolicy?: keyof StockText['policies'] | null; leadDays?: number | null; availableFrom?: string | null }

/** What is promised of a variant when there is none, in a few words. */
export const promiseText = (v: Promised | null | undefined, t: StockText): string => {
  if (!v?.stockPolicy) return '';
  if (v.stockPolicy === 'BACKORDER' && v.leadDays) return t.backorderIn(v.leadDays);
  if (v.stockPolicy === 'PREORDER' && v.availableFrom) return t.preorderFrom(day(v.availableFrom));
  return t.policies[v.stockPolicy];
};

/** How many are free, and whether that is few. */
export const Free = ({ n }: { n: number }) => <Pill tone={n < 0 ? 'bad' : n < 5 ? 'warn' : 'good'}>{number(n)}</Pill>;

interface Known { fedAt: string | null; countedAt: string | null; isStale: boolean }
/** When somebody last said what lies there. */
export const heardOf = (l: Known): string | null => [l.fedAt, l.countedAt].filter((x): x is string => !!x).sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null;

export function Heard({ of: l }: { of: Known }) {
  const t = stockWords.use();
  const at = heardOf(l);
  if (!at) return <span className="muted">{t.neverHeard}</span>;
  return <><Time at={at}>{ago(at)}</Time>{l.isStale ? <small><Pill tone="warn">{t.stale}</Pill></small> : at === l.countedAt && <small>{t.counted}</small>}</>;
}
