import { Component, StrictMode, Suspense, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { Button, MantineProvider } from '@mantine/core';
import { Provider } from 'urql';
import { newClient } from '../lib/client.ts';
import { hangUp, liveState } from '../lib/live.ts';
import { language, leave, onSession, post, session, start, type Session } from '../lib/session.ts';
import { apply, choose, dark, type Scheme } from '../lib/scheme.ts';
import { optimistic } from '../lib/optimistic.ts';
import { speak } from '../lib/words.ts';
import { kitWords } from '../words/index.ts';
import { IconOffline } from './icons.ts';
import { Loading } from './kit.tsx';
import { Reentry } from './reentry.tsx';
import { theme, variables } from './theme.ts';
import { Toasts } from './toasts.tsx';

/** Whether it is dark, and a way to turn it. */
export function useScheme(): [boolean, () => void] {
  const is = useSyncExternalStore((l) => {
    const media = matchMedia('(prefers-color-scheme: dark)');
    const turn = () => { apply(); l(); };
    addEventListener('foyer-scheme', l); media.addEventListener('change', turn);
    return () => { removeEventListener('foyer-scheme', l); media.removeEventListener('change', turn); };
  }, dark);
  return [is, () => choose((is ? 'light' : 'dark') satisfies Scheme)];
}

/** Who is signed in. */
export const useSession = (): Session => useSyncExternalStore(onSession, session);

/** Whether the viewer's role has a permission; what it lacks is not shown. */
export function useMay(): (permission: string) => boolean {
  const { viewer } = useSession();
  return useMemo(() => { const all = new Set(viewer.permissions); return (p: string) => all.has(p); }, [viewer]);
}

/** Ends the session, here and on the server. */
export async function signOut(): Promise<void> {
  const { token, viewer } = session();
  await hangUp(); // or the server's closing of it would ask to sign in again
  leave(); // first, or what was asked for last would ask to sign in again
  if (viewer.kind !== 'GUEST') await post('mutation SignOut { signOut { userErrors { code } } }', {}, token).catch(() => undefined);
}

const online = { subscribe: (l: () => void) => { addEventListener('online', l); addEventListener('offline', l); return () => { removeEventListener('online', l); removeEventListener('offline', l); }; }, get: () => navigator.onLine };

function Bars() {
  const t = kitWords.use();
  const on = useSyncExternalStore(online.subscribe, online.get);
  const live = useSyncExternalStore(liveState.subscribe, liveState.get);
  const [stale, setStale] = useState(false);
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    const old = (e: Event) => { e.preventDefault(); setStale(true); };
    addEventListener('vite:preloadError', old);
    return () => removeEventListener('vite:preloadError', old);
  }, []);
  useEffect(() => { // a connection that is back within seconds is nobody's concern
    if (live !== 'lost') { setPatient(true); return; }
    const id = setTimeout(() => setPatient(false), 5_000);
    return () => clearTimeout(id);
  }, [live]);
  return (
    <div className="no-print" role="status">
      {!on && <div className="f-bar"><IconOffline size={16} />{t.offline}</div>}
      {on && live === 'lost' && !patient && <div className="f-bar"><IconOffline size={16} />{t.liveLost}</div>}
      {stale && <div className="f-bar">{t.newVersion}<Button size="compact-sm" variant="default" onClick={() => location.reload()}>{t.reload}</Button></div>}
    </div>
  );
}

/** The application could not go on: nobody should see a blank page. */
class Guard extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError() { return { broken: true }; }
  override render() {
    if (!this.state.broken) return this.props.children;
    const t = kitWords.get();
    return <div className="f-state" role="alert" style={{ minHeight: '60vh', justifyContent: 'center' }}><h1>{t.failed}</h1><Button onClick={() => location.reload()}>{t.retry}</Button></div>;
  }
}

function Unreached({ again }: { again: () => void }) {
  const t = kitWords.use();
  return <div className="f-state" role="alert" style={{ minHeight: '70vh', justifyContent: 'center' }}><h1>{t.failed}</h1><p>{t.unreachable}</p><Button onClick={again}>{t.retry}</Button></div>;
}

/** Mantine follows our own choice of a scheme, which is made before it has been loaded. */
function Themed({ children }: { children: ReactNode }) {
  const [isDark] = useScheme();
  return <MantineProvider theme={theme} cssVariablesResolver={variables} forceColorScheme={isDark ? 'dark' : 'light'} deduplicateCssVariables>{children}</MantineProvider>;
}

/** Starts an application: App is what a viewer sees, german its German words. */
export function run(App: () => ReactNode, started: Promise<Session>, german: () => Promise<{ default: Record<string, unknown> }>): void {
  function Root() {
    const [state, setState] = useState<'wait' | 'ready' | 'unreached'>('wait');
    const { viewer } = useSession();
    const wanted = viewer.kind === 'ANONYMOUS' || viewer.kind === 'GUEST' ? language() : (viewer.language.toLowerCase() as 'en' | 'de');
    const who = `${viewer.kind} ${viewer.id} ${viewer.membership?.id} ${viewer.role?.key} ${viewer.permissions.length}`;
    const client = useMemo(() => { void who; return newClient(optimistic); }, [who]);
    const begin = (s: Promise<Session>) => s.then(() => setState('ready'), () => setState('unreached'));
    useEffect(() => { void begin(started); }, []);
    const [spoken, setSpoken] = useState(false);
    useEffect(() => { void speak(wanted, german).finally(() => setSpoken(true)); }, [wanted]);
    if (state === 'unreached') return <Unreached again={() => { setState('wait'); void begin(start()); }} />;
    if (state === 'wait' || !spoken) return <Loading rows={0} />;
    return (
      <Provider value={client} key={who}>
        <Bars />
        <Suspense fallback={<div className="f-page"><Loading card /></div>}><App /></Suspense>
        <Reentry />
        <Toasts />
      </Provider>
    );
  }
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <Themed><Guard><Root /></Guard></Themed>
    </StrictMode>,
  );
}
