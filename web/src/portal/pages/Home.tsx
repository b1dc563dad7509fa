import { lazy, Suspense, type ReactNode } from 'react';
import { useQuery, useSubscription } from 'urql';
import { Link } from 'wouter';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { ago, day, money, number, weekday } from '../../lib/format.ts';
import { words } from '../../lib/words.ts';
import { house } from '../../ui/house.ts';
import { IconBasket, IconCheck, IconChevronRight, IconTruck } from '../../ui/icons.ts';
import { Avatar, Card, Empty, Failure, OrderPill, Page, Pill, ShipmentPill, Skeleton } from '../../ui/kit.tsx';
import { arrivalOf, dayOf, StepBar } from '../../ui/order/Steps.tsx';
import { useMay, useSession } from '../../ui/root.tsx';
import { kitWords, orderWords } from '../../words/index.ts';
import en from './Home.en.ts';
import '../order/orderpage.css';
import './home.css';

const text = words('Home', en);
const Reorder = lazy(() => import('../order/Reorder.tsx'));

const Row = graphql(`fragment HomeOrder on Order @_unmask {
  id number status fulfillmentStatus purchaseOrderNumber placedAt promisedDate estimatedDelivery confirmedAt cancelledAt deliveredAt isLate
  delay { expected reason } user @_optional { id name } lines { id position name quantity quantityShipped } shipments { id status shippedAt deliveredAt }
}`);
type Order = ResultOf<typeof Row>;

// One question for the whole page. The numbers are those of the very lists that they lead to.
const Everything = graphql(`query Home {
  viewer { attention @_optional { lateOrders ordersUnderway approvalsToDecide @_optional } cart @_optional { id lines { id quantity variant { id sku product { id name } } } amounts @_optional { total { amount currency } } } organization @_optional { id contacts @_optional { name email phone } } }
  late: orders(filter: { isLate: true }, first: 3) @_optional { totalCount edges { node { ...HomeOrder } } }
  delayed: orders(filter: { isDelayed: true, isLate: false }, first: 3) @_optional { totalCount edges { node { ...HomeOrder } } }
  problems: orders(filter: { shipmentStatus: [EXCEPTION] }, first: 3) @_optional { totalCount edges { node { ...HomeOrder } } }
  approval: orders(filter: { status: [AWAITING_APPROVAL] }, first: 3) @_optional { totalCount edges { node { ...HomeOrder } } }
  underway: orders(filter: { status: [CONFIRMED], fulfillmentStatus: [PARTIALLY_SHIPPED, SHIPPED, PARTIALLY_DELIVERED] }, first: 20) @_optional { totalCount edges { node { ...HomeOrder } } }
  delivered: orders(filter: { fulfillmentStatus: [DELIVERED] }, first: 4) @_optional { edges { node { ...HomeOrder } } }
  notifications(first: 4) @_optional { edges { node { id title createdAt readAt order @_optional { id number } } } }
}`, [Row]);

const Changed = graphql(`subscription HomeChanged($since: String) { ordersUpdated(since: $since) { token order { id } } }`);

const nodes = <T,>(c: { edges: readonly ({ node: T | null } | null)[] | null } | null | undefined): T[] => c?.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? [];
const utcDay = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const path = (o: { number: string }) => `/orders/${encodeURIComponent(o.number)}`;

