import { useClient, useQuery } from 'urql';
import { graphql } from '../lib/graphql.ts';
import { Picker, pickerWords, type Choice } from './Picker.tsx';

const Find = graphql(`query FindOrganizations($search: String) {
  organizations(filter: { search: $search }, first: 8) { edges { node { id name address @_optional { city country } } } }
}`);
const Named = graphql(`query NamedOrganization($id: ID!) { organization(id: $id) { id name } }`);

/** Picks a customer by the beginning of their name. The value is their id. */
export function OrganizationPicker(p: {
  value: string | undefined; onChange: (id: string | null, choice: Choice | null) => void;
  label?: string; hideLabel?: boolean; placeholder?: string; error?: string; required?: boolean; className?: string;
}) {
  const t = pickerWords.use();
  const client = useClient();
  const [{ data }] = useQuery({ query: Named, variables: { id: p.value ?? '' }, pause: !p.value });
  const find = async (search: string): Promise<Choice[]> => {
    const result = await client.query(Find, { search: search || null }, { requestPolicy: 'network-only' }).toPromise();
    if (result.error) throw result.error;
    return result.data?.organizations.edges?.flatMap((e) => (e?.node ? [{ id: e.node.id, label: e.node.name, hint: e.node.address?.city ?? undefined }] : [])) ?? [];
  };
  const name = p.value && data?.organization?.id === p.value ? data.organization.name : '';
  return (
    <Picker label={p.label ?? t.customer} hideLabel={p.hideLabel} placeholder={p.placeholder ?? t.anyCustomer} error={p.error} required={p.required} className={p.className}
      value={p.value ? { id: p.value, label: name } : null} find={find} onChange={(c) => p.onChange(c?.id ?? null, c)} />
  );
}
