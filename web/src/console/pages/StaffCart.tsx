import { lazy, Suspense, useState } from 'react';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { useQuery } from 'urql';
import { codeOf } from '../../lib/client.ts';
import { money, number, percent } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { Form, useAction, useForm, useKey, useTell } from '../../ui/form.tsx';
import { IconCart, IconDots, IconPlus, IconTrash } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Failure, IconButton, Loading, NotFound, Notice, Page } from '../../ui/kit.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { CartFields, useCart, useChange, type CartData, type CartLine } from '../../ui/shop/cart.ts';
import { Totals } from '../../ui/shop/Totals.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { toast } from '../../ui/toasts.tsx';
import { VariantPicker } from '../VariantPicker.tsx';
import en from './StaffCart.en.ts';
import './pricing.css';

const CartForm = lazy(() => import('./StaffCartForms.tsx'));
const QuickOrder = lazy(() => import('../../ui/shop/QuickOrder.tsx'));
export const text = words('StaffCart', en);

const Add = graphql(`mutation AddToCartFor($input: AddToCartInput!, $key: String!) { addToCart(input: $input) @idempotent(key: $key) { cart { ...CartFields } userErrors { field code message } } }`, [CartFields]);
const Whose = graphql(`query WhoseCart($id: ID!) { cart(id: $id) { id user { id name } } }`);

export const nameOf = (l: CartLine) => [l.variant?.product?.name, l.variant?.name].filter(Boolean).join(', ');

/** A cart that staff fill for somebody at a customer, and order. */
export default function StaffCart({ id }: { id: string }) {
  const t = text.use();
  const { cart: c, error, reload } = useCart(id);
  if (!c && error && codeOf(error) !== 'NOT_FOUND') return <Page title="" crumbs={[{ title: t.crumb, href: '/customers' }]}><Failure error={error} retry={reload} /></Page>;
  if (c === undefined && !error) return <Page title={t.articles} wide crumbs={[{ title: t.crumb, href: '/customers' }]}><div className="f-columns"><Loading rows={5} card /><Loading rows={4} card /></div></Page>;
  if (!c) return <NotFound home="/customers" />;
  return <Filled cart={c} reload={reload} />;
}

function Filled({ cart: c, reload }: { cart: CartData; reload: () => void }) {
  const t = text.use();
  const tell = useTell();
  const [, go] = useLocation();
  const [dialog, setDialog] = useState<'quick' | 'discount' | 'place' | 'discard' | null>(null);
  const { change, busy } = useChange(c, reload);
  const who = useWho(c.id);
  const close = () => setDialog(null);
  const o = c.organization;
  const title = c.name || t.usual;
  const crumbs = [{ title: t.crumb, href: '/customers' }, ...(o ? [{ title: o.name, href: `/customers/${o.id}` }, { title: t.buying, href: `/customers/${o.id}/buying` }] : []), { title }];
  const back = o ? `/customers/${o.id}/buying` : '/customers';
  if (c.status !== 'OPEN') return <Page title={title} crumbs={crumbs}><section className="f-card"><Empty icon={<IconCart size={22} />} title={c.status === 'ORDERED' ? t.ordered : t.gone}
    action={c.order ? <Button component={Link} href={`/orders/${encodeURIComponent(c.order.number)}`}>{t.toOrder}</Button> : <Button component={Link} href={back} variant="default">{t.toCustomer}</Button>} /></section></Page>;
  const can = c.availableActions.includes('CHANGE');
  const act = async (input: Parameters<typeof change>[0], done?: string) => tell(await change(input), done);
  const moved = c.problems.some((p) => p.code === 'PRICE_CHANGED');
  const general = c.problems.filter((p) => !p.lineId && p.code !== 'EMPTY' && p.code !== 'PRICE_CHANGED');
  const columns: Column<CartLine>[] = [
    { key: 'what', title: t.article, phone: 'main', cell: (l) => <><b className="pr-strong">{nameOf(l) || t.hidden}</b><small>{l.variant && [l.variant.sku, l.variant.minimumQuantity > 1 || l.variant.quantityStep > 1 ? t.stepOf(number(l.variant.minimumQuantity), number(l.variant.quantityStep)) : null].filter(Boolean).join(' · ')}</small>
      {c.problems.filter((p) => p.lineId === l.id).map((p) => <small key={p.code} className="pr-wrong">{p.message}</small>)}</> },
    { key: 'quantity', title: t.quantity, cell: (l) => (can ? <Many line={l} label={t.quantityOf(l.variant?.sku ?? '')} set={(quantity) => void act({ lines: [{ lineId: l.id, quantity }] })} /> : <span className="num">{number(l.quantity)}</span>) },
    { key: 'price', title: t.price, end: true, phone: 'label', cell: (l) => l.unitPrice && <span className="num">{money(l.unitPrice)}{l.previousUnitPrice && <small>{t.was(money(l.previousUnitPrice))}</small>}{Number(l.discountPercent) > 0 && <small>{t.off(percent(Number(l.discountPercent) / 100, 2))}</small>}</span> },
    { key: 'total', title: t.total, end: true, cell: (l) => <b className="num pr-strong">{l.total && money(l.total)}</b> },
    ...(can ? [{ key: 'do', title: t.actions, quiet: true, end: true, cell: (l: CartLine) => <IconButton label={t.remove(l.variant?.sku ?? '')} onClick={() => void act({ lines: [{ lineId: l.id, quantity: 0 }] }, t.removed)}><IconTrash size={17} /></IconButton> }] : []),
  ];
  return (
    <Page title={title} wide crumbs={crumbs} sub={who && o ? t.sub(who, o.name) : o?.name} actions={<>
      {c.availableActions.includes('DISCOUNT') && c.lines.length > 0 && <Button variant="default" onClick={() => setDialog('discount')}>{t.discount}</Button>}
      {can && <Menu label={t.actions} button={<IconDots size={18} />} items={[{ label: t.paste, run: () => setDialog('quick') }, { label: t.discard, danger: true, run: () => setDialog('discard') }]} />}
    </>}>
      <div className="f-columns">
        <div className="f-stack">
          {moved && <Notice tone="warn">{t.changed} {can && <Button size="compact-sm" variant="default" loading={busy} onClick={() => void act({ acceptPrices: true })}>{t.accept}</Button>}</Notice>}
          {general.map((p) => <Notice key={p.code} tone={p.isBlocking ? 'bad' : 'warn'}>{p.message}</Notice>)}
          <Card title={t.articles} flush>
            {c.lines.length === 0 ? <Empty icon={<IconCart size={22} />} title={t.empty} text={t.emptyText} /> : <Table label={t.articles} columns={columns} rows={[...c.lines].sort((a, b) => a.position - b.position)} name={(l) => l.variant?.sku ?? ''} />}
            {can && <AddLine cart={c} reload={reload} />}
          </Card>
          <About cart={c} key={c.id} can={can} act={act} busy={busy} />
        </div>
        <div className="f-stack">
          <Card title={t.sum}>
            {c.lines.length > 0 ? <Totals cart={c} /> : <p className="muted">{t.empty}</p>}
            {c.approval && <p className="pr-hint" style={{ marginTop: 10 }}>{t.approval}</p>}
            {c.availableActions.includes('PLACE') && <Button fullWidth size="md" style={{ marginTop: 16 }} disabled={!c.isPlaceable || !c.amounts} onClick={() => setDialog('place')}>{t.place}</Button>}
          </Card>
        </div>
      </div>
      {dialog === 'quick' && <Suspense fallback={null}><QuickOrder cartId={c.id} close={close} done={reload} /></Suspense>}
      <Dialog open={dialog === 'discount'} onClose={close} title={t.discountTitle}>{dialog === 'discount' && <Suspense fallback={<Loading rows={2} />}><CartForm form="discount" cart={c} close={close} reload={reload} done={() => undefined} /></Suspense>}</Dialog>
      <Dialog open={dialog === 'place'} onClose={close} title={t.placeTitle(who ?? o?.name ?? '')}>{dialog === 'place' && <Suspense fallback={<Loading rows={2} />}><CartForm form="place" cart={c} close={close} reload={reload} done={(n) => { toast(t.placed(n)); go(`/orders/${encodeURIComponent(n)}`); }} /></Suspense>}</Dialog>
      <Dialog open={dialog === 'discard'} onClose={close} title={`${t.discard}?`}>{dialog === 'discard' && <Suspense fallback={<Loading rows={2} />}><CartForm form="discard" cart={c} close={close} reload={reload} done={() => go(back)} /></Suspense>}</Dialog>
    </Page>
  );
}

