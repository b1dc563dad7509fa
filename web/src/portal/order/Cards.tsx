import { money, percent } from '../../lib/format.ts';
import { words } from '../../lib/words.ts';
import { house } from '../../ui/house.ts';
import { Avatar, Card } from '../../ui/kit.tsx';
import { Address } from './Address.tsx';
import type { OrderData } from './orderFields.ts';
import en from '../pages/Order.en.ts';

export { Address };

/** The words of an order's page, which the guests' page has, too. */
export const orderText = words('Order', en);

export type Place = NonNullable<OrderData['shipTo']>;

const same = (a: Place, b: Place) => (['name', 'line1', 'line2', 'postalCode', 'city', 'country'] as const).every((f) => a[f] === b[f]);

/** Where it goes, and who is billed. */
export function Addresses({ order: o }: { order: OrderData }) {
  const t = orderText.use();
  if (!o.shipTo && !o.billTo) return null;
  return (
    <Card title={o.shipTo ? t.shipTo : t.billTo}>
      {o.shipTo && <Address of={o.shipTo} />}
      {o.shipTo && o.billTo && (same(o.shipTo, o.billTo) ? <p className="muted" style={{ marginTop: 10 }}>{t.sameBill}</p> : <><h3 style={{ margin: '16px 0 4px' }}>{t.billTo}</h3><Address of={o.billTo} /></>)}
      {!o.shipTo && o.billTo && <Address of={o.billTo} />}
    </Card>
  );
}

/** What it costs, for those who may know. */
export function Sums({ order: o }: { order: OrderData }) {
  const t = orderText.use();
  if (!o.total) return null;
  const zero = (m: { amount: string } | null) => !m || Number(m.amount) === 0;
  return (
    <dl className="f-facts">
      <dt>{t.items}</dt><dd className="num">{o.linesTotal && money(o.linesTotal)}</dd>
      {!zero(o.discount) && <><dt>{t.discount}{o.discountReason && <small className="f-second">{o.discountReason}</small>}</dt><dd className="num">−{money(o.discount!)}</dd></>}
      <dt>{o.shippingMethod ? t.shippingBy(o.shippingMethod) : t.shipping}</dt><dd className="num">{zero(o.shipping) ? t.free : money(o.shipping!)}</dd>
      {o.taxes?.length ? o.taxes.map((x) => <div key={`${x.name} ${x.percent}`} style={{ display: 'contents' }}><dt>{x.name ?? t.tax} {percent(Number(x.percent) / 100, 2)}</dt><dd className="num">{money(x.tax)}</dd></div>)
        : <><dt>{t.tax}</dt><dd className="num">{o.tax && money(o.tax)}</dd></>}
      <dt className="f-total">{t.total}</dt><dd className="num f-total">{money(o.total)}</dd>
    </dl>
  );
}

/** Whom to write to about an order: who looks after the customer, or the house. */
export function helpAddress(o: OrderData): string | undefined {
  return o.organization?.contacts?.[0]?.email ?? house.contactEmail;
}

/** Whom to ask. */
export function Contact({ order: o }: { order: OrderData }) {
  const t = orderText.use();
  const people = o.organization?.contacts ?? [];
  const about = `?subject=${encodeURIComponent(t.about(o.number))}`;
  const call = (phone: string) => <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>;
  if (!people.length && !house.contactEmail && !house.contactPhone) return null;
  return (
    <Card title={t.contact}>
      {people.map((p) => (
        <div className="op-person" key={p.email}><Avatar name={p.name} /><div><b>{p.name}</b><a href={`mailto:${p.email}${about}`}>{p.email}</a>{p.phone && <><br />{call(p.phone)}</>}</div></div>
      ))}
      {!people.length && (
        <div className="op-person"><Avatar name={house.name} square /><div><b>{house.name}</b>
          {house.contactEmail && <a href={`mailto:${house.contactEmail}${about}`}>{house.contactEmail}</a>}{house.contactPhone && <><br />{call(house.contactPhone)}</>}</div></div>
      )}
    </Card>
  );
}
