import { useQuery } from 'urql';
import { list as sentence, money, number, percent, regionName } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { Pill } from '../../ui/kit.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { useHolds } from './priceListWords.tsx';
import { rulesWords, type DiscountRule, type Kind, type ShippingRule, type TableData, type TaxRule } from './rulesDraft.ts';

const Names = graphql(`query NamesOfRules($ids: [ID!]!) { nodes(ids: $ids) {
  ... on Category { id name } ... on Product { id name } ... on Organization { id name } ... on Segment { id name }
} }`);

/** What the things are called that discounts name by their ids. */
export function useNames(ids: string[]): (id: string) => string | undefined {
  const wanted = [...new Set(ids)].slice(0, 100);
  const [{ data }] = useQuery({ query: Names, variables: { ids: wanted }, pause: !wanted.length });
  const all = new Map(data?.nodes.flatMap((n) => (n && 'name' in n ? [[n.id, n.name] as const] : [])));
  return (id) => all.get(id);
}

type Rowed<R> = R & { id: string };
const rowed = <R extends { key: string }>(all: readonly R[] | null): Rowed<R>[] => (all ?? []).map((r) => ({ ...r, id: r.key }));
const kilos = (grams: number) => (grams < 1000 ? `${number(grams)} g` : `${number(grams / 1000)} kg`);

/** The rules of a version, to be read. Those that decided when they were tried are marked. */
export function RulesShown({ kind, table: d, hits }: { kind: Kind; table: TableData; hits: ReadonlySet<string> }) {
  const t = rulesWords.use();
  const holds = useHolds();
  const name = useNames((d.discountRules ?? []).flatMap((r) => [...r.categoryIds, ...r.productIds, ...r.organizationIds, ...r.segmentIds]));
  const places = (codes: readonly string[]) => (!codes.length ? t.everywhere : codes.length > 4 ? t.moreCountries(codes.slice(0, 3).map(regionName).join(', '), codes.length - 3) : sentence(codes.map(regionName)));
  const rule = <R extends { key: string; name: string; description?: string | null }>(): Column<Rowed<R>> => ({ key: 'rule', title: t.groups.rule, phone: 'main', cell: (r) => <><b className="pr-strong">{r.name}</b>{hits.has(r.key) && <> <Pill tone="accent">{t.hit}</Pill></>}<small>{[r.key, r.description].filter(Boolean).join(' · ')}</small></> });
  const when = <R extends { validFrom: string | null; validTo: string | null }>(): Column<R> => ({ key: 'holds', title: t.groups.holds, phone: 'label', cell: (r) => holds(r.validFrom, r.validTo) });
  if (kind === 'TAX') {
    const columns: Column<Rowed<TaxRule>>[] = [
      rule(),
      { key: 'where', title: t.groups.where, phone: 'label', cell: (r) => <>{places(r.countries)}{r.regions.length > 0 && <small>{sentence([...r.regions])}</small>}</> },
      { key: 'what', title: t.groups.what, phone: 'label', cell: (r) => <>{r.categories.length ? sentence(r.categories.map((c) => t.categoryNames[c as keyof typeof t.categoryNames] ?? c)) : t.everything}{r.isBusiness != null && <small>{r.isBusiness ? t.withVat : t.withoutVat}</small>}</> },
      { key: 'rate', title: t.groups.rate, end: true, phone: 'label', cell: (r) => <><b className="num pr-strong">{percent(Number(r.percent) / 100, 2)}</b>{r.isReverseCharge && <small>{t.reverse}</small>}</> },
      when(),
    ];
    return <Table label={t.kinds[kind]} columns={columns} rows={rowed(d.taxRules)} name={(r) => r.name} />;
  }
  if (kind === 'SHIPPING') {
    const columns: Column<Rowed<ShippingRule>>[] = [
      rule(),
      { key: 'where', title: t.groups.where, phone: 'label', cell: (r) => places(r.countries) },
      { key: 'goods', title: t.groups.goods, phone: 'label', cell: (r) => {
        const weight = r.minimumGrams != null && r.maximumGrams != null ? t.between(kilos(r.minimumGrams), kilos(r.maximumGrams)) : r.maximumGrams != null ? t.upTo(kilos(r.maximumGrams)) : r.minimumGrams != null ? t.over(kilos(r.minimumGrams)) : null;
        return <>{weight ?? (r.minimumValue ? null : t.anyGoods)}{r.minimumValue && <small>{t.fromValue(money(r.minimumValue))}</small>}</>;
      } },
      { key: 'price', title: t.groups.price, end: true, phone: 'label', cell: (r) => <><b className="num pr-strong">{money(r.price)}</b><small>{[Number(r.pricePerKilogram.amount) > 0 && t.perKilo(money(r.pricePerKilogram)), r.freeFrom && t.freeFrom(money(r.freeFrom))].filter(Boolean).join(', ')}</small></> },
      { key: 'way', title: t.groups.way, phone: 'label', cell: (r) => <>{t.days(r.days)}{r.carrier && <small>{r.carrier}</small>}</> },
    ];
    return <Table label={t.kinds[kind]} columns={columns} rows={rowed(d.shippingRules)} name={(r) => r.name} />;
  }
  const columns: Column<Rowed<DiscountRule>>[] = [
    rule(),
    { key: 'gives', title: t.groups.gives, phone: 'label', cell: (r) => <><b className="num pr-strong">{r.percent ? percent(Number(r.percent) / 100, 2) : r.amount ? money(r.amount) : ''}</b><small>{r.on === 'ORDER' ? t.onOrder : t.onLine}</small></> },
    { key: 'from', title: t.groups.from, phone: 'label', cell: (r) => [r.minimumValue && t.fromValue(money(r.minimumValue)), r.minimumQuantity && t.fromPieces(number(r.minimumQuantity))].filter(Boolean).join(', ') || t.always2 },
    { key: 'whom', title: t.groups.whom, phone: 'label', cell: (r) => {
      const all = [...r.organizationIds, ...r.segmentIds, ...r.categoryIds, ...r.productIds].map((id) => name(id) ?? '…');
      return all.length ? (all.length > 4 ? t.moreCountries(all.slice(0, 3).join(', '), all.length - 3) : sentence(all)) : t.everybody;
    } },
    when(),
  ];
  return <Table label={t.kinds[kind]} columns={columns} rows={rowed(d.discountRules)} name={(r) => r.name} />;
}
