import { useState } from 'react';
import { NativeSelect, TextInput } from '@mantine/core';
import { money, number } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, isStale, useAction, useForm, useKey, useSeen, useVersioned } from '../../ui/form.tsx';
import { Notice } from '../../ui/kit.tsx';
import { written } from '../../ui/ownWrites.ts';
import { CartFields, type CartData } from '../../ui/shop/cart.ts';
import { nameOf, text } from './StaffCart.tsx';

const Discard = graphql(`mutation DiscardCartFor($input: DiscardCartInput!) { discardCart(input: $input) { cart { id status version } userErrors { field code message } } }`);
const Discount = graphql(`mutation DiscountCart($input: DiscountCartInput!) { discountCart(input: $input) { cart { ...CartFields } userErrors { field code message } } }`, [CartFields]);
const Place = graphql(`mutation PlaceOrderFor($input: PlaceOrderInput!, $key: String!) { placeOrder(input: $input) @idempotent(key: $key) {
  order { id number } existingOrder { id number } newTotal @_optional { amount currency } shortages { sku wanted available @_optional } problems { code message } userErrors { field code message }
} }`);

interface Common { cart: CartData; close: () => void; reload: () => void; done: (number: string) => void }

/** What is done with a cart as a whole, each in a dialog, and with the cart as it
 * was seen when the dialog was opened. */
export default function StaffCartForms({ form, ...p }: Common & { form: 'discount' | 'place' | 'discard' }) {
  if (form === 'discount') return <DiscountForm {...p} />;
  if (form === 'place') return <PlaceForm {...p} />;
  return <DiscardForm {...p} />;
}

function DiscountForm({ cart: c, close, reload }: Common) {
  const t = text.use();
  const { form, busy, send } = useVersioned(c.version, reload, (version) => written(c.id, version));
  const [discount] = useAction(Discount);
  const [percent, setTyped] = useState<string | null>(null); // what is not touched stays as others leave it
  const [why, setReason] = useState<string | null>(null);
  const typed = percent ?? (Number(c.discountPercent) ? String(Number(c.discountPercent)) : ''), reason = why ?? c.discountReason ?? '';
  const [line, setLine] = useState('');
  const value = Number(typed.replace(',', '.'));
  const right = typed.trim() !== '' && Number.isFinite(value) && value >= 0 && value <= 100;
  const submit = async () => {
    const input = { cartId: c.id, basisPoints: Math.round(value * 100), reason: reason.trim() || undefined, lineIds: line ? [line] : undefined };
    if (await send(input, (version) => discount({ input: { ...input, version } }), t.given)) { close(); reload(); }
  };
  return (
    <Form form={form} names={['basisPoints', 'reason']} onSubmit={() => void submit()} label={t.discountTitle}>
      <TextInput label={t.percent} inputMode="decimal" value={typed} onChange={(e) => setTyped(e.currentTarget.value)} error={typed && !right ? t.wrongPercent : form.error('basisPoints')} />
      <NativeSelect label={t.onLine} value={line} onChange={(e) => setLine(e.currentTarget.value)} data={[{ value: '', label: t.onAll }, ...c.lines.map((l) => ({ value: l.id, label: [l.variant?.sku, nameOf(l)].filter(Boolean).join(', ') }))]} />
      <TextInput label={t.reason} description={t.reasonHint} maxLength={300} value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={form.error('reason')} />
      <FormEnd label={t.give} busy={busy} disabled={!right} onCancel={close} />
    </Form>
  );
}

function PlaceForm({ cart: c, close, reload, done }: Common) {
  const t = text.use();
  const form = useForm();
  const keyFor = useKey();
  const [place, busy] = useAction(Place);
  const [version, refused] = useSeen(c.version);
  const [{ total, moved, at }, setSum] = useState({ total: c.amounts!.total, moved: false, at: version });
  if (at !== version) setSum({ total: c.amounts?.total ?? total, moved: false, at: version }); // somebody else was faster: this is what it comes to now
  const [short, setShort] = useState<string[]>([]);
  const submit = async () => {
    const input = { cartId: c.id, version: written(c.id, version), expectedTotal: total.amount, expectedCurrency: total.currency };
    const outcome = await place({ input, key: keyFor(input) });
    if (outcome.ok) { done(outcome.payload.order!.number); return; }
    const p = outcome.payload;
    if (p?.existingOrder) { done(p.existingOrder.number); return; }
    if (p?.newTotal && outcome.refusals.some((r) => r.code === 'PRICE_CHANGED')) { setSum({ total: p.newTotal, moved: true, at }); form.clear(); reload(); return; }
    setShort([...(p?.shortages ?? []).map((s) => t.short(s.sku, number(s.wanted), number(s.available ?? 0))), ...(p?.problems ?? []).map((x) => x.message)]);
    if (isStale(outcome)) refused();
    form.take(outcome);
    reload();
  };
  return (
    <Form form={form} onSubmit={() => void submit()} label={t.place}>
      {short.length > 0 && <ul>{short.map((s) => <li key={s}>{s}</li>)}</ul>}
      {moved && <Notice tone="warn">{t.priceChanged(money(total))}</Notice>}
      <p>{t.placeText(money(total))}</p>
      <FormEnd label={moved ? t.placeAnyway(money(total)) : t.place} busy={busy} onCancel={close} />
    </Form>
  );
}

function DiscardForm({ cart: c, close, reload, done }: Common) {
  const t = text.use();
  const { form, busy, send } = useVersioned(c.version, reload, (version) => written(c.id, version));
  const [discard] = useAction(Discard);
  const submit = async () => { if (await send({}, (version) => discard({ input: { cartId: c.id, version } }), t.discarded)) { close(); done(''); } };
  return <Form form={form} onSubmit={() => void submit()} label={t.discard}><p>{t.discardText(c.lines.length)}</p><FormEnd label={t.discard} danger busy={busy} onCancel={close} /></Form>;
}
