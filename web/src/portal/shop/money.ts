import type { Money } from '../../ui/order/types.ts';

/** Amounts are decimal texts, and sums are made of whole numbers: a fraction of a
 * cent that a computer's own numbers lose is never seen here. */
const parts = (amount: string) => {
  const [whole, fraction = ''] = amount.split('.');
  return { digits: fraction.length, value: BigInt(whole + fraction) };
};
const text = (value: bigint, digits: number) => {
  const sign = value < 0n ? '-' : '';
  const all = (value < 0n ? -value : value).toString().padStart(digits + 1, '0');
  return sign + (digits ? `${all.slice(0, -digits)}.${all.slice(-digits)}` : all);
};

/** So many times an amount. */
export function times(m: Money, n: number): Money {
  const { digits, value } = parts(m.amount);
  return { amount: text(value * BigInt(n), digits), currency: m.currency };
}

/** Which of two amounts of one currency is smaller. */
export const cheaper = (a: Money, b: Money): Money => (Number(a.amount) <= Number(b.amount) ? a : b);

/** The smallest of some amounts in one currency, and whether there are others. */
export function lowest(all: readonly (Money | null)[]): { price: Money; varies: boolean } | null {
  const known = all.flatMap((m) => (m ? [m] : []));
  if (!known.length) return null;
  const price = known.reduce(cheaper);
  return { price, varies: known.some((m) => m.amount !== price.amount) };
}

/** The price of one by quantity: the last tier that begins at or below it. */
export function tierFor<T extends { minimumQuantity: number }>(tiers: readonly T[], quantity: number): T | undefined {
  return tiers.filter((t) => t.minimumQuantity <= quantity).at(-1);
}
