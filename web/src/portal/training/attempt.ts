import { useEffect, useRef, useState } from 'react';
import { useClient, type Client, type CombinedError } from 'urql';
import { codeOf } from '../../lib/client.ts';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { Chapters, EnrollmentCard } from './documents.ts';
import { isForGood } from './failures.ts';

const AttemptFields = graphql(`fragment AttemptFields on Attempt @_unmask {
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

export type Saving = 'saved' | 'saving' | 'offline' | 'refused' | 'failed';
interface Shown {
  answers: ReadonlyMap<number, Given>; saving: Saving;
  elsewhere: number[] | null; // what was changed in two windows; none of it when only the other one changed something
  refused: ReadonlyMap<number, string>; // these wait to be changed
  fault: string; // with failed: in the server's words; without any, the attempt is not there
}
/** Why an attempt is not handed in; place is the question that is refused. No message: the server cannot be reached,
 * or the attempt is gone. */
export interface Hindered { message: string; place?: number; elsewhere?: boolean; gone?: boolean }

/** Why the same request would fail again, in the server's words: none where it is not there; null where it may go through. */
const faultOf = (error: CombinedError | undefined): string | null =>
  (isForGood(error) ? (codeOf(error) === 'NOT_FOUND' ? '' : error.graphQLErrors[0]!.message) : null);

/** Keeps the answers of an open attempt as they change, one save after the other. What
 * another window has saved meanwhile is taken in; what was changed here and there is
 * kept as it is here, and told. */
export function keeper(client: Pick<Client, 'query' | 'mutation'>, first: Attempt, show: (shown: Shown) => void, over: (attempt: Attempt) => void) {
  const questions = new Map(first.questions.map((q) => [q.place, q]));
  let shown: Shown = { answers: new Map(first.questions.map((q) => [q.place, givenOf(q)])), saving: 'saved', elsewhere: null, refused: new Map(), fault: '' };
  const known = new Map(shown.answers); // as the server has them
  const dirty = new Set<number>();
  let version = first.version;
  let gone = false;
  let left = false;
  let running: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const put = (next: Partial<Shown>) => { shown = { ...shown, ...next }; show(shown); };
  const all = () => [...dirty].map((p) => [p, shown.answers.get(p)!] as const);
  const due = () => all().filter(([p]) => !shown.refused.has(p));
  const input = (sent: ReturnType<typeof all>) => ({ input: { attemptId: first.id, version, answers: sent.map(([p, g]) => inputOf(questions.get(p)!, g)) } });
  const stop = () => { if (timer) clearTimeout(timer); timer = null; };
  const end = (a: Attempt) => { gone = true; stop(); over(a); };

  /** Takes in what the server has. */
  const meet = (a: Attempt) => {
    const both: number[] = [];
    const answers = new Map(shown.answers);
    let foreign = false;
    for (const q of a.questions) {
      const theirs = givenOf(q), was = known.get(q.place) ?? none;
      if (!same(theirs, was)) {
        foreign = true;
        if (!dirty.has(q.place)) answers.set(q.place, theirs);
        else if (!same(theirs, answers.get(q.place)!)) both.push(q.place);
      }
      known.set(q.place, theirs);
    }
    version = a.version;
    if (foreign) put({ answers, elsewhere: [...new Set([...(shown.elsewhere ?? []), ...both])] });
  };

  /** What the server has now; else why that is not to be known, null where it may be in a while. */
  const look = async (): Promise<Attempt | { fault: string | null }> => {
    const { data, error } = await client.query(One, { id: first.id }, { requestPolicy: 'network-only' }).toPromise();
    if (data?.node?.__typename === 'Attempt') return data.node;
    return { fault: faultOf(error) ?? (data && !error ? '' : null) };
  };
  const fail = (fault: string | null) => put(fault === null ? { saving: 'offline' } : { saving: 'failed', fault });
  const hindered = (fault: string | null): Hindered => ({ message: fault ?? '', ...(fault === '' ? { gone: true } : {}) });

  /** Says at each question why its answer is not taken; the place of the first. */
  const refuse = (sent: ReturnType<typeof all>, why: readonly { field: string[] | null; message: string }[]) => {
    const bad = why.flatMap((x) => { const at = sent[Number(x.field?.find((f) => /^\d+$/.test(f)) ?? 0)]; return at ? [[at[0], x.message] as const] : []; });
    put({ refused: new Map([...shown.refused, ...bad]) });
    return bad[0]?.[0];
  };

  const save = (): Promise<void> => {
    stop();
    running ??= (async () => {
      await null; // so that it ends after it has begun, also where nothing is to be saved
      try {
        for (let tries = 0; tries < 6 && !gone; tries++) {
          const sent = due();
          if (!sent.length) { put({ saving: dirty.size ? 'refused' : 'saved' }); return; }
          put({ saving: 'saving' });
          const { data, error } = await client.mutation(Save, input(sent)).toPromise();
          const payload = data?.saveAnswers;
          const stale = codeOf(error) === 'CONFLICT';
          if (stale || payload?.userErrors.some((x) => x.code === 'TIME_OVER' || x.code === 'OVER')) {
            const a = await look();
            if ('fault' in a) { fail(a.fault); return; }
            if (a.status !== 'OPEN') { end(a); return; }
            if (!stale) return;
            meet(a);
          } else if (error || !payload) { fail(faultOf(error)); return; }
          else if (payload.userErrors.length) refuse(sent, payload.userErrors); // one that cannot be taken does not hold up the others
          else if (payload.attempt) {
            // The server keeps an answer as it reads it, without a blank at its end, say: that is no other window's doing.
            const mine = payload.attempt.version === version + 1 ? new Map(payload.attempt.questions.map((q) => [q.place, givenOf(q)])) : null;
            for (const [p, g] of sent) { known.set(p, mine?.get(p) ?? g); if (same(shown.answers.get(p)!, g)) dirty.delete(p); }
            meet(payload.attempt);
          }
        }
      } finally {
        running = null;
        if (!gone && !left && shown.saving !== 'failed' && !timer && due().length) timer = setTimeout(() => void save(), 4_000); // it is tried again, unless it would be the same
      }
    })();
    return running;
  };

  const change = (place: number, given: Given) => {
    dirty.add(place);
    const refused = new Map(shown.refused);
    refused.delete(place);
    put({ answers: new Map(shown.answers).set(place, given), refused, saving: 'saving' });
    stop();
    timer = setTimeout(() => void save(), 500);
  };

  /** Hands it in, with what is not saved yet. Null when it went through, else why not. */
  const submit = async (): Promise<Hindered | null> => {
    for (let tries = 0; tries < 4; tries++) {
      await running;
      if (gone) return null;
      const sent = all(); // also what was refused: it is not left out unsaid
      const { data, error } = await client.mutation(Submit, input(sent)).toPromise();
      const payload = data?.submitAttempt;
      if (codeOf(error) === 'CONFLICT') {
        const a = await look();
        if ('fault' in a) return hindered(a.fault);
        if (a.status !== 'OPEN') { end(a); return null; }
        const before = shown.answers;
        meet(a);
        // What was answered elsewhere is seen before it is handed in.
        if (before !== shown.answers || all().some(([p]) => !same(known.get(p)!, shown.answers.get(p)!))) return { message: '', elsewhere: true };
        continue;
      }
      if (error || !payload) return hindered(faultOf(error));
      if (payload.userErrors.length) {
        const a = await look();
        if (!('fault' in a) && a.status !== 'OPEN') { end(a); return null; }
        const place = refuse(sent, payload.userErrors);
        void save(); // the others
        return { message: payload.userErrors[0]!.message, place };
      }
      if (payload.attempt) { dirty.clear(); end(payload.attempt); }
      return null;
    }
    return { message: '' };
  };

  return {
    shown: () => shown, change, save, submit,
    forget: () => put({ elsewhere: null }),
    /** Looks what happened in another window meanwhile. */
    back: async () => {
      if (running || gone) return;
      const a = await look();
      if ('fault' in a || running || gone) return;
      if (a.status !== 'OPEN') end(a);
      else if (a.version > version) meet(a); // an answer that was on its way for long knows less than one has saved since
    },
    enter: () => { left = false; },
    /** Saves once more what is not saved, and then no more. */
    leave: () => { left = true; stop(); if (dirty.size && !gone) void save(); },
  };
}

/** The answers of an open attempt for as long as a page shows them. */
export function useAnswers(first: Attempt, over: (attempt: Attempt) => void) {
  const client = useClient();
  const told = useRef(over);
  told.current = over;
  const [k] = useState(() => keeper(client, first, (next) => setShown(next), (a) => told.current(a)));
  const [shown, setShown] = useState(k.shown);
  useEffect(() => {
    const seen = () => { void (document.hidden ? k.save() : k.back()); };
    const online = () => { void k.save(); };
    k.enter();
    document.addEventListener('visibilitychange', seen);
    addEventListener('online', online);
    return () => { document.removeEventListener('visibilitychange', seen); removeEventListener('online', online); k.leave(); };
  }, [k]);
  return { ...shown, change: k.change, save: k.save, submit: k.submit, forget: k.forget };
}
