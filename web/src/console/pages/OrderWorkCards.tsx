import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { day, money, moment, regionName } from '../../lib/format.ts';
import { Card, CopyButton } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { orderWords } from '../../words/index.ts';
import { workWords, type WorkOrder } from './orderWorkFields.ts';

/** What there is to know about an order besides its goods. */
export function Facts({ order: o }: { order: WorkOrder }) {
  const t = workWords.use();
  const w = orderWords.use();
  const may = useMay();
  const rows: [string, ReactNode][] = [
    [t.customer, o.organization && (may('organization.read') ? <Link href={`/customers/${o.organization.id}`}>{o.organization.name}</Link> : o.organization.name)],
    [t.placedBy, o.user?.name],
    [t.contact, o.contactEmail],
    [t.reference, o.purchaseOrderNumber && <span className="ow-copy">{o.purchaseOrderNumber}<CopyButton text={o.purchaseOrderNumber} /></span>],
    [t.payment, o.paymentStatus && w.payment[o.paymentStatus]],
    [t.returns, o.returnStatus !== 'NONE' && w.returns[o.returnStatus]],
    [t.cancelReason, o.cancelReason],
    [t.source, o.source],
    [t.externalId, o.externalId],
    [t.recorded, moment(o.createdAt)],
    [t.changed, moment(o.updatedAt)],
  ];
  return <Card title={t.facts}><dl className="f-facts">{rows.filter(([, v]) => v).map(([k, v]) => <Fact key={k} name={k}>{v}</Fact>)}</dl></Card>;
}
const Fact = ({ name, children }: { name: string; children: ReactNode }) => <><dt>{name}</dt><dd>{children}</dd></>;

/** What it costs, for those who may know. */
export function Sums({ order: o }: { order: WorkOrder }) {
  const t = workWords.use();
  if (!o.total) return null;
  const rows: [string, WorkOrder['total']][] = [[t.items, o.linesTotal], ...(Number(o.discount?.amount) ? [[t.discount, { ...o.discount!, amount: `-${o.discount!.amount}` }] as [string, WorkOrder['total']]] : []), [t.shipping, o.shipping], [t.tax, o.tax]];
  return (
    <Card title={t.summary}>
      <dl className="f-facts">
        {rows.map(([k, v]) => v && <Fact key={k} name={k}><span className="num">{money(v)}</span></Fact>)}
        <dt className="f-total">{t.total}</dt><dd className="num f-total">{money(o.total)}</dd>
      </dl>
    </Card>
  );
}

type Place = NonNullable<WorkOrder['shipTo']>;
const linesOf = (a: Place) => [a.name, a.line1, a.line2, [a.postalCode, a.city].filter(Boolean).join(' '), a.region, a.country && regionName(a.country)].filter((x): x is string => !!x);
const Address = ({ of }: { of: Place }) => <address className="ow-address">{linesOf(of).map((l, i) => <span key={i}>{i === 0 && of.name ? <b>{l}</b> : l}</span>)}</address>;

/** Where it goes, and who is billed. */
export function Addresses({ order: o }: { order: WorkOrder }) {
  const t = workWords.use();
  if (!o.shipTo && !o.billTo) return null;
  const same = o.shipTo && o.billTo && linesOf(o.shipTo).join('\n') === linesOf(o.billTo).join('\n');
  return (
    <Card title={o.shipTo ? t.shipTo : t.billTo}>
      {o.shipTo && <Address of={o.shipTo} />}
      {same ? <p className="muted" style={{ marginTop: 10 }}>{t.sameBill}</p> : o.billTo && <>{o.shipTo && <h3 style={{ margin: '16px 0 4px' }}>{t.billTo}</h3>}<Address of={o.billTo} /></>}
    </Card>
  );
}

/** The day, as one line: what is promised, wanted, expected. */
export function Days({ order: o }: { order: WorkOrder }) {
  const t = workWords.use();
  const further = [
    o.requestedDate && o.requestedDate !== o.promisedDate && t.wanted(day(o.requestedDate)),
    o.status === 'CONFIRMED' && o.estimatedDelivery && o.estimatedDelivery.slice(0, 10) !== o.promisedDate && t.expected(day(o.estimatedDelivery.slice(0, 10))),
  ].filter(Boolean);
  return <p className="ow-days">{o.promisedDate ? <><span className="muted">{t.promised}</span> <b>{day(o.promisedDate, true)}</b></> : <b>{t.noPromise}</b>}{further.length > 0 && <span className="muted"> · {further.join(' · ')}</span>}</p>;
}
