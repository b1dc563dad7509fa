import { day } from '../../lib/format.ts';
import { words } from '../../lib/words.ts';
import { Pill } from '../../ui/kit.tsx';
import en from './PriceLists.en.ts';

export const listWords = words('PriceLists', en);

export interface Validity { status: 'ACTIVE' | 'RETIRED'; isCurrent: boolean; validFrom: string | null; validTo: string | null }

/** Whether a list counts now, in one word. */
export function ListPill({ list: l }: { list: Validity }) {
  const t = listWords.use();
  if (l.status === 'RETIRED') return <Pill>{t.retired}</Pill>;
  if (l.isCurrent) return <Pill tone="good">{t.inForce}</Pill>;
  return l.validFrom && Date.parse(l.validFrom) > Date.now() ? <Pill tone="info">{t.begins}</Pill> : <Pill>{t.ended}</Pill>;
}

/** When something holds, in words. */
export function useHolds() {
  const t = listWords.use();
  return (from: string | null, to: string | null) => (from && to ? t.both(day(from), day(to)) : from ? t.from(day(from)) : to ? t.until(day(to)) : t.always);
}

interface Assigned { isEverybody: boolean; organization: { name: string } | null; segment: { name: string } | null }
/** For whom one assignment is. */
export function useWhom() {
  const t = listWords.use();
  return (a: Assigned) => (a.isEverybody ? t.everybody : a.organization?.name ?? (a.segment ? t.segmentOf(a.segment.name) : t.hidden));
}
