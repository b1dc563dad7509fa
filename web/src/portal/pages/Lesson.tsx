import { lazy, Suspense, useEffect, useRef, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { codeOf } from '../../lib/client.ts';
import { percent } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { IconArrowLeft, IconCheck, IconChevronRight, IconDownload, IconExternal, IconLock, IconOffline } from '../../ui/icons.ts';
import { Failure, Loading, Notice, NotFound, Page, Pill, Skeleton } from '../../ui/kit.tsx';
import { Chapters, EnrollmentCard, type Step } from '../training/documents.ts';
import { useReading } from '../training/learned.ts';
import { Outline, outlineWords } from '../training/Outline.tsx';
import { Bar, IconMedal, trainingWords } from '../training/parts.tsx';
import en from './Lesson.en.ts';
import '../training/lesson.css';

export const lessonWords = words('Lesson', en);

const Quiz = lazy(() => import('../training/Quiz.tsx'));
const Work = lazy(() => import('../training/Assignment.tsx'));
const Video = lazy(() => import('../training/Video.tsx'));

const Content = graphql(`fragment Content on Enrollment @_unmask {
  ...EnrollmentCard ...Chapters
  lesson(key: $lesson) {
    key resumeAt
    content {
      html url name videoSeconds link
      quiz { questionCount passingPercent attemptLimit attemptsLeft limitSeconds negativePercent nextAttemptAt isPassed canStart attempts @_optional { id number status submittedAt passed percent regraded } }
      assignment {
        passingPercent maxFiles attemptsLeft canSubmit rubric { key title help points }
        submissions @_optional { id number text status comment submittedAt gradedAt points maxPoints scores { key points comment } files @_optional { id name size } }
      }
    }
  }
}`, [EnrollmentCard, Chapters]);
const ByKey = graphql(`query LessonPage($key: String!, $lesson: String!) { course(key: $key) { id enrollment @_optional { ...Content } } }`, [Content]);
const ById = graphql(`query LessonOfEnrollment($id: ID!, $lesson: String!) { enrollment(id: $id) { ...Content } }`, [Content]);

export type Lesson = NonNullable<NonNullable<ResultOf<typeof Content>['lesson']>['content']>;

/** One lesson: what is to be read, seen, answered or handed in, and what is missing until it is done. */
export default function LessonPage({ course, lesson }: { course: string; lesson: string }) {
  const t = lessonWords.use();
  const s = trainingWords.use();
  const place = course.includes('_');
  const [byKey, askKey] = useQuery({ query: ByKey, variables: { key: course, lesson }, pause: place });
  const [byId, askId] = useQuery({ query: ById, variables: { id: course, lesson }, pause: !place });
  const again = () => (place ? askId : askKey)({ requestPolicy: 'network-only' });
  const { data, error, fetching, stale } = place ? byId : byKey;
  const e = place ? byId.data?.enrollment ?? null : byKey.data?.course?.enrollment ?? null;
  const steps = (e?.modules ?? []).flatMap((m) => m.lessons);
  const at = steps.findIndex((l) => l.key === lesson);
  const step = steps[at];
  const opened = !!step && step.status !== 'LOCKED' && !!e?.availableActions.includes('LEARN');
  const content = e?.lesson?.content;
  // What has opened since it was asked for is asked for again.
  const asked = useRef('');
  useEffect(() => {
    const now = `${step?.status} ${e?.lesson?.key}`;
    if (opened && e?.lesson && !content && !fetching && !stale && asked.current !== now) { asked.current = now; again(); }
  });
  const need = step?.status === 'OPEN' && step.rule.kind === 'DWELL' && step.rule.seconds ? Math.max(0, step.rule.seconds - step.seconds) : null;
  const { unsent, kept, send } = useReading(e?.id ?? '', lesson, opened && !!e, need);
  const top = { title: s.title, href: '/training' };
  const here = `/training/${encodeURIComponent(course)}`;
  const crumbs = [top, { title: e?.title ?? '…', href: here }, { title: step?.title ?? ' … ' }];
  if (error && !e) return ['NOT_FOUND', 'BAD_USER_INPUT'].includes(codeOf(error) ?? '') ? <NotFound home="/training" /> : <Page title={s.title} crumbs={[top]}><section className="f-card"><Failure error={error} retry={again} /></section></Page>;
  if (data && (!e || !step || e.status === 'WITHDRAWN' || e.status === 'WAITING')) return (
    <Page title={t.notIn} crumbs={[top]}><section className="f-card f-state"><span className="f-state-icon"><IconLock size={22} /></span><p>{e && !step ? t.noLesson : t.notInText}</p><Button component={Link} href={here}>{t.toCourse}</Button></section></Page>
  );
  if (!e || !step) return <Page title={' '} crumbs={crumbs}><div className="f-columns le-columns"><section className="f-card f-card-body"><Skeleton h={22} w="50%" /><div style={{ height: 18 }} /><Loading rows={7} /></section><Skeleton h={360} style={{ borderRadius: 10 }} /></div></Page>;
  const to = (l: Step) => `${here}/${encodeURIComponent(l.key)}`;
  const before = steps[at - 1], after = steps[at + 1];
  const titles = new Map(steps.map((l) => [l.key, l.title]));
  const o = outlineWords.get();
  const missing = step.requires.filter((k) => steps.find((l) => l.key === k)?.status !== 'DONE');
  return (
    <Page title={step.title} crumbs={crumbs} after={step.status === 'DONE' ? <Pill tone="good">{s.state.done}</Pill> : undefined}
      sub={[o.kind[step.kind], s.minutes(String(step.minutes)), s.lessonOf(at + 1, steps.length), step.isOptional && o.optional].filter(Boolean).join(' · ')}>
      <div className="f-columns le-columns">
        <div className="f-stack">
          {step.status === 'LOCKED' ? (
            <section className="f-card f-state"><span className="f-state-icon"><IconLock size={22} /></span><h2>{t.locked}</h2><p>{t.lockedText}</p>
              <ul className="le-missing">{missing.map((k) => <li key={k}><Link href={`${here}/${encodeURIComponent(k)}`}>{titles.get(k)}</Link></li>)}</ul></section>
          ) : !content ? <Loading rows={8} card /> : <>
            {step.kind === 'VIDEO' && content.url && <Suspense fallback={<Skeleton h={360} style={{ borderRadius: 12 }} />}><Video key={lesson} enrollmentId={e.id} lesson={lesson} url={content.url} title={step.title} seconds={content.videoSeconds ?? 0} resumeAt={e.lesson?.resumeAt ?? 0} send={send} /></Suspense>}
            {(content.html || content.link || (step.kind === 'FILE' && content.url)) && <section className="f-card le-body">
              {content.html && <div className="le-text" dangerouslySetInnerHTML={{ __html: inPlace(content.html) }} />}
              {step.kind === 'FILE' && content.url && <p className="le-open"><Button component="a" href={content.url} download={content.name ?? true} leftSection={<IconDownload size={17} />}>{t.download(content.name ?? '')}</Button></p>}
              {content.link && <p className="le-open"><Button component="a" href={content.link} target="_blank" rel="noopener noreferrer" variant="default" rightSection={<IconExternal size={16} />}>{t.openLink(hostOf(content.link))}</Button></p>}
            </section>}
            {content.quiz && <Suspense fallback={<Loading rows={5} card />}><Quiz key={lesson} enrollmentId={e.id} lesson={lesson} quiz={content.quiz} live={opened} reload={again} /></Suspense>}
            {content.assignment && <Suspense fallback={<Loading rows={5} card />}><Work key={lesson} enrollmentId={e.id} lesson={lesson} assignment={content.assignment} live={opened} reload={again} /></Suspense>}
            <Missing step={step} unsent={unsent} kept={kept} />
          </>}
          {e.status === 'COMPLETED' && <Notice tone="good" icon={<IconMedal size={19} />}><b>{t.courseDone(e.title)}</b> {e.certificate ? <Link href={`/training/certificates/${e.certificate.id}`}>{t.toCertificate}</Link> : <Link href={here}>{t.toCourse}</Link>}</Notice>}
          <nav className="le-nav" aria-label={t.ways}>
            {before ? <Button component={Link} variant="default" leftSection={<IconArrowLeft size={16} />} href={to(before)} aria-label={`${t.previous}: ${before.title}`}>{t.previous}</Button> : <span />}
            {after ? <Button component={Link} variant={step.status === 'DONE' ? undefined : 'default'} rightSection={<IconChevronRight size={16} />} href={to(after)} aria-label={`${t.next}: ${after.title}`}>{t.next}</Button> : <Button component={Link} variant={step.status === 'DONE' ? undefined : 'default'} href={here}>{t.toCourse}</Button>}
          </nav>
        </div>
        <aside className="le-side" aria-label={t.contents}>
          <h2 className="vh">{t.contents}</h2>
          <section className="f-card"><header className="le-far"><Bar percent={e.status === 'COMPLETED' ? 100 : e.percent} label={s.progressOf(e.title)} /><b className="num">{percent(e.status === 'COMPLETED' ? 1 : e.percent / 100)}</b></header>
            <Outline narrow modules={e.modules} current={lesson} titles={titles} href={(l) => (l.status === 'LOCKED' ? null : `${here}/${encodeURIComponent(l.key)}`)} /></section>
        </aside>
      </div>
    </Page>
  );
}

/** The text in its place: its headings follow that of the page, and a table whose head is empty has none. */
const inPlace = (html: string) => (/<h2\b/.test(html) ? html : html.replace(/<(\/?)h([3-6])\b/g, (_, end: string, n: string) => `<${end}h${Number(n) - 1}`))
  .replace(/<thead>\s*<tr>(?:\s*<th[^>]*>\s*<\/th>)+\s*<\/tr>\s*<\/thead>/g, '');

const hostOf = (link: string) => { try { return new URL(link).hostname.replace(/^www\./, ''); } catch { return link; } };

/** What is missing until a lesson is done. */
function Missing({ step: l, unsent, kept }: { step: Step; unsent: number; kept: number }) {
  const t = lessonWords.use();
  const offline = kept > 0 && !navigator.onLine;
  let say: ReactNode;
  let percent: number | null = null;
  if (l.status === 'DONE') say = t.done;
  else switch (l.rule.kind) {
    case 'VIEW': say = t.onView; break;
    case 'DWELL': {
      const all = l.rule.seconds ?? 0, left = Math.max(0, all - l.seconds - unsent);
      percent = all ? Math.round(((all - left) / all) * 100) : 100;
      say = left > 0 ? t.dwell(left >= 60 ? t.time(Math.floor(left / 60), left % 60) : t.seconds(left)) : t.nearly;
      break;
    }
    case 'VIDEO': percent = l.percent; say = t.video(l.percent, l.rule.percent ?? 100); break;
    case 'QUIZ': say = t.quiz; break;
    case 'TRAINER': say = l.kind === 'ASSIGNMENT' ? t.work : t.trainer; break;
  }
  return (
    <div className="le-until" data-done={l.status === 'DONE' || undefined}>
      <i aria-hidden>{l.status === 'DONE' ? <IconCheck size={17} stroke={2.4} /> : offline ? <IconOffline size={17} /> : null}</i>
      <div><p>{say}</p>{offline && <p className="muted">{t.kept}</p>}{percent !== null && l.status !== 'DONE' && <Bar percent={percent} label={t.until} />}</div>
      <span className="vh" role="status">{l.status === 'DONE' ? t.done : ''}</span>
    </div>
  );
}
