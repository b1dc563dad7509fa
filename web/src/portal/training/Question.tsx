import { useId } from 'react';
import { NativeSelect, TextInput } from '@mantine/core';
import { number } from '../../lib/format.ts';
import { IconCheck, IconChevronDown, IconX } from '../../ui/icons.ts';
import { IconButton, Pill } from '../../ui/kit.tsx';
import { answered, type Given, type Question } from './attempt.ts';
import { quizWords } from './Quiz.tsx';

const Head = ({ of: q }: { of: Question }) => {
  const t = quizWords.use();
  return <div className="qz-head"><span>{t.question(q.place)}</span><span>{t.worth(number(Number(q.points)))}</span></div>;
};

/** One question to be answered, by mouse or by keyboard alone. */
export function QuestionField({ of: q, given: g, change, error }: { of: Question; given: Given; change: (g: Given) => void; error?: string }) {
  const t = quizWords.use();
  const id = useId();
  const places = (p: number[]) => change({ ...g, places: p });
  const order = g.places.length === q.choices.length ? g.places : q.choices.map((_, i) => i + 1);
  const move = (at: number, by: number) => {
    const next = [...order];
    [next[at], next[at + by]] = [next[at + by]!, next[at]!];
    places(next);
    // The item that was moved keeps the focus, at its new place.
    setTimeout(() => { const b = document.getElementById(`${id}-${at + by}`)?.querySelectorAll<HTMLButtonElement>('button')[by < 0 ? 0 : 1]; (b && !b.disabled ? b : b?.parentElement?.querySelector<HTMLButtonElement>('button:not(:disabled)'))?.focus(); }, 0);
  };
  return (
    <fieldset className="qz-field" aria-describedby={error ? `${id}-error` : undefined}>
      <legend><Head of={q} /><div className="le-text qz-text" dangerouslySetInnerHTML={{ __html: q.html }} /></legend>
      <p className="muted qz-how">{t.how[q.kind]}</p>
      {(q.kind === 'SINGLE' || q.kind === 'MULTIPLE') && <div className="qz-choices">{q.choices.map((c, i) => {
        const on = g.places.includes(i + 1);
        return <label key={i} data-on={on || undefined}><input type={q.kind === 'SINGLE' ? 'radio' : 'checkbox'} name={`${id}-choice`} checked={on}
          onChange={(e) => places(q.kind === 'SINGLE' ? [i + 1] : (e.currentTarget.checked ? [...g.places, i + 1] : g.places.filter((p) => p !== i + 1)).sort((a, b) => a - b))} /><span>{c}</span></label>;
      })}</div>}
      {q.kind === 'ORDER' && <ol className="qz-order">{order.map((p, i) => (
        <li key={p} id={`${id}-${i}`}><b className="num" aria-hidden>{i + 1}</b><span>{q.choices[p - 1]}</span>
          <span className="qz-moves"><IconButton label={t.up(q.choices[p - 1]!)} disabled={i === 0} onClick={() => move(i, -1)}><span style={{ display: 'grid', rotate: '180deg' }}><IconChevronDown size={18} /></span></IconButton>
            <IconButton label={t.down(q.choices[p - 1]!)} disabled={i === order.length - 1} onClick={() => move(i, 1)}><IconChevronDown size={18} /></IconButton></span></li>
      ))}</ol>}
      {q.kind === 'ORDER' && g.places.length === 0 && <button type="button" className="qz-look" onClick={() => places(order)}>{t.asItIs}</button>}
      {q.kind === 'MATCH' && <div className="qz-match">{q.left.map((l, i) => (
        <NativeSelect key={i} label={l} value={String(g.places[i] ?? 0)} data={[{ value: '0', label: t.choose }, ...q.right.map((r, n) => ({ value: String(n + 1), label: r }))]}
          onChange={(e) => { const to = Number(e.currentTarget.value); places(q.left.map((_, n) => (n === i ? to : g.places[n] ?? 0))); }} />
      ))}</div>}
      {q.kind === 'NUMBER' && <TextInput className="qz-number" aria-label={t.number(q.place)} inputMode="decimal" autoComplete="off" maxLength={40} value={g.number} error={error} onChange={(e) => change({ ...g, number: e.currentTarget.value })}
        rightSection={q.unit ? <span className="qz-unit">{q.unit}</span> : undefined} rightSectionWidth={q.unit ? Math.max(44, q.unit.length * 10 + 16) : undefined} />}
      {q.kind === 'TEXT' && <TextInput aria-label={t.words(q.place)} autoComplete="off" maxLength={500} value={g.text} error={error} onChange={(e) => change({ ...g, text: e.currentTarget.value })} />}
      {error && q.kind !== 'NUMBER' && q.kind !== 'TEXT' && <p className="qz-error" id={`${id}-error`} role="alert">{error}</p>}
    </fieldset>
  );
}

