import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';

/** What a list shows, kept in the address after the question mark, so that it
 * can be bookmarked, sent to somebody and gone back to. A change of filter or
 * order begins at the first page again. */
export function useList() {
  const text = useSearch();
  const [path, go] = useLocation();
  const params = useMemo(() => new URLSearchParams(text), [text]);
  const set = useCallback((change: Record<string, string | string[] | null | undefined>, keepPage = false) => {
    const next = new URLSearchParams(text);
    if (!keepPage) { next.delete('after'); next.delete('before'); }
    for (const [key, value] of Object.entries(change)) {
      next.delete(key);
      for (const v of Array.isArray(value) ? value : value ? [value] : []) next.append(key, v);
    }
    const s = next.toString();
    go(s ? `${path}?${s}` : path, { replace: 'q' in change }); // typing is no history
  }, [text, path, go]);
  return {
    params, set, text,
    get: (key: string) => params.get(key) ?? undefined,
    all: (key: string) => params.getAll(key),
    after: params.get('after') ?? undefined,
    before: params.get('before') ?? undefined,
    /** The arguments of a page of n. */
    page: (n: number) => (params.get('before') ? { last: n, before: params.get('before')! } : { first: n, after: params.get('after') ?? undefined }),
    turn: (to: { after?: string; before?: string }) => {
      const next = new URLSearchParams(text);
      next.delete('after'); next.delete('before');
      if (to.after) next.set('after', to.after);
      if (to.before) next.set('before', to.before);
      go(`${path}?${next}`);
      scrollTo({ top: 0 });
    },
    /** Filter and order alone, as a saved view keeps them: no page, and nothing that is open above the list. */
    kept: (() => { const k = new URLSearchParams(text); k.delete('after'); k.delete('before'); k.delete('open'); return k.toString(); })(),
  };
}
