import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Button, Textarea, TextInput } from '@mantine/core';
import { Link } from 'wouter';
import { codeOf } from '../../lib/client.ts';
import { money, number } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { house } from '../../ui/house.ts';
import { useAction, useKey, useTell, type Refusal } from '../../ui/form.tsx';
import { IconBasket, IconCheck, IconClock } from '../../ui/icons.ts';
import { Card, Empty, Failure, Loading, Notice, Page, requestIdOf, useFailure } from '../../ui/kit.tsx';
import { kitWords } from '../../words/index.ts';
import { Address } from '../order/Address.tsx';
import type { Place } from '../../ui/shop/AddressForm.tsx';
import { checkoutWords } from '../shop/checkoutWords.ts';
import { CartFields, useCart, useChange, type CartData } from '../../ui/shop/cart.ts';
import { Picture } from '../shop/parts.tsx';
import { Totals, useApprovalHint } from '../../ui/shop/Totals.tsx';
import './checkout.css';
import './cart.css';

const AddressForm = lazy(() => import('../../ui/shop/AddressForm.tsx').then((m) => ({ default: m.AddressForm })));
const CartFiles = lazy(() => import('../shop/CartFiles.tsx'));
const Refused = lazy(() => import('../shop/Refused.tsx'));

const PlaceOrder = graphql(`mutation PlaceOrder($input: PlaceOrderInput!, $key: String!) {
  placeOrder(input: $input) @idempotent(key: $key) {
    order { id number status approval @_optional { id approver @_optional { id name } } }
    existingOrder { id number }
    cart { ...CartFields }
    shortages { lineId sku wanted available @_optional variant { id name product { id name } }
      alternatives { reason available @_optional variant { id sku name product { id name } } } }
    priceChanges @_optional { lineId sku oldUnitPrice { amount currency } newUnitPrice { amount currency } }
    newTotal @_optional { amount currency }
    problems { code lineId message isBlocking }
    userErrors { field code message }
  }
}`, [CartFields]);

export type Placed = ResultOf<typeof PlaceOrder>['placeOrder'];

const fields = ['name', 'line1', 'line2', 'postalCode', 'city', 'region', 'country'] as const;
const same = (a: Place | null | undefined, b: Place | null | undefined) => fields.every((f) => (a?.[f] ?? '') === (b?.[f] ?? ''));
const bare = (a: Place): Place => Object.fromEntries(fields.map((f) => [f, a[f] ?? ''])) as Place;

/** From cart to order. */
export default function Checkout() {
  const t = checkoutWords.use();
  const list = useList();
  const { cart, error, reload } = useCart(list.get('cart'));
  const [already, setAlready] = useState('');
  const [placed, setPlaced] = useState<NonNullable<Placed['order']> | null>(null);
  const crumbs = [{ title: t.cart, href: cart?.name ? `/cart?cart=${cart.id}` : '/cart' }, { title: t.title }];
  if (placed) return <Done order={placed} />;
  const ordered = already || (cart?.status === 'ORDERED' && cart.order?.number);
  if (ordered) return <Page title={t.title} crumbs={crumbs}><section className="f-card"><Empty icon={<IconCheck size={22} />} title={t.already} text={t.alreadyText(ordered)} action={<Button component={Link} href={`/orders/${encodeURIComponent(ordered)}`}>{t.toOrder}</Button>} /></section></Page>;
  if (error && cart === undefined) return <Page title={t.title} crumbs={crumbs}><section className="f-card"><Failure error={error} retry={reload} /></section></Page>;
  if (cart === undefined) return <Page title={t.title} crumbs={crumbs}><div className="f-columns"><div className="f-stack"><Loading rows={3} card /><Loading rows={2} card /></div><Loading rows={5} card /></div></Page>;
  if (!cart || cart.status !== 'OPEN' || !cart.lines.length) return <Page title={t.title} crumbs={crumbs}><section className="f-card"><Empty icon={<IconBasket size={22} />} title={t.empty} text={t.emptyText} action={<Button component={Link} href="/products">{t.again}</Button>} /></section></Page>;
  return <Page title={t.title} crumbs={crumbs}><Steps cart={cart} reload={reload} done={setPlaced} gone={setAlready} /></Page>;
}

