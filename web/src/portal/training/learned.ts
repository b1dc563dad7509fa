import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient, type Client } from 'urql';
import { graphql, type VariablesOf } from '../../lib/graphql.ts';
import { session } from '../../lib/session.ts';
import { words } from '../../lib/words.ts';
import { useMay } from '../../ui/root.tsx';
import { toast } from '../../ui/toasts.tsx';
import { Chapters, EnrollmentCard } from './documents.ts';
import { isForWhatWasSent } from './failures.ts';
import en from './Learned.en.ts';
import { isTold } from './reading.ts';

const text = words('Learned', en);

/** What was learned is kept on this device until the server has answered for it: the
 * connection may be away, and the same event sent twice counts once. */
const Record = graphql(`mutation RecordLearning($input: RecordLearningInput!) {
  recordLearning(input: $input) {
    accepted repeated refused { id code message } userErrors { field code message }
    enrollments { ...EnrollmentCard ...Chapters }
  }
}`, [EnrollmentCard, Chapters]);

type Event = VariablesOf<typeof Record>['input']['events'][number];

/** Where the learning of the viewer waits: who acts for several learns for each by
 * themselves, and what was learned for one must not be sent for another. */
export const place = () => `foyer-learned:${session().viewer.id}:${session().viewer.organization?.id ?? ''}:`;
// Each event has a place of its own in the storage: tabs that write at once lose nothing.
const oldest = 30 * 86_400_000;
const atOnce = 200;
const held = new Map<string, Event>(); // what the device had no room for: it lives as long as the page

/** Who wants to know that something was added or answered. */
const listeners = new Set<() => void>();
const told = () => { for (const l of listeners) l(); };

const forget = (at: string, events: readonly Event[]) => {
  for (const e of events) { const key = at + e.id; held.delete(key); localStorage.removeItem(key); }
};

/** What has not been answered yet. */
export function waiting(at = place()): Event[] {
  const all = [...held].flatMap(([key, e]) => (key.startsWith(at) ? [e] : []));
  for (let i = 0; i < localStorage.length; i++) {
    const key = localStorage.key(i)!;
    if (!key.startsWith(at)) continue;
    try { all.push(JSON.parse(localStorage.getItem(key)!) as Event); } catch { localStorage.removeItem(key); }
  }
  return all.sort((a, b) => a.at.localeCompare(b.at));
}

/** Keeps what was learned. Who notes something that began earlier says where it belongs. */
export function note(event: Omit<Event, 'id' | 'at'>, at = place()): void {
  const e: Event = { ...event, id: crypto.randomUUID(), at: new Date().toISOString() };
  const key = at + e.id;
  try { localStorage.setItem(key, JSON.stringify(e)); } catch { held.set(key, e); }
  told();
}

const sending = new Map<string, Promise<void>>();

/** Sends what waits; what cannot be sent stays for the next time, and what can never be taken is told. */
export function deliver(client: Pick<Client, 'mutation'>, say = (what: string) => toast(what, 'bad')): Promise<void> {
  const at = place(); // the client is theirs who act now, whoever does later
  const now = sending.get(at);
  if (now) return now;
  const all = (async () => {
    await null; // so that it ends after it has begun, also where nothing waits
    let lost = 0, why = '';

    /** Sends these. False: nothing is sent any more for now. */
    const send = async (events: readonly Event[]): Promise<boolean> => {
      if (place() !== at) return false; // it would go out in the name of another
      const { data, error } = await client.mutation(Record, { input: { sentAt: new Date().toISOString(), events: [...events] } }).toPromise();
      const done = data?.recordLearning;
      const refusal = error ? null : done?.userErrors[0];
      if (error ? !isForWhatWasSent(error) : !done) return false;
      if (!error && !refusal) { forget(at, events); told(); return true; } // accepted, there already, or refused for good
      // One that is wrong does not hold up the others: it is found by halves.
      if (events.length > 1) { const half = events.length >> 1; return await send(events.slice(0, half)) && await send(events.slice(half)); }
      forget(at, events);
      lost++;
      why = refusal?.message ?? error?.graphQLErrors[0]?.message ?? '';
      told();
      return true;
    };

    try {
      for (;;) {
        const events = waiting(at).slice(0, atOnce);
        if (!events.length) return;
        if (!await send(events)) { forget(at, events.filter((e) => Date.now() - Date.parse(e.at) > oldest)); return; }
      }
    } finally {
      sending.delete(at);
      if (lost) say(text.get().lost(lost, why));
    }
  })();
  sending.set(at, all);
  return all;
}

/** Sends what was left from another time, and when the connection is back. */
export function useDelivery(): void {
  const client = useClient();
  const may = useMay();
  const learns = may('enrollment.learn');
  useEffect(() => {
    if (!learns) return;
    const send = () => { void deliver(client); };
    send();
    addEventListener('online', send);
    return () => removeEventListener('online', send);
  }, [client, learns]);
}

const idle = 5 * 60_000; // after that long without a move nobody reads any more

/** Counts the seconds that a lesson is read while the page is seen, and tells the server
 * of them. Returns those that the server does not know yet, and a way to send at once. */
export function useReading(enrollmentId: string, lesson: string, on: boolean, wanted: number | null) {
  const client = useClient();
  const [, turn] = useState(0);
  const read = useRef(0);
  const need = useRef(wanted);
  need.current = wanted;
  const send = useCallback(() => deliver(client), [client]);
  useEffect(() => { const l = () => turn((n) => n + 1); listeners.add(l); return () => { listeners.delete(l); }; }, []);
  useEffect(() => {
    if (!on) return;
    const at = place(); // the lesson is left when one begins to act for another
    let moved = Date.now();
    const move = () => { moved = Date.now(); };
    const tell = (now?: boolean) => {
      if (read.current > 0) { note({ enrollmentId, lesson, kind: 'READ', seconds: read.current }, at); read.current = 0; }
      if (now) void send();
    };
    note({ enrollmentId, lesson, kind: 'OPENED' }, at);
    void send();
    const id = setInterval(() => {
      if (document.hidden || Date.now() - moved > idle) { if (read.current) tell(true); return; }
      read.current++;
      const pending = waiting(at).reduce((n, e) => (e.lesson === lesson && e.enrollmentId === enrollmentId && e.kind === 'READ' ? n + (e.seconds ?? 0) : n), 0);
      if (isTold(read.current, pending, need.current)) tell(true);
      turn((n) => n + 1);
    }, 1000);
    const hide = () => { if (document.hidden) tell(true); };
    document.addEventListener('visibilitychange', hide);
    for (const e of ['pointermove', 'keydown', 'scroll', 'touchstart']) addEventListener(e, move, { passive: true });
    return () => {
      clearInterval(id);
      document.removeEventListener('visibilitychange', hide);
      for (const e of ['pointermove', 'keydown', 'scroll', 'touchstart']) removeEventListener(e, move);
      tell(true);
    };
  }, [on, enrollmentId, lesson, send]);
  const kept = waiting();
  const unsent = kept.reduce((n, e) => (e.lesson === lesson && e.enrollmentId === enrollmentId && e.kind === 'READ' ? n + (e.seconds ?? 0) : n), read.current);
  return { unsent, kept: kept.length, send };
}
