import { useClient } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { Picker, type Choice } from '../../ui/Picker.tsx';

const Find = graphql(`query FindVariants($search: String) { products(filter: { search: $search }, first: 8) { edges { node { id name variants { id sku name } } } } }`);

/** Picks a variant by the beginning of its product's name, or by its whole sku. */
export function VariantPicker(p: { label: string; value: Choice | null; onChange: (c: Choice | null) => void; error?: string; placeholder?: string }) {
  const client = useClient();
  const find = async (text: string): Promise<Choice[]> => {
    const { data, error } = await client.query(Find, { search: text || null }, { requestPolicy: 'network-only' }).toPromise();
    if (error) throw error;
    const all = data?.products.edges?.flatMap((e) => e?.node?.variants.map((v) => ({ id: v.id, label: [e.node!.name, v.name].filter(Boolean).join(', '), hint: v.sku })) ?? []) ?? [];
    // Who types a whole sku means that one.
    const exact = all.filter((v) => v.hint.toLowerCase() === text.toLowerCase());
    return exact.length ? exact : all.slice(0, 12);
  };
  return <Picker label={p.label} value={p.value} onChange={p.onChange} find={find} error={p.error} placeholder={p.placeholder} />;
}
