import { useEffect, useMemo, useRef, useState } from 'react';

interface Watched { id: string; shipments: readonly { id: string; trackingEvents: readonly { id: string }[] }[]; timeline?: readonly { key: string }[] | null }

const idsOf = (o: Watched) => [...o.shipments.flatMap((s) => [s.id, ...s.trackingEvents.map((e) => e.id)]), ...(o.timeline ?? []).map((e) => e.key)];

/** What has come to an order since its page was opened, for some seconds each:
 * the ids of shipments and reports, and the keys of events. */
export function useFresh(order: Watched): ReadonlySet<string> {
  const known = useRef<{ of: string; ids: Set<string> } | null>(null);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(() => new Set());
  const ids = useMemo(() => idsOf(order), [order]);
  useEffect(() => {
    if (known.current?.of !== order.id) { known.current = { of: order.id, ids: new Set(ids) }; return; }
    const seen = known.current.ids;
    const added = ids.filter((id) => !seen.has(id));
    if (!added.length) return;
    for (const id of added) seen.add(id);
    setFresh((was) => new Set([...was, ...added]));
    setTimeout(() => setFresh((was) => new Set([...was].filter((id) => !added.includes(id)))), 4_000);
  }, [ids, order.id]);
  return fresh;
}