/** The first page: what needs attention, what comes next, what has happened. */
export default function Home() {
  const t = text.use();
  const k = kitWords.use();
  const may = useMay();
  const { viewer } = useSession();
  const [{ data, error }, again] = useQuery({ query: Everything });
  useSubscription({ query: Changed, pause: !may('order.read') }, (_, message) => {
    if (message.ordersUpdated.order) again({ requestPolicy: 'network-only' });
    return message;
  });
  const first = viewer.name.split(' ')[0] ?? '';
  const hour = new Date().getHours();
  const title = hour < 11 ? t.morning(first) : hour < 18 ? t.afternoon(first) : t.evening(first);
  const sub = [viewer.organization?.name, weekday(new Date().toISOString())].filter(Boolean).join(' · ');

  if (error && !data) return <Page title={title} sub={sub}><section className="f-card"><Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /></section></Page>;
  if (!may('order.read')) {
    return (
      <Page title={title} sub={sub}>
        {viewer.kind === 'STAFF' && <Card title={t.console}><p>{t.consoleText}</p><p style={{ marginTop: 10 }}><a href="/console/">{t.consoleLink}</a></p></Card>}
      </Page>
    );
  }
  const counts = data && { late: data.late?.totalCount ?? 0, delayed: data.delayed?.totalCount ?? 0, problems: data.problems?.totalCount ?? 0, approval: data.approval?.totalCount ?? 0, underway: data.underway?.totalCount ?? 0 };
  const next = nodes(data?.underway).filter((o) => !o.isLate && !o.delay && !o.shipments.some((s) => s.status === 'EXCEPTION')).sort((a, b) => (arrivalOf(a) ?? '9').localeCompare(arrivalOf(b) ?? '9')).slice(0, 5);
  const seen = new Set<string>();
  const urgent = [...nodes(data?.late), ...nodes(data?.problems), ...nodes(data?.delayed), ...nodes(data?.approval)].filter((o) => !seen.has(o.id) && seen.add(o.id)).slice(0, 6);
  const cart = data?.viewer.cart;
  const cartFirst = cart?.lines[0]?.variant?.product?.name ?? '';
  const cartWhat = cart && cart.lines.length > 1 ? t.more(cartFirst, cart.lines.length - 1) : cartFirst;
  const contacts = data?.viewer.organization?.contacts ?? [];
  return (
    <Page title={title} sub={sub}>
      {counts ? (
        <div className="h-tiles">
          {counts.late + counts.delayed + counts.problems + counts.approval + (data?.viewer.attention?.approvalsToDecide ?? 0) === 0 && (
            <section className="f-card h-calm"><span aria-hidden><IconCheck size={21} /></span><div><h2>{t.calm}</h2><p>{t.calmText}</p></div></section>
          )}
          <Tile n={data?.viewer.attention?.approvalsToDecide ?? 0} tone="warn" title={t.decide} text={t.decideText} href="/approvals" />
          <Tile n={counts.late} tone="bad" title={t.late} text={t.lateText} href="/orders?show=late" />
          <Tile n={counts.problems} tone="bad" title={t.problems} text={t.problemsText} href="/orders?show=problems" />
          <Tile n={counts.delayed} tone="warn" title={t.delayed} text={t.delayedText} href="/orders?show=expected" />
          <Tile n={counts.approval} tone="warn" title={t.approval} text={t.approvalText} href="/orders?status=AWAITING_APPROVAL" />
          <Tile n={counts.underway} title={t.underway} text={t.underwayText} href="/orders?show=underway" always />
        </div>
      ) : (
        <div className="h-tiles" role="status"><span className="vh">{k.loading}</span>{[0, 1, 2].map((i) => <div key={i} className="f-card h-tile" aria-hidden><Skeleton w={90} /><span /><Skeleton w={40} h={26} style={{ margin: '4px 0' }} /></div>)}</div>
      )}
      {!data && <Waiting news={may('notification.read')} />}
      {data && <div className="f-columns">
        <div className="f-stack">
          {urgent.length > 0 && <Card title={t.attention} flush><ul>{urgent.map((o) => <li key={o.id}><Urgent order={o} /></li>)}</ul></Card>}
          <Card title={t.next} flush aside={counts && counts.underway > 0 && <Link href="/orders?show=underway" aria-label={t.allOf(t.underway)}>{t.all}</Link>}>
            {next.length ? <ul>{next.map((o) => <li key={o.id}><Next order={o} /></li>)}</ul>
              : <Empty icon={<IconTruck size={22} />} title={t.nextNone} text={t.nextNoneText} />}
          </Card>
          <Card title={t.recent} flush>
            {!nodes(data.delivered).length ? <p className="h-small">{t.recentNone}</p> : (
              <ul>{nodes(data.delivered).map((o) => <li key={o.id} className="h-again"><Link className="h-row" href={path(o)}><b>{o.number}</b><small>{o.deliveredAt && day(o.deliveredAt)}</small><small className="h-wide"><Lead order={o} /></small></Link>{may('cart.change') && <Suspense><Reorder orderId={o.id} small label={t.again(o.number)} /></Suspense>}</li>)}</ul>
            )}
          </Card>
        </div>
        <div className="f-stack">
          {cart && cart.lines.length > 0 && (
            <Card title={t.cart} flush aside={<Link href="/cart">{t.toCart}</Link>}>
              <Link className="h-row h-cart" href="/cart"><span aria-hidden><IconBasket size={19} /></span><span><b>{cartWhat}</b><small>{t.cartItems(cart.lines.length)}{cart.amounts && ` · ${money(cart.amounts.total)}`}</small></span></Link>
            </Card>
          )}
          {may('notification.read') && (
            <Card title={t.news} flush aside={<Link href="/notifications" aria-label={t.allOf(t.news)}>{t.all}</Link>}>
              {!nodes(data.notifications).length ? <p className="h-small">{t.newsNone}</p> : (
                <ul>{nodes(data.notifications).map((n) => (
                  <li key={n.id}><Link className="h-row h-note" data-unread={!n.readAt || undefined} href={n.order ? path(n.order) : '/notifications'}>
                    <b>{n.title}{!n.readAt && <span className="vh"> ({t.unread})</span>}</b><small>{ago(n.createdAt)}</small></Link></li>
                ))}</ul>
              )}
            </Card>
          )}
          {contacts.length > 0 && <Card title={t.contact}>{contacts.map((c) => (
            <div className="op-person" key={c.email}><Avatar name={c.name} /><div><b>{c.name}</b><a href={`mailto:${c.email}`}>{c.email}</a>{c.phone && <><br /><a href={`tel:${c.phone.replace(/[^+\d]/g, '')}`}>{c.phone}</a></>}</div></div>
          ))}</Card>}
          {!contacts.length && house.contactEmail && <Card title={t.contact}><a href={`mailto:${house.contactEmail}`}>{house.contactEmail}</a></Card>}
          {may('membership.role') && <Card title={t.people}><p className="muted">{t.peopleText}</p><p style={{ marginTop: 8 }}><Link href="/organization">{t.peopleLink}</Link></p></Card>}
        </div>
      </div>}
    </Page>
  );
}

