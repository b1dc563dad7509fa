import { lazy, Suspense, useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { codeOf } from '../../lib/client.ts';
import { day, money, number, percent } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { Form, FormEnd, useAction, useForm, useKey, useTell, useVersioned } from '../../ui/form.tsx';
import { IconBasket, IconClipboard, IconDots, IconNote, IconPlus, IconTrash } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Failure, IconButton, Loading, Notice, Page } from '../../ui/kit.tsx';
import { written } from '../../ui/ownWrites.ts';
import { Menu } from '../../ui/Menu.tsx';
import { useMay } from '../../ui/root.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useCart, useChange, type CartData, type CartLine } from '../../ui/shop/cart.ts';
import { fit, Picture, Quantity, shopWords } from '../shop/parts.tsx';
import { cartWords, Totals, useApprovalHint } from '../../ui/shop/Totals.tsx';
import './cart.css';

const QuickOrder = lazy(() => import('../../ui/shop/QuickOrder.tsx'));
const ConfiguredLine = lazy(() => import('../configure/ConfiguredLine.tsx'));
const CartFiles = lazy(() => import('../shop/CartFiles.tsx'));

const All = graphql(`query MyCarts { carts(first: 50) { id name lines { id } } }`);
const Create = graphql(`mutation CreateCart($input: CreateCartInput!, $key: String!) { createCart(input: $input) @idempotent(key: $key) { cart { id name lines { id } } userErrors { field code message } } }`);
const Discard = graphql(`mutation DiscardCart($input: DiscardCartInput!) { discardCart(input: $input) { cart { id status version } userErrors { field code message } } }`);

type Problem = CartData['problems'][number];

export default function Cart() {
  const t = cartWords.use();
  const list = useList();
  const may = useMay();
  const id = list.get('cart');
  const { cart, error, reload, stale } = useCart(id);
  const [{ data: mine }] = useQuery({ query: All });
  const [dialog, setDialog] = useState<'quick' | 'new' | 'discard' | null>(null);
  const title = cart?.name ? t.named(cart.name) : t.title;
  const carts = (mine?.carts ?? []).filter((c) => c.name || c.lines.length || c.id === cart?.id);
  const open = (to?: string) => list.set({ cart: to ?? null });
  const actions = may('cart.change') && <>
    <Button variant="default" leftSection={<IconClipboard size={17} />} onClick={() => setDialog('quick')}>{t.quick}</Button>
    <Menu label={t.actions} button={<IconDots size={18} />} items={[
      { label: t.newCart, icon: <IconPlus size={16} />, run: () => setDialog('new') },
      ...(cart?.availableActions.includes('CHANGE') && cart.status === 'OPEN' ? [{ label: t.discard, icon: <IconTrash size={16} />, danger: true, run: () => setDialog('discard') }] : []),
    ]} />
  </>;
  const dialogs = <>
    {dialog === 'quick' && <Suspense><QuickOrder cartId={cart?.id} close={() => setDialog(null)} done={reload} /></Suspense>}
    {dialog === 'new' && <NewCart close={() => setDialog(null)} open={open} />}
    {dialog === 'discard' && cart && <DiscardCart cart={cart} reload={reload} close={() => setDialog(null)} done={() => { if (id) open(); else reload(); }} />}
  </>;
  const tabs = carts.length > 1 && (
    <nav className="ca-carts" aria-label={t.carts}>{carts.map((c) => (
      <Link key={c.id} href={c.name ? `/cart?cart=${c.id}` : '/cart'} aria-current={c.id === cart?.id ? 'page' : undefined}>{c.name || t.usual}<small>{number(c.lines.length)}</small></Link>
    ))}</nav>
  );

  if (error && cart === undefined && codeOf(error) !== 'NOT_FOUND') return <Page title={title}><section className="f-card"><Failure error={error} retry={reload} /></section></Page>;
  if (cart === undefined && !error) return <Page title={title} actions={actions}>{tabs}<div className="f-columns"><Loading rows={4} card /><Loading rows={3} card /></div>{dialogs}</Page>;
  if (id && !cart) return <Page title={title}>{tabs}<section className="f-card"><Empty icon={<IconBasket size={22} />} title={t.gone} action={<Button component={Link} href="/cart" variant="default">{t.toCart}</Button>} /></section></Page>;
  if (cart && cart.status !== 'OPEN') return <Page title={title}>{tabs}<section className="f-card"><Empty icon={<IconBasket size={22} />} title={cart.status === 'ORDERED' ? t.ordered : t.gone}
    action={cart.order ? <Button component={Link} href={`/orders/${encodeURIComponent(cart.order.number)}`}>{t.toOrder}</Button> : <Button component={Link} href="/cart" variant="default">{t.toCart}</Button>} /></section>{dialogs}</Page>;
  return (
    <Page title={title} sub={cart?.lines.length ? t.count(cart.lines.length) : undefined} actions={actions}>
      {tabs}
      {!cart || cart.lines.length === 0 ? (
        <section className="f-card"><Empty icon={<IconBasket size={22} />} title={t.empty} text={t.emptyText} action={<span className="f-actions" style={{ width: 'auto', marginTop: 8 }}><Button component={Link} href="/products">{t.browse}</Button></span>} /></section>
      ) : <Filled cart={cart} reload={reload} stale={stale} />}
      {dialogs}
    </Page>
  );
}

