import type { VersionData } from './documents.ts';

/** One choice, as the API takes it: without what it says in words. */
export interface Pick { group: string; option?: string | null; number?: string | null; absent?: boolean; negate?: boolean }

/** A choice without its words and without what says nothing. */
export const bare = (c: Pick): Pick => ({
  group: c.group, ...(c.option ? { option: c.option } : {}), ...(c.number != null ? { number: c.number } : {}),
  ...(c.absent ? { absent: true } : {}), ...(c.negate ? { negate: true } : {}),
});
export const sameChoice = (a: Pick, b: Pick) => JSON.stringify(bare(a)) === JSON.stringify(bare(b));
export const sameChoices = (a: readonly Pick[], b: readonly Pick[]) => a.length === b.length && a.every((c, i) => sameChoice(c, b[i]!));

// Keys are free, so what has a meaning in the address is written as its code.
const code = (key: string) => encodeURIComponent(key).replace(/[.~!=-]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);

/** Choices as the address has them: source.fibre500~width=1200~colour!~-equipment.rotary */
export const written = (choices: readonly Pick[]): string => choices.map((c) => (c.negate ? '-' : '') + code(c.group)
  + (c.absent ? '!' : c.number != null ? `=${c.number}` : c.option ? `.${code(c.option)}` : '')).join('~');

/** Choices of an address; what does not fit the version is left out. */
export function read(text: string | null | undefined, version: VersionData): { choices: Pick[]; lost: boolean } {
  let lost = false;
  const choices = (text ? text.split('~').slice(0, 500) : []).flatMap((part): Pick[] => {
    const found = /^(-?)([^.!=]+)(?:\.([^=]+)|=(-?[\d.]+)|(!))?$/.exec(part);
    const c = found && safely(() => bare({ group: decodeURIComponent(found[2]!), option: found[3] && decodeURIComponent(found[3]), number: found[4], absent: !!found[5], negate: !!found[1] }));
    if (c && known(c, version)) return [c];
    lost = true;
    return [];
  });
  return { choices, lost };
}
const safely = <T,>(f: () => T): T | null => { try { return f(); } catch { return null; } };

/** What one made of some choices, made of others: what both did stays of either, and where
 * both answered a question that has one answer, this one's counts. */
export function again(from: readonly Pick[], mine: readonly Pick[], onto: readonly Pick[], version: VersionData): Pick[] {
  const lacks = (list: readonly Pick[]) => (c: Pick) => !list.some((x) => sameChoice(x, c));
  const added = mine.filter(lacks(from)), gone = from.filter(lacks(mine));
  const single = new Set(added.filter((c) => c.absent || c.number != null || (version.groups.find((g) => g.key === c.group)?.max ?? 1) <= 1).map((c) => c.group));
  return [...onto.filter((c) => lacks(gone)(c) && lacks(added)(c) && !single.has(c.group)), ...added].map(bare);
}

/** Whether a version has what a choice is about. */
export function known(c: Pick, version: VersionData): boolean {
  const g = version.groups.find((x) => x.key === c.group);
  if (!g) return false;
  if (c.option) return g.options.some((o) => o.key === c.option);
  return c.number != null ? !!g.number : !!c.absent;
}

/** Digits behind the point that a number of a group can have. */
export const digitsOf = (...all: string[]) => Math.max(0, ...all.map((s) => s.split('.')[1]?.length ?? 0));

/** The nearest value that a number can have. */
export function nearest(value: number, n: { min: string; max: string; step: string }): string {
  const digits = digitsOf(n.min, n.max, n.step);
  const scale = 10 ** digits;
  const [min, max, step] = [n.min, n.max, n.step].map((s) => Math.round(Number(s) * scale)) as [number, number, number];
  const at = Math.min(max, Math.max(min, min + Math.round((value * scale - min) / step) * step));
  return plain((at > max ? at - step : at) / scale, digits);
}
/** A number as the API writes it, without zeros that say nothing. */
const plain = (n: number, digits: number) => (digits ? n.toFixed(digits).replace(/\.?0+$/, '') : String(n));
