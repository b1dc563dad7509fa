import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '../../ui/icons.ts';
import { languageName } from './languages.ts';
import type { Lang } from '../../lib/words.ts';
import { moved, Moves, Tick, Whole, without } from '../models/fields.tsx';
import { below, chooses, newChoice, newPair, ofKind, said, says, type Asks, type Problem, type Question } from './draft.ts';
import { courseWords, Markdown, Texts } from './fields.tsx';
import { trainingWords } from './parts.tsx';

/** Writes a question: what is asked, what can be answered, what is right and why. */
export function QuestionEditor({ question: q, to, problems, change }: { question: Question; to: readonly Lang[]; problems: readonly Problem[]; change: (q: Question) => void }) {
  const t = courseWords.use();
  const tr = trainingWords.use();
  const set = (next: Partial<Question>) => change({ ...q, ...next });
  const choices = problems.filter((p) => p.path[0] === 'choices' && p.path.length === 1).map((p) => p.message).join(' ');
  const pairs = problems.filter((p) => p.path[0] === 'pairs' && p.path.length === 1).map((p) => p.message).join(' ');
  const n = q.number;
  const number = below(problems, 'number');
  const right = (i: number, on: boolean) => set({ choices: q.choices.map((c, k) => (q.kind === 'SINGLE' ? { ...c, isCorrect: k === i } : k === i ? { ...c, isCorrect: on } : c)) });
  return <div className="f-form">
    <Markdown label={t.question} name="text" rows={3} most={4000} value={q.text} to={to} problems={problems} onChange={(text) => set({ text })} />
    <div className="f-two mo-top">
      <NativeSelect label={t.questionKind} value={q.kind} error={says(problems, 'kind')} onChange={(e) => change(ofKind(q, e.currentTarget.value as Asks))} data={Object.entries(tr.asks).map(([value, label]) => ({ value, label }))} />
      <Whole label={t.pointsOf} value={q.points} error={says(problems, 'points')} onChange={(x) => set({ points: x ?? 0 })} />
    </div>
    {chooses(q.kind) && <fieldset className="mo-set"><legend>{q.kind === 'ORDER' ? t.inOrder : t.choices}</legend><p className="mo-hint">{q.kind === 'ORDER' ? t.inOrderHint : q.kind === 'SINGLE' ? t.singleHint : t.multipleHint}</p>
      <ol className="tr-choices">{q.choices.map((c, i) => (
        <li key={c.key} data-right={(q.kind !== 'ORDER' && c.isCorrect) || undefined}>
          {q.kind === 'ORDER' ? <b className="num" aria-hidden>{i + 1}</b> : <input type={q.kind === 'SINGLE' ? 'radio' : 'checkbox'} className="f-check" name={`right-${q.key}`} aria-label={t.isRight(i + 1)} checked={c.isCorrect} onChange={(e) => right(i, e.currentTarget.checked)} />}
          <Texts quiet label={t.choiceNo(i + 1)} name="text" most={500} value={c.text} to={to} problems={below(problems, 'choices', i)} onChange={(text) => set({ choices: q.choices.map((x, k) => (k === i ? { ...x, text } : x)) })} />
          <Moves name={said(c.text, t.choiceNo(i + 1))} first={!i} last={i === q.choices.length - 1} move={(by) => set({ choices: moved(q.choices, i, by) })} remove={() => set({ choices: without(q.choices, i) })} />
        </li>
      ))}</ol>
      {choices && <p className="mo-wrong" role="alert">{choices}</p>}
      <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => set({ choices: [...q.choices, newChoice()] })}>{t.addChoice}</Button></fieldset>}
    {q.kind === 'MATCH' && <fieldset className="mo-set"><legend>{t.pairs}</legend><p className="mo-hint">{t.pairsHint}</p>
      <ol className="tr-choices">{q.pairs.map((x, i) => (
        <li key={x.key}><b className="num" aria-hidden>{i + 1}</b><div className="tr-pair">
          <Texts quiet label={t.leftNo(i + 1)} name="left" most={500} value={x.left} to={to} problems={below(problems, 'pairs', i)} onChange={(left) => set({ pairs: q.pairs.map((y, k) => (k === i ? { ...y, left } : y)) })} />
          <Texts quiet label={t.rightNo(i + 1)} name="right" most={500} value={x.right} to={to} problems={below(problems, 'pairs', i)} onChange={(r) => set({ pairs: q.pairs.map((y, k) => (k === i ? { ...y, right: r } : y)) })} />
        </div><Moves name={said(x.left, t.pairNo(i + 1))} first={!i} last={i === q.pairs.length - 1} move={(by) => set({ pairs: moved(q.pairs, i, by) })} remove={() => set({ pairs: without(q.pairs, i) })} /></li>
      ))}</ol>
      {pairs && <p className="mo-wrong" role="alert">{pairs}</p>}
      <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => set({ pairs: [...q.pairs, newPair()] })}>{t.addPair}</Button></fieldset>}
    {q.kind === 'NUMBER' && <div className="f-two mo-top">
      <TextInput label={t.rightNumber} inputMode="decimal" value={n?.value ?? ''} error={says(number, 'value') ?? (number.some((p) => !p.path.length) ? says(number) : undefined)} onChange={(e) => set({ number: { tolerance: null, unit: null, ...n, value: e.currentTarget.value } })} />
      <TextInput label={t.tolerance} description={t.toleranceHint} inputMode="decimal" value={n?.tolerance ?? ''} error={says(number, 'tolerance')} onChange={(e) => set({ number: { unit: null, value: '', ...n, tolerance: e.currentTarget.value || null } })} />
      <TextInput label={t.unit} maxLength={20} value={n?.unit ?? ''} error={says(number, 'unit')} onChange={(e) => set({ number: { tolerance: null, value: '', ...n, unit: e.currentTarget.value || null } })} />
    </div>}
    {q.kind === 'TEXT' && <>
      <div className="f-two mo-top">{to.map((l) => <Textarea key={l} rows={3} lang={l} label={to.length > 1 ? `${t.accepted}, ${languageName(l)}` : t.accepted} description={t.acceptedHint} value={(q.accepted?.[l] ?? []).join('\n')} error={says(problems, 'accepted', l)}
        onChange={(e) => set({ accepted: { en: q.accepted?.en ?? [], de: q.accepted?.de ?? [], [l]: e.currentTarget.value.split('\n') } })} />)}</div>
      <Tick label={t.exact} hint={t.exactHint} checked={q.exact} onChange={(exact) => set({ exact })} />
    </>}
    <Markdown label={t.explanation} hint={t.explanationHint} name="explanation" rows={3} most={4000} value={q.explanation} to={to} problems={problems} onChange={(explanation) => set({ explanation })} />
  </div>;
}
