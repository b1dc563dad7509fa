import { words } from '../../lib/words.ts';
import { money } from '../../lib/format.ts';
import en from './Configure.en.ts';

/** The words of configuring, which several pages have. */
export const configureWords = words('Configure', en);

type Money = { amount: string; currency: string };
const isRound = (m: Money) => /^-?\d+(\.0+)?$/.test(m.amount);

/** An amount; whole ones without their zeros, as for something that costs thousands. */
export const price = (m: Money) => money(m, isRound(m));

/** A difference with its sign: +€2,150, −€3,900; Included for none. */
export function delta(m: Money, none: string): string {
  const n = Number(m.amount);
  if (!n) return none;
  return `${n > 0 ? '+' : '−'}${price({ ...m, amount: m.amount.replace(/^-/, '') })}`;
}