function Filled({ cart: c, reload }: { cart: CartData; reload: () => void; stale: boolean }) {
  const t = cartWords.use();
  const may = useMay();
  const tell = useTell();
  const hint = useApprovalHint()(c);
  const { change, busy } = useChange(c, reload);
  const [, go] = useLocation();
  const can = c.availableActions.includes('CHANGE');
  const act = async (input: Parameters<typeof change>[0], done?: string) => tell(await change(input), done);
  const moved = c.problems.filter((p) => p.code === 'PRICE_CHANGED');
  // What the checkout asks for anyway is no problem of the cart.
  const general = c.problems.filter((p) => !p.lineId && !['NO_ADDRESS', 'NO_SHIPPING', 'EMPTY', 'PRICE_CHANGED'].includes(p.code));
  const blocked = c.problems.some((p) => p.isBlocking && !['NO_ADDRESS', 'NO_SHIPPING'].includes(p.code));
  return (
    <div className="f-columns">
      <div className="f-stack">
        {moved.length > 0 && <Notice tone="warn"><b>{t.changed(moved.length)}</b> {can && <Button size="compact-sm" variant="default" style={{ marginLeft: 8 }} loading={busy} onClick={() => void act({ acceptPrices: true }, t.accepted)}>{t.fix.accept}</Button>}</Notice>}
        {general.map((p) => <Notice key={p.code} tone={p.isBlocking ? 'bad' : 'warn'}>{p.message}</Notice>)}
        <section className="f-card" aria-label={t.items}>
          <ul>{[...c.lines].sort((a, b) => a.position - b.position).map((l) => (
            <Line key={l.id} line={l} problems={c.problems.filter((p) => p.lineId === l.id)} can={can} act={act} />
          ))}</ul>
        </section>
        {may('file.upload') && c.attachments && <Suspense><CartFiles cart={c} reload={reload} /></Suspense>}
      </div>
      <div className="f-stack ca-side">
        <Card title={t.summary}>
          <Totals cart={c} />
          {hint && <p className="muted ca-hint">{hint}</p>}
          {c.availableActions.includes('PLACE') || may('order.place') ? <Button className="ca-go" size="md" fullWidth disabled={blocked} onClick={() => go(c.name ? `/cart/checkout?cart=${c.id}` : '/cart/checkout')}>{t.checkout}</Button> : null}
        </Card>
      </div>
    </div>
  );
}

