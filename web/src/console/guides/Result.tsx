import { IconBox } from '../../ui/icons.ts';
import { Pill } from '../../ui/kit.tsx';
import type { PickedProduct } from '../ProductPicker.tsx';
import { guideEditWords } from './parts.ts';

/** The products of a result, in few words. */
export function Result({ products }: { products: readonly PickedProduct[] }) {
  const t = guideEditWords.use();
  return products.length > 0 && <ul className="ge-products">{products.map((p) => <li key={p.id}><IconBox size={17} aria-hidden /><span>{p.name}</span>{p.status && p.status !== 'ACTIVE' && <Pill tone="warn">{t.unseen}</Pill>}</li>)}</ul>;
}
