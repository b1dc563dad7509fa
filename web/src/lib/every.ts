import { useEffect, useRef } from 'react';

/** Does something again and again while the page is seen: every so many
 * milliseconds, and at once when somebody comes back to it. With null it rests. */
export function useEvery(ms: number | null, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (ms === null) return;
    const tick = () => { if (!document.hidden) latest.current(); };
    const id = setInterval(tick, ms);
    document.addEventListener('visibilitychange', tick);
    return () => { clearInterval(id); document.removeEventListener('visibilitychange', tick); };
  }, [ms]);
}
