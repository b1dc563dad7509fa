import { lazy, Suspense, useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Card, Dialog, Loading } from '../../ui/kit.tsx';
import { IconArrowLeft } from '../../ui/icons.ts';
import { Tick, Whole } from '../models/fields.tsx';
import { below, lessonOf, lessonsOf, rulesOf, said, says, spoken, type Kind, type Lesson } from './draft.ts';
import { LessonFile } from './LessonFile.tsx';
import { courseWords, Markdown, Texts, Ticks, type Work } from './fields.tsx';
import { trainingWords } from './parts.tsx';

const QuizEditor = lazy(() => import('./QuizEditor.tsx'));
const AssignmentEditor = lazy(() => import('./AssignmentEditor.tsx'));
const Preview = lazy(() => import('./LessonPreview.tsx'));

/** Writes one lesson: what it says, what is asked, and when it is done. */
export default function LessonEditor({ work: w, m, l: at }: { work: Work; m: number; l: number }) {
  const t = courseWords.use();
  const tr = trainingWords.use();
  const [shown, show] = useState(false);
  const d = w.doc;
  const to = spoken(d);
  const l = d.modules[m]!.lessons[at]!;
  const problems = below(w.problems, 'modules', m, 'lessons', at);
  const rule = below(problems, 'completion');
  const media = below(problems, 'media');
  const put = (next: Lesson) => w.change({ ...d, modules: d.modules.map((x, i) => (i === m ? { ...x, lessons: x.lessons.map((y, n) => (n === at ? next : y)) } : x)) });
  const set = (next: Partial<Lesson>) => put({ ...l, ...next });
  // A file is on its way for long: it goes to its lesson in the draft as it is by then.
  const setFile = (fileId: string | null) => w.change((now) => ({ ...now, modules: now.modules.map((x) => ({ ...x, lessons: x.lessons.map((y) => (y.key === l.key && y.kind === l.kind && y.media ? { ...y, media: { ...y.media, fileId, url: fileId ? '' : y.media.url } } : y)) })) }));
  const others = lessonsOf(d).filter((x) => x.key !== l.key);
  const all = lessonsOf(d);
  const here = all.findIndex((x) => x.key === l.key);
  const name = said(l.title, t.untitledLesson);
  const rules = rulesOf(l.kind);
  const setRule = (kind: Lesson['rule']['kind']) => set({ rule: { kind, seconds: kind === 'DWELL' ? l.rule.seconds ?? 60 : null, percent: kind === 'VIDEO' ? l.rule.percent ?? 90 : null } });
  return <div className="f-stack">
    <div className="tr-lesson-head">
      <Button variant="subtle" size="compact-sm" leftSection={<IconArrowLeft size={15} />} onClick={() => w.open(null)}>{t.allLessons}</Button>
      <span>
        <Button variant="subtle" size="compact-sm" disabled={here <= 0} onClick={() => w.open(all[here - 1]!.key)}>{t.before}</Button>
        <Button variant="subtle" size="compact-sm" disabled={here >= all.length - 1} onClick={() => w.open(all[here + 1]!.key)}>{t.after}</Button>
        <Button variant="default" size="compact-sm" onClick={() => show(true)}>{t.asLearners}</Button>
      </span>
    </div>
    <Card title={`${tr.kinds[l.kind]}: ${name}`}><div className="f-form">
      <Texts label={t.lessonTitle} name="title" value={l.title} to={to} problems={problems} onChange={(title) => set({ title })} />
      <div className="f-two mo-top">
        <NativeSelect label={t.kind} value={l.kind} error={says(problems, 'kind')} onChange={(e) => put(lessonOf(l, e.currentTarget.value as Kind))} data={Object.entries(tr.kinds).map(([value, label]) => ({ value, label }))} />
        <Whole label={t.minutes} value={l.minutes} error={says(problems, 'minutes')} onChange={(n) => set({ minutes: n ?? 0 })} />
      </div>
      {l.media && <div className="f-two mo-top">
        {!l.media.fileId && <TextInput label={t.address[l.kind as 'VIDEO']} placeholder={t.https} type="url" spellCheck={false} value={l.media.url ?? ''} error={says(media, 'url') ?? (media.some((p) => !p.path.length) ? says(media) : undefined)}
          onChange={(e) => set({ media: { ...l.media!, url: e.currentTarget.value } })} />}
        {l.kind === 'VIDEO' && <Whole label={t.videoSeconds} description={t.videoSecondsHint} value={l.media.seconds} error={says(media, 'seconds')} onChange={(n) => set({ media: { ...l.media!, seconds: n ?? 0 } })} />}
        {(l.kind === 'FILE' || l.media.fileId) && <LessonFile courseId={w.courseId} fileId={l.media.fileId} error={says(media, 'fileId')} change={setFile} />}
      </div>}
      <Markdown label={l.kind === 'ASSIGNMENT' ? t.task : l.kind === 'TEXT' ? t.text : t.textBeside} hint={t.markdownHint} name="body" rows={l.kind === 'TEXT' ? 16 : 6} value={l.body} to={to} problems={problems} onChange={(body) => set({ body })} />
    </div></Card>
    <Suspense fallback={<Card flush><Loading rows={5} /></Card>}>
      {l.kind === 'QUIZ' && (l.quiz ? <QuizEditor quiz={l.quiz} to={to} problems={below(problems, 'quiz')} change={(quiz) => set({ quiz })} /> : null)}
      {l.assignment && <AssignmentEditor assignment={l.assignment} to={to} problems={below(problems, 'assignment')} change={(assignment) => set({ assignment })} />}
    </Suspense>
    <Card title={t.whenDone}><div className="f-form">
      <div className="f-two mo-top">
        <NativeSelect label={t.rule} value={l.rule.kind} error={says(rule, 'rule')} onChange={(e) => setRule(e.currentTarget.value as Lesson['rule']['kind'])} data={rules.map((x) => ({ value: x, label: t.rules[x] }))} />
        {l.rule.kind === 'DWELL' && <Whole label={t.ruleSeconds} value={l.rule.seconds} error={says(rule, 'seconds')} onChange={(seconds) => set({ rule: { ...l.rule, seconds } })} />}
        {l.rule.kind === 'VIDEO' && <Whole label={t.rulePercent} value={l.rule.percent} error={says(rule, 'percent')} onChange={(percent) => set({ rule: { ...l.rule, percent } })} />}
      </div>
      <Tick label={t.isOptional} hint={t.isOptionalHint} checked={l.isOptional} onChange={(isOptional) => set({ isOptional })} />
      {others.length > 0 && <Ticks label={t.requires} hint={t.requiresHint} error={says(problems, 'requires')}>
        {others.map((x) => <Tick key={x.key} label={said(x.title, t.untitledLesson)} checked={l.requires.includes(x.key)} onChange={(on) => set({ requires: on ? [...l.requires, x.key] : l.requires.filter((r) => r !== x.key) })} />)}
      </Ticks>}
    </div></Card>
    <Dialog open={shown} onClose={() => show(false)} title={t.asLearners} wide>{shown && <Suspense fallback={<Loading rows={4} />}><Preview lesson={l} to={to} /></Suspense>}</Dialog>
  </div>;
}
