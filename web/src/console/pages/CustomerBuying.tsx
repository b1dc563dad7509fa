import { lazy, Suspense, useMemo, useState } from 'react';
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useQuery } from 'urql';
import { codeOf } from '../../lib/client.ts';
import { day, list as sentence, money, regionName } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { LimitList } from '../../ui/approval/Limits.tsx';
import { useAction, useTell } from '../../ui/form.tsx';
import { IconDots, IconPlus } from '../../ui/icons.ts';
import { Avatar, Card, Dialog, Failure, Loading, NotFound, Page, Pill } from '../../ui/kit.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useMay } from '../../ui/root.tsx';
import { buyingWords, SetAddresses } from './buyingForms.ts';
import { CustomerTabs, useBuys } from './CustomerTabs.tsx';
import './pricing.css';

const Quote = lazy(() => import('./Quote.tsx'));
const Forms = lazy(() => import('./CustomerBuyingForms.tsx'));

const One = graphql(`query CustomerBuying($id: ID!) { organization(id: $id) {
  id name status currency vatId @_optional addresses @_optional { name line1 line2 postalCode city region country } address { name line1 line2 postalCode city region country }
  memberships @_optional { id status role { id key name } user { id name } delegation @_optional { until delegate @_optional { id name } } }
} roles { id key name kind } }`);
const Groups = graphql(`query SegmentsOfCustomer($input: QuoteInput!) { quote(input: $input) { segments @_optional { id name } } }`);
const Own = graphql(`query ListsOfCustomer($filter: PriceListFilter) { priceLists(filter: $filter, first: 50) { edges { node { id name currency isCurrent assignments { priority organization { id } segment { id } } } } } }`);
const Waiting = graphql(`query WaitingOfCustomer($filter: ApprovalFilter) { approvals(filter: $filter, first: 5) { totalCount edges { node { id requestedAt expiresAt user @_optional { id name } order { id number total @_optional { amount currency } } } } } }`);
const Carts = graphql(`query CartsOfCustomer($filter: CartFilter) { carts(filter: $filter, first: 20) { id name user { id name } lines { id } amounts @_optional { total { amount currency } } } }`);

export type Buyer = NonNullable<ResultOf<typeof One>['organization']>;
export type Dialogs = 'terms' | 'segments' | 'address' | 'cart';

/** How one customer buys: terms, prices, limits, carts. */
export default function CustomerBuying({ id }: { id: string }) {
  const t = buyingWords.use();
  const may = useMay();
  const sees = useBuys();
  const [{ data, error }, load] = useQuery({ query: One, variables: { id } });
  const again = () => load({ requestPolicy: 'network-only' });
  const [asked] = useState({ country: '', items: [] });
  const o = data?.organization;
  if (!sees) return <NotFound home="/customers" />;
  if (!o && error && codeOf(error) !== 'NOT_FOUND') return <Page title="" crumbs={[{ title: t.crumb, href: '/customers' }]}><Failure error={error} retry={again} /></Page>;
  if (!o && (data || error)) return <NotFound home="/customers" />;
  if (!o) return <Page title={t.buying} wide crumbs={[{ title: t.crumb, href: '/customers' }]}><div className="f-columns"><Loading rows={6} card /><Loading rows={4} card /></div></Page>;
  const people = (o.memberships ?? []).flatMap((m) => (m.status === 'ACTIVE' && m.user ? [{ membershipId: m.id, userId: m.user.id, name: m.user.name, role: m.role }] : []));
  const roles = data.roles.filter((r) => r.kind === 'ORGANIZATION');
  const standing = (o.memberships ?? []).flatMap((m) => (m.delegation ? [{ id: m.id, name: m.user?.name ?? t.somebody, ...m.delegation }] : []));
  return (
    <Page title={o.name} wide before={<Avatar name={o.name} square />} crumbs={[{ title: t.crumb, href: '/customers' }, { title: o.name, href: `/customers/${o.id}` }, { title: t.buying }]}>
      <CustomerTabs id={o.id} at="buying" />
      <div className="f-columns">
        <div className="f-stack">
          {may('price.quote') && <section aria-label={t.quote} className="f-stack" style={{ gap: 12 }}><h2>{t.quote}</h2><Suspense fallback={<Loading rows={3} card />}><Quote of={o.id} asked={asked} /></Suspense></section>}
          {may('spendingLimit.read') && <LimitList organizationId={o.id} currency={o.currency ?? 'EUR'} people={people} roles={roles} />}
          {may('approval.read') && <WaitingCard id={o.id} />}
        </div>
        <div className="f-stack">
          <Terms o={o} again={again} />
          {may('priceList.read') && <Lists o={o} />}
          {may('people.names') && <Addresses o={o} again={again} />}
          {may('cart.read') && <CartsCard o={o} people={people} />}
          {standing.length > 0 && <Card title={t.standIns}><ul className="f-stack" style={{ gap: 8 }}>{standing.map((d) => <li key={d.id}>{t.standIn(d.delegate?.name ?? t.somebody, d.name, day(d.until))}</li>)}</ul></Card>}
        </div>
      </div>
    </Page>
  );
}

