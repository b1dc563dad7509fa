import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';

/** A draft, all of it, as it is written. */
export const DraftFields = graphql(`fragment DraftFields on ConfigurationDocument @_unmask {
  title { en de } intro { en de } baseDays
  steps { key title { en de } help { en de } groups when }
  groups { key title { en de } help { en de } min max default repairable
    options { key title { en de } help { en de } swatch sku amounts { amount currency } costs @_optional { amount currency } days validFrom validTo replaces }
    number { min max step scale unit of default amounts { amount currency } } }
  rules { key text message { en de } internal note validFrom validTo }
  prices { key title { en de } when amounts { amount currency } per percent of fromQuantity priceLists }
  leadTimes { key title { en de } when days added }
  parts { sku name quantity per when costs @_optional { amount currency } }
  golden { key choices { group option number absent negate text } impossible }
}`);
export const OneModel = graphql(`query OneModel($id: ID!) { node(id: $id) { __typename ... on ConfigurationModel {
  id version @_optional updatedAt @_optional kept @_optional isChanged @_optional
  product { id name } variant { id sku name }
  current { id number publishedAt facts { groups options rules @_optional count } }
  versions @_optional { id number status note @_optional publishedAt facts { groups options rules @_optional count } }
  draft @_optional { ...DraftFields }
} } }`, [DraftFields]);
export const SaveModel = graphql(`mutation SaveModel($input: SaveConfigurationModelInput!, $key: String!) {
  saveConfigurationModel(input: $input) @idempotent(key: $key) {
    model { id version @_optional updatedAt @_optional isChanged @_optional variant { id sku name } draft @_optional { ...DraftFields } }
    problems { path line column message } userErrors { field code message } }
}`, [DraftFields]);
export const Check = graphql(`query CheckModel($document: ConfigurationDocumentInput!) { checkConfigurationModel(document: $document) { path line column message } }`);
export const findingFields = graphql(`fragment FindingFields on ModelFinding @_unmask { kind severity group option rule golden rules message }`);

export type Model = Extract<NonNullable<ResultOf<typeof OneModel>['node']>, { __typename: 'ConfigurationModel' }>;
export type Doc = ResultOf<typeof DraftFields>;
export type DocInput = NonNullable<VariablesOf<typeof SaveModel>['input']['document']>;
export type Problem = ResultOf<typeof Check>['checkConfigurationModel'][number];
export type Finding = ResultOf<typeof findingFields>;
export type Both = Doc['title'];
export type Money = Doc['rules'] extends never ? never : { amount: string; currency: string };
export type Group = Doc['groups'][number];
export type Option = Group['options'][number];
export type Rule = Doc['rules'][number];
export type PriceRule = Doc['prices'][number];
export type LeadTime = Doc['leadTimes'][number];
export type Part = Doc['parts'][number];
export type Golden = Doc['golden'][number];
export type Step = Doc['steps'][number];

export const noText = (): Both => ({ en: '', de: '' });
const text = (b: Both) => ({ en: b.en.trim(), de: b.de.trim() });
const given = (b: Both | null) => (b && (b.en.trim() || b.de.trim()) ? text(b) : null);
const sums = (all: Money[] | null | undefined) => (all ?? []).filter((m) => m.amount !== '').map((m) => ({ amount: m.amount, currency: m.currency }));

/** A draft as the API takes it. */
export const inputOf = (d: Doc): DocInput => ({
  title: text(d.title), intro: given(d.intro), baseDays: d.baseDays,
  steps: d.steps.map((s) => ({ key: s.key, title: text(s.title), help: given(s.help), groups: [...s.groups], when: s.when || null })),
  groups: d.groups.map((g) => ({
    key: g.key, title: text(g.title), help: given(g.help), min: g.min, max: g.max, default: g.default || null, repairable: g.repairable,
    options: g.options.map((o) => ({ key: o.key, title: text(o.title), help: given(o.help), swatch: o.swatch || null, sku: o.sku || null, amounts: sums(o.amounts), costs: sums(o.costs), days: o.days, validFrom: o.validFrom, validTo: o.validTo, replaces: [...o.replaces] })),
    number: g.number ? { min: g.number.min, max: g.number.max, step: g.number.step, scale: g.number.scale, unit: g.number.unit || null, of: g.number.of || null, default: g.number.default, amounts: sums(g.number.amounts) } : null,
  })),
  rules: d.rules.map((r) => ({ key: r.key, text: r.text, message: given(r.message), internal: r.internal, note: r.note || null, validFrom: r.validFrom, validTo: r.validTo })),
  prices: d.prices.map((p) => ({ key: p.key, title: text(p.title), when: p.when || null, amounts: sums(p.amounts), per: p.per || null, percent: p.percent || null, of: [...p.of], fromQuantity: p.fromQuantity, priceLists: [...p.priceLists] })),
  leadTimes: d.leadTimes.map((l) => ({ key: l.key, title: text(l.title), when: l.when || null, days: l.days, added: l.added })),
  parts: d.parts.map((x) => ({ sku: x.sku, name: x.name || null, quantity: x.quantity, per: x.per || null, when: x.when || null, costs: sums(x.costs) })),
  golden: d.golden.map((g) => ({ key: g.key, impossible: g.impossible, choices: g.choices.map((c) => ({ group: c.group, option: c.option || null, number: c.number || null, absent: c.absent, negate: c.negate })) })),
});