function Line({ line: l, problems, can, act }: { line: CartLine; problems: Problem[]; can: boolean; act: (input: { lines: { lineId: string; quantity?: number; note?: string }[] }, done?: string) => Promise<boolean> }) {
  const t = cartWords.use();
  const s = shopWords.use();
  const [noting, setNoting] = useState(false);
  const [note, setNote] = useState(l.note ?? '');
  const v = l.variant;
  const name = v?.product?.name ?? t.unknown;
  const set = (quantity: number, done?: string) => void act({ lines: [{ lineId: l.id, quantity }] }, done);
  const supply = l.supply && (l.supply.isInStock ? t.supply.now : !l.supply.isCertain ? t.supply.unsure : l.supply.promisedFor ? t.supply.later(day(l.supply.promisedFor)) : null);
  return (
    <li className="ca-line" data-bad={problems.some((p) => p.isBlocking) || undefined}>
      <span className="ca-thumb"><Picture of={v?.product?.pictures?.[0]} /></span>
      <div className="ca-what">
        <b>{v?.product ? <Link href={`/products/${v.product.id}?v=${encodeURIComponent(v.sku)}`}>{name}</Link> : name}</b>
        {v && <small>{[v.name, v.sku].filter(Boolean).join(' · ')}</small>}
        {l.configuration && <Suspense><ConfiguredLine of={l.configuration} /></Suspense>}
        {supply && !l.configuration && <small className="ca-supply" data-now={l.supply?.isInStock || undefined}>{supply}</small>}
        {l.note && !noting && <small className="ca-note"><IconNote size={14} aria-hidden />{l.note}</small>}
        {can && !noting && <button type="button" className="s-link ca-small" aria-label={`${l.note ? t.note : t.addNote}: ${name}`} onClick={() => setNoting(true)}>{l.note ? t.note : t.addNote}</button>}
        {noting && <form className="ca-noting" onSubmit={(e) => { e.preventDefault(); void act({ lines: [{ lineId: l.id, note: note.trim() }] }).then((ok) => { if (ok) setNoting(false); }); }}>
          <TextInput aria-label={t.noteOf(name)} value={note} maxLength={300} autoFocus onChange={(e) => setNote(e.currentTarget.value)} onKeyDown={(e) => { if (e.key === 'Escape') setNoting(false); }} />
          <Button type="submit" variant="default">{t.saveNote}</Button>
        </form>}
      </div>
      <div className="ca-many">{v && can ? <Quantity small label={s.quantityOf(name)} value={l.quantity} rule={v} onChange={(n) => set(n)} /> : <span className="num">{number(l.quantity)}</span>}</div>
      <div className="ca-sum">
        <b className="num">{l.total && money(l.total)}</b>
        {l.unitPrice && <small className="num">{t.each(money(l.unitPrice))}</small>}
        {l.previousUnitPrice && l.unitPrice && <small className="num ca-moved">{t.was(money(l.previousUnitPrice))}</small>}
        {Number(l.discountPercent) > 0 && <small className="ca-off">{t.off(percent(Number(l.discountPercent) / 100, 1))}</small>}
      </div>
      {can && <span className="ca-out"><IconButton label={t.remove(name)} onClick={() => set(0, t.removed(name))}><IconTrash size={17} /></IconButton></span>}
      {problems.length > 0 && <ul className="ca-problems">{problems.map((p) => (
        <li key={p.code}><Notice tone={p.isBlocking ? 'bad' : 'warn'}>
          {p.code === 'PRICE_CHANGED' && l.previousUnitPrice && l.unitPrice ? <>{p.message} <b className="num">{t.priceMoved(money(l.previousUnitPrice), money(l.unitPrice))}</b></> : p.code === 'SHORT_STOCK' && l.supply?.available != null ? (l.supply.available > 0 ? t.shortSome(number(l.supply.available)) : t.shortNone) : p.message}
          {can && <span className="ca-fixes"><Fixes problem={p} line={l} set={set} /></span>}
        </Notice></li>
      ))}</ul>}
    </li>
  );
}