function useSegments(id: string) {
  const may = useMay();
  const input = useMemo(() => ({ organizationId: id, lines: [] }), [id]);
  const [{ data }, load] = useQuery({ query: Groups, variables: { input }, pause: !may('price.quote') });
  return { segments: data?.quote.segments ?? null, again: () => load({ requestPolicy: 'network-only' }) };
}

function Terms({ o, again }: { o: Buyer; again: () => void }) {
  const t = buyingWords.use();
  const may = useMay();
  const { segments, again: reload } = useSegments(o.id);
  const [dialog, setDialog] = useState<'terms' | 'segments' | null>(null);
  const close = () => setDialog(null);
  return (
    <Card title={t.terms} aside={may('organization.trade') && <Button size="compact-sm" variant="default" onClick={() => setDialog('terms')}>{t.edit}</Button>}>
      <dl className="f-facts">
        <dt>{t.currency}</dt><dd>{o.currency || t.anyCurrency}</dd>
        {may('order.prices') && <><dt>{t.vatId}</dt><dd>{o.vatId || t.noVat}</dd></>}
        {segments && <><dt>{t.segments}</dt><dd>{segments.length ? sentence(segments.map((s) => s.name)) : t.noSegments}</dd></>}
      </dl>
      {segments && may('segment.members') && <Button size="compact-sm" variant="default" style={{ marginTop: 12 }} onClick={() => setDialog('segments')}>{t.changeSegments}</Button>}
      <Dialog open={dialog === 'terms'} onClose={close} title={t.termsTitle}>{dialog === 'terms' && <Suspense fallback={<Loading rows={2} />}><Forms form="terms" o={o} close={close} done={again} /></Suspense>}</Dialog>
      <Dialog open={dialog === 'segments'} onClose={close} title={t.segmentsTitle}>{dialog === 'segments' && <Suspense fallback={<Loading rows={2} />}><Forms form="segments" o={o} segments={(segments ?? []).map((s) => s.id)} close={close} done={reload} /></Suspense>}</Dialog>
    </Card>
  );
}

const place = (a: { line1: string | null; postalCode: string | null; city: string | null; country: string | null }) => [a.line1, [a.postalCode, a.city].filter(Boolean).join(' '), a.country && regionName(a.country)].filter(Boolean).join(', ');

function Addresses({ o, again }: { o: Buyer; again: () => void }) {
  const t = buyingWords.use();
  const may = useMay();
  const tell = useTell();
  const [set] = useAction(SetAddresses);
  const [editing, setEditing] = useState<number | 'new' | null>(null);
  const [removing, setRemoving] = useState<number | null>(null);
  const all = o.addresses ?? [];
  const changes = may('organization.addresses');
  const save = async (next: typeof all, said: string) => {
    const input = { organizationId: o.id, addresses: next.map((a) => ({ name: a.name ?? '', line1: a.line1 ?? '', line2: a.line2, postalCode: a.postalCode, city: a.city ?? '', region: a.region, country: a.country ?? '' })) };
    if (tell(await set({ input, key: crypto.randomUUID() }), said)) again();
  };
  return (
    <Card title={t.addresses} flush aside={changes && <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>{t.addAddress}</Button>}>
      {!all.length ? <p className="muted pr-pad">{t.noAddresses}</p> : <ul className="f-rows">{all.map((a, i) => (
        <li key={i} className="pr-line">
          <span><b className="pr-strong">{a.name}</b>{i === 0 && <> <Pill tone="info">{t.usual}</Pill></>}<small className="f-second">{place(a)}</small></span>
          {changes && <Menu label={t.addressMenu(a.name ?? '')} button={<IconDots size={18} />} items={[
            { label: t.edit, run: () => setEditing(i) },
            ...(i > 0 ? [{ label: t.makeUsual, run: () => void save([a, ...all.filter((_, n) => n !== i)], t.addressSaved) }] : []),
            { label: t.remove, danger: true, run: () => setRemoving(i) },
          ]} />}
        </li>
      ))}</ul>}
      <Dialog open={editing !== null} onClose={() => setEditing(null)} title={editing === 'new' ? t.newAddress : t.addressTitle}>
        {editing !== null && <Suspense fallback={<Loading rows={4} />}><Forms form="address" o={o} at={editing === 'new' ? all.length : editing} close={() => setEditing(null)} done={again} /></Suspense>}
      </Dialog>
      <Dialog open={removing !== null} onClose={() => setRemoving(null)} title={t.removeTitle}>
        {removing !== null && <div className="f-form"><p>{all[removing]?.name}, {all[removing] && place(all[removing])}</p><div className="f-form-end">
          <Button data-danger onClick={() => { void save(all.filter((_, n) => n !== removing), t.addressRemoved); setRemoving(null); }}>{t.remove}</Button></div></div>}
      </Dialog>
    </Card>
  );
}

