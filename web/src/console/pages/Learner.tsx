import { useState } from 'react';
import { Button, Textarea, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf, endOfDay } from '../../ui/training/days.ts';
import { day } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { codeOf } from '../../lib/client.ts';
import { Form, FormEnd, useAction, useForm, useKey, useTell, useVersioned } from '../../ui/form.tsx';
import { IconCheck, IconLock } from '../../ui/icons.ts';
import { Card, Dialog, Failure, Loading, NotFound, Notice, Page, Time } from '../../ui/kit.tsx';
import { CertificatePill, Done, duration, LearnerPill } from '../training/parts.tsx';
import { useWork } from '../training/work.ts';

const State = graphql(`fragment EnrollmentState on Enrollment @_unmask {
  id status percent dueAt isOverdue version reason completedAt versionNumber isSuperseded lessonsDone availableActions
  modules { key title lessons { key kind title minutes isOptional status doneAt openedAt seconds percent rule { kind } } }
}`);
const One = graphql(`query Learner($id: ID!) { enrollment(id: $id) { ...EnrollmentState
  title origin enrolledAt startedAt learnedAt lessonCount minutes minutesLearned queuePosition rating feedback
  user @_optional { id name } organization { id name } course { id }
  certificate @_optional { id number status issuedAt expiresAt } } }`, [State]);
const Withdraw = graphql(`mutation WithdrawLearner($input: WithdrawEnrollmentInput!, $key: String!) { withdrawEnrollment(input: $input) @idempotent(key: $key) { enrollment { ...EnrollmentState } userErrors { field code message } } }`, [State]);
const SetDue = graphql(`mutation SetLearnerDue($input: SetEnrollmentDueInput!, $key: String!) { setEnrollmentDue(input: $input) @idempotent(key: $key) { enrollment { ...EnrollmentState } userErrors { field code message } } }`, [State]);
const Mark = graphql(`mutation MarkLesson($input: MarkLessonInput!, $key: String!) { markLesson(input: $input) @idempotent(key: $key) { enrollment { ...EnrollmentState } userErrors { field code message } } }`, [State]);
const Move = graphql(`mutation MoveLearner($input: MoveEnrollmentInput!, $key: String!) { moveEnrollment(input: $input) @idempotent(key: $key) { enrollment { ...EnrollmentState } userErrors { field code message } } }`, [State]);
type Enrolled = NonNullable<ResultOf<typeof One>['enrollment']>;
type Lesson = Enrolled['modules'][number]['lessons'][number];

/** Somebody who learns a course: how far they are with each lesson, and what staff may do about it. */
export default function Learner({ id }: { id: string }) {
  const t = useWork();
  const [{ data, error }, load] = useQuery({ query: One, variables: { id }, requestPolicy: 'cache-and-network' });
  const again = () => load({ requestPolicy: 'network-only' });
  const crumbs = [{ title: t.learners, href: '/learners' }];
  if (!data?.enrollment) {
    if (codeOf(error) === 'NOT_FOUND' || codeOf(error) === 'BAD_USER_INPUT' || (data && !error)) return <NotFound home="/learners" />;
    return <Page title={t.learner} wide crumbs={crumbs}>{error ? <Failure error={error} retry={again} /> : <Loading card rows={7} />}</Page>;
  }
  return <Shown e={data.enrollment} again={again} />;
}

