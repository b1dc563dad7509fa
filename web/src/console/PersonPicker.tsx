import { useClient, useQuery } from 'urql';
import { graphql } from '../lib/graphql.ts';
import { Picker, type Choice } from '../ui/Picker.tsx';

const Find = graphql(`query FindPeople($filter: UserFilter) { users(filter: $filter, first: 8) { edges { node { id name email @_optional } } } }`);
const Named = graphql(`query NamedPerson($id: ID!) { node(id: $id) { ... on User { id name } } }`);

/** Picks a person by the beginning of their name, or by their whole e-mail address. The value is their id. */
export function PersonPicker(p: { value: string | undefined; onChange: (id: string | null) => void; label: string; hideLabel?: boolean; placeholder?: string; error?: string; className?: string }) {
  const client = useClient();
  const known = !!p.value && /^usr_[0-9a-z]{26}$/.test(p.value);
  const [{ data }] = useQuery({ query: Named, variables: { id: p.value ?? '' }, pause: !known });
  const find = async (typed: string): Promise<Choice[]> => {
    const filter = typed.includes('@') ? { email: typed } : { search: typed || null };
    const result = await client.query(Find, { filter }, { requestPolicy: 'network-only' }).toPromise();
    if (result.error) throw result.error;
    return result.data?.users.edges?.flatMap((e) => (e?.node ? [{ id: e.node.id, label: e.node.name, hint: e.node.email ?? undefined }] : [])) ?? [];
  };
  const name = known && data?.node && 'name' in data.node && data.node.id === p.value ? data.node.name : '';
  return <Picker label={p.label} hideLabel={p.hideLabel} placeholder={p.placeholder} error={p.error} className={p.className}
    value={p.value ? { id: p.value, label: name } : null} find={find} onChange={(c) => p.onChange(c?.id ?? null)} />;
}
