import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useList } from '../../lib/search.ts';
import { isStale, useAction, useKey, useTell } from '../../ui/form.tsx';
import { Card, Loading, Notice, Page, requestIdOf, Pill, useFailure } from '../../ui/kit.tsx';
import { wrote } from '../../ui/ownWrites.ts';
import { useMay } from '../../ui/root.tsx';
import { kitWords } from '../../words/index.ts';
import { inputOf, numbersOf, parts, placeOf, problemsOf, said, SaveCourse, type Course, type Doc, type PartName, type Place, type Problem } from './draft.ts';
import { courseWords, useProblems, type Work } from './fields.tsx';
import { CoursePill, trainingWords } from './parts.tsx';

const Overview = lazy(() => import('./CourseOverview.tsx'));
const About = lazy(() => import('./CourseAbout.tsx'));
const Content = lazy(() => import('./CourseContent.tsx'));
const Settings = lazy(() => import('./CourseSettings.tsx'));
const Versions = lazy(() => import('./CourseVersions.tsx'));
const Figures = lazy(() => import('./CourseFigures.tsx'));
const Publish = lazy(() => import('./CoursePublish.tsx'));
const State = lazy(() => import('./CourseState.tsx'));
const EnrollPeople = lazy(() => import('./EnrollPeople.tsx'));