function Shown({ e, again }: { e: Enrolled; again: () => void }) {
  const t = useWork();
  const [asks, ask] = useState<'withdraw' | 'due' | 'move' | Lesson | null>(null);
  const can = (a: Enrolled['availableActions'][number]) => e.availableActions.includes(a);
  const name = e.user?.name ?? t.removed;
  const close = () => ask(null);
  const done = () => { close(); again(); };
  const fact = (label: string, value: React.ReactNode) => (value == null || value === '' ? null : <><dt>{label}</dt><dd>{value}</dd></>);
  return (
    <Page title={name} wide crumbs={[{ title: t.learners, href: '/learners' }, { title: name }]} after={<LearnerPill status={e.status} overdue={e.isOverdue} />}
      sub={<>{e.course ? <Link href={`/courses/${e.course.id}`}>{e.title}</Link> : e.title} · {e.organization?.name}</>}
      actions={<>
        {can('MOVE') && e.isSuperseded && <Button variant="default" onClick={() => ask('move')}>{t.move}</Button>}
        {can('SET_DUE') && <Button variant="default" onClick={() => ask('due')}>{t.setDue}</Button>}
        {can('WITHDRAW') && <Button variant="default" onClick={() => ask('withdraw')}>{t.withdraw}</Button>}
      </>}>
      <div className="f-columns">
        <div className="f-stack">
          {e.queuePosition != null && <Notice>{t.queue(e.queuePosition)}</Notice>}
          {e.isSuperseded && can('MOVE') && <Notice>{t.olderText}</Notice>}
          {e.modules.map((m) => <Card key={m.key} title={m.title} flush><ul className="tr-steps">{m.lessons.map((l) => (
            <li key={l.key} data-status={l.status}>
              <i aria-hidden>{l.status === 'DONE' ? <IconCheck size={14} /> : l.status === 'LOCKED' ? <IconLock size={13} /> : null}</i>
              <span>{l.title}<small>{t.kinds[l.kind]} · {duration(l.minutes)}{l.isOptional && ` · ${t.optional}`}{l.seconds > 59 && ` · ${t.read(duration(Math.round(l.seconds / 60)))}`}{l.kind === 'VIDEO' && l.percent > 0 && ` · ${t.watched(l.percent)}`}</small></span>
              {l.status === 'DONE' ? <small>{l.doneAt ? <Time at={l.doneAt}>{day(l.doneAt)}</Time> : t.lessonStates.DONE}</small>
                : can('MARK') && l.rule.kind === 'TRAINER' && l.kind !== 'ASSIGNMENT' ? <Button size="compact-sm" variant="default" aria-label={t.markOf(l.title)} onClick={() => ask(l)}>{t.mark}</Button> : <small>{t.lessonStates[l.status]}</small>}
            </li>
          ))}</ul></Card>)}
        </div>
        <aside className="f-stack" aria-label={t.facts}>
          <Card title={t.howFar}>
            <Done percent={e.percent} label={t.percentDone(e.percent)} />
            <dl className="f-facts tr-facts" style={{ marginTop: 14 }}>
              {fact(t.lessonsTitle, t.doneOf(e.lessonsDone, e.lessonCount))}{fact(t.learned, duration(e.minutesLearned))}
              {fact(t.version, <>{t.versionNo(e.versionNumber)}{e.isSuperseded && <small>{t.older}</small>}</>)}
              {fact(t.due, e.dueAt && <Time at={e.dueAt}>{day(e.dueAt)}</Time>)}{fact(t.since, <Time at={e.enrolledAt}>{day(e.enrolledAt)}</Time>)}
              {fact(t.enrolledBy, t.origins[e.origin])}{fact(t.lastLearned, e.learnedAt && <Time at={e.learnedAt} />)}{fact(t.finished, e.completedAt && <Time at={e.completedAt} />)}
              {fact(t.reason, e.reason)}
            </dl>
          </Card>
          {e.certificate && <Card title={t.certificate}><dl className="f-facts"><dt>{t.number}</dt><dd>{e.certificate.number}</dd><dt>{t.state}</dt><dd><CertificatePill status={e.certificate.status} /></dd><dt>{t.issued}</dt><dd><Time at={e.certificate.issuedAt}>{day(e.certificate.issuedAt)}</Time></dd>
            {e.certificate.expiresAt && <><dt>{t.expires}</dt><dd><Time at={e.certificate.expiresAt}>{day(e.certificate.expiresAt)}</Time></dd></>}</dl></Card>}
          {e.rating != null && <Card title={t.rated}><p className="tr-stars"><span role="img" aria-label={t.ofFive(e.rating)}>{'★'.repeat(e.rating)}<i>{'★'.repeat(5 - e.rating)}</i></span></p>{e.feedback && <p>{e.feedback}</p>}</Card>}
        </aside>
      </div>
      {asks === 'withdraw' && <WithdrawForm e={e} name={name} close={close} done={done} />}
      {asks === 'due' && <DueForm e={e} close={close} done={done} again={again} />}
      {asks === 'move' && <MoveForm e={e} close={close} done={done} />}
      {asks && typeof asks === 'object' && <MarkForm e={e} lesson={asks} name={name} close={close} done={done} />}
    </Page>
  );
}
interface Act { e: Enrolled; close: () => void; done: () => void }

