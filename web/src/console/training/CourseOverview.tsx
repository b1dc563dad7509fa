import { Link } from 'wouter';
import { number } from '../../lib/format.ts';
import { languageName } from './languages.ts';
import { Card, Empty, Pill, Time } from '../../ui/kit.tsx';
import type { Course } from './draft.ts';
import { courseWords } from './fields.tsx';
import { duration, trainingWords } from './parts.tsx';

/** What a course is: for whom, how long, and what is learned in the version that new learners get. */
export default function Overview({ course: c }: { course: Course }) {
  const t = courseWords.use();
  const tr = trainingWords.use();
  const audience = c.audience && [...c.audience.organizations, ...(c.audience.segments ?? []), ...c.audience.owners];
  return <>
    <Card title={t.facts}>
      {c.summary && <p style={{ marginBottom: 14 }}>{c.summary}</p>}
      <dl className="f-facts tr-facts">
        {c.current && <><dt>{t.published}</dt><dd>{tr.versionNo(c.current.number)}, <Time at={c.current.publishedAt} /></dd></>}
        {c.lessonCount > 0 && <><dt>{tr.extent}</dt><dd>{tr.lessons(c.lessonCount)}, {duration(c.minutes)}</dd></>}
        <dt>{t.languagesOf}</dt><dd>{c.languages.map((l) => languageName(l.toLowerCase())).join(', ')}</dd>
        <dt>{tr.place}</dt><dd>{c.isFree ? tr.free : c.variant ? (c.variant.product ? <Link href={`/products/${c.variant.product.id}`}>{c.variant.sku}</Link> : c.variant.sku) : tr.sold}</dd>
        <dt>{t.seats}</dt><dd>{c.placesLeft != null ? t.seatsLeft(number(c.placesLeft), c.seats) : t.noLimit}</dd>
        {c.restricted != null && <><dt>{t.audience}</dt><dd>{!c.restricted ? t.everybody : audience?.length ? audience.map((x) => x.name).join(', ') : t.nobody}</dd></>}
        {c.prerequisites.length > 0 && <><dt>{t.prerequisites}</dt><dd>{c.prerequisites.map((p, i) => <span key={p.key}>{i > 0 && ', '}{p.course ? <Link href={`/courses/${p.course.id}`}>{p.title}</Link> : p.title}</span>)}</dd></>}
        <dt>{t.certificate}</dt><dd>{c.certificateTitle ? <>{c.certificateTitle}<small>{c.certificateMonths ? t.validFor(c.certificateMonths) : t.validForGood}</small></> : t.noCertificate}</dd>
      </dl>
    </Card>
    {c.current ? <Card title={t.whatIsLearned} flush>
      <ol className="tr-outline">{c.current.modules.map((m) => (
        <li key={m.key}><b>{m.title}</b><ol>{m.lessons.map((l) => (
          <li key={l.key}><span>{l.title}{l.isOptional && <> <Pill>{t.optional}</Pill></>}</span><small>{tr.kinds[l.kind]} · {duration(l.minutes)}</small></li>
        ))}</ol></li>
      ))}</ol>
    </Card> : <Card flush><Empty title={t.unpublished} text={t.unpublishedText} /></Card>}
  </>;
}

