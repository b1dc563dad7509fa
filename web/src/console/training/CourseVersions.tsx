import { lazy, Suspense, useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { number } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { lang } from '../../lib/words.ts';
import { useList } from '../../lib/search.ts';
import { IconArrowLeft } from '../../ui/icons.ts';
import { Card, Empty, Failure, Loading, Notice, Pill, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { Answers } from './LessonPreview.tsx';
import { CourseWritten, said, type Course, type Doc, type Question } from './draft.ts';
import { courseWords, Rendered } from './fields.tsx';
import { duration, plain, trainingWords } from './parts.tsx';

const Regrade = lazy(() => import('./Regrade.tsx'));

const All = graphql(`query CourseVersions($id: ID!) { course(id: $id) { id versions @_optional { id number note @_optional publishedAt learners @_optional lessonCount corrections @_optional { question } } } }`);
const One = graphql(`query CourseVersionRead($id: ID!) { node(id: $id) { __typename ... on CourseVersion {
  id number note @_optional publishedAt learners @_optional minutes lessonCount
  corrections @_optional { lesson question isVoid correct number { value tolerance unit } accepted { en de } note at }
  document @_optional { ...CourseWritten } } } }`, [CourseWritten]);
type Row = NonNullable<NonNullable<ResultOf<typeof All>['course']>['versions']>[number];
type Correction = NonNullable<Extract<NonNullable<ResultOf<typeof One>['node']>, { __typename: 'CourseVersion' }>['corrections']>[number];

/** What was published, the latest first; and one version as it was written. */
export default function Versions({ course: c, again }: { course: Course; again: () => void }) {
  const t = courseWords.use();
  const tr = trainingWords.use();
  const list = useList();
  const at = list.get('open');
  const [{ data, error }, load] = useQuery({ query: All, variables: { id: c.id }, pause: !!at });
  if (at && /^[a-z]{3}_[0-9a-z]{26}$/.test(at)) return <Version id={at} back={() => list.set({ open: null })} again={again} />;
  const rows = data?.course?.versions ?? null;
  const columns: Column<Row>[] = [
    { key: 'number', title: tr.version, phone: 'main', cell: (v) => <>{tr.versionNo(v.number)}{v.note && <small>{v.note}</small>}</> },
    { key: 'when', title: t.published, phone: 'label', cell: (v) => <Time at={v.publishedAt} /> },
    { key: 'extent', title: tr.extent, phone: 'label', cell: (v) => tr.lessons(v.lessonCount) },
    { key: 'corrections', title: t.corrections, end: true, phone: 'label', cell: (v) => <span className="num">{number(v.corrections?.length ?? 0)}</span> },
    { key: 'learners', title: tr.learning, end: true, phone: 'label', cell: (v) => <span className="num">{number(v.learners ?? 0)}</span> },
  ];
  if (error && !data) return <Failure error={error} retry={() => load({ requestPolicy: 'network-only' })} />;
  return <Card title={t.part.versions} flush><Table label={t.part.versions} columns={columns} rows={rows ? [...rows] : null} href={(v) => `/courses/${c.id}?part=versions&open=${v.id}`} name={(v) => tr.versionNo(v.number)} empty={<Empty title={t.unpublished} text={t.unpublishedText} />} /></Card>;
}

function Version({ id, back, again }: { id: string; back: () => void; again: () => void }) {
  const t = courseWords.use();
  const tr = trainingWords.use();
  const may = useMay();
  const [{ data, error }, load] = useQuery({ query: One, variables: { id } });
  const [mending, mend] = useState<{ lesson: string; question: Question } | null>(null);
  const v = data?.node?.__typename === 'CourseVersion' ? data.node : null;
  const reload = () => load({ requestPolicy: 'network-only' });
  if (!v) return error ? <Failure error={error} retry={reload} /> : data ? <Card flush><Empty title={t.noVersion} action={<Button variant="default" onClick={back}>{t.allVersions}</Button>} /></Card> : <Card flush><Loading rows={6} /></Card>;
  const d = v.document!;
  const mended = (lesson: string, q: string) => v.corrections?.filter((x) => x.lesson === lesson && x.question === q) ?? [];
  return <>
    <div className="tr-lesson-head"><Button variant="subtle" size="compact-sm" leftSection={<IconArrowLeft size={15} />} onClick={back}>{t.allVersions}</Button></div>
    <Card title={tr.versionNo(v.number)} aside={<Time at={v.publishedAt} />}>
      <p>{v.note || <span className="muted">{t.noNote}</span>}</p>
      <p className="muted">{tr.lessons(v.lessonCount)}, {duration(v.minutes)} · {tr.learnersNow(v.learners ?? 0)}</p>
    </Card>
    {d.modules.map((m) => <Card key={m.key} title={said(m.title)} flush><ol className="tr-read">{m.lessons.map((l) => (
      <li key={l.key}>
        <details><summary><b>{said(l.title)}</b><small>{tr.kinds[l.kind]} · {duration(l.minutes)} · {t.rules[l.rule.kind]}</small></summary>
          <div className="tr-read-body">
            {l.media?.url && <p><a href={l.media.url} target="_blank" rel="noreferrer">{l.media.url}</a></p>}
            {l.body && <div className="tr-preview"><Rendered text={said(l.body)} /></div>}
            {l.assignment && <ul className="tr-rubric">{l.assignment.rubric.map((c) => <li key={c.key}><b>{said(c.title)}</b> <Pill>{t.points(c.points)}</Pill></li>)}</ul>}
          </div>
        </details>
        {l.quiz && <ol className="tr-readq" aria-label={t.questions}>{l.quiz.questions.map((q, i) => (
          <li key={q.key}><div><p><b className="num">{i + 1}.</b> {plain(said(q.text))}</p><Answers q={q} lang={lang()} solved />
            {mended(l.key, q.key).map((x, n) => <Notice key={n} tone="info"><Mended x={x} q={q} /></Notice>)}</div>
            {may('course.regrade') && <Button size="compact-sm" variant="default" aria-label={t.mendOf(i + 1)} onClick={() => mend({ lesson: l.key, question: q })}>{t.mend}</Button>}</li>
        ))}</ol>}
      </li>
    ))}</ol></Card>)}
    {mending && <Suspense fallback={null}><Regrade version={id} lesson={mending.lesson} question={mending.question} languages={d.languages as Doc['languages']} close={() => mend(null)} done={() => { mend(null); reload(); again(); }} /></Suspense>}
  </>;
}

/** What is right since a question was mended. */
function Mended({ x, q }: { x: Correction; q: Question }) {
  const t = courseWords.use();
  const names = new Map(q.choices.map((c) => [c.key, said(c.text)]));
  const right = x.isVoid ? t.isVoid : x.number ? t.numberIs(x.number.value, x.number.tolerance, x.number.unit ?? q.number?.unit ?? null) : x.accepted ? [...x.accepted.en, ...x.accepted.de].join(' · ') : x.correct.map((k) => names.get(k) ?? k).join(q.kind === 'ORDER' ? ' → ' : ' · ');
  return <><b>{t.mendedOn}</b> {x.at && <Time at={x.at} />}: {right}{x.note && <small style={{ display: 'block' }}>{x.note}</small>}</>;
}
