import { Link } from 'wouter';
import { words } from '../../lib/words.ts';
import { IconCheck, IconClipboard, IconDownload, IconExternal, IconFile, IconLock } from '../../ui/icons.ts';
import en from './Outline.en.ts';
import { IconPlay, IconQuestion } from './parts.tsx';
import './outline.css';

export const outlineWords = words('Outline', en);

export interface Line { key: string; kind: keyof typeof en.kind; title: string; minutes: number; isOptional: boolean; status?: 'LOCKED' | 'OPEN' | 'DONE'; requires?: string[] }

const kinds = { TEXT: <IconFile size={17} />, VIDEO: <IconPlay size={15} />, FILE: <IconDownload size={17} />, LINK: <IconExternal size={17} />, QUIZ: <IconQuestion size={18} />, ASSIGNMENT: <IconClipboard size={17} /> };

/** Chapters and lessons, with how far each is. Lessons lead somewhere where href says so. */
export function Outline(p: { modules: { key: string; title: string; lessons: Line[] }[]; href?: (l: Line) => string | null; next?: string; current?: string; titles?: Map<string, string>; narrow?: boolean }) {
  const t = outlineWords.use();
  const done = (key: string) => p.modules.some((m) => m.lessons.some((l) => l.key === key && l.status === 'DONE'));
  return (
    <ol className="ou" data-narrow={p.narrow || undefined}>{p.modules.map((m) => (
      <li key={m.key}>
        <h3>{m.title}</h3>
        <ol>{m.lessons.map((l) => {
          const to = p.href?.(l) ?? null;
          const missing = l.status === 'LOCKED' && p.titles ? (l.requires ?? []).filter((k) => !done(k)).map((k) => p.titles!.get(k)).filter(Boolean) : [];
          const inner = <>
            <i data-status={l.status}>{l.status === 'DONE' ? <IconCheck size={15} stroke={2.6} /> : l.status === 'LOCKED' ? <IconLock size={15} /> : kinds[l.kind]}</i>
            <span className="ou-what"><b>{l.title}</b>{!p.narrow && <small>{[t.kind[l.kind], t.minutes(l.minutes), l.isOptional && t.optional, missing.length > 0 && t.after(missing.join(', '))].filter(Boolean).join(' · ')}</small>}{l.status && <span className="vh">, {t.status[l.status]}</span>}</span>
            {!p.narrow && l.key === p.next && l.status !== 'DONE' && <em>{t.next}</em>}
          </>;
          return <li key={l.key}>{to ? <Link href={to} aria-current={l.key === p.current ? 'page' : undefined}>{inner}</Link> : <div data-locked={l.status === 'LOCKED' || undefined}>{inner}</div>}</li>;
        })}</ol>
      </li>
    ))}</ol>
  );
}
