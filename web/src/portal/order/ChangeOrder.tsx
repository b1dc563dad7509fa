import { useState } from 'react';
import { Button, Textarea, TextInput } from '@mantine/core';
import { money, number } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { Form, FormEnd, isStale, useAction, useForm, useSeen } from '../../ui/form.tsx';
import { Dialog, Notice } from '../../ui/kit.tsx';
import { toast } from '../../ui/toasts.tsx';
import { AddressForm, type Place } from '../../ui/shop/AddressForm.tsx';
import { Quantity } from '../shop/parts.tsx';
import { Address } from './Address.tsx';
import { orderText } from './Cards.tsx';
import { Meanwhile, useMeanwhile } from './Meanwhile.tsx';
import { OrderFields, type OrderData } from './orderFields.ts';
import '../pages/checkout.css';

const Change = graphql(`mutation ChangeOrder($input: ChangeOrderInput!) {
  changeOrder(input: $input) {
    order { ...OrderFields }
    preview { status changed before @_optional { total { amount currency } } after @_optional { total { amount currency } } reduction @_optional { amount currency }
      lines { orderLineId sku quantityBefore quantityAfter } }
    userErrors { field code message }
  }
}`, [OrderFields]);
type Preview = NonNullable<ResultOf<typeof Change>['changeOrder']['preview']>;

/** Changes what can still be changed, and says before it is done what would come of it.
 * What one has not touched stays as others leave it meanwhile, and is not sent. */
