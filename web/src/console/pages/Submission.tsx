import { useState } from 'react';
import { Textarea, TextInput } from '@mantine/core';
import { useClient, useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { ago, bytes } from '../../lib/format.ts';
import { codeOf } from '../../lib/client.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useVersioned } from '../../ui/form.tsx';
import { IconCheck, IconDownload, IconPaperclip } from '../../ui/icons.ts';
import { Card, Failure, Loading, NotFound, Notice, Page, Time } from '../../ui/kit.tsx';
import { toast } from '../../ui/toasts.tsx';
import { kitWords } from '../../words/index.ts';
import { WorkPill, Written } from '../training/parts.tsx';
import { useWork } from '../training/work.ts';

const Work = graphql(`fragment GradedWork on Submission @_unmask { id number text status comment submittedAt gradedAt version courseTitle lessonTitle points maxPoints passingPercent availableActions scores { key points comment } }`);
const One = graphql(`query WorkToGrade($id: ID!) { node(id: $id) { __typename ... on Submission { ...GradedWork
  task rubric { key title help points } files @_optional { id name size contentType } user @_optional { id name } enrollment @_optional { id organization { id name } } } } }`, [Work]);
const Grade = graphql(`mutation GradeSubmission($input: GradeSubmissionInput!, $key: String!) { gradeSubmission(input: $input) @idempotent(key: $key) { submission @_optional { ...GradedWork } userErrors { field code message } } }`, [Work]);
const Where = graphql(`query WorkFileAt($id: ID!) { node(id: $id) { __typename id ... on File { url } } }`);
type W = Extract<NonNullable<ResultOf<typeof One>['node']>, { __typename: 'Submission' }>;

/** Work that was handed in: what was to be done, what came, and what it is worth. */
export default function Submission({ id }: { id: string }) {
  const t = useWork();
  const [{ data, error }, load] = useQuery({ query: One, variables: { id }, requestPolicy: 'cache-and-network' });
  const again = () => load({ requestPolicy: 'network-only' });
  const w = data?.node?.__typename === 'Submission' ? data.node : null;
  if (!w) {
    if (codeOf(error) === 'NOT_FOUND' || codeOf(error) === 'BAD_USER_INPUT' || (data && !error)) return <NotFound home="/submissions" />;
    return <Page title={t.submissions} wide crumbs={[{ title: t.submissions, href: '/submissions' }]}>{error ? <Failure error={error} retry={again} /> : <Loading card rows={7} />}</Page>;
  }
  return <Shown w={w} again={again} />;
}

function Shown({ w, again }: { w: W; again: () => void }) {
  const t = useWork();
  const k = kitWords.use();
  const client = useClient();
  const name = w.user?.name ?? t.removed;
  const save = async (id: string) => {
    const { data } = await client.query(Where, { id }, { requestPolicy: 'network-only' }).toPromise();
    const url = data?.node?.__typename === 'File' ? data.node.url : null;
    if (url) location.assign(url); else toast(k.gone, 'bad');
  };
  return (
    <Page title={w.lessonTitle} wide crumbs={[{ title: t.submissions, href: '/submissions' }, { title: name }]} after={<WorkPill status={w.status} />}
      sub={<>{name}{w.enrollment?.organization && `, ${w.enrollment.organization.name}`} · {w.enrollment ? <Link href={`/learners/${w.enrollment.id}`}>{w.courseTitle}</Link> : w.courseTitle} · {t.tryNo(w.number)}, <Time at={w.submittedAt}>{ago(w.submittedAt)}</Time></>}>
      <div className="tr-work">
        <div className="f-stack">
          <Card title={t.handedIn}>
            {w.text ? <p className="tr-prose">{w.text}</p> : <p className="muted">{t.noText}</p>}
            {!!w.files?.length && <ul className="tr-files">{w.files.map((f) => <li key={f.id}><button type="button" onClick={() => void save(f.id)}><IconPaperclip size={16} /><span>{f.name}<small>{bytes(f.size)}</small></span><IconDownload size={16} /></button></li>)}</ul>}
          </Card>
          {w.task && <Card title={t.task}><Written html={w.task} /></Card>}
        </div>
        <Card title={w.status === 'SUBMITTED' ? t.grade : t.graded}>{w.availableActions.includes('GRADE') ? <GradeForm w={w} again={again} /> : <Graded w={w} />}</Card>
      </div>
    </Page>
  );
}

function Graded({ w }: { w: W }) {
  const t = useWork();
  if (w.status === 'SUBMITTED') return <p className="muted">{t.notGraded}</p>;
  return <div className="f-stack">
    <dl className="f-facts tr-facts">{w.rubric.map((c) => { const s = w.scores.find((x) => x.key === c.key); return <div key={c.key} style={{ display: 'contents' }}><dt>{c.title}{s?.comment && <small>{s.comment}</small>}</dt><dd className="num">{t.pointsOf(s?.points ?? 0, c.points)}</dd></div>; })}
      <dt className="f-total">{t.sum}</dt><dd className="f-total num">{t.pointsOf(w.points ?? 0, w.maxPoints)}</dd></dl>
    {w.comment && <p className="tr-prose">{w.comment}</p>}
    {w.gradedAt && <p className="muted">{t.graded}: <Time at={w.gradedAt} /></p>}
  </div>;
}

function GradeForm({ w, again }: { w: W; again: () => void }) {
  const t = useWork();
  const [, go] = useLocation();
  const { form, busy, send } = useVersioned(w.version, again);
  const [run] = useAction(Grade);
  const [points, setPoints] = useState<Record<string, string>>({});
  const [said, say] = useState<Record<string, string>>({});
  const [comment, setComment] = useState('');
  const [tried, setTried] = useState(false);
  const of = (key: string, most: number) => { const s = points[key]?.trim() ?? ''; return /^\d{1,6}$/.test(s) && Number(s) <= most ? Number(s) : null; };
  const sum = w.rubric.reduce((n, c) => n + (of(c.key, c.points) ?? 0), 0);
  const whole = w.rubric.every((c) => of(c.key, c.points) !== null);
  const good = sum * 100 >= w.passingPercent * w.maxPoints;
  const submit = async () => {
    setTried(true);
    if (!whole) return;
    const input = { id: w.id, scores: w.rubric.map((c) => ({ key: c.key, points: of(c.key, c.points)!, comment: said[c.key]?.trim() || null })), comment: comment.trim() || null };
    if (await send(input, (version, key) => run({ input: { ...input, version }, key }), good ? t.isPassed : t.isReturned)) go('/submissions');
  };
  return (
    <Form form={form} names={['comment']} onSubmit={() => void submit()} label={t.grade}>
      {w.rubric.map((c) => <fieldset key={c.key} className="mo-set tr-score"><legend>{c.title}</legend>{c.help && <p className="mo-hint">{c.help}</p>}
        <div><TextInput inputMode="numeric" aria-label={t.pointsFor(c.title, c.points)} value={points[c.key] ?? ''} error={tried && of(c.key, c.points) === null ? t.upTo(c.points) : undefined} rightSection={<small className="muted">/ {c.points}</small>} rightSectionWidth={48} onChange={(e) => { const v = e.currentTarget.value; setPoints((x) => ({ ...x, [c.key]: v })); }} />
          <Textarea aria-label={t.commentOn(c.title)} placeholder={t.commentShort} rows={1} autosize={false} maxLength={1000} value={said[c.key] ?? ''} onChange={(e) => { const v = e.currentTarget.value; say((x) => ({ ...x, [c.key]: v })); }} /></div>
      </fieldset>)}
      <Textarea label={t.comment} description={t.commentHint} rows={4} maxLength={5000} value={comment} onChange={(e) => setComment(e.currentTarget.value)} error={form.error('comment')} />
      <div role="status"><Notice icon={whole && good ? <IconCheck size={17} /> : undefined} tone={whole ? (good ? 'good' : 'warn') : 'info'}><b>{t.pointsOf(sum, w.maxPoints)}</b> {whole ? (good ? t.willPass : t.willReturn) : t.needs(w.passingPercent)}</Notice></div>
      <FormEnd label={t.saveGrade} busy={busy} />
    </Form>
  );
}
