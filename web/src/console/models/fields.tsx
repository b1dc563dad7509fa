import { useEffect, useState, type ReactNode } from 'react';
import { Button, Textarea, TextInput } from '@mantine/core';
import { useClient } from 'urql';
import { lang, words } from '../../lib/words.ts';
import { IconChevronDown, IconTrash } from '../../ui/icons.ts';
import { IconButton, type Tone } from '../../ui/kit.tsx';
import { amount, fromField, toField } from '../amounts.ts';
import { Check, inputOf, type Both, type Doc, type Finding, type Money, type Place, type Problem } from './draft.ts';
import en from './ModelWords.en.ts';
import './models.css';

export const modelWords = words('ModelWords', en);
export const severityTone: Record<Finding['severity'], Tone> = { ERROR: 'bad', WARNING: 'warn', HINT: 'info' };

/** What every part of the page works with. */
export interface Work {
  doc: Doc; change: (next: Doc) => void; edits: boolean; problems: readonly Problem[];
  /** What is open in the part, from the address. */
  at: string | undefined; open: (to: Place) => void; close: () => void;
}

/** A text of the draft in the reader's language, or in the other one. */
export const said = (b: Both | null | undefined, or = ''): string => (b ? b[lang()].trim() || b.en.trim() || b.de.trim() || or : or);

/** What is wrong with a draft, as the API sees it; looked at anew a moment after each change. Null until it is known. */
export function useProblems(doc: Doc | null): readonly Problem[] | null {
  const client = useClient();
  const [found, setFound] = useState<readonly Problem[] | null>(null);
  const now = doc && JSON.stringify(doc);
  useEffect(() => {
    if (!doc) { setFound(null); return; }
    let over = false;
    const wait = setTimeout(() => {
      void client.query(Check, { document: inputOf(doc) }, { requestPolicy: 'network-only' }).toPromise().then((r) => { if (!over && r.data) setFound(r.data.checkConfigurationModel); });
    }, 350);
    return () => { over = true; clearTimeout(wait); };
  }, [now]);
  return found;
}

/** The problems below a path, the paths cut short by it. */
export const below = (all: readonly Problem[] | null, ...path: (string | number)[]): Problem[] =>
  (all ?? []).filter((p) => path.every((x, i) => p.path[i] === String(x))).map((p) => ({ ...p, path: p.path.slice(path.length) }));
const own = (all: readonly Problem[], name: string) => all.filter((p) => p.path[0] === name);

/** Why a field is refused, if it is. */
export function useSays() {
  const t = modelWords.use();
  return (all: readonly Problem[], name: string): string | undefined => own(all, name).map((p) => (p.line ? `${t.at(p.line, p.column ?? 1)}: ${p.message}` : p.message)).join(' ') || undefined;
}

/** A text in both languages, beside each other. */
export function Two(p: { label: string; value: Both | null; onChange: (value: Both) => void; error?: string; area?: boolean; most?: number; hint?: string }) {
  const t = modelWords.use();
  const v = p.value ?? { en: '', de: '' };
  const field = (code: 'en' | 'de') => {
    const same = { label: `${p.label}, ${t.languages[code]}`, lang: code, value: v[code], maxLength: p.most ?? 2000, error: p.error && (code === 'en' || !v.de.trim()) ? (code === 'en' || v.en.trim() ? p.error : true) : undefined };
    const set = (text: string) => p.onChange({ ...v, [code]: text });
    return p.area ? <Textarea key={code} {...same} rows={3} onChange={(e) => set(e.currentTarget.value)} /> : <TextInput key={code} {...same} onChange={(e) => set(e.currentTarget.value)} />;
  };
  return <div className="f-two mo-top">{field('en')}{field('de')}</div>;
}

/** Something that is so or not. */
export const Tick = (p: { label: string; hint?: string; checked: boolean; onChange: (on: boolean) => void }) => (
  <label className="mo-tick"><input type="checkbox" className="f-check" checked={p.checked} onChange={(e) => p.onChange(e.currentTarget.checked)} /><span>{p.label}{p.hint && <small>{p.hint}</small>}</span></label>
);

