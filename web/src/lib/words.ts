import { useSyncExternalStore } from 'react';

/** The texts of the pages. English is the type: a page's catalog is a plain
 * object in NAME.en.ts beside the page, its German one in NAME.de.ts has the
 * same keys or does not compile. English comes with its page, German as one
 * piece for the whole application when it is first needed. */
export type Lang = 'en' | 'de';

// Texts and functions that make texts; German ones take what English ones take.
type Catalog = { [key: string]: string | Catalog | ((...args: never[]) => string) };
/** The type of a German catalog: the English one, with any text for each text. */
export type Same<T> = { [K in keyof T]: T[K] extends string ? string : T[K] extends (...a: infer A) => string ? (...a: A) => string : Same<T[K]> };

let present: Lang = 'en';
let german: Record<string, Catalog> = {};
const listeners = new Set<() => void>();

export const lang = (): Lang => present;

/** Turns the application to a language; its catalogs are there when it is done. */
export async function speak(next: Lang, load: () => Promise<{ default: Record<string, unknown> }>): Promise<void> {
  if (next === 'de' && !Object.keys(german).length) german = (await load()).default as Record<string, Catalog>;
  present = next;
  document.documentElement.lang = next;
  for (const l of listeners) l();
}

const subscribe = (l: () => void) => { listeners.add(l); return () => { listeners.delete(l); }; };

/** Makes the words of a page. The name is that of its files: Orders for Orders.en.ts. */
export function words<T extends object>(name: string, english: T): { use: () => T; get: () => T } {
  const get = () => (present === 'de' ? ((german[name] as T | undefined) ?? english) : english);
  return { get, use: () => { useSyncExternalStore(subscribe, lang); return get(); } };
}

/** Collects what import.meta.glob found into catalogs by name. */
export function collect(found: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(found).map(([path, module]) => [
    path.slice(path.lastIndexOf('/') + 1, -'.de.ts'.length), (module as { default: unknown }).default,
  ]));
}

/** One of the forms of a noun: plural(n, 'order', 'orders'). English and German
 * have the same two forms for whole numbers. */
export const plural = (n: number, one: string, other: string) => `${new Intl.NumberFormat(present === 'de' ? 'de-DE' : 'en-GB').format(n)} ${n === 1 ? one : other}`;