function Steps({ cart: c, reload, done, gone }: { cart: CartData; reload: () => void; gone: (number: string) => void; done: (o: NonNullable<Placed['order']>) => void }) {
  const t = checkoutWords.use();
  const k = kitWords.use();
  const say = useFailure();
  const tell = useTell();
  const hint = useApprovalHint()(c);
  const { change, busy, know, settled, version } = useChange(c, reload);
  const [place, placing] = useAction(PlaceOrder);
  const keyFor = useKey();
  const [po, setPo] = useState(c.purchaseOrderNumber ?? '');
  const [date, setDate] = useState(c.requestedDate ?? '');
  const [remark, setRemark] = useState(c.remark ?? '');
  const [errors, setErrors] = useState<Refusal[]>([]);
  const [refused, setRefused] = useState<Placed | null>(null);
  const [failure, setFailure] = useState<{ text: string; id?: string } | null>(null);
  const seen = useRef(c);
  seen.current = c;
  const said = (name: string) => errors.find((r) => r.field?.includes(name))?.message;
  const save = async (input: Parameters<typeof change>[0]) => {
    const outcome = await change(input);
    setErrors(outcome.ok ? [] : outcome.refusals);
    if (!outcome.ok && (outcome.error || !outcome.refusals.some((r) => r.field?.length))) tell(outcome);
    return outcome.ok;
  };
  const keep = async () => {
    const input = {
      ...(po.trim() !== (c.purchaseOrderNumber ?? '') ? { purchaseOrderNumber: po.trim() } : {}),
      ...(date !== (c.requestedDate ?? '') ? (date ? { requestedDate: date } : { clearRequestedDate: true }) : {}),
      ...(remark.trim() !== (c.remark ?? '') ? { remark: remark.trim() } : {}),
    };
    return Object.keys(input).length ? save(input) : true;
  };
  /** What has been seen is what is ordered: the total goes along, and one key for this one wish. */
  const send = async (accept: { amount: string; currency: string } | null = null) => {
    setFailure(null);
    await settled();
    if (!(await keep())) return;
    const total = accept ?? seen.current.amounts?.total;
    const input = { cartId: c.id, version: version(), expectedTotal: total?.amount, expectedCurrency: total?.currency, acceptPriceChanges: !!accept };
    const outcome = await place({ input, key: keyFor(input) });
    if (outcome.ok && outcome.payload.order) {
      const order = outcome.payload.order;
      done(order);
      return;
    }
    if (outcome.ok) return;
    if (outcome.error) {
      if (codeOf(outcome.error) === 'CONFLICT') reload();
      setFailure({ text: say(outcome.error), id: requestIdOf(outcome.error) });
      return;
    }
    if (outcome.payload?.existingOrder) { gone(outcome.payload.existingOrder.number); return; }
    setRefused(outcome.payload ?? null);
    setErrors(outcome.refusals);
    if (!outcome.payload) setFailure({ text: outcome.refusals[0]!.message });
  };
  const open = c.problems.filter((p) => p.isBlocking);
  return (
    <div className="f-columns">
      <div className="f-stack">
        <Delivery cart={c} save={save} busy={busy} error={said} />
        <Card title={t.shipping}>
          {c.shippingOffers.length === 0 ? <p className="muted">{t.noShipping}</p> : (
            <fieldset className="co-choices"><legend className="vh">{t.shipping}</legend>{c.shippingOffers.map((o) => (
              <label className="s-choice" key={o.key}>
                <input type="radio" name="shipping" checked={o.key === c.shippingMethod} onChange={() => void save({ shippingMethod: o.key })} />
                <span><b>{o.name}</b><small>{[o.days === 0 ? t.sameDay : o.days === 1 ? t.oneDay : t.days(number(o.days)), o.carrier && t.by(o.carrier)].filter(Boolean).join(' · ')}</small>{o.description && <small>{o.description}</small>}</span>
                {o.price && <span className="num">{Number(o.price.amount) === 0 ? t.free : money(o.price)}</span>}
                <i className="s-tick" aria-hidden><IconCheck size={13} stroke={3} /></i>
              </label>
            ))}</fieldset>
          )}
          {said('shippingMethod') && <p role="alert" style={{ color: 'var(--bad-text)' }}>{said('shippingMethod')}</p>}
        </Card>
        <Card title={t.details}>
          <div className="f-form">
            <div className="f-two" style={{ alignItems: 'end' }}>
              <TextInput label={`${t.po} (${t.optional})`} description={t.poHint} maxLength={120} value={po} onChange={(e) => setPo(e.currentTarget.value)} onBlur={() => void keep()} error={said('purchaseOrderNumber')} />
              <TextInput label={`${t.date} (${t.optional})`} description={t.dateHint} type="date" min={new Date().toISOString().slice(0, 10)} value={date} onChange={(e) => setDate(e.currentTarget.value)} onBlur={() => void keep()} error={said('requestedDate')} />
            </div>
            <Textarea label={`${t.remark} (${t.optional})`} description={t.remarkHint} rows={3} maxLength={4000} value={remark} onChange={(e) => setRemark(e.currentTarget.value)} onBlur={() => void keep()} error={said('remark')} />
          </div>
        </Card>
        {c.attachments && <Suspense fallback={<Loading rows={1} card />}><CartFiles cart={c} reload={reload} /></Suspense>}
      </div>
      <div className="f-stack ca-side">
        <Card title={t.review} aside={t.lines(c.lines.length)}>
          <ul className="co-lines">{[...c.lines].sort((a, b) => a.position - b.position).map((l) => (
            <li key={l.id}><span className="co-thumb"><Picture of={l.variant?.product?.pictures?.[0]} /></span><span><b>{l.variant?.product?.name}</b><small>{t.quantity(number(l.quantity))} {l.variant?.name || l.variant?.sku}</small></span>{l.total && <span className="num">{money(l.total)}</span>}</li>
          ))}</ul>
          <Totals cart={c} />
          {hint && <div style={{ marginTop: 14 }}><Notice icon={<IconClock size={17} />}>{hint} {t.termsApproval}</Notice></div>}
          {open.length > 0 && <div className="co-open"><Notice tone="warn"><ul>{open.map((p) => <li key={p.code + p.lineId}>{[c.lines.find((l) => l.id === p.lineId)?.variant?.product?.name, p.message].filter(Boolean).join(': ')}</li>)}</ul></Notice></div>}
          {failure && <div className="co-open"><Notice tone="bad">{failure.text}{failure.id && <><br /><small>{k.requestId(failure.id)}</small></>}</Notice></div>}
          <Button className="ca-go" size="md" fullWidth loading={placing} onClick={() => void send()}>{hint ? t.placeApproval : t.place}</Button>
          <p className="muted co-terms">{t.terms(house.name)}</p>
        </Card>
      </div>
      {refused && <Suspense><Refused of={refused} cart={c} close={() => { setRefused(null); reload(); }} send={(total) => { setRefused(null); void send(total); }} know={know} change={save} busy={placing || busy} messages={errors} /></Suspense>}
    </div>
  );
}

