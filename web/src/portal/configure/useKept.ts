import { useCallback, useEffect, useRef, useState } from 'react';
import { useQuery, useSubscription } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { idempotencyKey, isStale, useAction, useTell } from '../../ui/form.tsx';
import { bare, written, type Pick } from './choices.ts';
import { Keep, KeptFields, type Kept } from './documents.ts';
import type { Configurator } from './useConfigurator.ts';

const One = graphql(`query KeptConfiguration($id: ID!) { configuration(id: $id) { ...KeptFields } }`, [KeptFields]);
const Happens = graphql(`subscription ConfigurationHappens($id: ID!, $since: String) {
  configurationUpdated(id: $id, since: $since) { token by configuration { ...KeptFields } }
}`, [KeptFields]);

/** A configuration that is kept, as it is now, and who was the last to do something to it. */
export function useKept(id: string) {
  const [{ data, error }, again] = useQuery({ query: One, variables: { id }, requestPolicy: 'cache-and-network' });
  const [last, setLast] = useState<{ by: string; gone: boolean; at: number } | null>(null);
  useSubscription({ query: Happens, variables: { id }, pause: !data?.configuration }, (_, message) => {
    const { by, configuration } = message.configurationUpdated;
    if (by || !configuration) setLast((was) => ({ by: by ?? '', gone: !configuration, at: (was?.at ?? 0) + 1 }));
    return message;
  });
  return { kept: data?.configuration, loaded: !!data, error, last, reload: useCallback(() => again({ requestPolicy: 'network-only' }), [again]) };
}

/** What somebody else has changed meanwhile. */
export interface Theirs { by: string; what: string[]; groups: ReadonlySet<string>; mine?: Pick[] }

/** Keeps what is chosen as it is chosen, and takes in what others choose: each
 * change is written by itself, and one that meets another is shown, not lost. */
export function useSharedWork(k: Kept, c: Configurator, last: { by: string } | null, reload: () => void, quantity: number, takeQuantity: (n: number) => void) {
  const [keep] = useAction(Keep);
  const tell = useTell();
  const [theirs, setTheirs] = useState<Theirs | null>(null);
  const [status, setStatus] = useState<'saved' | 'saving' | 'failed'>('saved');
  const known = useRef({ version: k.version, text: written(k.choices), quantity: k.quantity });
  const sent = useRef(new Set<string>());
  const busy = useRef(false);
  const lost = useRef<Pick[] | null>(null);
  const incoming = useRef<string | null>(null); // what others chose, on its way into the page
  const mark = (choices: readonly Pick[], n: number) => `${n}|${written(choices)}`;
  const can = k.availableActions.includes('CHANGE');
  const now = c.state ? written(c.state.choices) : null;

  const save = useCallback(async (force?: boolean) => {
    if (busy.current) return;
    busy.current = true;
    setStatus('saving');
    for (;;) {
      const choices = c.choices().map(bare);
      sent.current.add(mark(choices, quantity));
      const outcome = await keep({ input: { id: k.id, version: known.current.version, choices, quantity }, key: idempotencyKey() });
      if (outcome.ok && outcome.payload.configuration) {
        const is = outcome.payload.configuration;
        known.current = { version: is.version, text: written(choices), quantity };
        setStatus('saved');
        if (written(c.choices()) !== known.current.text && !force) continue; // more was chosen meanwhile
      } else if (isStale(outcome)) {
        lost.current = choices;
        sent.current.delete(mark(choices, quantity));
        reload();
        setStatus('saved');
      } else { setStatus('failed'); tell(outcome); }
      break;
    }
    busy.current = false;
  }, [c, k.id, keep, quantity, reload, tell]);

  useEffect(() => { // what was chosen here
    if (incoming.current !== null && now === incoming.current) incoming.current = null;
    if (incoming.current !== null) return;
    if (now === null || !can || (now === known.current.text && quantity === known.current.quantity) || busy.current || lost.current) return;
    void save();
  }, [now, quantity, can, save]);

  useEffect(() => { // what came from elsewhere
    if (k.version <= known.current.version) return;
    const text = written(k.choices);
    const mine = sent.current.has(mark(k.choices, k.quantity));
    const was = known.current;
    known.current = { version: k.version, text, quantity: k.quantity };
    if (mine) return;
    const had = new Map(c.state?.choices.map((x) => [written([x]), x]));
    const has = new Map(k.choices.map((x) => [written([x]), x]));
    const added = k.choices.filter((x) => !had.has(written([x])));
    const gone = (c.state?.choices ?? []).filter((x) => !has.has(written([x])));
    setTheirs({ by: last?.by ?? '', what: added.map((x) => x.text), groups: new Set([...added, ...gone].map((x) => x.group)), ...(lost.current && written(lost.current) !== text ? { mine: lost.current } : {}) });
    lost.current = null;
    if (k.quantity !== was.quantity) takeQuantity(k.quantity);
    if (text === now) return;
    incoming.current = text;
    void c.set(k.choices, true).then((ok) => { if (!ok) incoming.current = null; });
  }, [k, c, last, now, takeQuantity]);

  return { status, theirs, forgive: () => setTheirs(null), save };
}
