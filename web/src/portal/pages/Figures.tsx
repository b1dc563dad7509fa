import { money, month, number, percent } from '../../lib/format.ts';
import { graphql, readFragment, type FragmentOf } from '../../lib/graphql.ts';
import { Bars } from '../../ui/charts.tsx';
import { Card } from '../../ui/kit.tsx';
import { organizationWords } from './organization-words.ts';
import './organization.css';

/** What the key figures need of an organization. */
export const Numbers = graphql(`fragment Numbers on OrganizationFigures {
  openOrders lateOrders delivered deliveredOnTime
  openValue @_optional { amount currency } value @_optional { amount currency } valueBefore @_optional { amount currency }
  months { month orders }
}`);

/** What the organization orders, in a few numbers and by month. */
export function Figures({ figures }: { figures: FragmentOf<typeof Numbers> }) {
  const t = organizationWords.use();
  const f = readFragment(Numbers, figures);
  const now = f.value?.[0];
  const before = f.valueBefore?.find((m) => m.currency === now?.currency);
  const change = now && before && Number(before.amount) > 0 ? Number(now.amount) / Number(before.amount) - 1 : null;
  // Beside a year of next to nothing every growth is a number without a meaning, so that is left out.
  const tiles = [
    { title: t.openOrders, value: number(f.openOrders), note: [f.lateOrders ? t.late(f.lateOrders) : '', f.openValue?.length ? t.openValue(f.openValue.map((m) => money(m, true)).join(' + ')) : ''].filter(Boolean).join(' · ') },
    ...(f.value ? [{ title: t.value, value: f.value.length ? f.value.map((m) => money(m, true)).join(' + ') : '–', note: change == null || change > 2 ? '' : t.before(`${change >= 0 ? '+' : ''}${percent(change)}`) }] : []),
    { title: t.onTime, value: f.delivered ? percent(f.deliveredOnTime / f.delivered) : '–', note: t.ofPromised(f.delivered) },
  ];
  return (
    <>
      <div className="o-figures">{tiles.map((x) => <dl className="f-card o-figure" key={x.title}><dt>{x.title}</dt><dd className="num">{x.value}</dd><dd style={{ font: 'inherit' }}><small>{x.note}</small></dd></dl>)}</div>
      <Card title={t.figures}><Bars label={t.figures} bars={f.months.map((m) => ({ key: m.month, label: month(m.month, true), value: m.orders, text: t.orders(m.orders) }))} /></Card>
    </>
  );
}
