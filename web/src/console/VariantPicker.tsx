import { useClient } from 'urql';
import { graphql } from '../lib/graphql.ts';
import { Picker, type Choice } from '../ui/Picker.tsx';

const Find = graphql(`query FindVariants($search: String!) {
  search(query: $search, first: 8) { hits { variants { id sku name } product { id name variants { id sku name } } } }
}`);

/** Picks something that is sold, by its name or its sku. The value is its sku. */
export function VariantPicker(p: { value: string; onChange: (sku: string, label: string) => void; label: string; hideLabel?: boolean; placeholder?: string; error?: string; className?: string }) {
  const client = useClient();
  const find = async (typed: string): Promise<Choice[]> => {
    const result = await client.query(Find, { search: typed }, { requestPolicy: 'network-only' }).toPromise();
    if (result.error) throw result.error;
    return result.data?.search.hits.flatMap((h) => (h.variants.length ? h.variants : h.product?.variants ?? []).map((v) => ({ id: v.sku, label: v.sku, hint: [h.product?.name, v.name].filter(Boolean).join(', ') }))).slice(0, 20) ?? [];
  };
  return <Picker label={p.label} hideLabel={p.hideLabel} placeholder={p.placeholder} error={p.error} className={p.className}
    value={p.value ? { id: p.value, label: p.value } : null} find={find} onChange={(c) => p.onChange(c?.id ?? '', c?.hint ?? '')} />;
}
