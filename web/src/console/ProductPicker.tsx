import { useClient } from 'urql';
import { graphql } from '../lib/graphql.ts';
import { Picker, type Choice } from '../ui/Picker.tsx';

const Find = graphql(`query FindProducts($filter: ProductFilter) { products(filter: $filter, first: 8) { edges { node { id name status variants { id sku } } } } }`);
/** Picks a product by the beginning of its name, or by a sku. */
export function ProductPicker(p: { label: string; value: Choice | null; onChange: (c: Choice | null) => void; without?: readonly string[]; error?: string; description?: string }) {
  const client = useClient();
  const find = async (search: string): Promise<Choice[]> => {
    const result = await client.query(Find, { filter: { search: search || null } }, { requestPolicy: 'network-only' }).toPromise();
    if (result.error) throw result.error;
    return (result.data?.products.edges ?? []).flatMap((e) => (e?.node && !p.without?.includes(e.node.id) ? [{ id: e.node.id, label: e.node.name, hint: e.node.variants.map((v) => v.sku).slice(0, 3).join(', ') || undefined }] : []));
  };
  return <Picker label={p.label} description={p.description} error={p.error} value={p.value} find={find} onChange={p.onChange} />;
}
