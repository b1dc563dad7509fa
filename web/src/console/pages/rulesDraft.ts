import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { amount, fromField, isAmount, toField } from '../amounts.ts';
import en from './Rules.en.ts';

export const rulesWords = words('Rules', en);

export const OneTable = graphql(`query RuleTable($kind: RuleTableKind!, $number: Int) { ruleTable(kind: $kind, number: $number) {
  id kind number note createdAt isInForce originCountry user @_optional { id name }
  taxRules { key name countries regions categories isBusiness percent isReverseCharge validFrom validTo }
  shippingRules { key name description countries minimumGrams maximumGrams minimumValue { amount currency } price { amount currency } pricePerKilogram { amount currency } freeFrom { amount currency } days carrier }
  discountRules { key name on percent amount { amount currency } minimumValue { amount currency } minimumQuantity categoryIds productIds organizationIds segmentIds validFrom validTo }
} }`);
export const SaveTable = graphql(`mutation SaveRuleTable($input: SaveRuleTableInput!, $key: String!) {
  saveRuleTable(input: $input) @idempotent(key: $key) { ruleTable { id number isInForce } userErrors { field code message } }
}`);

export type TableData = NonNullable<ResultOf<typeof OneTable>['ruleTable']>;
export type Kind = TableData['kind'];
export type TaxRule = NonNullable<TableData['taxRules']>[number];
export type ShippingRule = NonNullable<TableData['shippingRules']>[number];
export type DiscountRule = NonNullable<TableData['discountRules']>[number];
type Input = VariablesOf<typeof SaveTable>['input'];

export type FieldName = keyof typeof en.fields;
export type IdList = keyof typeof en.lists;
type As = 'text' | 'list' | 'choice' | 'check' | 'percent' | 'int' | 'amount' | 'when';
export interface Field { name: FieldName; as: As; needed?: boolean; options?: 'business' | 'on' }
export interface Group { name: keyof typeof en.groups; fields: Field[] }

const holds: Group = { name: 'holds', fields: [{ name: 'validFrom', as: 'when' }, { name: 'validTo', as: 'when' }] };
const named: Field[] = [{ name: 'name', as: 'text', needed: true }, { name: 'key', as: 'text', needed: true }];

/** The columns of each table, and what is in a cell. */
export const columns: Record<Kind, Group[]> = {
  TAX: [
    { name: 'rule', fields: named },
    { name: 'where', fields: [{ name: 'countries', as: 'list' }, { name: 'regions', as: 'list' }] },
    { name: 'what', fields: [{ name: 'categories', as: 'list' }, { name: 'isBusiness', as: 'choice', options: 'business' }] },
    { name: 'rate', fields: [{ name: 'percent', as: 'percent', needed: true }, { name: 'isReverseCharge', as: 'check' }] },
    holds,
  ],
  SHIPPING: [
    { name: 'rule', fields: [...named, { name: 'description', as: 'text' }] },
    { name: 'where', fields: [{ name: 'countries', as: 'list' }] },
    { name: 'goods', fields: [{ name: 'minimumGrams', as: 'int' }, { name: 'maximumGrams', as: 'int' }, { name: 'minimumValue', as: 'amount' }] },
    { name: 'price', fields: [{ name: 'price', as: 'amount', needed: true }, { name: 'currency', as: 'text', needed: true }, { name: 'pricePerKilogram', as: 'amount' }, { name: 'freeFrom', as: 'amount' }] },
    { name: 'way', fields: [{ name: 'days', as: 'int', needed: true }, { name: 'carrier', as: 'text' }] },
  ],
  DISCOUNT: [
    { name: 'rule', fields: named },
    { name: 'gives', fields: [{ name: 'on', as: 'choice', options: 'on' }, { name: 'percent', as: 'percent' }, { name: 'amount', as: 'amount' }, { name: 'currency', as: 'text' }] },
    { name: 'from', fields: [{ name: 'minimumValue', as: 'amount' }, { name: 'minimumQuantity', as: 'int' }] },
    { name: 'whom', fields: [] },
    holds,
  ],
};

export const idLists: IdList[] = ['categoryIds', 'productIds', 'organizationIds', 'segmentIds'];

/** A rule as it is being changed: everything as it is typed. */
export interface Draft { n: number; v: Partial<Record<FieldName, string>>; ids: Partial<Record<IdList, string[]>>; was?: string; held?: { from: string | null; to: string | null } }

/** A rate without zeros at its end. */
const rate = (x: string | null) => (x ? String(Number(x)) : '');
const text = (x: string | number | null | undefined) => (x == null ? '' : String(x));
const listed = (x: readonly string[]) => x.join(', ');

