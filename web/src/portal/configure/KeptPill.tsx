import { Pill, type Tone } from '../../ui/kit.tsx';
import { keptWords } from './keptWords.ts';

const tones: Record<string, Tone> = { OPEN: 'calm', COMPLETE: 'good', NEEDS_CUSTOMER: 'warn', ORDERED: 'accent' };

/** Where a configuration stands, in a word. */
export function KeptPill({ kept }: { kept: { status: 'OPEN' | 'COMPLETE' | 'NEEDS_CUSTOMER' | 'ORDERED' } }) {
  const t = keptWords.use();
  return <Pill tone={tones[kept.status]}>{t.status[kept.status]}</Pill>;
}