/** A whole number. What is none becomes nothing. */
export function Whole(p: { label: string; value: number | null; onChange: (n: number | null) => void; error?: string; description?: string }) {
  const [typed, setTyped] = useState<string | null>(null);
  return <TextInput label={p.label} description={p.description} error={p.error} inputMode="numeric" value={typed ?? (p.value === null ? '' : String(p.value))} onBlur={() => setTyped(null)}
    onChange={(e) => { const s = e.currentTarget.value; setTyped(s); p.onChange(/^-?\d{1,15}$/.test(s.trim()) ? Number(s.trim()) : null); }} />;
}

/** A number of the model in its unit, which the draft has in units of 10^-scale. */
export function Scaled(p: { label: string; value: number | null; scale: number; onChange: (n: number | null) => void; error?: string }) {
  const [typed, setTyped] = useState<string | null>(null);
  return <TextInput label={p.label} error={p.error} inputMode="decimal" value={typed ?? (p.value === null ? '' : unscaled(p.value, p.scale))} onBlur={() => setTyped(null)}
    onChange={(e) => { const s = e.currentTarget.value; setTyped(s); p.onChange(scaled(s, p.scale)); }} />;
}
export function unscaled(n: number, scale: number): string {
  const digits = String(Math.abs(n)).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale), rest = scale ? digits.slice(-scale).replace(/0+$/, '') : '';
  return `${n < 0 ? '-' : ''}${whole}${rest && `.${rest}`}`;
}
export function scaled(text: string, scale: number): number | null {
  const m = /^(-?)(\d{1,12})(?:[.,](\d+))?$/.exec(text.trim());
  if (!m || (m[3] ?? '').length > scale) return null;
  return Number(`${m[1]}${m[2]}${(m[3] ?? '').padEnd(scale, '0')}`);
}

/** Amounts by currency; an empty field is none. */
export function Sums(p: { label: string; value: readonly Money[]; currencies: readonly string[]; onChange: (all: Money[]) => void; error?: string; hint?: string }) {
  const t = modelWords.use();
  const [more, setMore] = useState('');
  const all = [...new Set([...p.currencies, ...p.value.map((m) => m.currency)])];
  const set = (currency: string, typed: string) => p.onChange(all.flatMap((c) => { const a = c === currency ? amount(typed) : p.value.find((m) => m.currency === c)?.amount; return a ? [{ amount: a, currency: c }] : []; }));
  const add = () => { if (/^[A-Z]{3}$/.test(more)) { p.onChange([...p.value.filter((m) => m.currency !== more), { amount: '0', currency: more }]); setMore(''); } };
  return (
    <fieldset className="mo-set"><legend>{p.label}</legend>{p.hint && <p className="mo-hint">{p.hint}</p>}
      <div className="mo-sums">
        {all.map((c) => <TextInput key={c} aria-label={`${p.label}, ${c}`} leftSection={<small>{c}</small>} leftSectionWidth={44} inputMode="decimal" error={p.error ? true : undefined}
          defaultValue={p.value.find((m) => m.currency === c)?.amount ?? ''} onChange={(e) => set(c, e.currentTarget.value)} />)}
        <TextInput aria-label={`${p.label}: ${t.currency}`} placeholder={t.currency} maxLength={3} value={more} onChange={(e) => setMore(e.currentTarget.value.toUpperCase())} onKeyDown={(e) => { if (e.key === 'Enter') { e.preventDefault(); add(); } }} onBlur={add} />
      </div>
      {p.error && <p className="mo-wrong" role="alert">{p.error}</p>}
    </fieldset>
  );
}

/** From when until when something holds. */
export function Dates(p: { from: string | null; to: string | null; onChange: (d: { validFrom: string | null; validTo: string | null }) => void; problems: readonly Problem[] }) {
  const t = modelWords.use();
  const says = useSays();
  return (
    <div className="f-two mo-top">
      <TextInput type="datetime-local" label={t.validFrom} value={toField(p.from)} error={says(p.problems, 'validFrom')} onChange={(e) => p.onChange({ validFrom: fromField(e.currentTarget.value, p.from), validTo: p.to })} />
      <TextInput type="datetime-local" label={t.validTo} value={toField(p.to)} error={says(p.problems, 'validTo')} onChange={(e) => p.onChange({ validFrom: p.from, validTo: fromField(e.currentTarget.value, p.to) })} />
    </div>
  );
}

