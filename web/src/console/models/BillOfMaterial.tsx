import { NativeSelect, TextInput } from '@mantine/core';
import { money } from '../../lib/format.ts';
import { currenciesOf } from './draft.ts';
import { modelWords, RuleText, said, Sums, useSays, Whole, type Work } from './fields.tsx';
import { Listed } from './Listed.tsx';

/** What is needed to make it, beside what options bring along. */
export default function Parts({ work: w }: { work: Work }) {
  const t = modelWords.use();
  const says = useSays();
  const numbers = w.doc.groups.filter((g) => g.number);
  return <Listed work={w} part="parts" name="parts" title={t.part.parts} text={t.noPartsText} add={t.addPart} nameOf={(x) => x.sku || t.addPart}
    make={() => ({ sku: '', name: null, quantity: 1, per: null, when: null, costs: [] })}
    row={(x) => <>
      <span>{[x.name, x.per ? t.piecesPer(x.quantity, said(w.doc.groups.find((g) => g.key === x.per)?.title, x.per)) : t.pieces(x.quantity)].filter(Boolean).join(' · ')}{x.costs?.map((m) => ` · ${t.costs(money(m))}`)}</span>
      {x.when && <small>{t.when} <code className="mo-key">{x.when}</code></small>}
    </>}
    form={(x, set, problems) => <>
      <div className="f-two mo-top">
        <TextInput label={t.sku} spellCheck={false} value={x.sku} error={says(problems, 'sku')} onChange={(e) => set({ ...x, sku: e.currentTarget.value })} />
        <TextInput label={t.partName} value={x.name ?? ''} error={says(problems, 'name')} onChange={(e) => set({ ...x, name: e.currentTarget.value })} />
      </div>
      <div className="f-two mo-top">
        <Whole label={t.quantity} value={x.quantity} error={says(problems, 'quantity')} onChange={(n) => set({ ...x, quantity: n ?? 0 })} />
        <NativeSelect label={t.timesNumber} value={x.per ?? ''} error={says(problems, 'per')} onChange={(e) => set({ ...x, per: e.currentTarget.value || null })} data={[{ value: '', label: t.once }, ...numbers.map((g) => ({ value: g.key, label: said(g.title, g.key) }))]} />
      </div>
      <RuleText label={t.whenNeeded} name="when" rows={2} value={x.when ?? ''} problems={problems} onChange={(when) => set({ ...x, when })} />
      <Sums label={t.cost} hint={t.costHint} value={x.costs ?? []} currencies={currenciesOf(w.doc)} error={says(problems, 'costs')} onChange={(costs) => set({ ...x, costs })} />
    </>} />;
}
