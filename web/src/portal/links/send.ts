import { CombinedError, stringifyDocument, type TypedDocumentNode } from '@urql/core';
import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { undecided } from '../../lib/act.ts';
import { hangUp } from '../../lib/live.ts';
import { enter, post, session, Unreachable, type Tokens } from '../../lib/session.ts';
import type { Outcome, Refusal } from '../../ui/form.tsx';

/** Runs a mutation of somebody who is not signed in, whoever else is: outside
 * the cache, and without a token. */
export function useSend<D extends object, V extends object>(document: TypedDocumentNode<D, V>) {
  type P = NonNullable<D[keyof D]> & { userErrors: readonly Refusal[] };
  const [busy, setBusy] = useState(false);
  const send = async (variables: V): Promise<Outcome<P>> => {
    setBusy(true);
    try {
      const { data, errors } = await post<Record<string, P>>(stringifyDocument(document), variables);
      const payload = data && Object.values(data)[0];
      if (!payload) return { ok: false, refusals: [], error: new CombinedError({ graphQLErrors: errors ?? [] }) };
      return payload.userErrors.length ? { ok: false, refusals: [...payload.userErrors] } : { ok: true, payload };
    } catch (cause) {
      if (!(cause instanceof Unreachable)) throw cause;
      return { ok: false, refusals: [], error: new CombinedError({ networkError: cause }) };
    } finally { setBusy(false); }
  };
  return [send, busy] as const;
}

/** Whether a link is refused as such; everything else leaves it good. */
export const isDead = (outcome: Outcome<unknown>) => !outcome.ok && outcome.refusals.some((r) => r.code === 'INVALID_LINK');

/** Goes on as the person whose tokens these are, at their own start page. */
export async function goOn(t: { accessToken: string | null; expiresAt: string | null }): Promise<void> {
  const { accessToken, expiresAt } = t;
  if (!accessToken || !expiresAt) return;
  if (session().viewer.kind !== 'ANONYMOUS') await hangUp(); // what was live was somebody else's
  const s = await enter({ accessToken, expiresAt } satisfies Tokens);
  if (s.viewer.kind === 'STAFF' && !undecided(s.viewer)) location.replace('/console/');
  else navigate('/', { replace: true });
}

let kept = { path: '', token: '' };

/** The token of the link that was opened. It is taken out of the address at
 * once, so that neither the history nor a glance at the screen gives it away. */
export function linkToken(): string {
  const { hash, pathname } = location;
  if (hash.length > 1) {
    let token = '';
    try { token = decodeURIComponent(hash.slice(1).replaceAll('+', ' ')); } catch { /* broken on its way: as good as none */ }
    kept = { path: pathname, token };
    history.replaceState(history.state, '', pathname);
  }
  return kept.path === pathname ? kept.token : '';
}
