/** Who is signed in, in this tab. The access token lives here, in memory; the
 * refresh token lives in a cookie that no script can read. This module is the
 * first to run and imports nothing, so that the question who is there is on its
 * way while the rest of the application still loads. */

/** The viewer as the application needs them everywhere; see the type Viewer of the API. */
export interface Viewer {
  id: string | null;
  kind: 'ANONYMOUS' | 'MEMBER' | 'STAFF' | 'GUEST' | 'KEY';
  name: string;
  language: 'EN' | 'DE';
  permissions: string[];
  organization?: { id: string; name: string } | null;
  membership?: { id: string } | null;
  role?: { key: string; name: string } | null;
  memberships?: { id: string; status: string; organization: { id: string; name: string } | null; role: { key: string; name: string } | null }[];
}

/** What is asked of the viewer. It is text and no typed document so that nothing has to
 * be loaded for it; a test validates it. A guest's schema has no organizations. */
export const startQueries = {
  full: 'query Start { viewer { id kind name language permissions organization { id name } membership { id } role { key name } memberships { id status organization { id name } role { key name } } } }',
  small: 'query Start { viewer { id kind name language permissions } }',
};

export interface Tokens { accessToken: string; expiresAt: string }

export interface Session { token: string | null; expiresAt: number; viewer: Viewer }

/** An answer that is not the API's: the network is away, or a proxy spoke. */
export class Unreachable extends Error {}

/** What the API says of itself, on the first request as on all others. */
export const clientHeaders: Record<string, string> = {
  Accept: 'application/graphql-response+json, application/json',
  'X-Client-Name': document.documentElement.dataset.client ?? 'portal',
};

/** Sends one operation outside the cache: signing in and out, and who is there. */
export async function post<T>(query: string, variables: object, token?: string | null): Promise<{ data?: T; errors?: { message: string; extensions?: { code?: string; requestId?: string } }[] }> {
  let answer: Response;
  try {
    answer = await fetch('/graphql', {
      method: 'POST', credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', ...clientHeaders, 'Accept-Language': language(), ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ query, variables }),
    });
    return await answer.json();
  } catch (cause) {
    throw new Unreachable('', { cause });
  }
}

/** The language of this tab before anybody has signed in: the one chosen last,
 * or the browser's. */
export function language(): 'en' | 'de' {
  const chosen = localStorage.getItem('foyer-language');
  if (chosen === 'de' || chosen === 'en') return chosen;
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
}

const nobody: Viewer = { id: null, kind: 'ANONYMOUS', name: '', language: 'EN', permissions: [] };
let present: Session = { token: null, expiresAt: 0, viewer: nobody };
const listeners = new Set<() => void>();

export const session = (): Session => present;
export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
function become(next: Session) {
  present = next;
  for (const l of listeners) l();
}

async function viewerOf(token: string | null, full: boolean): Promise<Viewer> {
  const answer = await post<{ viewer: Viewer }>(full ? startQueries.full : startQueries.small, {}, token);
  if (!answer.data) throw new Unreachable(answer.errors?.[0]?.message ?? '');
  return answer.data.viewer;
}

/** Goes on as whoever these tokens are for. */
export async function enter(t: Tokens, guest = false): Promise<Session> {
  const viewer = await viewerOf(t.accessToken, !guest);
  // A guest's token is in no cookie: it is kept for this tab, so that a reload does not ask for another code.
  if (guest) sessionStorage.setItem('foyer-guest', JSON.stringify(t));
  else { sessionStorage.removeItem('foyer-guest'); localStorage.setItem('foyer-known', '1'); }
  become({ token: t.accessToken, expiresAt: Date.parse(t.expiresAt), viewer });
  if (!guest) localStorage.setItem('foyer-language', viewer.language.toLowerCase());
  return present;
}

/** Takes the viewer's language or permissions from the server again. */
export async function again(): Promise<void> {
  if (present.token) become({ ...present, viewer: await viewerOf(present.token, present.viewer.kind !== 'GUEST') });
}

/** What somebody may see who has not signed in, asked for only where a page has something for them. */
export async function anyone(): Promise<void> {
  if (present.viewer.kind !== 'ANONYMOUS' || present.viewer.permissions.length) return;
  const viewer = await viewerOf(null, false);
  if (present.viewer.kind === 'ANONYMOUS') become({ token: null, expiresAt: 0, viewer });
}

/** Nobody is there any more. */
export function leave(): void {
  sessionStorage.removeItem('foyer-guest');
  // A guest's end is not the end of the person who may be signed in on this device.
  if (present.viewer.kind !== 'GUEST') localStorage.removeItem('foyer-known');
  become({ token: null, expiresAt: 0, viewer: nobody });
}

/** Asks for new tokens by the cookie. Tabs take turns, since a refresh token is
 * good once; the tab that waited sends the cookie that the other one has got.
 * Null when there is no session to go on with. */
export function refresh(): Promise<Tokens | null> {
  const ask = async () => {
    const answer = await post<{ refreshSession: { accessToken: string | null; expiresAt: string | null } }>(
      'mutation Refresh { refreshSession(input: {}) { accessToken expiresAt } }', {});
    const t = answer.data?.refreshSession;
    if (answer.data && t && !t.accessToken) return null;
    if (!t?.accessToken || !t.expiresAt) throw new Unreachable(answer.errors?.[0]?.message ?? '');
    return { accessToken: t.accessToken, expiresAt: t.expiresAt };
  };
  return navigator.locks ? navigator.locks.request('foyer-refresh', ask) : ask();
}

/** Takes new tokens for the same identity into the running session. */
export function renew(t: Tokens): void {
  present = { ...present, token: t.accessToken, expiresAt: Date.parse(t.expiresAt) };
}

function guestTokens(): Tokens | null {
  try {
    const t = JSON.parse(sessionStorage.getItem('foyer-guest') ?? 'null') as Tokens | null;
    return t && Date.parse(t.expiresAt) > Date.now() ? t : null;
  } catch { return null; }
}

/** Who is there, asked once when the page is opened. It fails with Unreachable. */
export async function start(): Promise<Session> {
  const guest = guestTokens();
  if (guest) return enter(guest, true);
  // Who never signed in here has no cookie: two requests less before the sign-in page is there.
  const t = localStorage.getItem('foyer-known') ? await refresh() : null;
  if (t) return enter(t);
  become({ token: null, expiresAt: 0, viewer: nobody });
  return present;
}
