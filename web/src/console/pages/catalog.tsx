import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { Tabs } from '../../ui/account/Tabs.tsx';
import { Pill, type Tone } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import en from './Catalog.en.ts';
import './catalog.css';

export const catalogWords = words('Catalog', en);

/** The lists of the catalog, beside each other. */
export function CatalogTabs({ at }: { at: 'products' | 'categories' | 'types' | 'segments' }) {
  const t = catalogWords.use();
  const may = useMay();
  const tabs = [['products', '/products'], ['categories', '/products/categories'], ['types', '/products/types'], ...(may('segment.read') ? [['segments', '/products/segments']] : [])] as ['products', string][];
  return <Tabs label={t.title} tabs={tabs.map(([key, href]) => ({ href, title: t[key], on: key === at }))} />;
}

const tones: Record<string, Tone> = { DRAFT: 'warn', ACTIVE: 'good', RETIRED: 'calm' };
export function OfferPill({ status }: { status: 'DRAFT' | 'ACTIVE' | 'RETIRED' }) {
  return <Pill tone={tones[status]}>{catalogWords.use().status[status]}</Pill>;
}

const AllCategories = graphql(`query AllCategories { categories { id name position parent { id } } }`);
export interface Shelf { id: string; name: string; level: number; parent: string | null; position: number; path: string }

/** The categories as a tree that is read from the top: each after the one above it. */
export function inOrder(all: readonly { id: string; name: string; position: number; parent: { id: string } | null }[]): Shelf[] {
  const out: Shelf[] = [];
  const known = new Set(all.map((c) => c.id));
  const walk = (parent: string | null, level: number, path: string) => {
    for (const c of all) {
      const above = c.parent && known.has(c.parent.id) ? c.parent.id : null;
      if (above !== parent || level > 10) continue;
      const name = path ? `${path} / ${c.name}` : c.name;
      out.push({ id: c.id, name: c.name, level, parent, position: c.position, path: name });
      walk(c.id, level + 1, name);
    }
  };
  walk(null, 0, '');
  return out;
}
export function useShelves(): Shelf[] {
  const [{ data }] = useQuery({ query: AllCategories });
  return inOrder(data?.categories ?? []);
}
/** Categories to choose from; those below another one stand further in. */
export const shelfChoices = (all: readonly Shelf[]) => all.map((c) => ({ value: c.id, label: '\u2003'.repeat(c.level) + c.name }));

/** A number as somebody types it, as the API takes it: with a point. */
export const decimal = (typed: string) => typed.trim().replace(/\s/g, '').replace(',', '.');
