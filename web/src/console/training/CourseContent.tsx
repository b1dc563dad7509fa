import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Button } from '@mantine/core';
import { FormEnd } from '../../ui/form.tsx';
import { Card, Dialog, Empty, Loading, Pill } from '../../ui/kit.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { IconPlus } from '../../ui/icons.ts';
import { moved, Moves, without } from '../models/fields.tsx';
import { below, newChapter, newLesson, said, says, spoken, type Chapter, type Kind } from './draft.ts';
import { courseWords, Texts, type Work } from './fields.tsx';
import { duration, trainingWords } from './parts.tsx';

const LessonEditor = lazy(() => import('./LessonEditor.tsx'));
const kinds: Kind[] = ['TEXT', 'VIDEO', 'FILE', 'LINK', 'QUIZ', 'ASSIGNMENT'];

/** The chapters and lessons of a draft, and the one lesson that is being written. */
export default function Content({ work: w }: { work: Work }) {
  const t = courseWords.use();
  const tr = trainingWords.use();
  const d = w.doc;
  const to = spoken(d);
  const [taking, take] = useState<{ m: number; l?: number } | null>(null);
  const came = useRef(w.at);
  // Whoever comes back from a lesson finds its row again.
  useEffect(() => { if (!w.at && came.current) document.getElementById(`lesson-${came.current}`)?.focus(); came.current = w.at; }, [w.at]);
  const m = d.modules.findIndex((x) => x.lessons.some((l) => l.key === w.at));
  const put = (i: number, next: Partial<Chapter>) => w.change({ ...d, modules: d.modules.map((x, n) => (n === i ? { ...x, ...next } : x)) });
  if (w.at && m >= 0) return <Suspense fallback={<Card flush><Loading rows={6} /></Card>}><LessonEditor key={w.at} work={w} m={m} l={d.modules[m]!.lessons.findIndex((x) => x.key === w.at)} /></Suspense>;
  const add = (i: number, kind: Kind) => { const l = newLesson(kind); put(i, { lessons: [...d.modules[i]!.lessons, l] }); w.open(l.key); };
  /** Moves a lesson among those of its chapter, and beyond its ends into the neighbours. */
  const move = (i: number, j: number, by: -1 | 1) => {
    const here = d.modules[i]!;
    if (here.lessons[j + by]) { put(i, { lessons: moved(here.lessons, j, by) }); return; }
    const there = d.modules[i + by];
    if (!there) return;
    const l = here.lessons[j]!;
    w.change({ ...d, modules: d.modules.map((x, n) => (n === i ? { ...x, lessons: without(x.lessons, j) } : n === i + by ? { ...x, lessons: by < 0 ? [...x.lessons, l] : [l, ...x.lessons] } : x)) });
  };
  const remove = () => {
    const x = taking!;
    const gone = x.l === undefined ? d.modules[x.m]!.lessons.map((l) => l.key) : [d.modules[x.m]!.lessons[x.l]!.key];
    const left = x.l === undefined ? without(d.modules, x.m) : d.modules.map((y, n) => (n === x.m ? { ...y, lessons: without(y.lessons, x.l!) } : y));
    // Nothing waits for what is gone.
    w.change({ ...d, modules: left.map((y) => ({ ...y, lessons: y.lessons.map((l) => ({ ...l, requires: l.requires.filter((r) => !gone.includes(r)) })) })) });
    take(null);
  };
  const whole = w.problems.filter((p) => p.path[0] === 'modules' && p.path.length === 1).map((p) => p.message).join(' ');
  return <div className="f-stack">
    {whole && <p className="mo-wrong" role="alert">{whole}</p>}
    {d.modules.map((chapter, i) => {
      const problems = below(w.problems, 'modules', i);
      const name = said(chapter.title, t.untitledChapter);
      const none = problems.some((p) => p.path[0] === 'lessons' && p.path.length === 1) ? says(problems, 'lessons') : undefined;
      return (
        <section key={chapter.key} className="f-card tr-chapter" aria-label={t.chapterNo(i + 1)}>
          <header><b className="num" aria-hidden>{i + 1}</b><div><Texts quiet label={t.chapterTitle(i + 1)} name="title" value={chapter.title} to={to} problems={problems} onChange={(title) => put(i, { title })} /></div>
            <Moves name={name} first={!i} last={i === d.modules.length - 1} move={(by) => w.change({ ...d, modules: moved(d.modules, i, by) })} remove={() => (chapter.lessons.length ? take({ m: i }) : w.change({ ...d, modules: without(d.modules, i) }))} /></header>
          {chapter.lessons.length > 0 && <ol className="tr-lessons">{chapter.lessons.map((l, j) => {
            const wrong = below(problems, 'lessons', j).length;
            return (
              <li key={l.key}>
                <button type="button" id={`lesson-${l.key}`} className="mo-open" onClick={() => w.open(l.key)}>{said(l.title, t.untitledLesson)}</button>
                <small>{tr.kinds[l.kind]}{l.quiz && ` · ${t.questionCount(l.quiz.questions.length)}`} · {duration(l.minutes)} · {t.rules[l.rule.kind]}</small>
                <span className="tr-lesson-end">{wrong > 0 && <span className="mo-bad" role="img" aria-label={t.problems(wrong)}>{wrong}</span>}{l.isOptional && <Pill>{t.optional}</Pill>}{l.requires.length > 0 && <Pill tone="info">{t.waitsFor(l.requires.length)}</Pill>}
                  <Moves name={said(l.title, t.untitledLesson)} first={!i && !j} last={i === d.modules.length - 1 && j === chapter.lessons.length - 1} move={(by) => move(i, j, by)} remove={() => take({ m: i, l: j })} /></span>
              </li>
            );
          })}</ol>}
          {none && <p className="mo-wrong tr-pad" role="alert">{none}</p>}
          <div className="tr-add"><Menu start label={t.addLessonTo(name)} className="tr-menu" button={<><IconPlus size={14} /> {t.addLesson}</>} items={kinds.map((k) => ({ label: <>{tr.kinds[k]}<small>{t.kindHints[k]}</small></>, run: () => add(i, k) }))} /></div>
        </section>
      );
    })}
    {!d.modules.length && <Card flush><Empty title={t.noChapters} text={t.noChaptersText} /></Card>}
    <div><Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => w.change({ ...d, modules: [...d.modules, newChapter()] })}>{t.addChapter}</Button></div>
    <Dialog open={!!taking} onClose={() => take(null)} title={taking?.l === undefined ? t.takeChapter : t.takeLesson}>
      {taking && <form className="f-form" onSubmit={(e) => { e.preventDefault(); remove(); }}>
        <p>{t.takeText(taking.l === undefined ? said(d.modules[taking.m]?.title, t.untitledChapter) : said(d.modules[taking.m]?.lessons[taking.l]?.title, t.untitledLesson))}</p>
        <FormEnd label={t.take} danger busy={false} onCancel={() => take(null)} />
      </form>}
    </Dialog>
  </div>;
}
