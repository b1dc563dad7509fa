import { useState } from 'react';
import { Button, Textarea } from '@mantine/core';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { codeOf } from '../../lib/client.ts';
import { day, number, percent } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { Form, FormEnd, useAction, useForm } from '../../ui/form.tsx';
import { Card, Dialog, Failure, NotFound, Page, Pill, Skeleton } from '../../ui/kit.tsx';
import { toast } from '../../ui/toasts.tsx';
import { Chapters, CourseCard, EnrollmentCard, type Enrolled, type Offered } from '../training/documents.ts';
import { Outline, type Line } from '../training/Outline.tsx';
import { Bar, Begin, Cover, EnrollmentPill, Extent, IconMedal, IconPlay, IconStar, trainingWords, useDue, useHindrance } from '../training/parts.tsx';
import en from './Course.en.ts';
import '../training/course.css';

const text = words('Course', en);

const ByKey = graphql(`query CoursePage($key: String!) {
  course(key: $key) { ...CourseCard languages
    current @_optional { id number modules { key title lessons { key kind title minutes isOptional } } }
    enrollment @_optional { ...EnrollmentCard ...Chapters }
  }
}`, [CourseCard, EnrollmentCard, Chapters]);
const ById = graphql(`query EnrollmentPage($id: ID!) { enrollment(id: $id) { ...EnrollmentCard ...Chapters } }`, [EnrollmentCard, Chapters]);
const Withdraw = graphql(`mutation WithdrawEnrollment($input: WithdrawEnrollmentInput!) { withdrawEnrollment(input: $input) { enrollment { ...EnrollmentCard } userErrors { field code message } } }`, [EnrollmentCard]);
const Rate = graphql(`mutation RateCourse($input: RateCourseInput!) { rateCourse(input: $input) { enrollment { ...EnrollmentCard } userErrors { field code message } } }`, [EnrollmentCard]);

type Mine = NonNullable<ResultOf<typeof ById>['enrollment']>;

