import { useState } from 'react';
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, isStale, useAction, useForm, useKey, useSeen, useTell } from '../../ui/form.tsx';
import { Dialog, Notice } from '../../ui/kit.tsx';
import { orderWords } from '../../words/index.ts';
import { WorkFields, workWords, type WorkOrder } from './orderWorkFields.ts';

const Carriers = graphql(`query Carriers { carriers @_optional { code name } }`);
const Create = graphql(`mutation CreateShipment($input: CreateShipmentInput!, $key: String!) { createShipment(input: $input) @idempotent(key: $key) {
  shipment { id } order { ...WorkFields } userErrors { field code message }
} }`, [WorkFields]);
const Report = graphql(`mutation AddTrackingEvent($input: AddTrackingEventInput!, $key: String!) { addTrackingEvent(input: $input) @idempotent(key: $key) {
  shipment { id status } order { ...WorkFields } userErrors { field code message }
} }`, [WorkFields]);

/** Sends some or all of what is left of an order. */
export function ShipmentDialog({ order, onClose, onChanged }: { order: WorkOrder; onClose: () => void; onChanged: () => void }) {
  const t = workWords.use();
  const form = useForm();
  const key = useKey();
  const tell = useTell();
  const [{ data }] = useQuery({ query: Carriers });
  const [create, busy] = useAction(Create);
  const [version, refused] = useSeen(order.version);
  const left = order.lines.filter((l) => l.quantity > l.quantityShipped);
  const [carrier, setCarrier] = useState('');
  const [tracking, setTracking] = useState('');
  const [estimate, setEstimate] = useState('');
  const [counts, setCounts] = useState<Record<string, string>>({});
  const [tried, setTried] = useState(false);
  const rest = (l: (typeof left)[number]) => l.quantity - l.quantityShipped;
  const count = (l: (typeof left)[number]) => counts[l.id] ?? String(rest(l));
  const wrong = (l: (typeof left)[number]) => !/^\d+$/.test(count(l)) || Number(count(l)) > rest(l);
  const pieces = left.reduce((n, l) => n + (wrong(l) ? 0 : Number(count(l))), 0);
  const sent = left.filter((l) => Number(count(l)) > 0);
  const submit = async () => {
    setTried(true);
    if (!carrier || left.some(wrong) || !pieces) return;
    const input = {
      orderId: order.id, version, carrier, trackingNumber: tracking.trim() || null, estimatedDelivery: estimate ? `${estimate}T15:00:00Z` : null,
      lines: sent.map((l) => ({ orderLineId: l.id, quantity: Number(count(l)) })),
    };
    const outcome = await create({ input, key: key(input) });
    if (form.take(outcome)) { tell(outcome, t.shipped(order.number)); onClose(); }
    if (isStale(outcome)) refused();
    onChanged();
  };
  const lineError = (i: number) => form.refusals.find((r) => r.field?.includes('lines') && r.field.includes(String(i)))?.message;
  return (
    <Dialog open onClose={onClose} title={t.shipTitle(order.number)} wide>
      <Form form={form} names={['carrier', 'trackingNumber', 'estimatedDelivery']} onSubmit={() => void submit()}>
        <div className="f-two">
          <NativeSelect label={t.carrier} autoFocus value={carrier} onChange={(e) => setCarrier(e.currentTarget.value)} error={(tried && !carrier && t.needCarrier) || form.error('carrier')}
            data={[{ value: '', label: t.chooseCarrier }, ...(data?.carriers ?? []).map((c) => ({ value: c.code, label: c.name }))]} />
          <TextInput type="date" label={t.estimate} value={estimate} onChange={(e) => setEstimate(e.currentTarget.value)} error={form.error('estimatedDelivery')} />
        </div>
        <TextInput label={t.tracking} description={t.trackingHint} autoComplete="off" value={tracking} onChange={(e) => setTracking(e.currentTarget.value)} error={form.error('trackingNumber')} />
        <fieldset className="ow-contents">
          <legend>{t.contents}</legend>
          {left.map((l) => (
            <div key={l.id}>
              <span><b>{l.name}</b><small>{l.sku} · {t.left(rest(l))}</small></span>
              <TextInput type="number" min={0} max={rest(l)} step={1} inputMode="numeric" aria-label={t.quantity(l.name)} value={count(l)} onChange={(e) => setCounts({ ...counts, [l.id]: e.currentTarget.value })}
                error={(tried && wrong(l) && t.needWhole) || lineError(sent.indexOf(l))} />
            </div>
          ))}
        </fieldset>
        {tried && !pieces && !left.some(wrong) && <Notice tone="bad">{t.needSome}</Notice>}
        <FormEnd label={t.doShip(pieces)} busy={busy} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}

/** Now, as the field for a time wants it. */
const nowLocal = () => { const d = new Date(); return new Date(d.getTime() - d.getTimezoneOffset() * 60_000).toISOString().slice(0, 16); };
const states = ['PENDING', 'PICKED_UP', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'DELIVERED', 'EXCEPTION', 'RETURNED_TO_SENDER'] as const;

/** What a carrier says about a shipment, written down by hand. */
export function ReportDialog({ shipment, name, onClose, onChanged }: { shipment: { id: string; status: string }; name: string; onClose: () => void; onChanged: () => void }) {
  const t = workWords.use();
  const o = orderWords.use();
  const form = useForm();
  const key = useKey();
  const tell = useTell();
  const [report, busy] = useAction(Report);
  const after = states[Math.min(states.indexOf(shipment.status as (typeof states)[number]) + 1, 4)] ?? 'IN_TRANSIT';
  const [status, setStatus] = useState<(typeof states)[number]>(after);
  const [at, setAt] = useState(nowLocal);
  const [location, setLocation] = useState('');
  const [message, setMessage] = useState('');
  const [tried, setTried] = useState(false);
  const submit = async () => {
    setTried(true);
    if (!at) return;
    const input = { shipmentId: shipment.id, status, at: new Date(at).toISOString(), location: location.trim() || null, message: message.trim() || null };
    const outcome = await report({ input, key: key(input) });
    if (form.take(outcome)) { tell(outcome, t.reported); onClose(); }
    onChanged();
  };
  return (
    <Dialog open onClose={onClose} title={t.reportTitle(name)}>
      <Form form={form} names={['status', 'at', 'location', 'message']} onSubmit={() => void submit()}>
        <NativeSelect label={t.status} autoFocus value={status} onChange={(e) => setStatus(states.find((s) => s === e.currentTarget.value) ?? status)} error={form.error('status')}
          data={states.map((value) => ({ value, label: o.shipment[value] }))} />
        <div className="f-two">
          <TextInput type="datetime-local" label={t.at} value={at} onChange={(e) => setAt(e.currentTarget.value)} error={(tried && !at && t.needAt) || form.error('at')} />
          <TextInput label={t.place} value={location} onChange={(e) => setLocation(e.currentTarget.value)} error={form.error('location')} />
        </div>
        <TextInput label={t.message} description={t.messageHint} value={message} onChange={(e) => setMessage(e.currentTarget.value)} error={form.error('message')} />
        <FormEnd label={t.doReport} busy={busy} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
