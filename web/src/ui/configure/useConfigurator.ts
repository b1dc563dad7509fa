import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClient } from 'urql';
import type { CombinedError } from '@urql/core';
import { bare, sameChoice, sameChoices, type Pick } from './choices.ts';
import { Ask, Finish, WhyNot, type ChoiceData, type OptionStateData, type Repair, type RuleData, type StateData, type VersionData } from './documents.ts';

/** What does not go together: what was wanted, why not, and what could be given up for it. */
export interface Clash { target: Pick | null; reasons: string[]; because: ChoiceData[]; rules?: RuleData[] | null; repairs: Repair[] }

export const at = (group: string, option: string) => `${group}\n${option}`;

/** Asks about choices and keeps what was answered. Each click is a question of its
 * own, one after another; what was clicked shows at once. */
export function useConfigurator(p: { version: VersionData; start: readonly Pick[]; quantity: number; configurationId?: string; draftOf?: string }) {
  const client = useClient();
  const [state, setState] = useState<StateData | null>(null);
  const [options, setOptions] = useState<ReadonlyMap<string, OptionStateData>>(new Map());
  const [clash, setClash] = useState<Clash | null>(null);
  const [pending, setPending] = useState<Pick | null>(null);
  const [error, setError] = useState<CombinedError | null>(null);
  const [past, setPast] = useState<Pick[][]>([]);
  const [before, setBefore] = useState<{ unit: string | null; selected: string[]; change: Pick | null } | null>(null);
  const live = useRef({ choices: [...p.start] as Pick[], token: undefined as string | undefined, options, state, quantity: p.quantity });
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const [waiting, setWaiting] = useState(0); // questions without an answer yet
  const fixed = useMemo(() => ({ ...(p.draftOf ? { draftOf: p.draftOf } : { versionId: p.version.id }), ...(p.configurationId ? { configurationId: p.configurationId } : {}) }), [p.version.id, p.configurationId, p.draftOf]);
  const input = useCallback(() => ({ ...fixed, choices: live.current.choices.map(bare), quantity: live.current.quantity }), [fixed]);

  const take = useCallback((s: StateData, partly: boolean) => {
    const next = new Map(partly ? live.current.options : []);
    for (const o of s.changed) next.set(at(o.group, o.option), o);
    live.current = { ...live.current, choices: s.choices.map(bare), token: s.token, options: next, state: s };
    setOptions(next);
    setState(s);
    setError(null);
  }, []);

  const line = useCallback(<T,>(work: () => Promise<T>): Promise<T> => {
    setWaiting((n) => n + 1);
    const next = queue.current.then(work, work).finally(() => setWaiting((n) => n - 1));
    queue.current = next.catch(() => undefined);
    return next;
  }, []);

  const remember = useCallback((change: Pick | null) => {
    const { state: now, options: was } = live.current;
    if (now) setBefore({ unit: now.price?.unit.amount ?? null, selected: [...was.values()].filter((o) => o.isSelected).map((o) => at(o.group, o.option)), change });
  }, []);

  /** Asks for other choices, or for a change of these. True when they are as asked for. */
  const ask = useCallback((to: Pick[] | ((was: Pick[]) => Pick[]) | null, change: Pick | null, quiet?: boolean) => line(async () => {
    const was = live.current.choices;
    const wanted = typeof to === 'function' ? to(was) : to ?? was;
    setPending(change);
    const since = live.current.token;
    const { data, error: failed } = await client.query(Ask, { input: { ...input(), choices: wanted.map(bare), ...(change ? { change: bare(change) } : {}), ...(since ? { since } : {}) } }, { requestPolicy: 'network-only' }).toPromise();
    setPending(null);
    if (!data) { setError(failed ?? null); return false; }
    const s = data.configure;
    if (change && s.conflict) {
      setClash({ target: change, ...s.conflict, repairs: s.repairs });
      take({ ...s, isConsistent: live.current.state?.isConsistent ?? true }, !!since); // what was refused changes nothing
      return false;
    }
    if (!quiet) remember(change ?? null);
    take(s, !!since);
    setClash(s.conflict && { target: null, ...s.conflict, repairs: s.repairs }); // choices that contradict each other, as those of an older version can
    if (!quiet && !sameChoices(was, live.current.choices)) setPast((all) => [...all.slice(-49), was]);
    return true;
  }), [client, input, line, remember, take]);

  const begun = useRef('');
  useEffect(() => { // the first answer, and another one when the version is another
    if (begun.current === p.version.id) return;
    begun.current = p.version.id;
    live.current.token = undefined;
    void ask(live.current.choices, null, true);
  }, [ask, p.version.id]);
  useEffect(() => {
    if (live.current.quantity === p.quantity) return;
    live.current.quantity = p.quantity;
    void ask(null, null, true);
  }, [ask, p.quantity]);

  const complete = useCallback((goal: 'CHEAPEST' | 'FASTEST') => line(async () => {
    const was = live.current.choices;
    const { data, error: failed } = await client.query(Finish, { input: input(), goal }, { requestPolicy: 'network-only' }).toPromise();
    if (!data) { setError(failed ?? null); return false; }
    remember(null);
    setPast((all) => [...all, was]);
    take(data.complete, false);
    setClash(null);
    return true;
  }), [client, input, line, remember, take]);

  /** Why something cannot be, asked for when somebody wants to know. */
  const explain = useCallback(async (target: Pick) => {
    const rest = live.current.choices.filter((c) => !sameChoice(c, target));
    const { data } = await client.query(WhyNot, { input: { ...input(), choices: rest.map(bare) }, target: bare(target) }, { requestPolicy: 'network-only' }).toPromise();
    return data?.explain ?? null;
  }, [client, input]);

  return {
    state, options, clash, pending, error, past, before,
    /** Whether something was asked for that is not answered yet. */
    waiting: waiting > 0,
    choices: (): Pick[] => live.current.choices,
    choose: (change: Pick) => ask(null, change),
    /** Other choices in place of these, as of a repair. */
    set: (choices: readonly Pick[], quiet?: boolean) => ask(choices.map(bare), null, quiet),
    drop: (gone: (c: Pick) => boolean) => ask((was) => was.filter((c) => !gone(c)), null),
    undo: () => {
      const last = past.at(-1);
      if (!last) return Promise.resolve(false);
      setPast((all) => all.slice(0, -1));
      setBefore(null);
      return ask(last, null, true);
    },
    forgive: () => setClash(null),
    retry: () => ask(null, null, true),
    complete, explain,
    settled: () => queue.current,
  };
}
export type Configurator = ReturnType<typeof useConfigurator>;
