import { useMemo } from 'react';
import { Button } from '@mantine/core';
import { IconPlus } from '../../ui/icons.ts';
import { Card } from '../../ui/kit.tsx';
import { entryWords, History } from '../../ui/order/History.tsx';
import { Lines } from '../../ui/order/Lines.tsx';
import { Shipments } from '../../ui/order/Shipments.tsx';
import { useMay } from '../../ui/root.tsx';
import { orderWords } from '../../words/index.ts';
import { orderPartWords } from '../../words/orderParts.ts';
import type { Asked } from './OrderDialogs.tsx';
import { workWords, type WorkOrder } from './orderWorkFields.ts';

export { Steps } from '../../ui/order/Steps.tsx';

/** What is sent, what was ordered, and what has happened: the long part of an order's page. */
export default function OrderStory({ order: o, fresh, ask }: { order: WorkOrder; fresh: ReadonlySet<string>; ask: (what: Asked) => void }) {
  const t = workWords.use();
  const p = orderPartWords.use();
  const w = orderWords.use();
  const may = useMay();
  const names = useMemo(() => new Map(o.lines.map((l) => [l.id, l.name])), [o.lines]);
  const lineName = (id: string) => names.get(id);
  const latest = o.timeline?.find((e) => fresh.has(e.key));
  const said = latest && entryWords(latest, p.history, w, lineName);
  const can = (what: WorkOrder['availableActions'][number]) => o.availableActions.includes(what);
  return <>
    <p className="vh" role="status" aria-live="polite">{said ? t.heard([said.title, said.text].filter(Boolean).join(': ')) : ''}</p>
    <Card title={p.shipments.title} aside={can('CREATE_SHIPMENT') ? <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={15} />} onClick={() => ask({ what: 'CREATE_SHIPMENT' })}>{t.addShipment}</Button> : undefined} flush>
      <Shipments shipments={o.shipments} fresh={fresh} actions={!may('shipment.track') ? undefined : (s) => {
        const name = [s.carrier.name, s.trackingNumber].filter(Boolean).join(' ');
        return <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={15} />} aria-label={t.addReportTo(name)} onClick={() => ask({ what: 'REPORT', shipment: { id: s.id, status: s.status }, name })}>{t.addReport}</Button>;
      }} />
    </Card>
    <Card title={p.lines.title} aside={p.lines.count(o.lines.length)} flush><Lines lines={o.lines} /></Card>
    {o.timeline && (
      <Card title={p.history.title} aside={can('ADD_NOTE') ? <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={15} />} onClick={() => ask({ what: 'ADD_NOTE' })}>{t.addNote}</Button> : undefined}>
        <History events={o.timeline} lineName={lineName} fresh={fresh} few={10} />
      </Card>
    )}
  </>;
}
