import { useState } from 'react';
import { languageName } from './languages.ts';
import type { Lang } from '../../lib/words.ts';
import { Notice, Pill } from '../../ui/kit.tsx';
import type { Both, Lesson, Question } from './draft.ts';
import { courseWords, Rendered, useFileName } from './fields.tsx';
import { duration, trainingWords } from './parts.tsx';

/** A lesson as learners see it, in one of its languages; of a quiz all questions, without shuffling, and with what is right on request. */
export default function LessonPreview({ lesson: l, to }: { lesson: Lesson; to: readonly Lang[] }) {
  const t = courseWords.use();
  const tr = trainingWords.use();
  const [lang, speak] = useState<Lang>(to[0] ?? 'en');
  const [solved, solve] = useState(false);
  const in_ = (b: Both | null | undefined) => b?.[lang] ?? '';
  return <div className="f-stack">
    <div className="tr-lesson-head"><span className="muted">{tr.kinds[l.kind]} · {duration(l.minutes)}</span>
      <span>
        {to.length > 1 && <span className="tr-switch" role="group" aria-label={t.languagesOf}>{to.map((x) => <button key={x} type="button" aria-pressed={x === lang} onClick={() => speak(x)}>{languageName(x)}</button>)}</span>}
        {l.quiz && <span className="tr-switch"><button type="button" aria-pressed={solved} onClick={() => solve(!solved)}>{t.showRight}</button></span>}
      </span></div>
    <article className="tr-preview" lang={lang}>
      <h3>{in_(l.title) || t.untitledLesson}</h3>
      {l.media && <Notice>{l.media.fileId ? <FileName id={l.media.fileId} /> : l.media.url ? <a href={l.media.url} target="_blank" rel="noreferrer">{l.media.url}</a> : t.noAddress}</Notice>}
      <Rendered text={in_(l.body)} lang={lang} empty={l.kind === 'TEXT' ? <p className="muted">{t.nothingWritten}</p> : undefined} />
      {l.quiz && <ol className="tr-asked">{l.quiz.questions.map((q) => <Asked key={q.key} q={q} lang={lang} solved={solved} />)}</ol>}
      {l.assignment && <div><h4>{t.rubric}</h4><ul className="tr-rubric">{l.assignment.rubric.map((c) => <li key={c.key}><b>{in_(c.title)}</b> <Pill>{t.points(c.points)}</Pill>{in_(c.help) && <p className="muted">{in_(c.help)}</p>}</li>)}</ul></div>}
    </article>
  </div>;
}

/** The file that learners load, by its name. */
function FileName({ id }: { id: string }) { return <>{useFileName(id)}</>; }

function Asked({ q, lang, solved }: { q: Question; lang: Lang; solved: boolean }) {
  const t = courseWords.use();
  return <li>
    <div className="tr-asked-text"><Rendered text={q.text[lang] ?? ''} lang={lang} empty={<p className="muted">{t.untitledQuestion}</p>} /><Pill>{t.points(q.points)}</Pill></div>
    <Answers q={q} lang={lang} solved={solved} />
    {solved && q.explanation?.[lang]?.trim() && <Notice tone="info"><Rendered text={q.explanation[lang] ?? ''} lang={lang} /></Notice>}
  </li>;
}

/** What can be answered to a question, with what is right where that is to be seen. */
export function Answers({ q, lang, solved }: { q: Question; lang: Lang; solved: boolean }) {
  const t = courseWords.use();
  const say = (b: Both) => b[lang] || b.en || b.de || '…';
  if (q.kind === 'NUMBER') return <p className="tr-answer">{solved && q.number ? t.numberIs(q.number.value, q.number.tolerance, q.number.unit) : t.aNumber(q.number?.unit)}</p>;
  if (q.kind === 'TEXT') return <p className="tr-answer">{solved ? (q.accepted?.[lang] ?? []).join(' · ') : t.fewWords}</p>;
  if (q.kind === 'MATCH') return <ul className="tr-options">{q.pairs.map((p) => <li key={p.key}>{say(p.left)} {solved ? <>→ <b>{say(p.right)}</b></> : '→ …'}</li>)}</ul>;
  if (q.kind === 'ORDER' && solved) return <ol className="tr-options" data-order>{q.choices.map((c) => <li key={c.key}>{say(c.text)}</li>)}</ol>;
  return <ul className="tr-options">{q.choices.map((c) => <li key={c.key} data-right={(solved && c.isCorrect && q.kind !== 'ORDER') || undefined}>{say(c.text)}{solved && c.isCorrect && q.kind !== 'ORDER' && <span className="vh"> ({t.right})</span>}</li>)}</ul>;
}