/** What can be done about a problem, one click each. */
function Fixes({ problem: p, line: l, set }: { problem: Problem; line: CartLine; set: (n: number) => void }) {
  const t = cartWords.use();
  const v = l.variant;
  const there = l.supply?.available ?? 0;
  const button = (label: string, n: number) => <Button key={label} size="compact-sm" variant="default" onClick={() => set(n)}>{label}</Button>;
  const alternatives = v?.product && <Button key="alternatives" component={Link} size="compact-sm" variant="default" href={`/products/${v.product.id}`}>{t.fix.alternatives}</Button>;
  switch (p.code) {
    case 'SHORT_STOCK': {
      const n = v && there >= v.minimumQuantity ? v.minimumQuantity + Math.floor((there - v.minimumQuantity) / v.quantityStep) * v.quantityStep : 0;
      return <>{n > 0 && button(t.fix.take(number(n)), n)}{alternatives}{button(t.fix.remove, 0)}</>;
    }
    case 'BELOW_MINIMUM': case 'WRONG_STEP': case 'ABOVE_MAXIMUM': return v ? button(t.fix.set(number(fit(l.quantity, v))), fit(l.quantity, v)) : null;
    case 'CONFIGURATION': return <>{l.configuration ? <Button component={Link} size="compact-sm" variant="default" href={`/configurations/${l.configuration.id}`}>{t.fix.configuration}</Button> : v?.product && <Button component={Link} size="compact-sm" variant="default" href={`/products/${v.product.id}/configure`}>{t.fix.configure}</Button>}{button(t.fix.remove, 0)}</>;
    case 'NO_CERTIFICATE': return <>{p.course && <Button component={Link} size="compact-sm" variant="default" href={`/training/${p.course.key}`}>{t.fix.course(p.course.title)}</Button>}{button(t.fix.remove, 0)}</>;
    case 'NOT_OFFERED': case 'NO_PRICE': case 'CURRENCY_NOT_SOLD': return button(t.fix.remove, 0);
    default: return null;
  }
}

function NewCart(p: { close: () => void; open: (id: string) => void }) {
  const t = cartWords.use();
  const form = useForm();
  const [create, busy] = useAction(Create);
  const keyFor = useKey();
  const [name, setName] = useState('');
  const submit = async () => {
    const outcome = await create({ input: { name: name.trim() }, key: keyFor({ name: name.trim() }) });
    if (!form.take(outcome)) return;
    toast(t.created(name.trim()));
    p.close();
    if (outcome.payload.cart) p.open(outcome.payload.cart.id);
  };
  return (
    <Dialog open onClose={p.close} title={t.newCart}>
      <p className="muted" style={{ marginBottom: 14 }}>{t.newCartText}</p>
      <Form form={form} names={['name']} onSubmit={() => void submit()} label={t.newCart}>
        <TextInput label={t.name} maxLength={60} value={name} onChange={(e) => setName(e.currentTarget.value)} error={form.error('name')} />
        <FormEnd label={t.create} busy={busy} onCancel={p.close} disabled={!name.trim()} />
      </Form>
    </Dialog>
  );
}

function DiscardCart(p: { cart: CartData; reload: () => void; close: () => void; done: () => void }) {
  const t = cartWords.use();
  const { form, busy, send } = useVersioned(p.cart.version, p.reload, (version) => written(p.cart.id, version));
  const [discard] = useAction(Discard);
  const submit = async () => {
    if (!(await send({}, (version) => discard({ input: { cartId: p.cart.id, version } }), t.discarded))) return;
    p.close();
    p.done();
  };
  return (
    <Dialog open onClose={p.close} title={t.discardTitle}>
      <Form form={form} onSubmit={() => void submit()} label={t.discardTitle}><p>{t.discardText(t.count(p.cart.lines.length))}</p><FormEnd label={t.discard} busy={busy} onCancel={p.close} danger /></Form>
    </Dialog>
  );
}
