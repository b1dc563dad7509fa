/** What tells the variants of a product apart: as few of their attributes as
 * are needed, in the order in which they are shown. */
export interface Axis { name: string; values: string[] }
interface Variant { id: string; attributes: readonly { name: string; value: string }[] | null }

const valueOf = (v: Variant, name: string) => v.attributes?.find((a) => a.name === name)?.value;

export function axesOf(variants: readonly Variant[]): Axis[] {
  if (variants.length < 2) return [];
  const names = [...new Set(variants.flatMap((v) => v.attributes?.map((a) => a.name) ?? []))].filter((n) => variants.every((v) => valueOf(v, n) !== undefined));
  const chosen: string[] = [];
  const kinds = (by: string[]) => new Set(variants.map((v) => JSON.stringify(by.map((n) => valueOf(v, n))))).size;
  for (const n of names) {
    if (kinds([...chosen, n]) > kinds(chosen)) chosen.push(n);
    if (kinds(chosen) === variants.length) break;
  }
  if (kinds(chosen) !== variants.length || chosen.length > 4) return [];
  return chosen.map((name) => ({ name, values: [...new Set(variants.map((v) => valueOf(v, name)!))] }));
}

/** The variant that a choice leads to: the one with that value which keeps most of the others. */
export function choose<V extends Variant>(variants: readonly V[], axes: readonly Axis[], from: V, name: string, value: string): { variant: V; exact: boolean } {
  const others = axes.filter((a) => a.name !== name);
  const kept = (v: V) => others.filter((a) => valueOf(v, a.name) === valueOf(from, a.name)).length;
  const variant = variants.filter((v) => valueOf(v, name) === value).reduce((best, v) => (kept(v) > kept(best) ? v : best));
  return { variant, exact: kept(variant) === others.length };
}
export { valueOf };
