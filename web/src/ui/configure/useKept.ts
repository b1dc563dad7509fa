import { useCallback, useEffect, useRef, useState } from 'react';
import { useQuery, useSubscription } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { idempotencyKey, isStale, useAction, useTell } from '../form.tsx';
import { again, bare, sameChoice, sameChoices, written, type Pick } from './choices.ts';
import { wrote } from '../ownWrites.ts';
import { Keep, KeptFields, type Kept, type VersionData } from './documents.ts';
import type { Configurator } from './useConfigurator.ts';

const One = graphql(`query KeptConfiguration($id: ID!) { configuration(id: $id) { ...KeptFields } }`, [KeptFields]);
const Happens = graphql(`subscription ConfigurationHappens($id: ID!, $since: String) {
  configurationUpdated(id: $id, since: $since) { token by configuration { ...KeptFields } }
}`, [KeptFields]);

/** A configuration that is kept, as it is now, and who was the last to do something to it. */
export function useKept(id: string) {
  const [{ data, error }, again] = useQuery({ query: One, variables: { id }, requestPolicy: 'cache-and-network' });
  const [last, setLast] = useState<Last | null>(null);
  useSubscription({ query: Happens, variables: { id }, pause: !data?.configuration }, (_, message) => {
    const { by, configuration } = message.configurationUpdated;
    if (by || !configuration) setLast((was) => ({ by: by ?? '', gone: !configuration, version: configuration?.version ?? was?.version ?? 0 }));
    return message;
  });
  // An answer can be older than the news that overtook it, and takes nothing back.
  const newest = useRef<Kept | null>(null);
  const is = data?.configuration;
  if (is && (newest.current?.id !== is.id || is.version >= newest.current.version)) newest.current = is;
  return { kept: is && newest.current, loaded: !!data, error, last, reload: useCallback(() => again({ requestPolicy: 'network-only' }), [again]) };
}
/** Who did something, and which version came of it. */
export interface Last { by: string; gone: boolean; version: number }

/** What somebody else has changed meanwhile. With again, what one had changed oneself is not in it, and would be of these choices. */
export interface Theirs { version: number; what: string[]; groups: ReadonlySet<string>; again?: Pick[] }

/** Keeps what is chosen as it is chosen, and takes in what others choose: each
 * change is written by itself, and one that meets another is shown, not lost. */
export function useSharedWork(p: { kept: Kept; version: VersionData; configurator: Configurator; last: Last | null; reload: () => void; quantity: number; takeQuantity: (n: number) => void }) {
  const { kept: k, version, configurator: c, last, reload, quantity, takeQuantity } = p;
  const [keep] = useAction(Keep);
  const tell = useTell();
  const [theirs, setTheirs] = useState<Theirs | null>(null);
  const [status, setStatus] = useState<'saved' | 'saving' | 'failed'>('saved');
  const known = useRef({ version: k.version, choices: k.choices.map(bare), quantity: k.quantity }); // what was written last, here or elsewhere
  const saving = useRef<Promise<void> | null>(null);
  const refused = useRef<string | null>(null); // what could not be written, until it is asked for once more
  const can = k.availableActions.includes('CHANGE');
  const mark = () => `${quantity}|${written(c.choices())}`;
  const differs = () => !sameChoices(c.choices(), known.current.choices) || quantity !== known.current.quantity;

  const save = (): Promise<void> => (saving.current ??= write());
  const write = async () => {
    setStatus('saving');
    const choices = c.choices().map(bare);
    const base = known.current.version;
    const outcome = await keep({ input: { id: k.id, version: base, choices, quantity }, key: idempotencyKey() });
    saving.current = null;
    refused.current = outcome.ok ? null : `${quantity}|${written(choices)}`;
    if (outcome.ok && outcome.payload.configuration) {
      wrote(k.id, base, outcome.payload.configuration.version);
      known.current = { version: outcome.payload.configuration.version, choices, quantity };
      setStatus('saved');
      return;
    }
    setStatus('failed');
    if (isStale(outcome)) reload(); // what others did comes with it, or has come already
    else tell(outcome);
  };

  useEffect(() => {
    // While something is asked for or written, its answer is awaited: it says whether what comes in is one's own.
    if (!c.state || c.waiting || c.error || saving.current) return;
    if (k.version > known.current.version) takeIn();
    else if (can && differs() && refused.current !== mark()) void save();
  });

  const takeIn = () => {
    const was = known.current;
    const mine = c.choices().map(bare);
    known.current = { version: k.version, choices: k.choices.map(bare), quantity: k.quantity };
    refused.current = null;
    setStatus('saved');
    const lacks = (list: readonly Pick[]) => (x: Pick) => !list.some((y) => sameChoice(x, y));
    const added = k.choices.filter(lacks(mine)), gone = mine.filter(lacks(k.choices));
    const merged = again(was.choices, mine, k.choices, version);
    setTheirs({ version: k.version, what: added.map((x) => x.text), groups: new Set([...added, ...gone].map((x) => x.group)), ...(sameSet(merged, k.choices) ? {} : { again: merged }) });
    if (k.quantity !== was.quantity) takeQuantity(k.quantity);
    if (!sameChoices(mine, k.choices)) void c.set(k.choices, true).then((ok) => { if (!ok) known.current = was; }); // once more, when it can be asked
  };

  // Who goes away at once has what they chose written all the same.
  const leave = useRef(() => {});
  leave.current = () => {
    void Promise.all([c.settled(), saving.current]).then(() => { if (can && k.version <= known.current.version && differs() && refused.current !== mark()) void save(); });
  };
  useEffect(() => () => leave.current(), []);
  const unsaved = can && !!c.state && (status === 'saving' || c.waiting || differs());
  useEffect(() => {
    if (!unsaved) return;
    const stay = (e: BeforeUnloadEvent) => e.preventDefault();
    addEventListener('beforeunload', stay);
    return () => removeEventListener('beforeunload', stay);
  }, [unsaved]);

  return {
    status: status === 'saved' && unsaved ? 'saving' as const : status,
    theirs: theirs && { ...theirs, by: last?.version === theirs.version ? last.by : '' },
    again: (choices: readonly Pick[]) => { setTheirs(null); void c.set(choices); },
    save,
    /** The version that the choices on the page are made on. */
    seen: () => known.current.version,
  };
}
export type SharedWork = ReturnType<typeof useSharedWork>;
const sameSet = (a: readonly Pick[], b: readonly Pick[]) => a.length === b.length && a.every((x) => b.some((y) => sameChoice(x, y)));
