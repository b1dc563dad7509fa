import { useState } from 'react';
import { Button, NativeSelect } from '@mantine/core';
import { Card, IconButton } from '../../ui/kit.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { IconChevronDown, IconPlus, IconTrash } from '../../ui/icons.ts';
import type { Lang } from '../../lib/words.ts';
import { moved, Moves, Tick, Whole, without } from '../models/fields.tsx';
import { below, newPool, newQuestion, said, says, type Asks, type Problem, type Quiz } from './draft.ts';
import { courseWords, Ticks } from './fields.tsx';
import { QuestionEditor } from './QuestionEditor.tsx';
import { plain, trainingWords } from './parts.tsx';

const kinds: Asks[] = ['SINGLE', 'MULTIPLE', 'ORDER', 'MATCH', 'NUMBER', 'TEXT'];

/** The questions of a quiz, in which way they are asked, and which of them. */
export default function QuizEditor({ quiz: q, to, problems, change }: { quiz: Quiz; to: readonly Lang[]; problems: readonly Problem[]; change: (q: Quiz) => void }) {
  const t = courseWords.use();
  const tr = trainingWords.use();
  const [opened, open] = useState<string | null>(q.questions.length === 1 ? q.questions[0]!.key : null);
  const set = (next: Partial<Quiz>) => change({ ...q, ...next });
  const add = (kind: Asks) => { const x = newQuestion(kind); set({ questions: [...q.questions, x] }); open(x.key); setTimeout(() => document.getElementById(`question-${x.key}`)?.querySelector<HTMLElement>('textarea')?.focus(), 50); };
  const remove = (i: number) => { const gone = q.questions[i]!.key; set({ questions: without(q.questions, i), pools: q.pools.map((p) => ({ ...p, questions: p.questions.filter((x) => x !== gone) })) }); };
  const points = q.questions.reduce((n, x) => n + x.points, 0);
  const none = problems.some((p) => p.path[0] === 'questions' && p.path.length === 1) ? says(problems, 'questions') : undefined;
  return <>
    <Card title={t.questions} aside={<span className="muted">{t.questionsPoints(q.questions.length, points)}</span>} flush>
      {none && <p className="mo-wrong tr-pad" role="alert">{none}</p>}
      <ol className="tr-questions">{q.questions.map((x, i) => {
        const at = below(problems, 'questions', i);
        const on = opened === x.key;
        const name = t.questionNo(i + 1);
        const pool = q.pools.findIndex((p) => p.questions.includes(x.key));
        return (
          <li key={x.key} id={`question-${x.key}`} data-open={on || undefined}>
            <div className="tr-question-head">
              <button type="button" className="tr-unfold" aria-expanded={on} onClick={() => open(on ? null : x.key)}><IconChevronDown size={16} /><b className="num">{i + 1}</b><span>{plain(said(x.text)) || t.untitledQuestion}<small>{tr.asks[x.kind]} · {t.points(x.points)}{pool >= 0 && ` · ${t.poolNo(pool + 1)}`}</small></span></button>
              {at.length > 0 && <span className="mo-bad" role="img" aria-label={t.problems(at.length)}>{at.length}</span>}
              <Moves name={name} first={!i} last={i === q.questions.length - 1} move={(by) => set({ questions: moved(q.questions, i, by) })} remove={() => remove(i)} />
            </div>
            {on && <div className="tr-question"><QuestionEditor question={x} to={to} problems={at} change={(next) => set({ questions: q.questions.map((y, n) => (n === i ? next : y)) })} /></div>}
          </li>
        );
      })}</ol>
      <div className="tr-add"><Menu start label={t.addQuestion} className="tr-menu" button={<><IconPlus size={14} /> {t.addQuestion}</>} items={kinds.map((k) => ({ label: <>{tr.asks[k]}<small>{t.asksHints[k]}</small></>, run: () => add(k) }))} /></div>
    </Card>
    <Card title={t.quizSettings}><div className="f-form">
      <div className="f-two mo-top">
        <Whole label={t.passingPercent} value={q.passingPercent} error={says(problems, 'passingPercent')} onChange={(n) => set({ passingPercent: n ?? 0 })} />
        <Whole label={t.attempts} description={t.zeroNoLimit} value={q.attempts} error={says(problems, 'attempts')} onChange={(n) => set({ attempts: n ?? 0 })} />
        <Whole label={t.cooling} value={q.coolingMinutes} error={says(problems, 'coolingMinutes')} onChange={(n) => set({ coolingMinutes: n ?? 0 })} />
      </div>
      <div className="f-two mo-top">
        <Whole label={t.limit} description={t.zeroNoLimit} value={q.limitSeconds ? Math.round(q.limitSeconds / 60) : 0} error={says(problems, 'limitSeconds')} onChange={(n) => set({ limitSeconds: (n ?? 0) * 60 })} />
        <Whole label={t.negative} description={t.negativeHint} value={q.negativePercent} error={says(problems, 'negativePercent')} onChange={(n) => set({ negativePercent: n ?? 0 })} />
        <NativeSelect label={t.reveal} value={q.reveal} error={says(problems, 'reveal')} onChange={(e) => set({ reveal: e.currentTarget.value as Quiz['reveal'] })} data={Object.entries(t.reveals).map(([value, label]) => ({ value, label }))} />
      </div>
      <Tick label={t.shuffle} hint={t.shuffleHint} checked={q.shuffle} onChange={(shuffle) => set({ shuffle })} />
    </div></Card>
    <Card title={t.pools}><div className="f-form">
      <p className="mo-hint">{t.poolsHint}</p>
      {q.pools.map((p, i) => {
        const at = below(problems, 'pools', i);
        const put = (next: Partial<Quiz['pools'][number]>) => set({ pools: q.pools.map((y, n) => (n === i ? { ...y, ...next } : y)) });
        return (
          <div key={p.key} className="tr-pool" role="group" aria-label={t.poolNo(i + 1)}>
            <div className="tr-pool-head"><b>{t.poolNo(i + 1)}</b><Whole label={t.draw} value={p.draw} error={says(at, 'draw')} onChange={(n) => put({ draw: n ?? 0 })} /><IconButton label={t.remove(t.poolNo(i + 1))} onClick={() => set({ pools: without(q.pools, i) })}><IconTrash size={17} /></IconButton></div>
            <Ticks label={t.drawnFrom} error={says(at, 'questions')}>{q.questions.map((x, n) => {
              const elsewhere = q.pools.some((y, k) => k !== i && y.questions.includes(x.key));
              return elsewhere ? null : <Tick key={x.key} label={`${n + 1}. ${plain(said(x.text)) || t.untitledQuestion}`} checked={p.questions.includes(x.key)} onChange={(on) => put({ questions: on ? [...p.questions, x.key] : p.questions.filter((y) => y !== x.key) })} />;
            })}</Ticks>
          </div>
        );
      })}
      <div><Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => set({ pools: [...q.pools, newPool()] })}>{t.addPool}</Button></div>
    </div></Card>
  </>;
}