/** A question with what was answered and what is right, once that may be seen. */
export function Solved({ of: q, given: g }: { of: Question; given: Given }) {
  const t = quizWords.use();
  const s = q.solution;
  const all = Number(q.reached ?? 0) >= Number(q.points), some = Number(q.reached ?? 0) > 0;
  const mine = (place: number) => g.places.includes(place), right = (place: number) => !!s?.places.includes(place);
  const said = !answered(q, g) ? t.noAnswer : q.kind === 'NUMBER' ? `${g.number}${q.unit ? ` ${q.unit}` : ''}` : g.text;
  return (
    <div className="qz-field">
      <div className="qz-head"><span>{t.question(q.place)}</span>{q.reached != null && <Pill tone={all ? 'good' : some ? 'warn' : 'bad'}>{t.points(number(Number(q.reached)), number(Number(q.points)))}</Pill>}</div>
      <div className="le-text qz-text" dangerouslySetInnerHTML={{ __html: q.html }} />
      {(q.kind === 'SINGLE' || q.kind === 'MULTIPLE') && <ul className="qz-choices">{q.choices.map((c, i) => (
        <li key={i} data-right={(s && right(i + 1)) || undefined} data-wrong={(s && mine(i + 1) && !right(i + 1)) || undefined}>
          <i aria-hidden>{s && right(i + 1) ? <IconCheck size={16} stroke={2.4} /> : mine(i + 1) ? <IconX size={16} stroke={2.4} /> : null}</i><span>{c}</span>
          {mine(i + 1) && <em>{t.yours}</em>}{s && right(i + 1) && <span className="vh">{t.isRight}</span>}</li>
      ))}</ul>}
      {q.kind === 'ORDER' && <div className="qz-two"><div><h3>{t.yourAnswer}</h3>{g.places.length ? <ol>{g.places.map((p) => <li key={p}>{q.choices[p - 1]}</li>)}</ol> : <p className="muted">{t.noAnswer}</p>}</div>{s && <div><h3>{t.rightAnswer}</h3><ol>{s.places.map((p) => <li key={p}>{q.choices[p - 1]}</li>)}</ol></div>}</div>}
      {q.kind === 'MATCH' && <dl className="qz-pairs">{q.left.map((l, i) => {
        const is = g.places[i] ?? 0, should = s?.places[i];
        return <div key={i} data-wrong={(should != null && is !== should) || undefined}><dt>{l}</dt><dd>{is ? q.right[is - 1] : t.noAnswer}{should != null && is !== should && <b>{t.rightIs(q.right[should - 1]!)}</b>}</dd></div>;
      })}</dl>}
      {(q.kind === 'NUMBER' || q.kind === 'TEXT') && <div className="qz-two"><div><h3>{t.yourAnswer}</h3><p>{said}</p></div>
        {s && <div><h3>{t.rightAnswer}</h3><p>{q.kind === 'NUMBER' ? [s.number, q.unit, Number(s.tolerance ?? 0) ? `± ${s.tolerance}` : null].filter(Boolean).join(' ') : s.texts.join(', ')}</p></div>}</div>}
      {s?.explanation && <div className="le-text qz-why" dangerouslySetInnerHTML={{ __html: s.explanation }} />}
    </div>
  );
}
