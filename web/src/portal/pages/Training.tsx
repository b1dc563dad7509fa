import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { day, number, percent } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { lang } from '../../lib/words.ts';
import { IconCheck, IconChevronRight } from '../../ui/icons.ts';
import { Card, Empty, Failure, Page, Pill, Skeleton } from '../../ui/kit.tsx';
import { useMay, useSession } from '../../ui/root.tsx';
import { CourseCard, EnrollmentCard, type Enrolled, type Offered } from '../training/documents.ts';
import { Bar, Begin, Cover, EnrollmentPill, Extent, IconBook, IconMedal, IconPlay, pageOf, Ring, trainingWords, useDue, useHindrance } from '../training/parts.tsx';

const Mine = graphql(`query MyTraining($zone: String!) {
  myTraining(timeZone: $zone) {
    completed minutes week { date minutes }
    enrollments { ...EnrollmentCard }
    next { id modules { key lessons { key status minutes isOptional } } }
    certificates @_optional { id number title status issuedAt expiresAt }
  }
}`, [EnrollmentCard]);
const All = graphql(`query CoursesToBegin { courses(first: 100) { edges { node { ...CourseCard enrollment @_optional { id status } } } } }`, [CourseCard]);
const TeamGlance = graphql(`query TeamGlance { trainingMatrix(first: 1) { peopleCount missingCount courses { key } } }`);

type My = ResultOf<typeof Mine>['myTraining'];
type Certificate = NonNullable<My['certificates']>[number];
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** What one learns, what one can learn, and what one has earned. */
export default function Training() {
  const t = trainingWords.use();
  const may = useMay();
  const { viewer } = useSession();
  const [{ data, error }, again] = useQuery({ query: Mine, variables: { zone } });
  const [{ data: catalog, error: noCatalog }, askCatalog] = useQuery({ query: All });
  const my = data?.myTraining;
  if (error && !my) return <Page title={t.title}><section className="f-card"><Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /></section></Page>;
  const mine = my?.enrollments ?? [];
  const going = mine.find((e) => e.id === my?.next?.id);
  const more = (catalog?.courses.edges ?? []).flatMap((x) => (x?.node && (!x.node.enrollment || x.node.enrollment.status === 'WITHDRAWN') && !mine.some((e) => e.course?.id === x.node!.id) ? [x.node] : []));
  return (
    <Page title={t.title} sub={my ? <Hello my={my} name={viewer.name.split(' ')[0]!} /> : <Skeleton w={280} style={{ marginTop: 8 }} />} actions={my && <Figures my={my} />}>
      {!my ? <Waiting /> : <>
        {going && my.next && <Onward of={going} modules={my.next.modules} />}
        <div className="tn">
          <div>
            <section aria-labelledby="tn-yours">
              <h2 className="tn-title" id="tn-yours">{t.yours}</h2>
              {mine.length ? <ul className="tn-cards">{mine.map((e) => <li key={e.id}><Learned of={e} /></li>)}</ul> : <div className="f-card"><Empty icon={<IconBook size={22} />} title={t.none} text={t.noneText} /></div>}
            </section>
            {noCatalog && !catalog ? <section className="f-card"><Failure error={noCatalog} retry={() => askCatalog({ requestPolicy: 'network-only' })} /></section> : more.length > 0 && (
              <section aria-labelledby="tn-offered">
                <h2 className="tn-title" id="tn-offered">{t.offered}</h2>
                <ul className="tn-cards">{more.map((c) => <li key={c.id}><Course of={c} /></li>)}</ul>
              </section>
            )}
          </div>
          <div className="tn-side">
            {my.certificates && <Card title={t.certificates} aside={my.certificates.length > 0 && <Link href="/training/certificates">{t.allCertificates}</Link>} flush>
              {my.certificates.length ? <ul>{my.certificates.slice(0, 5).map((c) => <li key={c.id}><Earned of={c} /></li>)}</ul> : <p className="muted" style={{ padding: '14px 18px' }}>{t.certificatesNone}</p>}
            </Card>}
            <Card title={t.week}><Week days={my.week} /></Card>
            {may('training.team') && <Team />}
          </div>
        </div>
      </>}
    </Page>
  );
}

/** How soon something is done, said with the name of whom it is said to. */
function Hello({ my, name }: { my: My; name: string }) {
  const t = trainingWords.use();
  const open = (my.next?.modules ?? []).flatMap((m) => m.lessons).filter((l) => l.status !== 'DONE' && !l.isOptional).slice(0, 2);
  const minutes = open.reduce((n, l) => n + l.minutes, 0);
  const time = Math.abs(minutes - 30) <= 4 ? t.halfHour : Math.abs(minutes - 60) <= 5 ? t.anHour : t.someMinutes(minutes);
  return <>{t.hello(name)} {minutes > 0 ? t.nextTwo(time, open.length) : my.enrollments.length && my.completed >= my.enrollments.length ? t.allDone : t.nothingOpen}</>;
}

function Figures({ my }: { my: My }) {
  const t = trainingWords.use();
  const n = my.certificates?.length ?? 0;
  return (
    <dl className="tn-figures">
      <div><dt>{t.coursesDone(my.completed)}</dt><dd>{number(my.completed)}</dd></div>
      <div><dt>{t.hours}</dt><dd>{number(Math.round(my.minutes / 6) / 10)}</dd></div>
      {my.certificates && <div><dt>{t.certificatesCount(n)}</dt><dd>{number(n)}</dd></div>}
    </dl>
  );
}

