import { number } from '../../lib/format.ts';
import type { Rule } from '../../ui/shop/Quantity.tsx';
import { shopWords } from './shopWords.ts';

/** In which quantities it is sold, where that is not self-evident. */
export function useRuleText() {
  const t = shopWords.use();
  return (r: Rule): string => [
    r.minimumQuantity > 1 && t.minimum(number(r.minimumQuantity)), r.quantityStep > 1 && t.step(number(r.quantityStep)), r.maximumQuantity != null && t.maximum(number(r.maximumQuantity)),
  ].filter(Boolean).join(', ');
}
