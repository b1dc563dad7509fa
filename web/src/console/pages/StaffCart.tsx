import { lazy, Suspense, useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { useQuery } from 'urql';
import { codeOf } from '../../lib/client.ts';
import { money, number, percent } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { useTell } from '../../ui/form.tsx';
import { IconCart, IconDots, IconTrash } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Failure, IconButton, Loading, NotFound, Notice, Page } from '../../ui/kit.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useCart, useChange, type CartData, type CartLine } from '../../ui/shop/cart.ts';
import { Totals } from '../../ui/shop/Totals.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { toast } from '../../ui/toasts.tsx';
import en from './StaffCart.en.ts';
import './pricing.css';

const AddLine = lazy(() => import('./StaffCartAdd.tsx'));
const About = lazy(() => import('./StaffCartAbout.tsx'));
const CartForm = lazy(() => import('./StaffCartForms.tsx'));
const QuickOrder = lazy(() => import('../../ui/shop/QuickOrder.tsx'));
export const text = words('StaffCart', en);

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
            {can && <Suspense><AddLine cart={c} reload={reload} /></Suspense>}
          </Card>
          <Suspense fallback={<Loading rows={3} card />}><About cart={c} key={c.id} can={can} act={act} busy={busy} /></Suspense>
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
