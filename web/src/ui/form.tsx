import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { useMutation, type AnyVariables, type TypedDocumentNode } from 'urql';
import type { CombinedError, OperationResult } from '@urql/core';
import { codeOf } from '../lib/client.ts';
import { kitWords } from '../words/index.ts';
import { Notice, requestIdOf, useFailure } from './kit.tsx';
import { toast } from './toasts.tsx';

/** A business refusal, as every payload of the API has it. */
export interface Refusal { field?: string[] | null; code: string; message: string }

/** What a mutation came to: its payload, unless it was refused or failed. */
export type Outcome<P> = { ok: true; payload: P } | { ok: false; refusals: Refusal[]; error?: CombinedError; payload?: P };

type Payload = { userErrors: readonly Refusal[] };

/** Runs a mutation with one root field. Refusals and failures come back as one
 * thing, and a stale version loads the entity again before it says so. */
export function useAction<D, V extends AnyVariables>(document: TypedDocumentNode<D, V>) {
  const [state, run] = useMutation<D, V>(document);
  type P = NonNullable<D[keyof D]>;
  const act = async (variables: V): Promise<Outcome<P>> => {
    const result: OperationResult<D, V> = await run(variables, { additionalTypenames: [] });
    if (result.error) return { ok: false, refusals: [], error: result.error };
    const payload = Object.values(result.data ?? {})[0] as (P & Payload) | undefined;
    const refusals = payload?.userErrors ?? [];
    return refusals.length ? { ok: false, refusals: [...refusals], payload: payload! } : { ok: true, payload: payload! };
  };
  return [act, state.fetching] as const;
}

/** A new key for one intended effect: a repeat of the same request has it once. */
export const idempotencyKey = (): string => crypto.randomUUID();

/** Keys for a form that creates something: the same for the same wish, so that
 * pressing again after a lost answer has its effect once; another one for another wish. */
export function useKey(): (wish: object) => string {
  const last = useRef({ wish: '', key: '' });
  return (wish) => {
    const now = JSON.stringify(wish);
    if (last.current.wish !== now) last.current = { wish: now, key: idempotencyKey() };
    return last.current.key;
  };
}

/** The state of one form: what was refused, by field, and in general. */
export function useForm() {
  const say = useFailure();
  const [refusals, setRefusals] = useState<Refusal[]>([]);
  const [failure, setFailure] = useState<{ text: string; id?: string } | null>(null);
  const ref = useRef<HTMLFormElement>(null);
  return {
    ref,
    /** The refusal of a field, for its input's `error`. */
    error: (name: string) => refusals.find((r) => r.field?.at(-1) === name || r.field?.includes(name))?.message,
    /** Takes an outcome in; true when it is good. */
    take<P>(outcome: Outcome<P>): outcome is { ok: true; payload: P } {
      setRefusals(outcome.ok ? [] : outcome.refusals);
      setFailure(!outcome.ok && outcome.error ? { text: say(outcome.error), id: requestIdOf(outcome.error) } : null);
      if (!outcome.ok) setTimeout(() => ref.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus?.(), 0);
      return outcome.ok;
    },
    clear() { setRefusals([]); setFailure(null); },
    refusals, failure,
  };
}
export type FormState = ReturnType<typeof useForm>;

/** A form with its refusals that belong to no field. names are the fields that show their own. */
export function Form(p: { form: FormState; names?: string[]; onSubmit: () => void; children: ReactNode; label?: string }) {
  const t = kitWords.use();
  const general = p.form.refusals.filter((r) => !r.field?.some((f) => p.names?.includes(f)));
  const submit = (e: FormEvent) => { e.preventDefault(); p.onSubmit(); };
  return (
    <form className="f-form" ref={p.form.ref} onSubmit={submit} noValidate aria-label={p.label}>
      {general.map((r) => <Notice key={r.code + r.message} tone="bad">{r.message}</Notice>)}
      {p.form.failure && <Notice tone="bad">{p.form.failure.text}{p.form.failure.id && <><br /><small>{t.requestId(p.form.failure.id)}</small></>}</Notice>}
      {p.children}
    </form>
  );
}

/** The version that a form is about: the one that was read when it was opened,
 * so that what happens meanwhile is refused and not overwritten unseen; after
 * such a refusal, the one that is shown then. */
export function useSeen(now: number): [number, () => void] {
  const [seen, setSeen] = useState(now);
  const [old, setOld] = useState<number | null>(null);
  if (old !== null && now !== old) { setOld(null); setSeen(now); }
  return [seen, () => setOld(seen)];
}

/** A form about something with a version: what it sends, what was refused, and
 * that somebody else was faster, after which what stands there now is read.
 * With mine the page itself writes behind the form: the version that came of it. */
export function useVersioned(now: number, again: () => void, mine = (version: number) => version) {
  const form = useForm();
  const tell = useTell();
  const key = useKey();
  const [version, refused] = useSeen(now);
  const [busy, setBusy] = useState(false);
  const send = async <P,>(wish: object, run: (version: number, key: string) => Promise<Outcome<P>>, said: string): Promise<P | undefined> => {
    setBusy(true);
    const at = mine(version);
    const outcome = await run(at, key({ wish, version: at }));
    setBusy(false);
    if (isStale(outcome)) { refused(); again(); }
    if (!form.take(outcome)) return undefined;
    tell(outcome, said);
    return outcome.payload;
  };
  return { form, busy, send };
}

/** The end of a form in a dialog. */
export function FormEnd(p: { label: string; busy: boolean; onCancel?: () => void; danger?: boolean; disabled?: boolean }) {
  const t = kitWords.use();
  return (
    <div className="f-form-end">
      {p.onCancel && <Button variant="default" onClick={p.onCancel}>{t.cancel}</Button>}
      <Button type="submit" loading={p.busy} disabled={p.disabled} data-danger={p.danger || undefined}>{p.label}</Button>
    </div>
  );
}

/** For actions outside a form: says in a corner what was refused. True when it is good. */
export function useTell() {
  const say = useFailure();
  return <P,>(outcome: Outcome<P>, done?: string): outcome is { ok: true; payload: P } => {
    if (outcome.ok) { if (done) toast(done); } else toast(outcome.refusals[0]?.message ?? say(outcome.error!), 'bad');
    return outcome.ok;
  };
}

export const isStale = (outcome: Outcome<unknown>) => !outcome.ok && codeOf(outcome.error) === 'CONFLICT';
