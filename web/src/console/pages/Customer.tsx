import { lazy, Suspense } from 'react';
import { useQuery, useSubscription } from 'urql';
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { codeOf } from '../../lib/client.ts';
import { day, list as sentence, money, month, regionName } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { IconCart } from '../../ui/icons.ts';
import { Avatar, Card, Failure, Loading, NotFound, Notice, OrderPill, Page, Pill, Skeleton, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Care, careFragment } from './CustomerCare.tsx';
import { figuresFragment, Months, Tiles, TilesLoading } from './CustomerFigures.tsx';
import { People, peopleFragment } from './CustomerPeople.tsx';
import { CustomerTabs } from './CustomerTabs.tsx';
import en from './Customer.en.ts';
import './customer.css';

// The long part is fetched beside the customer itself.
const timeline = import('./CustomerTimeline.tsx');
timeline.catch(() => undefined); // whoever waits for it says it
const Configured = lazy(() => import('./CustomerConfigurations.tsx'));
const Timeline = lazy(async () => ({ default: (await timeline).Timeline }));

const text = words('Customer', en);

const One = graphql(`query Customer($id: ID!) {
  organization(id: $id) {
    id name kind status language createdAt source @_optional externalId @_optional
    address { name line1 line2 postalCode city region country }
    parent { id name }
    subsidiaries { id name status }
    contacts @_optional { name }
    figures(months: 12) @_optional { firstOrderAt ...CustomerFigures }
    ...CustomerPeople
    ...CustomerCare
  }
}`, [figuresFragment, peopleFragment, careFragment]);
const Open = graphql(`query OpenOrdersOfCustomer($filter: OrderFilter) {
  orders(filter: $filter, first: 5) @_optional {
    totalCount
    edges { node { id number status fulfillmentStatus purchaseOrderNumber promisedDate estimatedDelivery isLate total @_optional { amount currency } } }
  }
}`);
// What happens to its orders changes the figures, the timeline and the lists; see client.ts.
const Happens = graphql(`subscription OrdersOfCustomer($organizationId: ID, $since: String) {
  ordersUpdated(organizationId: $organizationId, since: $since) { token order { id status fulfillmentStatus promisedDate estimatedDelivery deliveredAt isLate } }
}`);

type Organization = NonNullable<ResultOf<typeof One>['organization']>;

/** All about one customer. */
export default function Customer({ id }: { id: string }) {
  const t = text.use();
  const may = useMay();
  const [{ data, error }, load] = useQuery({ query: One, variables: { id } });
  useSubscription({ query: Happens, variables: { organizationId: id }, pause: !may('order.read') });
  const again = () => load({ requestPolicy: 'network-only' });
  const o = data?.organization;
  if (!o && error && codeOf(error) !== 'NOT_FOUND') return <Page title="" crumbs={[{ title: t.crumb, href: '/customers' }]}><Failure error={error} retry={again} /></Page>;
  if (!o && (data || error)) return <NotFound home="/customers" />;
  if (!o) return (
    <div className="f-page" data-wide><div style={{ display: 'grid', gap: 10, margin: '28px 0 22px' }}><Skeleton w={260} h={28} /><Skeleton w={340} /></div>
      <TilesLoading /><div className="f-columns"><Loading rows={8} card /><Loading rows={4} card /></div></div>
  );
  const figures = o.figures;
  const sub = [
    t.kinds[o.kind], o.address?.city, figures?.firstOrderAt && t.since(month(figures.firstOrderAt.slice(0, 8) + '01')),
    o.contacts?.length ? t.careOf(sentence(o.contacts.map((c) => c.name))) : null,
  ].filter(Boolean).join(' · ');
  return (
    <Page title={o.name} wide before={<Avatar name={o.name} square />} crumbs={[{ title: t.crumb, href: '/customers' }, ...(o.parent ? [{ title: o.parent.name, href: `/customers/${o.parent.id}` }] : []), { title: o.name }]}
      after={<Pill tone={o.status === 'ACTIVE' ? 'good' : o.status === 'SUSPENDED' ? 'warn' : 'calm'}>{t.states[o.status]}</Pill>} sub={sub}
      actions={may('order.read') && <Button component={Link} href={`/orders?customer=${o.id}`} variant="default" leftSection={<IconCart size={16} />}>{t.orders}</Button>}>
      <CustomerTabs id={o.id} at="overview" />
      {o.status === 'SUSPENDED' && <div style={{ marginBottom: 18 }}><Notice tone="warn">{t.suspended}</Notice></div>}
      {o.status === 'MERGED' && o.parent && <div style={{ marginBottom: 18 }}><Notice>{t.merged(o.parent.name)}</Notice></div>}
      {figures && <Tiles id={o.id} figures={figures} />}
      <div className="f-columns">
        <div className="f-stack">
          {figures && <Months figures={figures} />}
          {may('organization.history') ? <Suspense fallback={<Loading card rows={6} />}><Timeline key={o.id} id={o.id} /></Suspense> : <About o={o} />}
        </div>
        <div className="f-stack">
          {may('order.read') && <OpenOrders id={o.id} />}
          {may('configuration.read') && <Suspense fallback={null}><Configured id={o.id} /></Suspense>}
          {may('people.contact') && <People organization={o} again={again} />}
          {may('organization.contact') && <Care organization={o} again={again} />}
          {may('organization.history') && <About o={o} />}
        </div>
      </div>
    </Page>
  );
}

