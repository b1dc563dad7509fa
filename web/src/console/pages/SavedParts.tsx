import { money, number } from '../../lib/format.ts';
import { Card } from '../../ui/kit.tsx';
import { savedWords } from './savedWords.ts';
import '../models/models.css';

interface Part { sku: string; name: string | null; quantity: number; cost?: { amount: string; currency: string } | null }

/** What one is made of. */
export function PartsCard({ parts, flat }: { parts: readonly Part[]; flat?: boolean }) {
  const t = savedWords.use();
  const body = !parts.length ? <p className="muted">{t.partsNone}</p> : <table className="mo-price" aria-label={t.parts}><tbody>{parts.map((x, i) => <tr key={`${x.sku}${i}`}><th scope="row"><span className="mo-key">{x.sku}</span>{x.name && <small>{x.name}</small>}</th><td className="num">{number(x.quantity)} ×{x.cost && <small>{money(x.cost)}</small>}</td></tr>)}</tbody></table>;
  return flat ? body : <Card title={t.parts}>{body}</Card>;
}
