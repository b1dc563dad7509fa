/** Works through items, a few at a time, in their order. Stops to begin others
 * when the signal is aborted; those that have begun are waited for. */
export async function atMost<T>(n: number, items: readonly T[], work: (item: T) => Promise<void>, signal: AbortSignal): Promise<void> {
  const rest = items.values();
  await Promise.all(Array.from({ length: Math.min(n, items.length) }, async () => {
    for (const item of rest) { // one iterator, shared: each item is taken once
      if (signal.aborted) return;
      await work(item);
    }
  }));
}