function useWho(id: string): string | null {
  const [{ data }] = useQuery({ query: Whose, variables: { id } });
  return data?.cart?.user?.name ?? null;
}

function Many({ line: l, label, set }: { line: CartLine; label: string; set: (n: number) => void }) {
  const t = text.use();
  const [typed, setTyped] = useState<string | null>(null);
  const right = typed === null || /^[1-9]\d{0,6}$/.test(typed.trim());
  const keep = () => { if (typed !== null && right && Number(typed) !== l.quantity) set(Number(typed)); if (right) setTyped(null); };
  return <TextInput size="xs" className="sc-many" aria-label={label} inputMode="numeric" value={typed ?? String(l.quantity)} onChange={(e) => setTyped(e.currentTarget.value)} onBlur={keep} onKeyDown={(e) => { if (e.key === 'Enter') keep(); }} error={right ? undefined : t.wrong} />;
}

function AddLine({ cart: c, reload }: { cart: CartData; reload: () => void }) {
  const t = text.use();
  const form = useForm();
  const keyFor = useKey();
  const [add, busy] = useAction(Add);
  const [sku, setSku] = useState('');
  const [quantity, setQuantity] = useState('1');
  const [round, setRound] = useState(0);
  const right = /^[1-9]\d{0,6}$/.test(quantity.trim());
  const submit = async () => {
    if (!right) return;
    const input = { cartId: c.id, lines: [{ sku, quantity: Number(quantity) }] };
    const outcome = await add({ input, key: keyFor({ ...input, round }) });
    if (!form.take(outcome)) return;
    setSku(''); setQuantity('1'); setRound((n) => n + 1);
    reload();
  };
  return (
    <div className="sc-add">
      <Form form={form} names={['sku', 'quantity', 'lines']} onSubmit={() => void submit()} label={t.addTitle}>
        <div className="sc-row">
          <VariantPicker label={t.article} placeholder={t.hint} value={sku} onChange={(x) => { setSku(x); form.clear(); }} error={form.error('lines')} />
          <TextInput label={t.quantity} inputMode="numeric" value={quantity} onChange={(e) => { setQuantity(e.currentTarget.value); form.clear(); }} error={right ? undefined : t.wrong} />
          <Button type="submit" variant="default" loading={busy} disabled={!sku} leftSection={<IconPlus size={15} />}>{t.add}</Button>
        </div>
      </Form>
    </div>
  );
}

const same = (a: object | null, b: object | null) => JSON.stringify(a && { ...a, __typename: undefined }) === JSON.stringify(b && { ...b, __typename: undefined });

function About({ cart: c, can, act, busy }: { cart: CartData; can: boolean; busy: boolean; act: (input: Parameters<ReturnType<typeof useChange>['change']>[0], done?: string) => Promise<boolean> }) {
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