/** A course: what it is about, what is learned, and where one is with it. id is its key, or the id of one's place in it. */
export default function Course({ id }: { id: string }) {
  const t = text.use();
  const s = trainingWords.use();
  const place = id.includes('_'); // keys have no underscore, ids have
  const [byKey, askKey] = useQuery({ query: ByKey, variables: { key: id }, pause: place });
  const [byId, askId] = useQuery({ query: ById, variables: { id }, pause: !place });
  const [, go] = useLocation();
  const [dialog, setDialog] = useState<'withdraw' | 'rate' | null>(null);
  const again = () => (place ? askId : askKey)({ requestPolicy: 'network-only' });
  const { data, error } = place ? byId : byKey;
  const c = byKey.data?.course ?? null;
  const e: Mine | null = place ? byId.data?.enrollment ?? null : c?.enrollment ?? null;
  const due = useDue();
  const crumbs = [{ title: s.title, href: '/training' }, { title: c?.title ?? e?.title ?? '…' }];
  if (error && !c && !e) return codeOf(error) === 'NOT_FOUND' || codeOf(error) === 'BAD_USER_INPUT' ? <NotFound home="/training" /> : <Page title={s.title}><section className="f-card"><Failure error={error} retry={again} /></section></Page>;
  if (data && !c && !e) return <NotFound home="/training" />;
  if (!c && !e) return <Page title={' '} crumbs={crumbs}><div className="f-columns"><div className="f-stack"><Skeleton h={96} style={{ borderRadius: 12 }} /><Skeleton h={340} style={{ borderRadius: 10 }} /></div><Skeleton h={220} style={{ borderRadius: 10 }} /></div></Page>;
  const live = e && (e.status === 'ACTIVE' || e.status === 'COMPLETED');
  const shown = e && e.status !== 'WITHDRAWN' ? e : null;
  const title = shown?.title ?? c!.title;
  const modules = live ? e.modules : c?.current?.modules ?? e?.modules ?? [];
  const at = (lesson: string) => `/training/${encodeURIComponent(id)}/${encodeURIComponent(lesson)}`;
  const lessons = modules.flatMap((m) => m.lessons);
  // Whoever holds a certificate for long enough has nothing to begin.
  const again_ = !!c && (!shown || (shown.status === 'COMPLETED' && (shown.isSuperseded || (!!shown.certificate && shown.certificate.status !== 'VALID'))));
  return (
    <Page title={title} crumbs={crumbs} after={shown && <EnrollmentPill of={shown} />} sub={shown?.summary ?? c?.summary ?? undefined}>
      <div className="f-columns co-columns">
        <div className="f-stack">
          <div className="co-cover"><Cover tall color={shown?.cover ?? c?.cover} /><Extent lessons={shown?.lessonCount ?? c!.lessonCount} minutes={shown?.minutes ?? c!.minutes} /></div>
          <Card title={t.lessons} flush aside={live ? t.done(e.lessonsDone, e.lessonCount) : undefined}>
            <Outline modules={modules} href={live && e.availableActions.includes('LEARN') ? (l: Line) => (l.status === 'LOCKED' ? null : at(l.key)) : undefined} next={live ? e.next?.key : undefined} titles={new Map(lessons.map((l) => [l.key, l.title]))} />
          </Card>
        </div>
        <div className="f-stack">
          {shown ? (
            <Card title={t.yours}>
              {shown.status === 'WAITING' ? <><p><b>{shown.queuePosition ? s.queue(shown.queuePosition) : s.state.waiting}</b></p><p className="muted">{t.waitText}</p></> : <>
                <div className="co-far"><Bar percent={shown.status === 'COMPLETED' ? 100 : shown.percent} label={s.progressOf(title)} /><b className="num">{percent(shown.status === 'COMPLETED' ? 1 : shown.percent / 100)}</b></div>
                {shown.availableActions.includes('LEARN') && shown.next && <Button component={Link} fullWidth size="md" leftSection={<IconPlay size={15} />} href={at(shown.next.key)} className="co-go">{shown.startedAt || shown.percent ? s.resume : s.startNow}</Button>}
                {shown.next && <p className="muted co-small">{s.nextIs(shown.next.title)}</p>}
              </>}
              <dl className="f-facts co-facts">
                {shown.status !== 'COMPLETED' && shown.dueAt && <><dt>{t.due}</dt><dd data-bad={shown.isOverdue || undefined}>{day(shown.dueAt)}</dd></>}
                <dt>{t.since}</dt><dd>{day(shown.enrolledAt)}</dd>
                {shown.completedAt && <><dt>{t.finished}</dt><dd>{day(shown.completedAt)}</dd></>}
                {shown.minutesLearned > 0 && <><dt>{t.learned}</dt><dd>{s.minutes(number(shown.minutesLearned))}</dd></>}
                <dt>{t.how}</dt><dd>{t.origin[shown.origin]}</dd>
              </dl>
              {shown.isOverdue && <p className="co-late">{due(shown)}</p>}
              {shown.isSuperseded && shown.status !== 'COMPLETED' && <p className="muted co-small">{t.superseded}</p>}
            </Card>
          ) : <About of={c!} />}
          {shown?.certificate && <Link className="f-card tn-cert co-cert" href={`/training/certificates/${shown.certificate.id}`}><i><IconMedal size={20} /></i><span><b>{t.certificate}</b><small>{shown.certificate.status === 'REVOKED' ? t.revoked : shown.certificate.expiresAt ? (shown.certificate.status === 'EXPIRED' ? t.ended(day(shown.certificate.expiresAt)) : s.validUntil(day(shown.certificate.expiresAt))) : shown.certificate.number}</small></span></Link>}
          {c && again_ && <Card title={shown ? t.again : t.begin}><Beginning course={c} after={e && `${e.id} ${e.version}`} begun={(x) => (x.next && x.status === 'ACTIVE' ? go(at(x.next.key)) : again())} renew={!!shown} /></Card>}
          {e && (e.availableActions.includes('RATE') || e.availableActions.includes('WITHDRAW')) && <div className="co-acts">
            {e.availableActions.includes('RATE') && <Button variant="default" onClick={() => setDialog('rate')}>{e.rating ? t.ratedChange(e.rating) : t.rate}</Button>}
            {e.availableActions.includes('WITHDRAW') && <Button variant="subtle" onClick={() => setDialog('withdraw')}>{t.withdraw}</Button>}
          </div>}
        </div>
      </div>
      {dialog === 'withdraw' && e && <WithdrawDialog of={e} title={title} close={() => setDialog(null)} done={again} />}
      {dialog === 'rate' && e && <RateDialog of={e} title={title} close={() => setDialog(null)} />}
    </Page>
  );
}

