import { Link } from 'wouter';
import { money } from '../../lib/format.ts';
import type { CardData } from './card.ts';
import { lowest } from './money.ts';
import { bestOf, Picture, shopWords, StockPill } from './parts.tsx';

interface Part { text: string; match: boolean }

/** A product among others: what it looks like, what it is called, from which price, and whether it is there. */
export function ProductCard({ product: p, name, hint, level = 3 }: { product: CardData; name?: readonly Part[]; hint?: string; level?: 2 | 3 }) {
  const t = shopWords.use();
  const price = lowest(p.variants.map((v) => v.price));
  const status = bestOf(p.variants.map((v) => v.availability.status));
  const Heading = `h${level}` as const;
  return (
    <article className="f-card s-card">
      <Picture of={p.pictures?.[0]} />
      <div className="s-card-body">
        {p.category && <p className="s-kind">{p.category.name}</p>}
        <Heading><Link href={`/products/${p.id}`}>{name ? name.map((x, i) => (x.match ? <mark key={i}>{x.text}</mark> : x.text)) : p.name}</Link></Heading>
        {hint && <p className="s-hint">{hint}</p>}
        <div className="s-card-end">
          <b className="num">{price ? (price.varies ? t.from(money(price.price)) : money(price.price)) : <span className="muted">{t.noPrice}</span>}</b>
          {status && <StockPill status={status} />}
        </div>
      </div>
    </article>
  );
}
