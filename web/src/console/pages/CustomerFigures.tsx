import { useState } from 'react';
import { Link } from 'wouter';
import { compact, money, month, number, percent } from '../../lib/format.ts';
import { graphql, readFragment, type FragmentOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { Bars } from '../../ui/charts.tsx';
import { Card, Empty, Skeleton } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import en from './Customer.en.ts';

const text = words('Customer', en);

/** What the tiles and the bars of a customer's page need. */
export const figuresFragment = graphql(`fragment CustomerFigures on OrganizationFigures {
  openOrders lateOrders orders delivered deliveredOnTime firstOrderAt
  openValue @_optional { amount currency }
  value @_optional { amount currency }
  valueBefore @_optional { amount currency }
  months { month orders value @_optional { amount currency } }
}`);
type Figures = FragmentOf<typeof figuresFragment>;
interface Sum { amount: string; currency: string }

const sums = (all: readonly Sum[] | null | undefined) => (all ?? []).map((m) => money(m, true)).join(' + ');

/** A line without axes: only its shape matters, the numbers stand beside it. */
function Spark({ values }: { values: number[] }) {
  const top = Math.max(...values);
  if (!(top > 0) || values.length < 2) return null;
  const points = values.map((v, i) => `${((i / (values.length - 1)) * 84).toFixed(1)} ${(29 - (v / top) * 27).toFixed(1)}`);
  return (
    <svg className="cu-spark" viewBox="0 0 84 30" preserveAspectRatio="none" aria-hidden>
      <path data-area d={`M0 30 L${points.join(' L')} L84 30 Z`} /><path d={`M${points.join(' L')}`} />
    </svg>
  );
}

/** How the last twelve months compare with those before, in the currency of most of it. */
function Compared({ now, before }: { now: Sum | undefined; before: readonly Sum[] | null | undefined }) {
  const t = text.use();
  const then = before?.find((m) => m.currency === now?.currency);
  if (!now || !then || !(Number(then.amount) > 0)) return <small>{t.nothingBefore}</small>;
  const share = (Number(now.amount) - Number(then.amount)) / Number(then.amount);
  // A customer who has only begun has grown by a number that says nothing, and so does what they began with.
  if (share > 5) return null;
  return <small><b className={share >= 0 ? 'cu-up' : 'cu-down'}>{share >= 0 ? '↗ +' : '↘ −'}{percent(Math.abs(share))}</b> {t.before}</small>;
}

/** The shape of the tiles while they load. */
export const TilesLoading = () => (
  <div className="cu-tiles" aria-hidden>{[0, 1, 2, 3].map((i) => <div className="cu-tile" key={i} style={{ gap: 9, height: 104 }}><Skeleton w="55%" /><Skeleton w="40%" h={24} /><Skeleton w="70%" h={11} /></div>)}</div>
);

/** Four figures that say how it goes with a customer. */
export function Tiles({ id, figures }: { id: string; figures: Figures }) {
  const t = text.use();
  const may = useMay();
  const f = readFragment(figuresFragment, figures);
  const main = f.value?.[0];
  const of = (m: (typeof f.months)[number]) => Number(m.value?.find((v) => v.currency === main?.currency)?.amount ?? 0);
  const onTime = f.delivered ? f.deliveredOnTime / f.delivered : null;
  return (
    <dl className="cu-tiles" aria-label={t.figures}>
      <div className="cu-tile">
        <dt>{t.value}</dt>
        {f.value ? <dd><b className="num">{f.value.length ? sums(f.value) : number(0)}</b><Compared now={main} before={f.valueBefore} /><small>{t.ordersCount(f.orders)}</small></dd>
          : <dd><b className="num">{number(f.orders)}</b><small>{t.ordersCount(f.orders)}</small></dd>}
        <Spark values={f.months.map((m) => (f.value ? of(m) : m.orders))} />
      </div>
      <div className="cu-tile">
        <dt>{t.open}</dt>
        <dd><b className="num">{number(f.openOrders)}</b><small>{!f.openOrders ? t.noneOpen : f.openValue?.length ? t.toDeliver(sums(f.openValue)) : t.ordersCount(f.openOrders)}</small></dd>
        <Spark values={f.months.map((m) => m.orders)} />
      </div>
      <div className="cu-tile">
        <dt>{t.onTime}</dt>
        <dd><b className="num">{onTime === null ? '–' : percent(onTime)}</b><small>{onTime === null ? t.noDelivery : t.ofDelivered(f.deliveredOnTime, f.delivered)}</small>
          {onTime !== null && <div className="cu-meter" aria-hidden><i style={{ width: `${onTime * 100}%` }} /></div>}</dd>
      </div>
      <div className="cu-tile">
        <dt>{t.late}</dt>
        <dd><b className={f.lateOrders ? 'num cu-down' : 'num'}>{number(f.lateOrders)}</b>
          <small>{!f.lateOrders ? t.noneLate : may('order.read') ? <Link href={`/orders?customer=${id}&show=late`}>{t.seeLate}</Link> : t.ordersCount(f.lateOrders)}</small></dd>
      </div>
    </dl>
  );
}

/** What was ordered, month by month. */
export function Months({ figures }: { figures: Figures }) {
  const t = text.use();
  const f = readFragment(figuresFragment, figures);
  const currencies = (f.value ?? []).map((m) => m.currency);
  const [chosen, choose] = useState<string | null>(null);
  const shown = chosen ?? currencies[0] ?? '';
  const bars = f.months.map((m) => {
    const sum = m.value?.find((v) => v.currency === shown);
    return {
      key: m.month, label: month(m.month, true), value: shown ? Number(sum?.amount ?? 0) : m.orders,
      text: `${shown ? `${money(sum ?? { amount: '0', currency: shown }, true)} · ` : ''}${t.ordersCount(m.orders)}`,
    };
  });
  return (
    <Card title={t.months} aside={currencies.length > 0 && (
      <span className="cu-tabs" role="group" aria-label={t.measure}>
        {[...currencies, ''].map((c) => <button key={c} type="button" aria-pressed={shown === c} onClick={() => choose(c)}>{c ? t.byValue(c) : t.byOrders}</button>)}
      </span>
    )}>
      {f.orders ? <Bars label={t.months} bars={bars} tick={(v) => compact(v, shown || undefined)} /> : <Empty title={t.noMonths} />}
    </Card>
  );
}
