import { useRef, useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { Form, FormEnd, useAction, useForm, useKey } from '../../ui/form.tsx';
import { IconPlus, IconTrash } from '../../ui/icons.ts';
import { IconButton } from '../../ui/kit.tsx';
import { toast } from '../../ui/toasts.tsx';
import { amount, isAmount } from '../amounts.ts';
import { SkuPicker } from '../VariantPicker.tsx';
import type { PriceListData, Priced } from './PriceList.tsx';
import { listWords } from './priceListWords.tsx';
import { SetPrices } from './setPrices.ts';

interface Row { n: number; quantity: string; price: string }

/** The prices of one article by quantity: they take the place of all that it had in the list. */
export default function PriceListTiers(p: { list: PriceListData; of: Priced | null; remove?: boolean; close: () => void; done: () => void }) {
  const t = listWords.use();
  const form = useForm();
  const keyFor = useKey();
  const [set, busy] = useAction(SetPrices);
  const [sku, setSku] = useState(p.of?.sku ?? '');
  const [tried, setTried] = useState(false);
  const count = useRef(100);
  const [rows, setRows] = useState<Row[]>(() => p.of?.tiers.map((x, n) => ({ n, quantity: String(x.minimumQuantity), price: x.unitPrice.amount })) ?? [{ n: 0, quantity: '1', price: '' }]);
  const change = (n: number, to: Partial<Row>) => { setRows((all) => all.map((r) => (r.n === n ? { ...r, ...to } : r))); form.clear(); };
  const quantityOk = (r: Row) => /^[1-9]\d{0,8}$/.test(r.quantity.trim());
  const send = async (prices: { sku: string; minimumQuantity?: number; unitPrice?: string }[], said: string) => {
    const input = { priceListId: p.list.id, prices: prices.map((x) => ({ minimumQuantity: 1, ...x })) };
    const outcome = await set({ input, key: keyFor({ ...input, at: p.list.version }) });
    if (!form.take(outcome)) return;
    toast(said);
    p.close();
    p.done();
  };
  if (p.remove) return (
    <Form form={form} onSubmit={() => void send([{ sku }], t.removed(sku))} label={t.remove}>
      <p>{sku}{p.of?.variant?.product && `, ${p.of.variant.product.name}`}</p>
      <FormEnd label={t.remove} danger busy={busy} onCancel={p.close} />
    </Form>
  );
  const submit = () => {
    setTried(true);
    if (!sku || !rows.length || rows.some((r) => !quantityOk(r) || !isAmount(r.price))) return;
    void send(rows.map((r) => ({ sku, minimumQuantity: Number(r.quantity), unitPrice: amount(r.price) })), t.tierSaved(sku));
  };
  const wrong = (i: number, name: string) => form.refusals.find((r) => r.field?.includes(String(i)) && r.field.at(-1) === name)?.message;
  return (
    <Form form={form} names={['sku', 'unitPrice', 'minimumQuantity']} onSubmit={submit} label={p.of ? t.editTitle(sku) : t.newTitle}>
      {!p.of && <SkuPicker label={t.sku} value={sku} onChange={setSku} error={tried && !sku ? t.which : form.error('sku')} />}
      {tried && !rows.length && <p role="alert" className="pr-wrong">{t.noTier}</p>}
      <div className="pr-rows">{rows.map((r, i) => (
        <div key={r.n} className="pr-tier" role="group" aria-label={t.row(i + 1)}>
          <TextInput label={t.quantity} inputMode="numeric" value={r.quantity} onChange={(e) => change(r.n, { quantity: e.currentTarget.value })} error={tried && !quantityOk(r) ? t.wrongQuantity : wrong(i, 'minimumQuantity')} />
          <TextInput label={`${t.price}, ${p.list.currency}`} inputMode="decimal" value={r.price} onChange={(e) => change(r.n, { price: e.currentTarget.value })} error={tried && !isAmount(r.price) ? t.wrongPrice : wrong(i, 'unitPrice')} />
          <IconButton label={t.removeTier(i + 1)} onClick={() => setRows((all) => all.filter((x) => x.n !== r.n))}><IconTrash size={17} /></IconButton>
        </div>
      ))}</div>
      <div><Button size="compact-md" variant="default" leftSection={<IconPlus size={15} />} onClick={() => setRows((all) => [...all, { n: count.current++, quantity: '', price: '' }])}>{t.addTier}</Button></div>
      <FormEnd label={t.save} busy={busy} onCancel={p.close} />
    </Form>
  );
}