/** Where it goes: one of the customer's addresses, or another one. */
function Delivery({ cart: c, save, busy, error }: { cart: CartData; save: (input: { shipTo?: Place; billTo?: Place }) => Promise<boolean>; busy: boolean; error: (f: string) => string | undefined }) {
  const t = checkoutWords.use();
  const usual = c.organization?.addresses ?? [];
  const known = usual.length ? usual : c.organization?.address ? [c.organization.address] : [];
  // Without an address of its own a cart goes to the usual one, which is the first.
  const at = c.shipTo ? known.findIndex((a) => same(a, c.shipTo)) : known.length ? 0 : -1;
  const [typing, setTyping] = useState(false);
  const [billing, setBilling] = useState(false);
  const other = c.shipTo && at < 0 ? c.shipTo : null;
  const open = typing || (!known.length && !c.shipTo);
  return <>
    <Card title={t.address}>
      <fieldset className="co-choices"><legend className="vh">{t.address}</legend>
        {known.map((a, i) => (
          <label className="s-choice" key={i}><input type="radio" name="ship-to" checked={!open && i === at} onChange={() => { setTyping(false); void save({ shipTo: bare(a) }); }} /><span><Address of={a} /></span><i className="s-tick" aria-hidden><IconCheck size={13} stroke={3} /></i></label>
        ))}
        {other && <label className="s-choice"><input type="radio" name="ship-to" checked={!open} onChange={() => setTyping(false)} /><span><Address of={other} /></span><i className="s-tick" aria-hidden><IconCheck size={13} stroke={3} /></i></label>}
        <label className="s-choice co-other"><input type="radio" name="ship-to" checked={open} onChange={() => setTyping(true)} /><span><b>{t.other}</b></span><i className="s-tick" aria-hidden><IconCheck size={13} stroke={3} /></i></label>
      </fieldset>
      {open && <div style={{ marginTop: 16 }}><Suspense fallback={<Loading rows={4} />}><AddressForm value={other ?? { country: c.organization?.address?.country, name: c.organization?.name }} label={t.address} submit={t.useIt} busy={busy} error={error} onSave={(a) => void save({ shipTo: a }).then((ok) => { if (ok) setTyping(false); })} /></Suspense></div>}
    </Card>
    <Card title={t.billing}>
      {c.billTo && !billing ? <Address of={c.billTo} /> : !billing && <p className="muted">{t.billSame}</p>}
      {billing ? <Suspense fallback={<Loading rows={4} />}><AddressForm value={c.billTo ?? c.organization?.address ?? null} label={t.billing} submit={t.billUse} cancel={t.billUsual} busy={busy} error={error}
        onSave={(a) => void save({ billTo: a }).then((ok) => { if (ok) setBilling(false); })} onCancel={() => { setBilling(false); void save({ billTo: bare({}) }); }} /></Suspense>
        : <p style={{ marginTop: 8 }}><button type="button" className="s-link" onClick={() => setBilling(true)}>{t.billOther}</button></p>}
    </Card>
  </>;
}

/** It is ordered: what happens next, and the way to the order. */
function Done({ order: o }: { order: NonNullable<Placed['order']> }) {
  const t = checkoutWords.use();
  const waits = o.status === 'AWAITING_APPROVAL';
  const checked = o.status === 'CONFIRMING';
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => { scrollTo({ top: 0 }); heading.current?.closest('main')?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true }); }, []);
  return (
    <Page title={waits ? t.doneApproval : checked ? t.doneConfirming : t.done}>
      <section className="f-card co-done" ref={heading}>
        <span className="co-done-icon" data-wait={waits || undefined} aria-hidden>{waits ? <IconClock size={28} /> : <IconCheck size={28} stroke={2.4} />}</span>
        <p>{waits ? t.doneApprovalText(o.number, o.approval?.approver?.name ?? null) : checked ? t.doneConfirmingText(o.number) : t.doneText(o.number)}</p>
        <div className="f-actions" style={{ width: 'auto', justifyContent: 'center' }}><Button component={Link} href={`/orders/${encodeURIComponent(o.number)}`} size="md">{t.follow}</Button><Button component={Link} href="/products" size="md" variant="default">{t.again}</Button></div>
      </section>
    </Page>
  );
}
