import { hangUp } from './live.ts';
import { enter, post, session, type Tokens } from './session.ts';

/** Goes on as another of one's memberships: another organization, another role, another cache. */
export async function actAs(membershipId: string): Promise<boolean> {
  const { data } = await post<{ actAs: Partial<Tokens> }>(
    'mutation ActAs($input: ActAsInput!) { actAs(input: $input) { accessToken expiresAt } }', { input: { membershipId } }, session().token);
  const t = data?.actAs;
  if (!t?.accessToken || !t.expiresAt) return false;
  await hangUp();
  await enter({ accessToken: t.accessToken, expiresAt: t.expiresAt });
  return true;
}