function Lists({ o }: { o: Buyer }) {
  const t = buyingWords.use();
  const { segments } = useSegments(o.id);
  return (
    <Card title={t.lists} flush>
      <ListsOf filter={{ organizationId: o.id }} title={t.ownLists} none={t.noLists} />
      {(segments ?? []).map((s) => <ListsOf key={s.id} filter={{ segmentId: s.id }} title={t.ofSegment(s.name)} />)}
    </Card>
  );
}

function ListsOf({ filter, title, none }: { filter: { organizationId?: string; segmentId?: string }; title: string; none?: string }) {
  const t = buyingWords.use();
  const [{ data }] = useQuery({ query: Own, variables: { filter: { ...filter, status: ['ACTIVE'] as 'ACTIVE'[] } } });
  const rows = data?.priceLists.edges?.flatMap((e) => (e?.node ? [e.node] : []));
  if (!rows) return <Loading rows={1} />;
  if (!rows.length) return none ? <p className="muted pr-pad">{none}</p> : null;
  const priority = (r: (typeof rows)[number]) => r.assignments.find((a) => (filter.organizationId ? a.organization?.id === filter.organizationId : a.segment?.id === filter.segmentId))?.priority;
  return <><p className="pr-group">{title}</p><ul className="f-rows">{rows.map((r) => <li key={r.id} className="pr-line"><Link href={`/price-lists/${r.id}`}>{r.name}</Link><small className="muted">{[r.currency, priority(r) != null && t.priority(priority(r)!)].filter(Boolean).join(' · ')}</small></li>)}</ul></>;
}

function WaitingCard({ id }: { id: string }) {
  const t = buyingWords.use();
  const [{ data }] = useQuery({ query: Waiting, variables: { filter: { organizationId: id, status: ['PENDING'] as 'PENDING'[] } } });
  const rows = data?.approvals.edges?.flatMap((e) => (e?.node ? [e.node] : []));
  return (
    <Card title={t.waiting} flush aside={<Link href={`/approvals?customer=${id}`}>{t.allApprovals}</Link>}>
      {!rows ? <Loading rows={2} /> : !rows.length ? <p className="muted pr-pad">{t.noWaiting}</p> : <ul className="f-rows">{rows.map((a) => (
        <li key={a.id} className="pr-line"><span>{a.order ? <Link href={`/orders/${encodeURIComponent(a.order.number)}`}>{a.order.number}</Link> : '–'}<small className="f-second">{[a.user && t.by(a.user.name), t.until(day(a.expiresAt))].filter(Boolean).join(' · ')}</small></span><b className="num pr-strong">{a.order?.total && money(a.order.total)}</b></li>
      ))}</ul>}
    </Card>
  );
}

function CartsCard({ o, people }: { o: Buyer; people: { userId: string; name: string }[] }) {
  const t = buyingWords.use();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const [{ data }] = useQuery({ query: Carts, variables: { filter: { organizationId: o.id } } });
  const rows = data?.carts.filter((c) => c.lines.length || c.name);
  return (
    <Card title={t.carts} flush aside={may('cart.create') && <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setOpen(true)}>{t.orderFor}</Button>}>
      {!rows ? <Loading rows={1} /> : !rows.length ? <p className="muted pr-pad">{t.noCarts}</p> : <ul className="f-rows">{rows.map((c) => (
        <li key={c.id} className="pr-line"><span><Link href={`/carts/${c.id}`}>{c.name || t.usualCart}</Link><small className="f-second">{[c.user && t.cartOf(c.user.name), t.items(c.lines.length)].filter(Boolean).join(' · ')}</small></span><span className="num">{c.amounts && money(c.amounts.total)}</span></li>
      ))}</ul>}
      <Dialog open={open} onClose={() => setOpen(false)} title={t.orderForTitle}>{open && <Suspense fallback={<Loading rows={2} />}><Forms form="cart" o={o} people={people} close={() => setOpen(false)} done={() => undefined} /></Suspense>}</Dialog>
    </Card>
  );
}
