import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Button } from '@mantine/core';
import { onExpiry } from '../lib/client.ts';
import { leave, post, renew, session, startQueries, type Tokens, type Viewer } from '../lib/session.ts';
import { endVisit } from '../lib/visit.ts';
import { kitWords } from '../words/index.ts';
import { Dialog, Loading } from './kit.tsx';

// Seldom wanted: most sessions end by signing out.
const SignInForm = lazy(() => import('./signin.tsx').then((m) => ({ default: m.SignInForm })));

/** Asks a person whose session has ended to sign in, above the page that they
 * are at: what they have typed stays, and what they were doing goes on. */
export function Reentry() {
  const t = kitWords.use();
  const [open, setOpen] = useState(false);
  const [refused, setRefused] = useState('');
  const waiting = useRef<(() => void) | null>(null);
  useEffect(() => onExpiry(() => {
    if (session().viewer.kind === 'GUEST') return endVisit(true); // another code is asked for on the page itself
    setOpen(true);
    return new Promise((resolve) => { waiting.current = resolve; });
  }), []);
  const done = async (tokens: Tokens) => {
    const { data } = await post<{ viewer: Viewer }>(startQueries.full, {}, tokens.accessToken);
    if (data?.viewer.id !== session().viewer.id) { setRefused(t.notYou); return; }
    const wanted = session().viewer.membership?.id;
    // Whoever acts for several goes on as the one that the page was opened for.
    let final = tokens;
    if (wanted && data?.viewer.membership?.id !== wanted) {
      const got = await post<{ actAs: Partial<Tokens> }>('mutation ActAs($input: ActAsInput!) { actAs(input: $input) { accessToken expiresAt } }', { input: { membershipId: wanted } }, tokens.accessToken);
      if (got.data?.actAs.accessToken) final = got.data.actAs as Tokens;
    }
    renew(final);
    setOpen(false); setRefused('');
    waiting.current?.();
  };
  return (
    <Dialog open={open} fixed onClose={() => undefined} title={t.sessionEnded}>
      <p className="muted" style={{ marginBottom: 14 }}>{t.sessionEndedText}</p>
      <Suspense fallback={<Loading rows={2} />}><SignInForm done={done} refused={refused} /></Suspense>
      <Button variant="subtle" fullWidth mt="xs" onClick={() => { setOpen(false); leave(); waiting.current?.(); }}>{t.leavePage}</Button>
    </Dialog>
  );
}
