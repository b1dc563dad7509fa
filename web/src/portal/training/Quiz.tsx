import { useEffect, useRef, useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { moment, number, percent } from '../../lib/format.ts';
import { words } from '../../lib/words.ts';
import { useAction, useTell } from '../../ui/form.tsx';
import { IconCheck, IconClock, IconX } from '../../ui/icons.ts';
import { Card, Dialog, Failure, Loading, Notice, Pill } from '../../ui/kit.tsx';
import { kitWords } from '../../words/index.ts';
import type { Lesson } from '../pages/Lesson.tsx';
import { answered, One, Start, useAnswers, givenOf, type Attempt } from './attempt.ts';
import { QuestionField, Solved } from './Question.tsx';
import en from './Quiz.en.ts';
import './quiz.css';

export const quizWords = words('Quiz', en);
type Q = NonNullable<Lesson['quiz']>;

/** The questions of a lesson: before one begins, while one answers, and what came of it. */
export default function Quiz(p: { enrollmentId: string; lesson: string; quiz: Q; live: boolean; reload: () => void }) {
  const t = quizWords.use();
  const tell = useTell();
  const [start, starting] = useAction(Start);
  const { quiz: z } = p;
  const tries = z.attempts ?? [];
  const open = tries.find((a) => a.status === 'OPEN');
  const [shown, setShown] = useState<string | null>(null);
  const [fresh, setFresh] = useState<Attempt | null>(null); // just begun, or just handed in
  const head = useRef<HTMLDivElement>(null);
  const last = tries.filter((a) => a.status !== 'OPEN').at(-1);
  const current = shown ?? open?.id ?? last?.id ?? null;
  const begin = async () => {
    const outcome = await start({ input: { enrollmentId: p.enrollmentId, lesson: p.lesson } });
    const a = outcome.ok ? outcome.payload.attempt : null;
    if (tell(outcome) && a) { setFresh(a); setShown(a.id); p.reload(); setTimeout(() => head.current?.focus(), 0); } else p.reload();
  };
  const over = (a: Attempt) => { setFresh(a); setShown(a.id); p.reload(); setTimeout(() => head.current?.focus(), 0); };
  const facts = [
    t.questions(z.questionCount), t.pass(z.passingPercent), z.limitSeconds ? t.limit(Math.round(z.limitSeconds / 60)) : t.noLimit,
    z.attemptLimit ? t.tries(z.attemptsLeft ?? 0, z.attemptLimit) : t.anyTries, z.negativePercent ? t.negative(z.negativePercent) : null,
  ].filter((x): x is string => !!x);
  const again = z.canStart && !open && (
    <div className="qz-start">
      {z.limitSeconds ? <p className="muted">{t.clockStarts}</p> : null}
      <Button size="md" loading={starting} onClick={() => void begin()}>{last ? t.again : t.start}</Button>
    </div>
  );
  return (
    <div className="f-stack" ref={head} tabIndex={-1} style={{ outline: 0 }}>
      <Card title={t.title} aside={z.isPassed ? <Pill tone="good">{t.passed}</Pill> : undefined}>
        <ul className="qz-facts">{facts.map((x) => <li key={x}>{x}</li>)}</ul>
        {!z.canStart && !open && !z.isPassed && (z.nextAttemptAt ? <Notice tone="warn" icon={<IconClock size={17} />}>{t.cooling(moment(z.nextAttemptAt))}</Notice> : p.live && z.attemptsLeft === 0 ? <Notice tone="bad">{t.noneLeft}</Notice> : null)}
        {!last && again}
      </Card>
      {current && <Try key={current} id={current} begun={fresh?.id === current ? fresh : null} over={over} />}
      {last && again}
      {tries.length > 1 && <Card title={t.all} flush><ul>{tries.map((a) => (
        <li key={a.id} className="qz-try"><span>{t.tryOf(a.number)}{a.submittedAt && <small>{moment(a.submittedAt)}</small>}</span>
          {a.status === 'OPEN' ? <Pill tone="accent">{t.open}</Pill> : <Pill tone={a.passed ? 'good' : 'bad'}>{percent((a.percent ?? 0) / 100)}</Pill>}
          {a.id === current ? <span className="muted">{t.shown}</span> : <button type="button" className="qz-look" onClick={() => { setFresh(null); setShown(a.id); }} aria-label={`${t.look}: ${t.tryOf(a.number)}`}>{t.look}</button>}</li>
      ))}</ul></Card>}
    </div>
  );
}

function Try({ id, begun, over }: { id: string; begun: Attempt | null; over: (a: Attempt) => void }) {
  const [{ data, error }, again] = useQuery({ query: One, variables: { id }, requestPolicy: 'network-only', pause: !!begun });
  const found = data?.node?.__typename === 'Attempt' ? data.node : null;
  const [opened, setOpened] = useState<Attempt | null>(begun); // as it was when it came: what follows is known here
  useEffect(() => { if (!opened && found) setOpened(found); }, [opened, found]);
  const a = begun ?? opened;
  if (error && !a) return <section className="f-card"><Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /></section>;
  if (!a) return <Loading rows={6} card />;
  return a.status === 'OPEN' ? <Answering first={a} over={over} /> : <Result of={a} />;
}

/** Seconds that are left, counted from what the server said. */
function useLeft(first: Attempt): number | null {
  const end = useRef(first.secondsLeft == null ? null : performance.now() + first.secondsLeft * 1000);
  const [left, setLeft] = useState(first.secondsLeft ?? null);
  useEffect(() => {
    if (end.current === null) return;
    const id = setInterval(() => setLeft(Math.max(0, Math.ceil((end.current! - performance.now()) / 1000))), 500);
    return () => clearInterval(id);
  }, []);
  return left;
}

function Answering({ first, over }: { first: Attempt; over: (a: Attempt) => void }) {
  const t = quizWords.use();
  const k = kitWords.use();
  const { answers, change, save, submit, saving, elsewhere, forget, refused, fault } = useAnswers(first, over);
  const left = useLeft(first);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  const open = first.questions.filter((q) => !answered(q, answers.get(q.place)!)).map((q) => q.place);
  const hand = async () => {
    setBusy(true);
    setWhy(null);
    const no = await submit();
    setBusy(false);
    setAsking(false);
    if (no) setWhy(no.elsewhere ? t.lookAgain : no.place ? `${t.question(no.place)}: ${no.message}` : no.message || (no.gone ? k.gone : k.unreachable));
  };
  // What is typed in the last seconds is saved in time; then the server says what became of it.
  const near = left !== null && left <= 3, out = left === 0;
  useEffect(() => { if (near) void save(); }, [near, save]);
  const done = useRef(hand);
  done.current = hand;
  useEffect(() => { if (out) { const id = setTimeout(() => void done.current(), 1_200); return () => clearTimeout(id); } }, [out]);
  return (
    <form className="f-stack" onSubmit={(e) => { e.preventDefault(); setAsking(true); }} aria-label={t.tryOf(first.number)}>
      <div className="qz-bar"><b>{t.tryOf(first.number)}</b>
        <span>{t.answered(first.questions.length - open.length, first.questions.length)}</span>
        <span role="status" className="qz-saved">{saving === 'refused' ? '' : saving === 'failed' ? t.failed : saving === 'saved' ? t.saved : saving === 'saving' ? t.saving : t.unsaved}</span>
        {left !== null && <span className="qz-left num" data-low={left <= 60 || undefined} role="timer" aria-label={t.left}><IconClock size={16} />{Math.floor(left / 60)}:{String(left % 60).padStart(2, '0')}</span>}</div>
      {elsewhere && <div role="alert"><Notice tone="warn"><b>{t.elsewhere}</b> {elsewhere.length ? t.both(elsewhere.map(String).join(', ')) : t.theirs} <button type="button" className="qz-look" onClick={forget}>{t.understood}</button></Notice></div>}
      <ol className="f-stack">{first.questions.map((q) => <li key={q.place} className="f-card qz-q"><QuestionField of={q} given={answers.get(q.place)!} change={(g) => change(q.place, g)} error={refused.get(q.place)} /></li>)}</ol>
      {saving === 'failed' && <Notice tone="bad">{fault || k.gone}</Notice>}
      {why && <Notice tone="bad">{why}</Notice>}
      <div className="qz-end"><Button type="submit" size="md" loading={busy}>{t.handIn}</Button></div>
      <Dialog open={asking} onClose={() => setAsking(false)} title={t.handInTitle}>
        <p>{open.length ? t.openOnes(open.map(String).join(', '), open.length) : t.allAnswered}</p>
        <p className="muted" style={{ marginTop: 6 }}>{t.handInText}</p>
        <div className="f-form-end" style={{ marginTop: 18 }}><Button variant="default" onClick={() => setAsking(false)}>{t.goOn}</Button><Button loading={busy} onClick={() => void hand()}>{t.handInDo}</Button></div>
      </Dialog>
    </form>
  );
}

/** What an attempt came to. */
function Result({ of: a }: { of: Attempt }) {
  const t = quizWords.use();
  const revealed = a.questions.some((q) => q.solution);
  return (
    <>
      <section className="f-card qz-result" data-passed={!!a.passed || undefined} aria-label={t.result}>
        <i aria-hidden>{a.passed ? <IconCheck size={26} stroke={2.4} /> : <IconX size={26} stroke={2.4} />}</i>
        <div><h2>{a.passed ? t.isPassed : t.isFailed}</h2><p className="muted">{[t.points(number(Number(a.points ?? 0)), number(Number(a.maxPoints))), a.status === 'EXPIRED' ? t.expired : null, a.regraded ? t.regraded : null].filter(Boolean).join(' · ')}</p></div>
        <b className="num">{percent((a.percent ?? 0) / 100)}</b>
      </section>
      {revealed ? <ol className="f-stack">{a.questions.map((q) => <li key={q.place} className="f-card qz-q"><Solved of={q} given={givenOf(q)} /></li>)}</ol> : <p className="muted">{t.notRevealed}</p>}
    </>
  );
}
