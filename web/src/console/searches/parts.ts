import { words } from '../../lib/words.ts';
import type { Tone } from '../../ui/kit.tsx';
import en from './Misses.en.ts';

export const missWords = words('Misses', en);
type Text = typeof en;

export const missTone: Record<string, Tone> = { OPEN: 'warn', PLANNED: 'info', ANSWERED: 'good', DISMISSED: 'calm', MERGED: 'calm' };

interface Answered { status: string; answer?: keyof Text['answers'] | null; answerSynonym?: string | null; answerProducts: readonly { name: string }[]; mergedInto?: { term: string } | null }

/** How a search was answered, in a few words. */
export const answerText = (m: Answered, t: Text): string => {
  if (m.status === 'MERGED') return m.mergedInto ? t.mergedInto(m.mergedInto.term) : '';
  if (m.answer === 'SYNONYM') return t.asSynonym(m.answerSynonym ?? '');
  if (m.answer === 'PRODUCT') return m.answerProducts.map((p) => p.name).join(', ');
  return m.answer ? t.answers[m.answer] : '';
};
