import { useEffect, useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { money, number } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { useAction, useKey, useTell, type Refusal } from '../../ui/form.tsx';
import { Dialog, Notice } from '../../ui/kit.tsx';
import type { Placed } from '../pages/Checkout.tsx';
import { CartFields, type CartData } from '../../ui/shop/cart.ts';
import { checkoutWords } from './checkoutWords.ts';

const Swap = graphql(`mutation AddInItsPlace($input: AddToCartInput!, $key: String!) { addToCart(input: $input) @idempotent(key: $key) { cart { ...CartFields } userErrors { field code message } } }`, [CartFields]);

/** Why it was not ordered, and what can be done about it. */
export default function Refused(p: { of: Placed; cart: CartData; close: () => void; send: (total: { amount: string; currency: string }) => void; know: (cart: CartData | null) => void; change: (input: { lines: { lineId: string; quantity: number }[] }) => Promise<boolean>; busy: boolean; messages: Refusal[] }) {
  const t = checkoutWords.use();
  const tell = useTell();
  const keyFor = useKey();
  const [swap, swapping] = useAction(Swap);
  const [settledLines, setSettled] = useState<ReadonlySet<string>>(new Set());
  const { of: r, cart: c } = p;
  const short = r.shortages.filter((s) => !settledLines.has(s.lineId));
  const last = r.shortages.length > 0 && short.length === 0;
  const close = p.close;
  useEffect(() => { if (last) close(); }, [last]);
  const settle = (lineId: string) => setSettled((was) => new Set([...was, lineId]));
  const take = async (lineId: string, quantity: number) => { if (await p.change({ lines: [{ lineId, quantity }] })) settle(lineId); };
  const replace = async (lineId: string, variantId: string, quantity: number) => {
    const input = { cartId: c.id, lines: [{ variantId, quantity }] };
    const outcome = await swap({ input, key: keyFor({ input, lineId }) });
    if (!tell(outcome)) return;
    p.know(outcome.payload.cart); // the page has not seen its version yet
    if (await p.change({ lines: [{ lineId, quantity: 0 }] })) settle(lineId);
  };
  const shell = (title: string, children: ReactNode) => <Dialog open wide onClose={p.close} title={title}>{children}</Dialog>;
  if (r.existingOrder) return shell(t.already, <><p>{t.alreadyText(r.existingOrder.number)}</p><div className="f-form-end"><Button component={Link} href={`/orders/${encodeURIComponent(r.existingOrder.number)}`}>{t.toOrder}</Button></div></>);
  if (r.shortages.length) return shell(t.short, <div className="f-stack" style={{ gap: 12 }}>
    <p className="muted">{t.shortText}</p>
    <ul className="co-short">{short.map((s) => (
      <li key={s.lineId}>
        <b>{s.variant?.product?.name ?? s.sku}</b><small>{[s.variant?.name, s.sku].filter(Boolean).join(' · ')}</small>
        <p>{t.wanted(number(s.wanted), number(s.available ?? 0))}</p>
        <span className="ca-fixes">
          {(s.available ?? 0) > 0 && <Button variant="default" loading={p.busy} onClick={() => void take(s.lineId, s.available!)}>{t.take(number(s.available!))}</Button>}
          <Button variant="default" loading={p.busy} onClick={() => void take(s.lineId, 0)}>{t.remove}</Button>
        </span>
        {s.alternatives.some((a) => a.variant) && <><small style={{ marginTop: 10 }}>{t.alternatives}</small><span className="ca-fixes">{s.alternatives.map((a) => a.variant && (
          <Button key={a.variant.id} variant="default" loading={swapping} onClick={() => void replace(s.lineId, a.variant!.id, s.wanted)}>{t.replace([a.variant.product?.name, a.variant.name].filter(Boolean).join(', '))} <span className="muted" style={{ marginLeft: 6, fontWeight: 420 }}>{t.reasons[a.reason]}{a.available != null && `, ${t.has(number(a.available))}`}</span></Button>
        ))}</span></>}
      </li>
    ))}</ul>
  </div>);
  if (r.priceChanges?.length || r.newTotal) return shell(t.changed, <div className="f-stack" style={{ gap: 12 }}>
    {r.newTotal && c.amounts && <p>{t.changedText(money(c.amounts.total), money(r.newTotal))}</p>}
    {!!r.priceChanges?.length && <table className="f-table co-changes" aria-label={t.changed}><tbody>{r.priceChanges.map((x) => {
      const line = c.lines.find((l) => l.id === x.lineId);
      return <tr key={x.lineId}><th scope="row">{line?.variant?.product?.name ?? t.changedLine(x.sku)}<small>{x.sku}</small></th><td className="num" data-end>{x.oldUnitPrice && <s className="muted">{money(x.oldUnitPrice)}</s>} <b>{money(x.newUnitPrice)}</b></td></tr>;
    })}</tbody></table>}
    <div className="f-form-end"><Button variant="default" onClick={p.close}>{t.keep}</Button>{r.newTotal && <Button loading={p.busy} onClick={() => p.send(r.newTotal!)}>{t.accept(money(r.newTotal))}</Button>}</div>
  </div>);
  const all = r.problems.filter((x) => x.isBlocking);
  return shell(t.problems, <>
    <ul className="f-stack" style={{ gap: 8 }}>{(all.length ? all.map((x) => x.message) : p.messages.map((m) => m.message)).map((m) => <li key={m}><Notice tone="bad">{m}</Notice></li>)}</ul>
    <div className="f-form-end" style={{ marginTop: 14 }}><Button component={Link} variant="default" href={c.name ? `/cart?cart=${c.id}` : '/cart'}>{t.back}</Button></div>
  </>);
}
