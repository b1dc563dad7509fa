import type { ReactNode } from 'react';
import { number, percent } from '../../lib/format.ts';
import { words } from '../../lib/words.ts';
import { Pill, type Tone } from '../../ui/kit.tsx';
import en from './Training.en.ts';
import '../models/models.css';
import './training.css';

export const trainingWords = words('Training', en);
type T = typeof en;

const courseTones: Record<keyof T['courseStates'], Tone> = { DRAFT: 'warn', REVIEW: 'info', PUBLISHED: 'good', RETIRED: 'calm' };
const learnerTones: Record<keyof T['learnerStates'], Tone> = { WAITING: 'warn', ACTIVE: 'accent', COMPLETED: 'good', WITHDRAWN: 'calm' };
const workTones: Record<keyof T['workStates'], Tone> = { SUBMITTED: 'warn', PASSED: 'good', RETURNED: 'bad' };
const certificateTones: Record<keyof T['certificateStates'], Tone> = { VALID: 'good', EXPIRING: 'warn', EXPIRED: 'calm', REVOKED: 'bad' };

export const CoursePill = ({ status }: { status: keyof T['courseStates'] }) => <Pill tone={courseTones[status]}>{trainingWords.use().courseStates[status]}</Pill>;
export const LearnerPill = ({ status, overdue }: { status: keyof T['learnerStates']; overdue?: boolean }) => {
  const t = trainingWords.use();
  return overdue ? <Pill tone="bad">{t.overdue}</Pill> : <Pill tone={learnerTones[status]}>{t.learnerStates[status]}</Pill>;
};
export const WorkPill = ({ status }: { status: keyof T['workStates'] }) => <Pill tone={workTones[status]}>{trainingWords.use().workStates[status]}</Pill>;
export const CertificatePill = ({ status }: { status: keyof T['certificateStates'] }) => <Pill tone={certificateTones[status]}>{trainingWords.use().certificateStates[status]}</Pill>;

/** 45 min, or 3 h 20 min. */
export function duration(minutes: number): string {
  const t = trainingWords.get();
  const h = Math.floor(minutes / 60), m = minutes % 60;
  return h ? (m ? `${number(h)} ${t.hours} ${m} ${t.minutesShort}` : `${number(h)} ${t.hours}`) : `${m} ${t.minutesShort}`;
}

/** How far somebody is, as a bar with its number. */
export const Done = ({ percent: p, label }: { percent: number; label: string }) => (
  <span className="tr-done"><span className="tr-bar" role="img" aria-label={label}><i style={{ width: `${p}%` }} /></span><small className="num" aria-hidden>{percent(p / 100)}</small></span>
);

/** What the API has made of Markdown: safe HTML, whose headings begin with h2. */
export const Written = ({ html, lang }: { html: string; lang?: string }): ReactNode => <div className="tr-text" lang={lang} dangerouslySetInnerHTML={{ __html: html }} />;

/** A text without the marks of Markdown, for a line in a list. */
export const plain = (s: string) => s.replace(/[#*_`>[\]]/g, '').replace(/\(https?:[^)]*\)/g, '').replace(/\s+/g, ' ').trim();
