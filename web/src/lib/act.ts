import { hangUp } from './live.ts';
import { enter, post, session, type Tokens, type Viewer } from './session.ts';

/** Goes on as another of one's memberships: another organization, another role, another cache. */
export async function actAs(membershipId: string): Promise<boolean> {
  const { data } = await post<{ actAs: Partial<Tokens> }>(
    'mutation ActAs($input: ActAsInput!) { actAs(input: $input) { accessToken expiresAt } }', { input: { membershipId } }, session().token);
  const t = data?.actAs;
  if (!t?.accessToken || !t.expiresAt) return false;
  await hangUp();
  localStorage.setItem(place(session().viewer), membershipId); // first, since entering shows the pages anew
  await enter({ accessToken: t.accessToken, expiresAt: t.expiresAt });
  return true;
}

// Where this device keeps what a person acts as.
const place = (viewer: Viewer) => `foyer-acting-${viewer.id}`;

/** All that a viewer can act as at present. */
export const seats = (viewer: Viewer) => (viewer.memberships ?? []).filter((m) => m.status === 'ACTIVE');

/** As what a person chose to act on this device, as long as they still can. */
export function remembered(viewer: Viewer): string | null {
  const id = viewer.id && localStorage.getItem(place(viewer));
  return id && seats(viewer).some((m) => m.id === id) ? id : null;
}

/** Whether a person has several things to act as, and has not chosen one on this device yet. */
export const undecided = (viewer: Viewer): boolean => seats(viewer).length > 1 && !remembered(viewer);
