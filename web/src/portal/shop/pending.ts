import { useSyncExternalStore } from 'react';

/** Files that have been sent for a cart and wait for its order: they are the
 * sender's for a day and hang on nothing, so this tab remembers them. */
export interface Pending { id: string; name: string; size: number }

const place = (cartId: string) => `foyer-files-${cartId}`;
const listeners = new Set<() => void>();
const cache = new Map<string, { text: string | null; list: Pending[] }>();

export function pendingOf(cartId: string): Pending[] {
  const text = sessionStorage.getItem(place(cartId));
  const known = cache.get(cartId);
  if (known && known.text === text) return known.list;
  let list: Pending[] = [];
  try { list = (JSON.parse(text ?? '[]') as Pending[]) ?? []; } catch { /* somebody else's */ }
  cache.set(cartId, { text, list });
  return list;
}
export function setPending(cartId: string, list: Pending[]): void {
  if (list.length) sessionStorage.setItem(place(cartId), JSON.stringify(list)); else sessionStorage.removeItem(place(cartId));
  for (const l of listeners) l();
}
export const usePending = (cartId: string): Pending[] =>
  useSyncExternalStore((l) => { listeners.add(l); return () => { listeners.delete(l); }; }, () => pendingOf(cartId));
