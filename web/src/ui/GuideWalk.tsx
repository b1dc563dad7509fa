import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { words } from '../lib/words.ts';
import en from '../words/guide.en.ts';
import { IconArrowLeft, IconChevronRight, IconPencil, IconRefresh } from './icons.ts';
import './guide.css';

export const guideWords = words('guide', en);

/** Where some answers have led, as the API says it. */
export interface Step {
  key: string; remaining: number;
  path: readonly { key: string; question: string; answerKey: string; answer: string }[];
  question?: { text: string; help?: string | null; answers: readonly { key: string; text: string }[] } | null;
  result?: { text?: string | null } | null;
}

/** One question at a time, and then what fits. Whoever shows it keeps the answers, and shows the products and links of the result. */
export function GuideWalk(p: { step: Step; busy?: boolean; to: (answers: string[]) => void; products?: ReactNode; links?: ReactNode; nothing?: boolean; foot?: ReactNode }) {
  const t = guideWords.use();
  const { step } = p;
  const question = useRef<HTMLHeadingElement>(null);
  const shown = useRef('');
  useEffect(() => { // a new question is read out from its beginning
    if (shown.current && shown.current !== step.key) question.current?.focus();
    shown.current = step.key;
  }, [step]);
  const answers = step.path.map((x) => x.answerKey);
  const asked = step.path.length;
  const back = <Button variant="subtle" leftSection={<IconArrowLeft size={16} />} onClick={() => p.to(answers.slice(0, -1))}>{t.back}</Button>;
  return (
    <div className="gu-columns">
      <div>
        {step.question ? (
          <section className="f-card gu" aria-labelledby="gu-question" aria-busy={p.busy || undefined}>
            <p className="muted gu-count">{t.step(asked + 1, asked + step.remaining)}</p>
            <div className="gu-progress" aria-hidden><i style={{ width: `${(asked / Math.max(1, asked + step.remaining)) * 100}%` }} /></div>
            <h2 id="gu-question" ref={question} tabIndex={-1}>{step.question.text}</h2>
            {step.question.help && <p className="muted">{step.question.help}</p>}
            <ul className="gu-answers">{step.question.answers.map((a) => (
              <li key={a.key}><button type="button" disabled={p.busy} onClick={() => p.to([...answers, a.key])}><span>{a.text}</span><IconChevronRight size={18} aria-hidden /></button></li>
            ))}</ul>
            {asked > 0 && <p>{back}</p>}
          </section>
        ) : step.result && (
          <section aria-labelledby="gu-question">
            <h2 id="gu-question" className="gu-result" ref={question} tabIndex={-1}>{t.result}</h2>
            {step.result.text && <p className="gu-text">{step.result.text}</p>}
            {p.nothing ? <p className="muted">{t.noProducts}</p> : p.products}
            <div className="f-actions" style={{ marginTop: 18 }}>
              {p.links}
              {asked > 0 && back}
              {asked > 0 && <Button variant="subtle" leftSection={<IconRefresh size={16} />} onClick={() => p.to([])}>{t.restart}</Button>}
            </div>
          </section>
        )}
        {p.foot}
      </div>
      {asked > 0 && (
        <aside className="gu-path" aria-label={t.answers}><h2>{t.answers}</h2><ol>{step.path.map((x, i) => (
          <li key={x.key}><span><small>{x.question}</small>{x.answer}</span><button type="button" className="f-icon" aria-label={t.change(x.question)} title={t.change(x.question)} onClick={() => p.to(answers.slice(0, i))}><IconPencil size={15} /></button></li>
        ))}</ol></aside>
      )}
    </div>
  );
}