/** The parts of a model, each a page of its own. */
export const parts = ['overview', 'groups', 'rules', 'prices', 'times', 'parts', 'golden', 'preview', 'runs', 'figures', 'search'] as const;
export type PartName = (typeof parts)[number];

/** Where something is written: the part of the page, and what is to be opened there. */
export interface Place { part: PartName; open?: string }

const lists: Partial<Record<string, PartName>> = { steps: 'overview', groups: 'groups', rules: 'rules', prices: 'prices', leadTimes: 'times', parts: 'parts', golden: 'golden' };

/** The place of a problem: where its path leads. */
export function placeOf(path: readonly string[]): Place {
  const part = lists[path[0] ?? ''] ?? (path[0] === 'baseDays' ? 'times' : 'overview');
  if (path[1] === undefined) return { part };
  const key = path[0] === 'steps' ? `step.${path[1]}` : path[1];
  return { part, open: path[0] === 'groups' && path[2] === 'options' && path[3] !== undefined ? `${key}.${path[3]}` : key };
}

/** What a finding is about, as a place. */
export function placeOfFinding(d: Doc, f: Finding): Place | null {
  const at = (all: readonly { key: string }[], key: string | null) => { const i = all.findIndex((x) => x.key === key); return i < 0 ? null : String(i); };
  const rule = f.rule && at(d.rules, f.rule);
  if (rule) return { part: 'rules', open: rule };
  const g = f.group ? at(d.groups, f.group) : null;
  if (g !== null) { const o = f.option ? at(d.groups[Number(g)]!.options, f.option) : null; return { part: 'groups', open: o === null ? g : `${g}.${o}` }; }
  const golden = f.golden && at(d.golden, f.golden);
  return golden ? { part: 'golden', open: golden } : null;
}

/** A key that no other has. */
export const freeKey = (start: string, taken: readonly { key: string }[]): string => {
  for (let n = taken.length + 1; ; n++) if (!taken.some((x) => x.key === `${start}${n}`)) return `${start}${n}`;
};
export const newOption = (taken: readonly Option[]): Option => ({ key: freeKey('option', taken), title: noText(), help: null, swatch: null, sku: null, amounts: [], costs: [], days: 0, validFrom: null, validTo: null, replaces: [] });
export const newGroup = (taken: readonly Group[]): Group => ({ key: freeKey('group', taken), title: noText(), help: null, min: 1, max: 1, default: null, repairable: false, options: [], number: null });
export const newRule = (taken: readonly Rule[]): Rule => ({ key: freeKey('rule-', taken), text: '', message: noText(), internal: false, note: null, validFrom: null, validTo: null });

/** The first draft of a new model: one question, which has two answers. */
export const firstDraft = (title: Both): DocInput => inputOf({
  title, intro: null, baseDays: 0, steps: [{ key: 'step1', title: { en: 'Your choice', de: 'Ihre Wahl' }, help: null, groups: ['group1'], when: null }],
  groups: [{ ...newGroup([]), title: { en: 'Version', de: 'Ausführung' }, default: 'option1', options: [
    { ...newOption([]), title: { en: 'Standard', de: 'Standard' } }, { ...newOption([]), key: 'option2', title: { en: 'Extended', de: 'Erweitert' } }] }],
  rules: [], prices: [], leadTimes: [], parts: [], golden: [],
});

/** The currencies that the draft has amounts in. */
export const currenciesOf = (d: Doc): string[] => [...new Set(['EUR', ...d.groups.flatMap((g) => [...(g.number?.amounts ?? []), ...g.options.flatMap((o) => [...o.amounts, ...(o.costs ?? [])])]), ...d.prices.flatMap((p) => p.amounts)].map((x) => (typeof x === 'string' ? x : x.currency)))];
