/** What somebody opened last from the palette, kept in this browser for each person. */
export interface Recent { kind: 'order' | 'customer' | 'person'; title: string; hint: string; href: string }

const key = (who: string | null) => `foyer-recent-${who ?? ''}`;
const kinds = ['order', 'customer', 'person'];

/** The last few, the latest first; none when the browser keeps nothing. */
export function recent(who: string | null): Recent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(who)) ?? '[]');
    return Array.isArray(kept) ? (kept as Recent[]).filter((r) => kinds.includes(r?.kind) && typeof r.href === 'string' && typeof r.title === 'string').slice(0, 5) : [];
  } catch { return []; }
}

export function keepRecent(who: string | null, item: Recent): void {
  try { localStorage.setItem(key(who), JSON.stringify([item, ...recent(who).filter((r) => r.href !== item.href)].slice(0, 5))); } catch { /* a full or closed store is no reason to stop */ }
}
