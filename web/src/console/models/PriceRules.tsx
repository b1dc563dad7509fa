import { NativeSelect, TextInput } from '@mantine/core';
import { money, percent } from '../../lib/format.ts';
import { currenciesOf, freeKey, noText } from './draft.ts';
import { modelWords, RuleText, said, Sums, Tick, Two, useSays, Whole, type Work } from './fields.tsx';
import { Listed } from './Listed.tsx';

/** What is added to the price of the machine and its options, in its order. */
export default function Prices({ work: w }: { work: Work }) {
  const t = modelWords.use();
  const says = useSays();
  const currencies = currenciesOf(w.doc);
  const numbers = w.doc.groups.filter((g) => g.number);
  const of = (key: string) => (key === 'base' ? t.base : said(w.doc.groups.find((g) => g.key === key)?.title, key));
  return <Listed work={w} part="prices" name="prices" title={t.part.prices} text={t.noPricesText} add={t.addPrice} nameOf={(x) => said(x.title, x.key)}
    make={() => ({ key: freeKey('price', w.doc.prices), title: noText(), when: null, amounts: [], per: null, percent: null, of: [], fromQuantity: 0, priceLists: [] })}
    row={(x) => <>
      <span>{x.percent && Number(x.percent) ? t.percentOf(percent(Number(x.percent) / 100, 2), x.of.map(of).join(', ')) : x.amounts.map((m) => (x.per ? t.perUnitOf(money(m), of(x.per)) : money(m))).join(' · ')}</span>
      {x.when && <small>{t.when} <code className="mo-key">{x.when}</code></small>}
      {(x.fromQuantity > 1 || x.priceLists.length > 0) && <small>{[x.fromQuantity > 1 && t.fromPieces(x.fromQuantity), x.priceLists.length > 0 && t.forLists(x.priceLists.join(', '))].filter(Boolean).join(' · ')}</small>}
    </>}
    form={(x, set, problems) => <>
      <Two label={t.titleForCustomers} most={200} value={x.title} error={says(problems, 'title')} onChange={(title) => set({ ...x, title })} />
      <TextInput label={t.key} spellCheck={false} value={x.key} error={says(problems, 'key')} onChange={(e) => set({ ...x, key: e.currentTarget.value })} />
      <RuleText label={t.whenApplies} name="when" rows={2} value={x.when ?? ''} problems={problems} onChange={(when) => set({ ...x, when })} />
      <Sums label={t.amounts} value={x.amounts} currencies={currencies} error={says(problems, 'amounts')} onChange={(amounts) => set({ ...x, amounts })} />
      <div className="f-two mo-top">
        <NativeSelect label={t.timesNumber} value={x.per ?? ''} error={says(problems, 'per')} onChange={(e) => set({ ...x, per: e.currentTarget.value || null })} data={[{ value: '', label: t.once }, ...numbers.map((g) => ({ value: g.key, label: said(g.title, g.key) }))]} />
        <TextInput label={t.percent} description={t.percentHint} inputMode="decimal" value={x.percent ?? ''} error={says(problems, 'basisPoints') ?? says(problems, 'percent')} onChange={(e) => set({ ...x, percent: e.currentTarget.value.replace(',', '.').trim() || null })} />
        <Whole label={t.fromQuantity} value={x.fromQuantity} error={says(problems, 'fromQuantity')} onChange={(n) => set({ ...x, fromQuantity: n ?? 0 })} />
      </div>
      {x.percent && <fieldset className="mo-set"><legend>{t.ofWhat}</legend><p className="mo-hint">{t.ofWhatHint}</p><div className="f-two">{['base', ...w.doc.groups.map((g) => g.key)].map((key) => (
        <Tick key={key} label={of(key)} checked={x.of.includes(key)} onChange={(on) => set({ ...x, of: on ? [...x.of, key] : x.of.filter((y) => y !== key) })} />
      ))}</div>{says(problems, 'of') && <p className="mo-wrong">{says(problems, 'of')}</p>}</fieldset>}
      <TextInput label={t.priceLists} description={t.priceListsHint} spellCheck={false} defaultValue={x.priceLists.join(', ')} error={says(problems, 'priceLists')} onChange={(e) => set({ ...x, priceLists: e.currentTarget.value.split(/[\s,;]+/).filter(Boolean) })} />
    </>} />;
}
