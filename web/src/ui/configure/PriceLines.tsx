import { configureWords, price } from './words.ts';
import './pricelines.css';

const lineTitle = (l: { kind: string; title: string; detail: string | null }, base: (what: string) => string) =>
  (l.kind === 'BASE' ? base(l.title) : l.detail ? `${l.title}: ${l.detail}` : l.title);

/** What a price is made of, line by line. */
export function PriceLines({ lines }: { lines: readonly { kind: string; title: string; detail: string | null; amount: { amount: string; currency: string } }[] }) {
  const t = configureWords.use();
  return (
    <dl className="cf-lines" aria-label={t.lines}>{lines.map((l, i) => (
      <div key={i}><dt>{lineTitle(l, t.base)}</dt><dd className="num">{Number(l.amount.amount) === 0 ? t.included : price(l.amount)}</dd></div>
    ))}</dl>
  );
}
