import { lazy, Suspense, useMemo, useRef, useState, type ReactNode } from 'react';
import { Card } from '../../ui/kit.tsx';
import { entryWords, History } from '../../ui/order/History.tsx';
import { Lines } from '../../ui/order/Lines.tsx';
import { Shipments } from '../../ui/order/Shipments.tsx';
import { useSession } from '../../ui/root.tsx';
import { orderWords } from '../../words/index.ts';
import { orderPartWords } from '../../words/orderParts.ts';
import { Arrival } from './Arrival.tsx';
import { Addresses, Contact, orderText, Sums } from './Cards.tsx';
import type { PendingNote } from './NoteForm.tsx';
import type { OrderData } from './orderFields.ts';
import { useFresh } from './useFresh.ts';

const NoteForm = lazy(() => import('./NoteForm.tsx').then((m) => ({ default: m.NoteForm })));
const Configured = lazy(() => import('./Configured.tsx'));
const Files = lazy(() => import('./Files.tsx'));
const WhyPrices = lazy(() => import('./WhyPrices.tsx'));

/** Everything about an order below its heading. Customers and guests see the same, as far as each may. */
export function OrderBody({ order: o, live, aside }: { order: OrderData; live: boolean; aside?: ReactNode }) {
  const t = orderText.use();
  const p = orderPartWords.use();
  const w = orderWords.use();
  const { viewer } = useSession();
  const fresh = useFresh(o);
  const [why, setWhy] = useState(false);
  const [pending, setPending] = useState<PendingNote[]>([]);
  const opened = useRef({ id: o.id, keys: new Set(o.timeline?.map((e) => e.key)) });
  if (opened.current.id !== o.id) opened.current = { id: o.id, keys: new Set(o.timeline?.map((e) => e.key)) };
  const names = useMemo(() => new Map(o.lines.map((l) => [l.id, l.name])), [o.lines]);
  const lineName = (id: string) => names.get(id);
  // Each scan stands with its shipment; the history has those that mean something for the order.
  const milestones = useMemo(() => o.timeline?.filter((e) => e.__typename !== 'TrackingReported' || ['OUT_FOR_DELIVERY', 'DELIVERED', 'EXCEPTION', 'RETURNED_TO_SENDER'].includes(e.status)), [o.timeline]);
  const latest = o.timeline?.find((e) => fresh.has(e.key));
  const said = latest && entryWords(latest, p.history, w, lineName);
  // A live message can be here before the answer to the note itself: it stands there once.
  const arrived = new Set(o.timeline?.flatMap((e) => (e.__typename === 'OrderNoteAdded' && e.text && !opened.current.keys.has(e.key) ? [e.text] : [])));
  return (
    <>
      <p className="vh" role="status" aria-live="polite">{said ? t.heard([said.title, said.text].filter(Boolean).join(': ')) : ''}</p>
      <Arrival order={o} live={live} />
      <div className="f-columns">
        <div className="f-stack">
          {(o.status !== 'CANCELLED' || o.shipments.length > 0) && <Card title={p.shipments.title} flush><Shipments shipments={o.shipments} fresh={fresh} /></Card>}
          <Card title={p.lines.title} aside={p.lines.count(o.lines.length)} flush><Lines lines={o.lines} more={(l) => l.configuration && <Suspense><Configured of={l.configuration} /></Suspense>} /></Card>
          {o.timeline && (
            <Card title={p.history.title} flush>
              {o.availableActions.includes('ADD_NOTE') && (
                <Suspense fallback={<div className="op-note" style={{ minHeight: 176 }} />}><NoteForm orderId={o.id} show={(n) => setPending((all) => [n, ...all])} hide={(key) => setPending((all) => all.filter((x) => x.key !== key))} /></Suspense>
              )}
              <div className="op-history">
                <History events={milestones ?? []} lineName={lineName} fresh={fresh} pending={pending.filter((n) => !arrived.has(n.text)).map((n) => ({ ...n, by: viewer.name }))} />
              </div>
            </Card>
          )}
        </div>
        <div className="f-stack">
          {o.total && <Card title={t.summary}><Sums order={o} />{viewer.kind !== 'GUEST' && <p className="no-print" style={{ marginTop: 12 }}><button type="button" className="op-why" onClick={() => setWhy(true)}>{t.why}</button></p>}</Card>}
          {why && <Suspense><WhyPrices number={o.number} close={() => setWhy(false)} /></Suspense>}
          {o.remark && <Card title={t.remarkTitle}><p style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{o.remark}</p></Card>}
          {o.attachments && <Suspense><Files order={o} /></Suspense>}
          <Addresses order={o} />
          <Contact order={o} />
          {aside}
        </div>
      </div>
    </>
  );
}
