import { useEffect } from 'react';

/** Where g and then a letter leads, as long as the viewer's role has the page. */
export const chords: Record<string, string> = { h: '/', o: '/orders', c: '/customers', p: '/parcels', u: '/people', i: '/imports', j: '/jobs', a: '/audit', s: '/products' };

/** The keys of the whole console. What somebody types is never taken for one. */
export function useKeys(p: { palette: () => void; help: () => void; go: (href: string) => void; has: (href: string) => boolean }): void {
  useEffect(() => {
    let g = 0; // when g was pressed
    const onKey = (e: KeyboardEvent) => {
      if (e.key === 'k' && (e.ctrlKey || e.metaKey)) { e.preventDefault(); p.palette(); return; }
      const at = e.target as HTMLElement;
      if (e.ctrlKey || e.metaKey || e.altKey || at.closest('input:not([type="checkbox"]), textarea, select, [contenteditable], dialog, [role="menu"]')) return;
      const href = chords[e.key];
      if (e.key === '/') p.palette();
      else if (e.key === '?') p.help();
      else if (e.key === 'g') { g = Date.now(); return; }
      else if (href && Date.now() - g < 1_500 && p.has(href)) { g = 0; p.go(href); e.stopImmediatePropagation(); }
      else { g = 0; return; }
      e.preventDefault();
    };
    addEventListener('keydown', onKey, true); // before the lists, whose o and j are letters of chords too
    return () => removeEventListener('keydown', onKey, true);
  });
}
