import { useState } from 'react';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { money } from '../../lib/format.ts';
import { Card } from '../../ui/kit.tsx';
import type { CartData, useChange } from '../../ui/shop/cart.ts';
import { text } from './StaffCart.tsx';

const same = (a: object | null, b: object | null) => JSON.stringify(a && { ...a, __typename: undefined }) === JSON.stringify(b && { ...b, __typename: undefined });

/** Where the order is to go, and what is said with it. */
export default function StaffCartAbout({ cart: c, can, act, busy }: { cart: CartData; can: boolean; busy: boolean; act: (input: Parameters<ReturnType<typeof useChange>['change']>[0], done?: string) => Promise<boolean> }) {
  const t = text.use();
  const all = c.organization?.addresses ?? [];
  const at = c.shipTo ? all.findIndex((a) => same(a, c.shipTo)) : -1;
  const [po, setPo] = useState(c.purchaseOrderNumber ?? '');
  const [date, setDate] = useState(c.requestedDate ?? '');
  const [remark, setRemark] = useState(c.remark ?? '');
  const changed = po !== (c.purchaseOrderNumber ?? '') || date !== (c.requestedDate ?? '') || remark !== (c.remark ?? '');
  const ship = (value: string) => {
    const a = all[Number(value)];
    void act({ shipTo: value === '' || !a ? {} : { name: a.name, line1: a.line1, line2: a.line2, postalCode: a.postalCode, city: a.city, region: a.region, country: a.country } }, t.kept);
  };
  return (
    <Card title={t.order}>
      <form className="f-form" aria-label={t.order} onSubmit={(e) => { e.preventDefault(); void act({ purchaseOrderNumber: po.trim(), remark: remark.trim(), ...(date ? { requestedDate: date } : { clearRequestedDate: true }) }, t.kept); }}>
        <div className="f-two">
          <NativeSelect label={t.shipTo} disabled={!can} value={!c.shipTo ? '' : at < 0 ? 'cart' : String(at)} onChange={(e) => { if (e.currentTarget.value !== 'cart') ship(e.currentTarget.value); }}
            data={[{ value: '', label: t.usualAddress }, ...(c.shipTo && at < 0 ? [{ value: 'cart', label: `${t.another}: ${[c.shipTo.name, c.shipTo.city].filter(Boolean).join(', ')}` }] : []), ...all.map((a, i) => ({ value: String(i), label: [a.name, a.city].filter(Boolean).join(', ') }))]} />
          <NativeSelect label={t.shipping} disabled={!can || !c.shippingOffers.length} value={c.shippingMethod ?? ''} onChange={(e) => void act({ shippingMethod: e.currentTarget.value }, t.kept)}
            data={c.shippingOffers.length ? c.shippingOffers.map((x) => ({ value: x.key, label: [x.name, x.price && money(x.price)].filter(Boolean).join(', ') })) : [{ value: '', label: t.noShipping }]} />
        </div>
        <div className="f-two">
          <TextInput label={t.po} disabled={!can} maxLength={120} value={po} onChange={(e) => setPo(e.currentTarget.value)} />
          <TextInput label={t.date} disabled={!can} type="date" min={new Date().toISOString().slice(0, 10)} value={date} onChange={(e) => setDate(e.currentTarget.value)} />
        </div>
        <Textarea label={t.remark} disabled={!can} rows={2} maxLength={4000} value={remark} onChange={(e) => setRemark(e.currentTarget.value)} />
        {can && <div className="f-form-end"><Button type="submit" variant="default" loading={busy} disabled={!changed}>{t.keep}</Button></div>}
      </form>
    </Card>
  );
}