/** Where to go on: the next lesson of what was learned last. */
function Onward({ of: e, modules }: { of: Enrolled; modules: NonNullable<My['next']>['modules'] }) {
  const t = trainingWords.use();
  const due = useDue()(e);
  const lessons = modules.flatMap((m) => m.lessons);
  const at = lessons.findIndex((l) => l.key === e.next?.key) + 1;
  return (
    <section className="tn-next" aria-label={t.goOn}>
      <Ring percent={e.percent} />
      <div>
        <p>{e.startedAt || e.percent ? t.goOn : t.begin}</p>
        <h2>{e.title}</h2>
        <p>{[e.next && t.nextIs(e.next.title), at > 0 && t.lessonOf(at, lessons.length), due].filter(Boolean).join(' · ')}</p>
      </div>
      <Link className="tn-go" href={e.next ? `${pageOf(e)}/${encodeURIComponent(e.next.key)}` : pageOf(e)}><IconPlay />{e.startedAt || e.percent ? t.resume : t.startNow}</Link>
    </section>
  );
}

function Learned({ of: e }: { of: Enrolled }) {
  const t = trainingWords.use();
  const due = useDue()(e);
  return (
    <article className="tn-card">
      <Cover color={e.cover} />
      <div className="tn-in">
        <header><h3><Link href={pageOf(e)}>{e.title}</Link></h3><EnrollmentPill of={e} /></header>
        {e.summary && <p className="tn-what">{e.summary}</p>}
        <Extent lessons={e.lessonCount} minutes={e.minutes} />
        <div className="tn-far">{e.status === 'WAITING' ? <span>{e.queuePosition ? t.queue(e.queuePosition) : t.state.waiting}</span> : <>
          <Bar percent={e.status === 'COMPLETED' ? 100 : e.percent} label={t.progressOf(e.title)} />
          <span className="num">{e.status === 'COMPLETED' ? <IconCheck size={18} aria-label={t.state.done} /> : percent(e.percent / 100)}</span>
        </>}</div>
        {e.isOverdue && due && <p className="tn-late">{due}</p>}
      </div>
    </article>
  );
}

function Course({ of: c }: { of: Offered }) {
  const t = trainingWords.use();
  const [, go] = useLocation();
  const hindrance = useHindrance()(c);
  return (
    <article className="tn-card">
      <Cover color={c.cover} />
      <div className="tn-in">
        <header><h3><Link href={`/training/${c.key}`}>{c.title}</Link></h3>{c.isFree ? c.availableActions.includes('WAIT') ? <Pill tone="warn">{t.full}</Pill> : <Pill>{t.free}</Pill> : null}</header>
        {c.summary && <p className="tn-what">{c.summary}</p>}
        <Extent lessons={c.lessonCount} minutes={c.minutes} />
        <div className="tn-more"><span>{hindrance ?? (c.placesLeft != null && c.availableActions.includes('ENROLL') ? t.placesLeft(c.placesLeft) : '')}</span>
          <Begin course={c} size="sm" done={(e) => go(e.next && e.status === 'ACTIVE' ? `/training/${c.key}/${encodeURIComponent(e.next.key)}` : `/training/${c.key}`)} /></div>
      </div>
    </article>
  );
}

function Earned({ of: c }: { of: Certificate }) {
  const t = trainingWords.use();
  return (
    <Link className="tn-cert" href={`/training/certificates/${c.id}`}>
      <i><IconMedal size={20} /></i>
      <span><b>{c.title}</b><small>{c.expiresAt ? (c.status === 'EXPIRING' ? t.endsOn(day(c.expiresAt)) : t.validUntil(day(c.expiresAt))) : t.issued(day(c.issuedAt))}</small></span>
    </Link>
  );
}

/** How long was learned on each day of the week. */
function Week({ days }: { days: My['week'] }) {
  const t = trainingWords.use();
  const most = Math.max(30, ...days.map((d) => d.minutes));
  const name = (date: string, weekday: 'long' | 'narrow') => new Intl.DateTimeFormat(lang() === 'de' ? 'de-DE' : 'en-GB', { weekday, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
  return <>
    <ul className="tn-week" aria-hidden>{days.map((d) => (
      <li key={d.date} title={t.learnedOn(name(d.date, 'long'), t.minutes(number(d.minutes)))}><i>{d.minutes > 0 && <b style={{ height: `${Math.max(8, (d.minutes / most) * 100)}%` }} />}</i>{name(d.date, 'narrow')}</li>
    ))}</ul>
    <table className="vh"><caption>{t.week}</caption><thead><tr><th scope="col">{t.dayColumn}</th><th scope="col">{t.minutesColumn}</th></tr></thead>
      <tbody>{days.map((d) => <tr key={d.date}><th scope="row">{name(d.date, 'long')}</th><td>{t.minutes(number(d.minutes))}</td></tr>)}</tbody></table>
  </>;
}

function Team() {
  const t = trainingWords.use();
  const [{ data, error }] = useQuery({ query: TeamGlance });
  const m = data?.trainingMatrix;
  return (
    <Card title={t.team} flush>
      <Link className="tn-cert" href="/training/team"><span style={{ flex: 1 }}><b>{t.toTeam}</b><small>{!m ? !error && <Skeleton w={120} h={12} /> : !m.courses.length ? t.teamNone : m.missingCount ? t.teamMissing(m.missingCount) : t.teamGood}</small></span><IconChevronRight size={17} /></Link>
    </Card>
  );
}

const Waiting = () => <>
  <Skeleton h={128} style={{ borderRadius: 14, marginBottom: 28 }} />
  <div className="tn"><div className="tn-cards">{[1, 2, 3, 4].map((i) => <Skeleton key={i} h={206} style={{ borderRadius: 12 }} />)}</div><div className="tn-side"><Skeleton h={180} /><Skeleton h={190} /></div></div>
</>;
