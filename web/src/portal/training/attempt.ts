import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { codeOf } from '../../lib/client.ts';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { Chapters, EnrollmentCard } from './documents.ts';

export const AttemptFields = graphql(`fragment AttemptFields on Attempt @_unmask {
  id number status startedAt submittedAt passed regraded version points maxPoints percent secondsLeft
  questions { place kind html points choices left right unit answer { places number text } reached solution { places number tolerance texts explanation } }
}`);
export type Attempt = ResultOf<typeof AttemptFields>;
export type Question = Attempt['questions'][number];

export const Start = graphql(`mutation StartAttempt($input: StartAttemptInput!) { startAttempt(input: $input) { attempt @_optional { ...AttemptFields } userErrors { field code message } } }`, [AttemptFields]);
const Save = graphql(`mutation SaveAnswers($input: SaveAnswersInput!) { saveAnswers(input: $input) { attempt @_optional { ...AttemptFields } userErrors { field code message } } }`, [AttemptFields]);
const Submit = graphql(`mutation SubmitAttempt($input: SaveAnswersInput!) {
  submitAttempt(input: $input) { attempt @_optional { ...AttemptFields } enrollment { ...EnrollmentCard ...Chapters } userErrors { field code message } }
}`, [AttemptFields, EnrollmentCard, Chapters]);
export const One = graphql(`query AttemptNow($id: ID!) { node(id: $id) { __typename id ... on Attempt { ...AttemptFields } } }`, [AttemptFields]);

/** What was answered to one question, as far as it has been. */
export interface Given { places: number[]; number: string; text: string }
type Input = NonNullable<VariablesOf<typeof Save>['input']['answers']>[number];

const none: Given = { places: [], number: '', text: '' };
export const givenOf = (q: Question): Given => (q.answer ? { places: [...q.answer.places], number: q.answer.number ?? '', text: q.answer.text ?? '' } : none);
export const same = (a: Given, b: Given) => a.number === b.number && a.text === b.text && a.places.length === b.places.length && a.places.every((x, i) => x === b.places[i]);
export const answered = (q: Question, g: Given) => (q.kind === 'NUMBER' ? g.number.trim() !== '' : q.kind === 'TEXT' ? g.text.trim() !== '' : q.kind === 'MATCH' ? g.places.some((p) => p > 0) : g.places.length > 0);
const inputOf = (q: Question, g: Given): Input => ({ question: q.place, ...(q.kind === 'NUMBER' ? { number: g.number.trim() } : q.kind === 'TEXT' ? { text: g.text } : { places: g.places }) });

export type Saving = 'saved' | 'saving' | 'offline';

/** The answers of an open attempt: kept by the server as they change, one save after the
 * other. What another window has saved meanwhile is taken in; what was changed here and
 * there is kept as it is here, and told. */
