import { useState } from 'react';
import { Textarea } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, isStale, useAction, useForm, useSeen } from '../../ui/form.tsx';
import { Dialog } from '../../ui/kit.tsx';
import { toast } from '../../ui/toasts.tsx';
import { orderText } from './Cards.tsx';
import { Meanwhile, useMeanwhile } from './Meanwhile.tsx';
import { OrderFields, type OrderData } from './orderFields.ts';

const Cancel = graphql(`mutation CancelOrder($input: CancelOrderInput!) {
  cancelOrder(input: $input) { order { ...OrderFields } userErrors { field code message } }
}`, [OrderFields]);

/** Asks before an order is cancelled, and for what reason. */
export default function CancelOrder(p: { order: OrderData; onClose: () => void; reload: () => void }) {
  const t = orderText.use();
  const form = useForm();
  const [act, busy] = useAction(Cancel);
  const [reason, setReason] = useState('');
  const o = p.order;
  const [version, refused] = useSeen(o.version);
  const news = useMeanwhile(o);
  const send = async () => {
    const outcome = await act({ input: { orderId: o.id, version, reason: reason.trim() || undefined } });
    if (isStale(outcome)) refused();
    if (isStale(outcome) || (!outcome.ok && outcome.refusals.length)) p.reload(); // what is shown behind the dialog is no longer so
    if (form.take(outcome)) { toast(t.cancelled(o.number)); p.onClose(); }
  };
  return (
    <Dialog open onClose={p.onClose} title={t.cancelTitle(o.number)}>
      <Form form={form} names={['reason']} onSubmit={() => void send()}>
        <Meanwhile order={o} news={news} />
        <p>{t.cancelText(t.pieces(o.lines.length))}</p>
        <Textarea label={t.cancelReason} description={t.cancelHint} rows={3} value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={form.error('reason')} />
        <FormEnd label={t.cancelDo} busy={busy} onCancel={p.onClose} danger />
      </Form>
    </Dialog>
  );
}
