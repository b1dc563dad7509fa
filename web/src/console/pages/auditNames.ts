import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';

const Names = graphql(`query AuditNames($ids: [ID!]!) { nodes(ids: $ids) {
  __typename id
  ... on User { name } ... on Organization { orgName: name } ... on Order { number } ... on Role { roleName: name } ... on ImportRun { source }
} }`);

/** Whether a text is an id of the API at all. */
export const isId = (text: string) => /^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$/.test(text);
const named = /^(usr|org|ord|rol|imp)_/;

/** What is behind an id, as far as the viewer may see it. */
export interface Named { name: string; href?: string }

/** The names behind ids, asked for all at once. What is gone or hidden stays an id. */
export function useNames(ids: readonly (string | null | undefined)[]): (id: string | null | undefined) => Named | undefined {
  const wanted = [...new Set(ids.filter((id): id is string => !!id && isId(id) && named.test(id)))].sort();
  // An id that is not visible gives an error beside the others' names; that is no failure of the page.
  const [{ data }] = useQuery({ query: Names, variables: { ids: wanted }, pause: wanted.length === 0 });
  const all = new Map<string, Named>();
  for (const n of data?.nodes ?? []) {
    switch (n?.__typename) {
      case 'User': all.set(n.id, { name: n.name, href: `/people/${n.id}` }); break;
      case 'Organization': all.set(n.id, { name: n.orgName, href: `/customers/${n.id}` }); break;
      case 'Order': all.set(n.id, { name: n.number, href: `/orders/${encodeURIComponent(n.number)}` }); break;
      case 'Role': all.set(n.id, { name: n.roleName, href: '/roles' }); break;
      case 'ImportRun': all.set(n.id, { name: n.source, href: `/imports/${n.id}` }); break;
      default:
    }
  }
  return (id) => (id ? all.get(id) : undefined);
}