export function useAnswers(first: Attempt, over: (attempt: Attempt) => void) {
  const client = useClient();
  const [answers, setAnswers] = useState(() => new Map(first.questions.map((q) => [q.place, givenOf(q)])));
  const [saving, setSaving] = useState<Saving>('saved');
  const [elsewhere, setElsewhere] = useState<number[] | null>(null); // questions that were changed in two windows
  const [refused, setRefused] = useState<ReadonlyMap<number, string>>(new Map());
  const now = useRef(answers);
  const known = useRef(new Map(answers)); // as the server has them
  const version = useRef(first.version);
  const dirty = useRef(new Set<number>());
  const held = useRef(new Set<number>()); // refused: they wait to be changed
  const running = useRef<Promise<void> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const gone = useRef(false);
  const questions = useRef(new Map(first.questions.map((q) => [q.place, q])));

  const put = (change: (map: Map<number, Given>) => void) => { const next = new Map(now.current); change(next); now.current = next; setAnswers(next); };
  const due = () => [...dirty.current].filter((p) => !held.current.has(p)).map((p) => [p, now.current.get(p)!] as const);

  /** Takes in what the server has. */
  const meet = useCallback((a: Attempt) => {
    const both: number[] = [];
    let foreign = false;
    put((map) => {
      for (const q of a.questions) {
        const theirs = givenOf(q), was = known.current.get(q.place) ?? none;
        if (!same(theirs, was)) {
          foreign = true;
          if (!dirty.current.has(q.place)) map.set(q.place, theirs);
          else if (!same(theirs, map.get(q.place)!)) both.push(q.place);
        }
        known.current.set(q.place, theirs);
      }
    });
    version.current = a.version;
    if (foreign || both.length) setElsewhere((before) => [...new Set([...(before ?? []), ...both])]);
  }, []);

  const look = useCallback(async (): Promise<Attempt | null> => {
    const { data } = await client.query(One, { id: first.id }, { requestPolicy: 'network-only' }).toPromise();
    return data?.node?.__typename === 'Attempt' ? data.node : null;
  }, [client, first.id]);

  const save = useCallback((): Promise<void> => {
    if (timer.current) { clearTimeout(timer.current); timer.current = null; }
    running.current ??= (async () => {
      await null; // so that it ends after it has begun, also where nothing is to be saved
      try {
        for (let tries = 0; tries < 6 && !gone.current; tries++) {
          const sent = due();
          if (!sent.length) { setSaving('saved'); return; }
          setSaving('saving');
          const { data, error } = await client.mutation(Save, { input: { attemptId: first.id, version: version.current, answers: sent.map(([p, g]) => inputOf(questions.current.get(p)!, g)) } }).toPromise();
          const payload = data?.saveAnswers;
          if (error && codeOf(error) === 'CONFLICT') {
            const a = await look();
            if (!a) { setSaving('offline'); return; }
            if (a.status !== 'OPEN') { gone.current = true; over(a); return; }
            meet(a);
          } else if (error || !payload) { setSaving('offline'); timer.current = setTimeout(() => void save(), 4_000); return; }
          else if (payload.userErrors.length) {
            if (payload.userErrors.some((x) => x.code === 'TIME_OVER' || x.code === 'OVER')) { const a = await look(); if (a && a.status !== 'OPEN') { gone.current = true; over(a); } return; }
            // One that cannot be taken does not hold up the others.
            const bad = new Map<number, string>();
            for (const x of payload.userErrors) { const i = Number(x.field?.find((f) => /^\d+$/.test(f))); const at = sent[Number.isInteger(i) ? i : 0]; if (at) { bad.set(at[0], x.message); held.current.add(at[0]); } }
            setRefused((before) => new Map([...before, ...bad]));
          } else if (payload.attempt) {
            for (const [p, g] of sent) { known.current.set(p, g); if (same(now.current.get(p)!, g)) dirty.current.delete(p); }
            meet(payload.attempt);
          }
        }
      } finally { running.current = null; }
    })();
    return running.current;
  }, [client, first.id, look, meet, over]);

  const change = (place: number, given: Given) => {
    dirty.current.add(place);
    held.current.delete(place);
    if (refused.has(place)) setRefused((before) => { const next = new Map(before); next.delete(place); return next; });
    put((map) => map.set(place, given));
    setSaving('saving');
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), 500);
  };

  /** Hands it in, with what is not saved yet. Null when it went through, else why not. */
  const submit = async (): Promise<{ enrollment: unknown } | { message: string } | null> => {
    for (let tries = 0; tries < 4; tries++) {
      await running.current;
      if (gone.current) return null;
      const { data, error } = await client.mutation(Submit, { input: { attemptId: first.id, version: version.current, answers: due().map(([p, g]) => inputOf(questions.current.get(p)!, g)) } }).toPromise();
      const payload = data?.submitAttempt;
      if (error && codeOf(error) === 'CONFLICT') {
        const a = await look();
        if (!a) return { message: '' };
        if (a.status !== 'OPEN') { gone.current = true; over(a); return null; }
        const before = JSON.stringify([...now.current]);
        meet(a);
        // What was answered elsewhere is seen before it is handed in.
        if (JSON.stringify([...now.current]) !== before || due().some(([p]) => !same(known.current.get(p)!, now.current.get(p)!))) return { message: 'elsewhere' };
        continue;
      }
      if (error || !payload) return { message: '' };
      if (payload.userErrors.length) {
        const a = await look();
        if (a && a.status !== 'OPEN') { gone.current = true; over(a); return null; }
        return { message: payload.userErrors[0]!.message };
      }
      if (payload.attempt) { gone.current = true; dirty.current.clear(); over(payload.attempt); }
      return null;
    }
    return { message: '' };
  };

  useEffect(() => {
    const back = () => { // what happened in another window meanwhile
      if (document.hidden) { void save(); return; }
      if (!running.current && !gone.current) void look().then((a) => { if (!a || running.current) return; if (a.status !== 'OPEN') { gone.current = true; over(a); } else if (a.version !== version.current) meet(a); });
    };
    const online = () => { void save(); };
    document.addEventListener('visibilitychange', back);
    addEventListener('online', online);
    return () => { document.removeEventListener('visibilitychange', back); removeEventListener('online', online); if (dirty.current.size && !gone.current) void save(); };
  }, [look, meet, save, over]);

  return { answers, change, save, submit, saving, elsewhere, forget: () => setElsewhere(null), refused };
}