/** What one gets, before one has begun. */
function About({ of: c }: { of: Offered }) {
  const t = text.use();
  return (
    <Card title={t.about}>
      <dl className="f-facts">
        {c.certificateTitle && <><dt>{t.certificate}</dt><dd>{c.certificateTitle}</dd><dt>{t.valid}</dt><dd>{c.certificateMonths ? t.months(c.certificateMonths) : t.forGood}</dd></>}
        {c.placesLeft != null && <><dt>{t.places}</dt><dd>{number(c.placesLeft)}</dd></>}
        {!c.isFree && c.placesBought != null && <><dt>{t.bought}</dt><dd>{number(c.placesBought)}</dd></>}
      </dl>
      {c.prerequisites.length > 0 && <><h3 className="co-first">{t.before}</h3><ul className="co-list">{c.prerequisites.map((x) => <li key={x.key}>{x.course ? <Link href={`/training/${x.key}`}>{x.title}</Link> : x.title} <Pill tone={x.isMet ? 'good' : 'warn'}>{x.isMet ? t.met : t.unmet}</Pill></li>)}</ul></>}
    </Card>
  );
}

function Beginning({ course: c, after, begun, renew }: { course: Offered; after: string | null; begun: (e: { status: string; next: { key: string } | null }) => void; renew: boolean }) {
  const t = text.use();
  const s = trainingWords.use();
  const hindrance = useHindrance()(c);
  return (
    <div className="co-begin">
      <p>{hindrance ?? (c.availableActions.includes('WAIT') ? t.full : renew ? t.againText : c.isFree ? t.free : t.paid)}</p>
      {hindrance === s.toBuy && <p className="muted">{t.buyText}</p>}
      <Begin course={c} after={after} done={begun} size="md" />
    </div>
  );
}

function WithdrawDialog({ of: e, title, close, done }: { of: Enrolled; title: string; close: () => void; done: () => void }) {
  const t = text.use();
  const form = useForm();
  const [withdraw, busy] = useAction(Withdraw);
  const [reason, setReason] = useState('');
  const submit = async () => {
    if (!form.take(await withdraw({ input: { id: e.id, reason: reason.trim() || null } }))) return;
    toast(t.withdrawn(title));
    close();
    done();
  };
  return (
    <Dialog open onClose={close} title={t.withdrawTitle(title)}>
      <p className="muted" style={{ marginBottom: 14 }}>{e.status === 'WAITING' ? t.withdrawWaiting : t.withdrawText}</p>
      <Form form={form} names={['reason']} onSubmit={() => void submit()} label={t.withdraw}>
        <Textarea label={t.reason} maxLength={500} autosize={false} rows={3} value={reason} onChange={(x) => setReason(x.currentTarget.value)} error={form.error('reason')} />
        <FormEnd label={t.withdrawDo} busy={busy} onCancel={close} danger />
      </Form>
    </Dialog>
  );
}

function RateDialog({ of: e, title, close }: { of: Enrolled; title: string; close: () => void }) {
  const t = text.use();
  const form = useForm();
  const [rate, busy] = useAction(Rate);
  const [rating, setRating] = useState(e.rating ?? 0);
  const [feedback, setFeedback] = useState(e.feedback ?? '');
  const submit = async () => {
    if (!form.take(await rate({ input: { enrollmentId: e.id, rating, feedback: feedback.trim() || null } }))) return;
    toast(t.thanks);
    close();
  };
  return (
    <Dialog open onClose={close} title={t.rateTitle(title)}>
      <Form form={form} names={['feedback']} onSubmit={() => void submit()} label={t.rate}>
        <fieldset className="co-stars"><legend className="vh">{t.stars}</legend>{[1, 2, 3, 4, 5].map((n) => (
          <label key={n} data-on={n <= rating || undefined}><input type="radio" name="rating" className="vh" checked={n === rating} onChange={() => setRating(n)} aria-label={t.star.split('|')[n - 1]} /><IconStar on={n <= rating} /></label>
        ))}<span className="muted" aria-hidden>{rating ? t.star.split('|')[rating - 1] : ''}</span></fieldset>
        <Textarea label={t.feedback} description={t.feedbackText} maxLength={2000} rows={4} value={feedback} onChange={(x) => setFeedback(x.currentTarget.value)} error={form.error('feedback')} />
        <FormEnd label={t.send} busy={busy} onCancel={close} disabled={!rating} />
      </Form>
    </Dialog>
  );
}