/** A course: its draft in its parts, what was published, and how it fares. */
export default function CoursePage({ course: c, again }: { course: Course; again: () => void }) {
  const t = courseWords.use();
  const tr = trainingWords.use();
  const k = kitWords.use();
  const say = useFailure();
  const tell = useTell();
  const may = useMay();
  const list = useList();
  const keyFor = useKey();
  const read = c.draft ?? null;
  const [base, setBase] = useState({ doc: read, version: c.version }); // what was read, and by which version it is changed
  const [doc, setDoc] = useState(read);
  const [failure, setFailure] = useState<{ text: string; id?: string; stale?: boolean } | null>(null);
  const [refused, setRefused] = useState<readonly Problem[]>([]);
  const [asks, ask] = useState<'publish' | 'review' | 'back' | 'retire' | 'offer' | 'enroll' | null>(null);
  const [save, busy] = useAction(SaveCourse);
  const can = (action: Course['availableActions'][number]) => c.availableActions.includes(action);
  const edits = can('SAVE') && !!doc;
  const dirty = useMemo(() => doc !== base.doc && JSON.stringify(doc) !== JSON.stringify(base.doc), [doc, base]);
  const checked = useProblems(edits && dirty ? doc : null);
  const bad = doc ? numbersOf(doc, t.noNumber) : [];
  const problems = dirty ? [...bad, ...(checked ?? refused).filter((p) => !bad.some((b) => b.path.join('.').startsWith(p.path.join('.'))))] : problemsOf(c.problems);
  // What somebody else saved, or one's own save: taken in as long as nothing is typed that it would undo.
  useEffect(() => { if (c.version !== base.version && !dirty) { setBase({ doc: read, version: c.version }); setDoc(read); } }, [c.version]);
  useEffect(() => {
    if (!dirty) return;
    const stay = (e: BeforeUnloadEvent) => e.preventDefault();
    addEventListener('beforeunload', stay);
    return () => removeEventListener('beforeunload', stay);
  }, [dirty]);
  const has: Record<PartName, boolean> = { overview: true, about: edits, content: edits, settings: edits && !!c.audience && !!c.rules, versions: may('training.staff'), figures: may('training.figures') && !!c.current };
  const shown = parts.filter((x) => has[x]);
  const part = shown.find((x) => x === list.get('part')) ?? 'overview';
  const open = (to: Place) => list.set({ part: to.part === 'overview' ? null : to.part, open: to.open ?? null });
  const work: Work | null = doc && { courseId: c.id, doc, change: (next) => { setDoc((now) => (typeof next === 'function' ? now && next(now) : next)); setRefused([]); }, problems, at: list.get('open'), open: (lesson) => list.set({ open: lesson }) };
  const send = async () => {
    setFailure(null);
    if (bad.length) { open(placeOf(bad[0]!.path, doc!)); return; }
    const input = { id: c.id, version: base.version, document: inputOf(doc!) };
    const outcome = await save({ input, key: keyFor(input) });
    if (outcome.ok) {
      wrote(c.id, base.version!, outcome.payload.course!.version!);
      setBase({ doc, version: outcome.payload.course!.version }); setRefused([]);
      tell(outcome, t.saved);
      again();
      return;
    }
    const stale = isStale(outcome);
    if (outcome.error) setFailure({ text: stale ? t.conflict : say(outcome.error), id: requestIdOf(outcome.error), stale });
    else { const found = problemsOf(outcome.payload?.problems); setRefused(found); if (!found.length) setFailure({ text: outcome.refusals[0]!.message }); }
    if (stale) again();
  };
  const theirs = () => { setFailure(null); setRefused([]); setBase({ doc: read, version: c.version }); setDoc(read); };
  const mine = () => { setFailure(null); setBase({ doc: read, version: c.version }); };
  const wrongIn = new Map<PartName, number>();
  for (const p of doc ? problems : []) { const to = placeOf(p.path, doc!).part; wrongIn.set(to, (wrongIn.get(to) ?? 0) + 1); }
  const counts: Partial<Record<PartName, number>> = { content: doc?.modules.reduce((n, m) => n + m.lessons.length, 0) };
  const title = said(doc?.title, c.title || c.name);
  const href = (to: PartName) => (to === 'overview' ? `/courses/${c.id}` : `/courses/${c.id}?part=${to}`);
  const pages: Record<PartName, React.ReactNode> = {
    overview: <Overview course={c} />, about: work && <About work={work} courseKey={c.key} />, content: work && <Content work={work} />,
    settings: <Settings course={c} version={base.version!} done={(version) => { setBase((b) => ({ ...b, version })); again(); }} again={again} />,
    versions: <Versions course={c} again={again} />, figures: <Figures course={c} />,
  };
  const close = () => ask(null);
  const saved = () => { close(); again(); };
  return (
    <Page title={title} wide crumbs={[{ title: tr.courses, href: '/courses' }, { title }]}
      after={<>{dirty ? <Pill tone="warn">{t.unsaved}</Pill> : c.status && <CoursePill status={c.status} />}</>}
      sub={[c.key, c.current && tr.versionNo(c.current.number), !dirty && c.isChanged && c.current && tr.changedSince, c.learners != null && tr.learnersNow(c.learners)].filter(Boolean).join(' · ')}
      actions={<>
        {dirty && <Button variant="default" onClick={theirs}>{t.undo}</Button>}
        {edits && dirty && <Button loading={busy} onClick={() => void send()}>{t.save}</Button>}
        {!dirty && can('ENROLL_PEOPLE') && <Button variant="default" onClick={() => ask('enroll')}>{tr.enrollPeople}</Button>}
        {!dirty && can('RETIRE') && c.status === 'PUBLISHED' && <Button variant="default" onClick={() => ask('retire')}>{t.retire}</Button>}
        {!dirty && can('RETIRE') && c.status === 'RETIRED' && <Button variant="default" onClick={() => ask('offer')}>{t.offerAgain}</Button>}
        {!dirty && can('SAVE') && c.status === 'DRAFT' && <Button variant="default" onClick={() => ask('review')}>{t.toReview}</Button>}
        {!dirty && can('SAVE') && c.status === 'REVIEW' && <Button variant="default" onClick={() => ask('back')}>{t.sendBack}</Button>}
        {!dirty && can('PUBLISH') && c.isChanged && <Button onClick={() => ask('publish')}>{t.publish}</Button>}
      </>}>
      {failure && <div className="mo-state"><Notice tone="bad">{failure.text}{failure.id && !failure.stale && <><br /><small>{k.requestId(failure.id)}</small></>}
        {failure.stale && <p style={{ marginTop: 8 }}><Button size="compact-sm" variant="default" onClick={theirs}>{t.takeTheirs}</Button>{' '}<Button size="compact-sm" variant="default" onClick={mine}>{t.keepMine}</Button></p>}</Notice></div>}
      {edits && problems.length > 0 && <div className="mo-state"><Notice tone="bad"><b>{t.problems(problems.length)}</b>
        <ul className="mo-problems">{problems.slice(0, 6).map((p, i) => <li key={i}><button type="button" className="mo-link" onClick={() => open(placeOf(p.path, doc!))}>{whereOf(p, doc!, t)}</button> {p.message}</li>)}
          {problems.length > 6 && <li>{t.moreProblems(problems.length - 6)}</li>}</ul></Notice></div>}
      <div className="mo-page">
        <nav className="mo-nav" aria-label={t.partsOf}>
          {shown.map((x) => <Link key={x} href={href(x)} aria-current={x === part ? 'page' : undefined}>{t.part[x]}
            {wrongIn.has(x) ? <span className="mo-bad" aria-label={t.problems(wrongIn.get(x)!)}>{wrongIn.get(x)}</span> : counts[x] !== undefined && <small>{counts[x]}</small>}</Link>)}
          {may('enrollment.read') && <Link href={`/learners?course=${c.id}`}>{tr.learners}</Link>}
          {may('submission.read') && <Link href={`/submissions?course=${c.id}`}>{tr.submissions}</Link>}
          {may('certificate.read') && <Link href={`/certificates?course=${c.id}`}>{tr.certificates}</Link>}
        </nav>
        <div className="f-stack"><Suspense fallback={<Card flush><Loading rows={5} /></Card>}>{pages[part]}</Suspense></div>
      </div>
      <Suspense fallback={null}>
        {asks === 'publish' && doc && <Publish course={c} doc={doc} close={close} done={saved} stale={again} />}
        {(asks === 'review' || asks === 'back' || asks === 'retire' || asks === 'offer') && <State course={c} what={asks} close={close} done={saved} again={again} />}
        {asks === 'enroll' && <EnrollPeople course={{ id: c.id, title }} close={close} done={again} />}
      </Suspense>
    </Page>
  );
}

/** Where a problem is, in a word or two. */
function whereOf(p: Problem, d: Doc, t: ReturnType<typeof courseWords.use>): string {
  const m = p.path[0] === 'modules' ? d.modules[Number(p.path[1])] : undefined;
  const l = m && p.path[2] === 'lessons' ? m.lessons[Number(p.path[3])] : undefined;
  const q = l && p.path[4] === 'quiz' && p.path[5] === 'questions' && p.path[6] !== undefined ? `, ${t.questionNo(Number(p.path[6]) + 1)}` : '';
  const name = l ? said(l.title, t.untitledLesson) + q : m ? said(m.title, t.untitledChapter) : p.path[0] ? t.fields[p.path[0] as keyof typeof t.fields] ?? t.part.about : t.part.about;
  return `${name}:`;
}
