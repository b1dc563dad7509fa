import type { ReactNode } from 'react';
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { day, number, percent } from '../../lib/format.ts';
import { words } from '../../lib/words.ts';
import { useAction, useKey, useTell } from '../../ui/form.tsx';
import { Pill, type Tone } from '../../ui/kit.tsx';
import { Enroll, type Enrolled, type Offered } from './documents.ts';
import en from './Training.en.ts';
import './training.css';

export const trainingWords = words('Training', en);

// Drawn here: the icons of every page are loaded by every page.
const icon = (inner: ReactNode) => ({ size = 16 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" aria-hidden>{inner}</svg>
);
export const IconBook = icon(<path d="M12 6.5C10 5 7 4.5 3 4.8v13.7c4-.3 7 .2 9 1.7 2-1.5 5-2 9-1.7V4.8c-4-.3-7 .2-9 1.7Zm0 0v13.7" />);
export const IconMedal = icon(<><circle cx="12" cy="9" r="5.5" /><path d="m8.8 13.6-3 5.8 3.2-.3 1.7 2.7L12 15.5l1.3 6.3 1.7-2.7 3.2.3-3-5.8" /></>);
export const IconPlay = ({ size = 16 }: { size?: number }) => <svg width={size} height={size} viewBox="0 0 24 24" fill="currentColor" aria-hidden><path d="M7 4.8v14.4a1 1 0 0 0 1.5.86l12-7.2a1 1 0 0 0 0-1.72l-12-7.2A1 1 0 0 0 7 4.8Z" /></svg>;
export const IconQuestion = icon(<><circle cx="12" cy="12" r="9" /><path d="M9.5 9.5a2.5 2.5 0 1 1 3.4 2.3c-.6.3-.9.8-.9 1.5M12 16.8v.1" /></>);
export const IconStar = ({ on }: { on: boolean }) => <svg width="26" height="26" viewBox="0 0 24 24" fill={on ? 'currentColor' : 'none'} stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" aria-hidden><path d="m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1.1 5.9L12 16.9l-5.3 2.8 1.1-5.9L3.5 9.7l5.9-.8Z" /></svg>;

/** How much is done, as a ring. */
export function Ring({ percent: done, size = 78 }: { percent: number; size?: number }) {
  const r = 34, round = 2 * Math.PI * r;
  return (
    <svg className="tn-ring" width={size} height={size} viewBox="0 0 78 78" role="img" aria-label={percent(done / 100)}>
      <circle cx="39" cy="39" r={r} /><circle cx="39" cy="39" r={r} strokeDasharray={`${(round * done) / 100} ${round}`} data-on={done > 0 || undefined} />
      <text x="39" y="39.5" dominantBaseline="central" textAnchor="middle">{percent(done / 100)}</text>
    </svg>
  );
}

/** The pattern above a card, in the colour of its course. */
export const Cover = ({ color, tall }: { color: string | null | undefined; tall?: boolean }) => (
  <div className="tn-cover" data-tall={tall || undefined} style={color && /^#[0-9a-f]{6}$/i.test(color) ? { '--cover': color } as React.CSSProperties : undefined} aria-hidden>
    <svg viewBox="0 0 392 68" preserveAspectRatio="xMaxYMid slice">{[28, 66, 104, 142, 180].map((r) => <circle key={r} cx="328" cy="94" r={r} />)}</svg>
  </div>
);

export const Bar = ({ percent, label }: { percent: number; label: string }) => (
  <div className="tn-bar" role="progressbar" aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100} aria-label={label} data-done={percent === 100 || undefined}><i style={{ width: `${percent}%` }} /></div>
);

/** Where somebody is with a course, in one word. */
export function EnrollmentPill({ of: e }: { of: Pick<Enrolled, 'status' | 'isOverdue' | 'percent' | 'startedAt'> }) {
  const t = trainingWords.use();
  const [tone, word]: [Tone, string] = e.status === 'COMPLETED' ? ['good', t.state.done] : e.status === 'WAITING' ? ['warn', t.state.waiting] : e.status === 'WITHDRAWN' ? ['calm', t.state.withdrawn]
    : e.isOverdue ? ['bad', t.state.overdue] : e.startedAt || e.percent ? ['accent', t.state.learning] : ['calm', t.state.new];
  return <Pill tone={tone}>{word}</Pill>;
}

/** The page of what somebody learns; of a course that is not offered any more, by their own place in it. */
export const pageOf = (e: { id: string; course: { key: string } | null }) => `/training/${e.course?.key ?? e.id}`;

export function Extent({ lessons, minutes }: { lessons: number; minutes: number }) {
  const t = trainingWords.use();
  return <p className="tn-extent"><span><IconBook />{t.lessons(lessons)}</span><span><Clock />{t.minutes(number(minutes))}</span></p>;
}
const Clock = icon(<><circle cx="12" cy="12" r="8.5" /><path d="M12 7v5l3 2" /></>);

/** By when something is due, or since when it should have been done. */
export function useDue() {
  const t = trainingWords.use();
  return (e: Pick<Enrolled, 'dueAt' | 'isOverdue'>) => (e.dueAt ? (e.isOverdue ? t.overdueSince(day(e.dueAt)) : t.due(day(e.dueAt))) : null);
}

/** What has to be done before somebody can begin: the first thing of it, in words. */
export function useHindrance() {
  const t = trainingWords.use();
  return (c: Offered): string | null => {
    const first = c.prerequisites.filter((x) => !x.isMet);
    if (first.length) return t.first(first.map((x) => x.title).join(', '));
    if (!c.isFree && !c.availableActions.some((a) => a === 'ENROLL' || a === 'WAIT')) return t.toBuy;
    return null;
  };
}

/** Begins a course, or waits for a place in it; says what has to come first. */
export function Begin({ course: c, after, done, size }: { course: Offered; after?: string | null; done: (enrollment: { status: string; next: { key: string } | null }) => void; size?: 'md' | 'sm' }) {
  const t = trainingWords.use();
  const tell = useTell();
  const keyFor = useKey();
  const [enroll, busy] = useAction(Enroll);
  const open = c.prerequisites.filter((x) => !x.isMet);
  const how = c.availableActions.includes('ENROLL') ? t.enroll : c.availableActions.includes('WAIT') ? t.wait : null;
  const begin = async () => {
    const outcome = await enroll({ input: { courseId: c.id }, key: keyFor({ c: c.id, after }) });
    const e = outcome.ok ? outcome.payload.enrollment : null;
    if (tell(outcome, e?.status === 'WAITING' ? t.waits : t.enrolled) && e) done(e);
  };
  if (open.length) return open[0]!.course ? <Button component={Link} variant="default" size={size} href={`/training/${open[0]!.key}`} aria-label={`${t.toFirst}: ${open[0]!.title}`}>{t.toFirst}</Button> : null;
  if (how) return <Button size={size} loading={busy} onClick={() => void begin()} aria-label={`${how}: ${c.title}`}>{how}</Button>;
  if (!c.isFree && c.variant?.product) return <Button component={Link} variant="default" size={size} href={`/products/${c.variant.product.id}?v=${encodeURIComponent(c.variant.sku)}`} aria-label={`${t.buy}: ${c.title}`}>{t.buy}</Button>;
  return null;
}