/** The page's shape while it loads; elements of their own, so that nothing is seen to move when the page is there. */
function Waiting({ news }: { news: boolean }) {
  const t = text.use();
  return (
    <div className="f-columns" aria-hidden>
      <div className="f-stack">
        <section className="f-card"><header><Skeleton w={150} h={16} /></header><Lines n={6} h={75} /></section>
        <section className="f-card"><header><b>{t.recent}</b></header><Lines n={4} h={66} /></section>
      </div>
      {news && <section className="f-card"><header><b>{t.news}</b></header><Lines n={4} h={66} /></section>}
    </div>
  );
}

function Tile(p: { n: number; title: string; text: (n: number) => string; href: string; tone?: 'bad' | 'warn'; always?: boolean }) {
  if (!p.n && !p.always) return null;
  return (
    <Link className="f-card h-tile" data-tone={p.tone} href={p.href}>
      <span className="h-tile-title">{p.title}</span><IconChevronRight size={16} aria-hidden /><b>{number(p.n)}</b>
    </Link>
  );
}

/** By what a customer knows an order: its first item, and how much more. */
function Lead({ order: o }: { order: Order }) {
  const t = text.use();
  const name = [...o.lines].sort((a, b) => a.position - b.position)[0]?.name;
  return <>{name && (o.lines.length > 1 ? t.more(name, o.lines.length - 1) : name)}{name && o.purchaseOrderNumber && ' · '}<span className="num">{o.purchaseOrderNumber}</span></>;
}

function Urgent({ order: o }: { order: Order }) {
  const t = text.use();
  const w = orderWords.use();
  const trouble = o.shipments.some((s) => s.status === 'EXCEPTION');
  let pill: ReactNode = <OrderPill order={o} />;
  if (o.isLate) pill = <Pill tone="bad">{w.late}</Pill>;
  else if (trouble) pill = <Pill tone="bad">{w.shipment.EXCEPTION}</Pill>;
  else if (o.delay) pill = <Pill tone="warn">{w.delayed}</Pill>;
  const why = o.delay?.reason ?? (o.status === 'AWAITING_APPROVAL' && o.user ? t.waits(o.user.name) : trouble ? w.delay.DELIVERY_PROBLEM : null);
  return <Link className="h-row" href={path(o)}><span><b>{o.number}</b> <small><Lead order={o} /></small></span>{pill}{why && <span className="h-text h-wide">{why}</span>}</Link>;
}

function Next({ order: o }: { order: Order }) {
  const t = text.use();
  const at = arrivalOf(o);
  const near = at === utcDay(0) ? t.today : at === utcDay(1) ? t.tomorrow : null;
  return (
    <Link className="h-row h-next" href={path(o)}>
      <span className="h-next-date">{!at ? t.noDay : dayOf(at) < utcDay(0) ? t.wasDue(day(at)) : near ?? weekday(at).split(/,? /)[0]}{at && dayOf(at) >= utcDay(0) && <small className="muted">{day(at)}</small>}</span>
      <div><b>{o.number}</b> <small><Lead order={o} /></small><StepBar order={o} /></div>
      {o.shipments.some((s) => s.status === 'OUT_FOR_DELIVERY') ? <ShipmentPill status="OUT_FOR_DELIVERY" /> : <OrderPill order={o} />}
    </Link>
  );
}

const Lines = ({ n, h }: { n: number; h: number }) => (
  <div aria-hidden>{Array.from({ length: n }, (_, i) => <div key={i} className="h-row" style={{ height: h, gridTemplateColumns: '1fr' }}><Skeleton w="44%" /><Skeleton w="72%" h={11} /></div>)}</div>
);