function OpenOrders({ id }: { id: string }) {
  const t = text.use();
  const [{ data, error }, again] = useQuery({ query: Open, variables: { filter: { organizationId: id, status: ['AWAITING_APPROVAL', 'PLACED', 'CONFIRMING', 'CONFIRMED'] } } });
  const orders = data?.orders?.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  const rest = (data?.orders?.totalCount ?? 0) - (orders?.length ?? 0);
  return (
    <Card title={t.openOrders} flush aside={<Link href={`/orders?customer=${id}`}>{t.allOrders}</Link>}>
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : !orders ? <Loading rows={3} /> : !orders.length ? <p className="muted" style={{ padding: '16px 20px' }}>{t.noOpen}</p> : (
        <ul className="f-rows">
          {orders.map((x) => {
            const date = x.estimatedDelivery ?? x.promisedDate;
            return (
              <li key={x.id}>
                <div className="cu-line"><Link className="cu-strong" href={`/orders/${encodeURIComponent(x.number)}`}>{x.number}</Link><OrderPill order={x} /></div>
                {x.purchaseOrderNumber && <small className="f-second">{x.purchaseOrderNumber}</small>}
                <div className="cu-line" style={{ marginTop: 4 }}><span className="num">{x.total && money(x.total)}</span><span className="muted">{date ? <Time at={date.slice(0, 10)}>{t.due(day(date.slice(0, 10)))}</Time> : t.noDate}</span></div>
              </li>
            );
          })}
          {rest > 0 && <li><Link href={`/orders?customer=${id}&status=open`}>{t.moreOrders(rest)}</Link></li>}
        </ul>
      )}
    </Card>
  );
}

function About({ o }: { o: Organization }) {
  const t = text.use();
  const a = o.address;
  const lines = a ? [a.name !== o.name && a.name, a.line1, a.line2, [a.postalCode, a.city].filter(Boolean).join(' '), a.region, a.country && regionName(a.country)].filter(Boolean) : [];
  return (
    <Card title={t.about}>
      <dl className="f-facts cu-facts">
        <dt>{t.address}</dt><dd>{lines.length ? lines.map((l, i) => <span key={i} style={{ display: 'block' }}>{l}</span>) : t.noAddress}</dd>
        <dt>{t.written}</dt><dd>{t.languages[o.language]}</dd>
        {o.parent && <><dt>{t.parent}</dt><dd><Link href={`/customers/${o.parent.id}`}>{o.parent.name}</Link></dd></>}
        {o.subsidiaries.length > 0 && <><dt>{t.subsidiaries}</dt><dd>{o.subsidiaries.map((s) => <span key={s.id} style={{ display: 'block' }}><Link href={`/customers/${s.id}`}>{s.name}</Link></span>)}</dd></>}
        {o.externalId && <><dt>{t.external}</dt><dd>{[o.source, o.externalId].filter(Boolean).join(' · ')}</dd></>}
        <dt>{t.recorded}</dt><dd><Time at={o.createdAt}>{day(o.createdAt)}</Time></dd>
      </dl>
    </Card>
  );
}