/** A text in the language of rules: each mistake with its line, and a way to its place. */
export function RuleText(p: { label: string; value: string; onChange: (text: string) => void; problems: readonly Problem[]; name: string; rows?: number; description?: string }) {
  const t = modelWords.use();
  const wrong = own(p.problems, p.name);
  const lines = p.value.split('\n');
  const [id] = useState(() => `rule-${Math.random().toString(36).slice(2)}`);
  const go = (x: Problem) => {
    const area = document.getElementById(id) as HTMLTextAreaElement | null;
    if (!area || !x.line) return;
    // Columns count characters, as people do; the field counts UTF-16.
    const before = lines.slice(0, x.line - 1).reduce((n, l) => n + l.length + 1, 0) + [...(lines[x.line - 1] ?? '')].slice(0, (x.column ?? 1) - 1).join('').length;
    area.focus();
    const rest = p.value.slice(before);
    area.setSelectionRange(before, before + (/^[\w."]+/.exec(rest)?.[0].length ?? 1));
  };
  return (
    <div>
      <Textarea id={id} label={p.label} description={p.description} classNames={{ input: 'mo-code' }} rows={Math.max(p.rows ?? 3, Math.min(14, lines.length + 1))} spellCheck={false} autoComplete="off" value={p.value} error={wrong.length > 0} aria-describedby={wrong.length ? `${id}-wrong` : undefined}
        onChange={(e) => p.onChange(e.currentTarget.value)} />
      <div role="status">{wrong.length > 0 && <ul className="mo-mistakes" id={`${id}-wrong`}>{wrong.map((x, i) => (
        <li key={i}>{x.line ? <button type="button" onClick={() => go(x)}>{t.at(x.line, x.column ?? 1)}</button> : null}<span>{x.message}</span>
          {x.line ? <pre aria-hidden>{lines[x.line - 1]}{'\n'}{' '.repeat(Math.max(0, (x.column ?? 1) - 1))}^</pre> : null}</li>
      ))}</ul>}</div>
    </div>
  );
}

/** What moves an item among the others, and takes it out. */
export function Moves(p: { name: string; first?: boolean; last?: boolean; move?: (by: -1 | 1) => void; remove?: () => void }) {
  const t = modelWords.use();
  return <span className="mo-moves">
    {p.move && <><span className="mo-up"><IconButton label={t.up(p.name)} disabled={p.first} onClick={() => p.move!(-1)}><IconChevronDown size={17} /></IconButton></span>
      <IconButton label={t.down(p.name)} disabled={p.last} onClick={() => p.move!(1)}><IconChevronDown size={17} /></IconButton></>}
    {p.remove && <IconButton label={t.remove(p.name)} onClick={p.remove}><IconTrash size={17} /></IconButton>}
  </span>;
}

/** A list with one of its items moved. */
export function moved<T>(all: readonly T[], i: number, by: -1 | 1): T[] {
  const next = [...all];
  const [x] = next.splice(i, 1);
  next.splice(i + by, 0, x!);
  return next;
}
export const without = <T,>(all: readonly T[], i: number): T[] => all.filter((_, n) => n !== i);
export const put = <T,>(all: readonly T[], i: number, x: T): T[] => (i < all.length ? all.map((y, n) => (n === i ? x : y)) : [...all, x]);

/** The end of a dialog that changes the draft and sends nothing. */
export function Done(p: { close: () => void; done: () => void; remove?: () => void; wrong: number }) {
  const t = modelWords.use();
  return <div className="f-form-end">
    {p.wrong > 0 && <p className="mo-wrong mo-left" role="status">{t.wrong(p.wrong)}</p>}
    {p.remove && <Button variant="subtle" color="red" onClick={p.remove}>{t.take}</Button>}
    <Button variant="default" onClick={p.close}>{t.cancel}</Button><Button type="submit">{t.done}</Button>
  </div>;
}

/** A form that changes the draft and sends nothing. */
export const Local = (p: { label: string; done: () => void; children: ReactNode }) => <form className="f-form" aria-label={p.label} noValidate onSubmit={(e) => { e.preventDefault(); p.done(); }}>{p.children}</form>;