export default function ChangeOrder(p: { order: OrderData; onClose: () => void; reload: () => void }) {
  const t = orderText.use();
  const form = useForm();
  const [act, busy] = useAction(Change);
  const { order: o } = p;
  const [off, setOff] = useState<Record<string, number>>({});
  const [version, refused] = useSeen(o.version);
  const news = useMeanwhile(o);
  const [typedDate, setDate] = useState<string | null>(null);
  const [typedPo, setPo] = useState<string | null>(null);
  const [typedRemark, setRemark] = useState<string | null>(null);
  const date = typedDate ?? o.requestedDate ?? '', po = typedPo ?? o.purchaseOrderNumber ?? '', remark = typedRemark ?? o.remark ?? '';
  const [shipTo, setShipTo] = useState<Place | null>(null);
  const [typing, setTyping] = useState(false);
  const [preview, setPreview] = useState<Preview | null>(null);
  const lines = [...o.lines].sort((a, b) => a.position - b.position).map((l) => ({ ...l, left: l.quantity - l.quantityCancelled - l.quantityShipped })).filter((l) => l.left > 0);
  const unsent = o.fulfillmentStatus === 'UNFULFILLED';
  const input = {
    orderId: o.id, version,
    lines: lines.flatMap((l) => (off[l.id] ? [{ orderLineId: l.id, cancelQuantity: Math.min(off[l.id]!, l.left) }] : [])),
    ...(unsent && date && date !== o.requestedDate ? { requestedDate: date } : {}),
    ...(po.trim() !== (o.purchaseOrderNumber ?? '') ? { purchaseOrderNumber: po.trim() } : {}),
    ...(remark.trim() !== (o.remark ?? '') ? { remark: remark.trim() } : {}),
    ...(shipTo ? { shipTo } : {}),
  };
  const touched = input.lines.length > 0 || Object.keys(input).length > 3;
  const send = async (dryRun: boolean) => {
    const outcome = await act({ input: { ...input, lines: input.lines.length ? input.lines : undefined, dryRun } });
    if (isStale(outcome)) { refused(); p.reload(); }
    if (!form.take(outcome)) { setPreview(null); return; }
    if (dryRun) { setPreview(outcome.payload.preview); return; }
    toast(t.changed(o.number));
    p.onClose();
  };
  const nameOf = (id: string) => o.lines.find((l) => l.id === id)?.name ?? '';
  if (preview) {
    const less = preview.lines.filter((l) => l.quantityBefore !== l.quantityAfter);
    return (
      <Dialog open onClose={p.onClose} title={t.previewTitle}>
        <Form form={form} onSubmit={() => void send(false)} label={t.previewTitle}>
          <Meanwhile order={o} news={news} />
          {preview.status === 'CANCELLED' && <Notice tone="warn">{t.changeCancels}</Notice>}
          {!less.length && !preview.changed.length && <p>{t.noChange}</p>}
          {(less.length > 0 || preview.changed.length > 0) && <ul style={{ display: 'grid', gap: 8 }}>
            {less.map((l) => <li key={l.orderLineId}><b style={{ fontWeight: 560 }}>{nameOf(l.orderLineId)}</b> <span className="num">{t.lineFrom(number(l.quantityBefore), number(l.quantityAfter))}</span></li>)}
            {preview.changed.map((c) => <li key={c}>{t.changedFields[c]}</li>)}
          </ul>}
          {preview.before && preview.after && preview.before.total.amount !== preview.after.total.amount && (
            <dl className="f-facts"><dt>{t.nowText}</dt><dd className="num">{money(preview.before.total)}</dd><dt>{t.thenText}</dt><dd className="num">{money(preview.after.total)}</dd>{preview.reduction && <><dt className="f-total">{t.less(money(preview.reduction))}</dt><dd className="f-total" /></>}</dl>
          )}
          <div className="f-form-end"><Button variant="default" onClick={() => setPreview(null)}>{t.backToChange}</Button><Button type="submit" loading={busy} data-danger={preview.status === 'CANCELLED' || undefined}>{t.changeDo}</Button></div>
        </Form>
      </Dialog>
    );
  }
  return (
    <Dialog open wide onClose={p.onClose} title={t.changeTitle(o.number)}>
      <p className="muted" style={{ marginBottom: 14 }}>{t.changeText}</p>
      {typing ? <AddressForm value={shipTo ?? o.shipTo} label={t.changeAddress} submit={t.changeAddress} cancel={t.backToChange} busy={false} error={form.error} onCancel={() => setTyping(false)} onSave={(a) => { setShipTo(a); setTyping(false); }} /> : (
        <Form form={form} names={['requestedDate', 'purchaseOrderNumber', 'remark']} onSubmit={() => void send(true)} label={t.changeTitle(o.number)}>
          <Meanwhile order={o} news={news} />
          {lines.length > 0 && <fieldset style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}><legend style={{ padding: 0, fontWeight: 560, marginBottom: 6 }}>{t.changeItems}</legend>
            <ul style={{ display: 'grid', gap: 10 }}>{lines.map((l) => (
              <li key={l.id} style={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: 12 }}><span style={{ minWidth: 0 }}>{l.name}<small className="f-second">{t.stillWanted(number(l.left))}</small></span>
                <Quantity small label={t.cancelQuantity(l.name)} value={Math.min(off[l.id] ?? 0, l.left)} rule={{ minimumQuantity: 0, quantityStep: 1, maximumQuantity: l.left }} onChange={(n) => setOff({ ...off, [l.id]: n })} /></li>
            ))}</ul></fieldset>}
          {unsent && o.shipTo && <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12, alignItems: 'center' }}><Address of={shipTo ?? o.shipTo} /><Button variant="default" onClick={() => setTyping(true)}>{t.changeAddress}</Button></div>}
          <div className="f-two">
            {unsent && <TextInput type="date" label={t.requestedDate} min={new Date().toISOString().slice(0, 10)} value={date} onChange={(e) => setDate(e.currentTarget.value)} error={form.error('requestedDate')} />}
            <TextInput label={t.po} maxLength={120} value={po} onChange={(e) => setPo(e.currentTarget.value)} error={form.error('purchaseOrderNumber')} />
          </div>
          <Textarea label={t.remark} rows={2} maxLength={4000} value={remark} onChange={(e) => setRemark(e.currentTarget.value)} error={form.error('remark')} />
          <FormEnd label={t.preview} busy={busy} onCancel={p.onClose} disabled={!touched} />
        </Form>
      )}
    </Dialog>
  );
}
