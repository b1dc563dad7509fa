import { useQuery } from 'urql';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { number, percent } from '../../lib/format.ts';
import { Card, Empty, Failure, Loading, Pill, Time } from '../../ui/kit.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import type { Course } from './draft.ts';
import { courseWords } from './fields.tsx';
import { plain } from './parts.tsx';

const Figures = graphql(`query CourseFigures($id: ID!) { course(id: $id) { id figures @_optional {
  enrolled active completed withdrawn medianDays rating ratings feedback { rating text at }
  lessons { key title opened done stopped } questions { lesson key text asked unanswered difficulty discrimination choices { key text isCorrect count } }
} } }`);
type Q = NonNullable<NonNullable<ResultOf<typeof Figures>['course']>['figures']>['questions'][number] & { id: string };

/** How a course fares: how far people come, which questions tell them apart, and what they say of it. */
export default function CourseFigures({ course: c }: { course: Course }) {
  const t = courseWords.use();
  const [{ data, error }, load] = useQuery({ query: Figures, variables: { id: c.id }, requestPolicy: 'cache-and-network' });
  const f = data?.course?.figures;
  if (!f) return error ? <Failure error={error} retry={() => load({ requestPolicy: 'network-only' })} /> : <Card flush><Loading rows={6} /></Card>;
  const most = Math.max(1, ...f.lessons.map((l) => l.opened));
  const decimal = (s: string, digits = 1) => number(Number(Number(s).toFixed(digits)));
  const columns: Column<Q>[] = [
    { key: 'text', title: t.question, phone: 'main', cell: (q) => <>{plain(q.text)}<small>{f.lessons.find((l) => l.key === q.lesson)?.title}</small></> },
    { key: 'asked', title: t.asked, end: true, phone: 'label', cell: (q) => <span className="num">{number(q.asked)}{q.unanswered > 0 && <small>{t.unanswered(q.unanswered)}</small>}</span> },
    { key: 'difficulty', title: t.reached, end: true, phone: 'label', cell: (q) => (q.difficulty == null ? '–' : <span className="num">{percent(Number(q.difficulty))}</span>) },
    { key: 'discrimination', title: t.discrimination, end: true, phone: 'label', cell: (q) => (q.discrimination == null ? '–' : <span className="num">{decimal(q.discrimination, 2)}{Number(q.discrimination) < 0.2 && <> <Pill tone="warn">{t.look}</Pill></>}</span>) },
  ];
  const tiles: [string, string][] = [
    [t.enrolled, number(f.enrolled)], [t.active, number(f.active)], [t.completed, f.enrolled ? `${number(f.completed)} (${percent(f.completed / f.enrolled)})` : number(f.completed)], [t.withdrawn, number(f.withdrawn)],
    [t.medianDays, f.medianDays == null ? '–' : t.days(decimal(f.medianDays), Number(f.medianDays))], [t.rating, f.rating == null ? '–' : `${decimal(f.rating)} / 5`],
  ];
  return <>
    <dl className="mo-tiles">{tiles.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
    <Card title={t.dropOff} flush>
      {f.lessons.length ? <ul className="mo-bars">{f.lessons.map((l) => <li key={l.key}><span>{l.title}</span><small>{t.doneOf(l.done, l.opened)}{l.stopped > 0 && ` · ${t.stopped(l.stopped)}`}</small>
        <i role="img" aria-label={t.doneOf(l.done, l.opened)}><b style={{ width: `${(l.done / most) * 100}%` }} /><b data-rest style={{ width: `${((l.opened - l.done) / most) * 100}%` }} /></i></li>)}</ul> : <Empty title={t.nobodyYet} />}
    </Card>
    <Card title={t.questionFigures} flush>
      <Table label={t.questionFigures} columns={columns} rows={f.questions.map((q) => ({ ...q, id: `${q.lesson}.${q.key}` }))} name={(q) => plain(q.text)} empty={<Empty title={t.noQuestions} />}
        detail={(q) => (q.choices.length ? <ul className="mo-bars tr-choicebars">{q.choices.map((x) => <li key={x.key}><span>{x.isCorrect && <Pill tone="good">{t.right}</Pill>} {x.text}</span><small>{t.taken(x.count)}</small><i><b data-good={x.isCorrect || undefined} style={{ width: `${q.asked ? (x.count / q.asked) * 100 : 0}%` }} /></i></li>)}</ul> : <p className="muted tr-pad">{t.noChoices}</p>)} />
      <p className="mo-hint tr-pad">{t.figuresHint}</p>
    </Card>
    <Card title={t.feedback} aside={<span className="muted">{t.ratings(f.ratings)}</span>} flush>
      {f.feedback.length ? <ul className="f-rows">{f.feedback.map((x, i) => <li key={i}><div className="tr-stars"><span role="img" aria-label={t.ofFive(x.rating)}>{'★'.repeat(x.rating)}<i>{'★'.repeat(5 - x.rating)}</i></span>{x.at && <small><Time at={x.at} /></small>}</div><p>{x.text}</p></li>)}</ul> : <Empty title={t.noFeedback} />}
    </Card>
  </>;
}