function WithdrawForm({ e, name, close, done }: Act & { name: string }) {
  const t = useWork();
  const form = useForm(), tell = useTell(), key = useKey();
  const [run, busy] = useAction(Withdraw);
  const [reason, setReason] = useState('');
  const submit = async () => { const input = { id: e.id, reason: reason.trim() || null }; const o = await run({ input, key: key(input) }); if (form.take(o)) { tell(o, t.withdrawn(name)); done(); } };
  return <Dialog open onClose={close} title={t.withdrawTitle(name)}><Form form={form} names={['reason']} onSubmit={() => void submit()} label={t.withdrawTitle(name)}><p>{t.withdrawText}</p>
    <Textarea label={t.reason} description={t.reasonHint} rows={2} maxLength={500} value={reason} onChange={(x) => setReason(x.currentTarget.value)} error={form.error('reason')} /><FormEnd label={t.withdraw} danger busy={busy} onCancel={close} /></Form></Dialog>;
}
function DueForm({ e, close, done, again }: Act & { again: () => void }) {
  const t = useWork();
  const { form, busy, send } = useVersioned(e.version, again);
  const [run] = useAction(SetDue);
  const [value, setValue] = useState(dayOf(e.dueAt));
  const submit = async () => { const dueAt = endOfDay(value, e.dueAt); if (await send({ dueAt }, (version, key) => run({ input: { id: e.id, version, dueAt }, key }), t.dueSaved)) done(); };
  return <Dialog open onClose={close} title={t.setDue}><Form form={form} names={['dueAt']} onSubmit={() => void submit()} label={t.setDue}>
    <TextInput type="date" label={t.dueDay} description={t.dueHint} value={value} onChange={(x) => setValue(x.currentTarget.value)} error={form.error('dueAt')} /><FormEnd label={t.setDue} busy={busy} onCancel={close} /></Form></Dialog>;
}
function MoveForm({ e, close, done }: Act) {
  const t = useWork();
  const form = useForm(), tell = useTell(), key = useKey();
  const [run, busy] = useAction(Move);
  const submit = async () => { const input = { id: e.id }; const o = await run({ input, key: key(input) }); if (form.take(o)) { tell(o, t.moved); done(); } };
  return <Dialog open onClose={close} title={t.move}><Form form={form} onSubmit={() => void submit()} label={t.move}><p>{t.moveText}</p><FormEnd label={t.moveDo} busy={busy} onCancel={close} /></Form></Dialog>;
}
function MarkForm({ e, lesson, name, close, done }: Act & { lesson: Lesson; name: string }) {
  const t = useWork();
  const form = useForm(), tell = useTell(), key = useKey();
  const [run, busy] = useAction(Mark);
  const submit = async () => { const input = { enrollmentId: e.id, lesson: lesson.key }; const o = await run({ input, key: key(input) }); if (form.take(o)) { tell(o, t.marked(lesson.title)); done(); } };
  return <Dialog open onClose={close} title={t.markOf(lesson.title)}><Form form={form} onSubmit={() => void submit()} label={t.mark}><p>{t.markText(name)}</p><FormEnd label={t.mark} busy={busy} onCancel={close} /></Form></Dialog>;
}