/** The rules of a version, to be changed. */
export function drafts(kind: Kind, d: TableData | null | undefined): Draft[] {
  const all = kind === 'TAX' ? (d?.taxRules ?? []).map((r): Omit<Draft, 'n'> => ({
    v: { key: r.key, name: r.name, countries: listed(r.countries), regions: listed(r.regions), categories: listed(r.categories), isBusiness: r.isBusiness == null ? '' : String(r.isBusiness), percent: rate(r.percent), isReverseCharge: r.isReverseCharge ? 'true' : '', validFrom: toField(r.validFrom), validTo: toField(r.validTo) },
    ids: {}, held: { from: r.validFrom, to: r.validTo },
  })) : kind === 'SHIPPING' ? (d?.shippingRules ?? []).map((r): Omit<Draft, 'n'> => ({
    v: { key: r.key, name: r.name, description: text(r.description), countries: listed(r.countries), minimumGrams: text(r.minimumGrams), maximumGrams: text(r.maximumGrams), minimumValue: text(r.minimumValue?.amount), price: r.price.amount, pricePerKilogram: Number(r.pricePerKilogram.amount) ? r.pricePerKilogram.amount : '', freeFrom: text(r.freeFrom?.amount), currency: r.price.currency, days: text(r.days), carrier: text(r.carrier) },
    ids: {},
  })) : (d?.discountRules ?? []).map((r): Omit<Draft, 'n'> => ({
    v: { key: r.key, name: r.name, on: r.on, percent: rate(r.percent), amount: text(r.amount?.amount), currency: text(r.amount?.currency ?? r.minimumValue?.currency), minimumValue: text(r.minimumValue?.amount), minimumQuantity: text(r.minimumQuantity), validFrom: toField(r.validFrom), validTo: toField(r.validTo) },
    ids: { categoryIds: [...r.categoryIds], productIds: [...r.productIds], organizationIds: [...r.organizationIds], segmentIds: [...r.segmentIds] }, held: { from: r.validFrom, to: r.validTo },
  }));
  return all.map((x, n) => ({ ...x, n, was: JSON.stringify([x.v, x.ids]) }));
}

export const fresh = (kind: Kind, n: number): Draft => ({ n, v: kind === 'SHIPPING' ? { currency: 'EUR' } : kind === 'DISCOUNT' ? { on: 'LINE' } : {}, ids: {} });
export const isChanged = (d: Draft) => d.was !== JSON.stringify([d.v, d.ids]);

/** What cannot be right, before it is sent: by row and field. */
export function check(kind: Kind, rows: Draft[], t: ReturnType<typeof rulesWords.get>): Map<string, string> {
  const wrong = new Map<string, string>();
  rows.forEach((r, i) => {
    for (const f of columns[kind].flatMap((g) => g.fields)) {
      const value = (r.v[f.name] ?? '').trim();
      const bad = !value ? (f.needed ? t.needed : '') : f.as === 'int' ? (/^\d{1,9}$/.test(value) ? '' : t.wrongWhole)
        : f.as === 'percent' ? (/^\d{1,3}([.,]\d+)?$/.test(value) ? '' : t.wrongNumber) : f.as === 'amount' ? (isAmount(value) ? '' : t.wrongAmount) : '';
      if (bad) wrong.set(`${i} ${f.name}`, bad);
    }
  });
  return wrong;
}

/** The rules as the API takes them. */
export function toInput(kind: Kind, rows: Draft[], basedOn: number, note: string, origin: string): Input {
  const get = (r: Draft) => {
    const of = (f: FieldName) => (r.v[f] ?? '').trim();
    return {
      of, key: of('key'), name: of('name'),
      list: (f: FieldName) => of(f).split(/[,;\n]/).map((x) => x.trim()).filter(Boolean),
      int: (f: FieldName) => (of(f) ? Number(of(f)) : undefined),
      decimal: (f: FieldName) => (of(f) ? (f === 'percent' ? of(f).replace(',', '.') : amount(of(f))) : undefined),
      holds: { validFrom: fromField(of('validFrom'), r.held?.from), validTo: fromField(of('validTo'), r.held?.to) },
    };
  };
  const common = { kind, basedOn, note: note.trim() || undefined };
  const codes = (all: string[]) => all.map((x) => x.toUpperCase());
  if (kind === 'TAX') return { ...common, originCountry: origin.trim().toUpperCase(), taxRules: rows.map((r) => {
    const g = get(r);
    return { key: g.key, name: g.name, countries: codes(g.list('countries')), regions: g.list('regions'), categories: g.list('categories'), isBusiness: g.of('isBusiness') ? g.of('isBusiness') === 'true' : undefined, percent: g.decimal('percent') ?? '0', isReverseCharge: g.of('isReverseCharge') === 'true', ...g.holds };
  }) };
  if (kind === 'SHIPPING') return { ...common, shippingRules: rows.map((r) => {
    const g = get(r);
    return { key: g.key, name: g.name, description: g.of('description') || undefined, countries: codes(g.list('countries')), minimumGrams: g.int('minimumGrams'), maximumGrams: g.int('maximumGrams'), minimumValue: g.decimal('minimumValue'), currency: g.of('currency').toUpperCase(), price: g.decimal('price') ?? '0', pricePerKilogram: g.decimal('pricePerKilogram'), freeFrom: g.decimal('freeFrom'), days: g.int('days') ?? 0, carrier: g.of('carrier') || undefined };
  }) };
  return { ...common, discountRules: rows.map((r) => {
    const g = get(r);
    return { key: g.key, name: g.name, on: g.of('on') as 'ORDER' | 'LINE', percent: g.decimal('percent'), amount: g.decimal('amount'), currency: g.of('currency').toUpperCase() || undefined, minimumValue: g.decimal('minimumValue'), minimumQuantity: g.int('minimumQuantity'), categoryIds: r.ids.categoryIds ?? [], productIds: r.ids.productIds ?? [], organizationIds: r.ids.organizationIds ?? [], segmentIds: r.ids.segmentIds ?? [], ...g.holds };
  }) };
}
