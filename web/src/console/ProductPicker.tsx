import { useClient } from 'urql';
import { graphql } from '../lib/graphql.ts';
import { Picker, type Choice } from '../ui/Picker.tsx';

const Find = graphql(`query FindProducts($filter: ProductFilter) { products(filter: $filter, first: 8) { edges { node { id name status @_optional variants { id sku } } } } }`);

/** A product that has been picked. */
export interface PickedProduct { id: string; name: string; status?: string | null }

/** Finds products by the beginning of their name, or by a sku; some are left out. */
export function useFindProducts(without: readonly string[] = []) {
  const client = useClient();
  return async (search: string): Promise<(PickedProduct & { skus: string[] })[]> => {
    const result = await client.query(Find, { filter: { search: search || null } }, { requestPolicy: 'network-only' }).toPromise();
    if (result.error) throw result.error;
    return (result.data?.products.edges ?? []).flatMap((e) => (e?.node && !without.includes(e.node.id) ? [{ ...e.node, skus: e.node.variants.map((v) => v.sku).slice(0, 3) }] : []));
  };
}

/** Picks a product. */
export function ProductPicker(p: { label: string; value: Choice | null; onChange: (c: Choice | null) => void; without?: readonly string[]; error?: string; description?: string }) {
  const products = useFindProducts(p.without);
  const find = async (search: string): Promise<Choice[]> => (await products(search)).map((x) => ({ id: x.id, label: x.name, hint: x.skus.join(', ') || undefined }));
  return <Picker label={p.label} description={p.description} error={p.error} value={p.value} find={find} onChange={p.onChange} />;
}
