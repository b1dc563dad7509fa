import { useClient } from 'urql';
import { graphql } from '../lib/graphql.ts';
import { Picker, type Choice } from '../ui/Picker.tsx';

const Find = graphql(`query FindVariants($search: String!) {
  search(query: $search, first: 8) { hits { variants { id sku name } product { id name variants { id sku name } } } }
}`);

/** Finds what is sold by name or sku: the variants whose sku was meant, or all of a product. */
function useFindVariants() {
  const client = useClient();
  return async (typed: string): Promise<{ id: string; sku: string; name: string }[]> => {
    const result = await client.query(Find, { search: typed }, { requestPolicy: 'network-only' }).toPromise();
    if (result.error) throw result.error;
    return result.data?.search.hits.flatMap((h) => (h.variants.length ? h.variants : h.product?.variants ?? [])
      .map((v) => ({ id: v.id, sku: v.sku, name: [h.product?.name, v.name].filter(Boolean).join(', ') }))).slice(0, 20) ?? [];
  };
}

interface Common { label: string; hideLabel?: boolean; placeholder?: string; error?: string; className?: string }

/** Picks something that is sold. The value is its sku. */
export function SkuPicker({ value, onChange, ...p }: Common & { value: string; onChange: (sku: string, label: string) => void }) {
  const variants = useFindVariants();
  const find = async (typed: string): Promise<Choice[]> => (await variants(typed)).map((v) => ({ id: v.sku, label: v.sku, hint: v.name }));
  return <Picker {...p} value={value ? { id: value, label: value } : null} find={find} onChange={(c) => onChange(c?.id ?? '', c?.hint ?? '')} />;
}

/** Picks something that is sold. The value has its id. */
export function VariantPicker({ value, onChange, ...p }: Common & { value: Choice | null; onChange: (c: Choice | null) => void }) {
  const variants = useFindVariants();
  const find = async (typed: string): Promise<Choice[]> => (await variants(typed)).map((v) => ({ id: v.id, label: v.name, hint: v.sku }));
  return <Picker {...p} value={value} find={find} onChange={onChange} />;
}
