import { useMemo, useState } from 'react';
import { NativeSelect, TextInput } from '@mantine/core';
import { SkuPicker } from '../VariantPicker.tsx';
import { currenciesOf, type Group, type Option } from './draft.ts';
import { below, Dates, Done, Local, modelWords, put, said, Scaled, Sums, Tick, Two, useProblems, useSays, Whole, type Work } from './fields.tsx';

/** A question: how many answers it has, or which number it asks for. */
export function GroupForm({ work: w, group, at }: { work: Work; group: Group; at: number }) {
  const t = modelWords.use();
  const says = useSays();
  const [g, set] = useState(group);
  const isNew = !w.doc.groups[at];
  const candidate = useMemo(() => {
    const was = w.doc.groups[at]?.key;
    // A new one is asked in the last step, and one with another key stays in its step.
    const steps = isNew ? w.doc.steps.map((s, i) => (i === w.doc.steps.length - 1 ? { ...s, groups: [...s.groups, g.key] } : s)) : w.doc.steps.map((s) => ({ ...s, groups: s.groups.map((x) => (x === was ? g.key : x)) }));
    return { ...w.doc, steps, groups: put(w.doc.groups, at, g) };
  }, [w.doc, g, at, isNew]);
  const found = useProblems(w.edits ? candidate : null);
  const problems = below(found ?? w.problems, 'groups', at);
  const number = problems.filter((p) => p.path[0] === 'number').map((p) => ({ ...p, path: p.path.slice(1) }));
  const n = g.number;
  const setNumber = (next: Partial<NonNullable<Group['number']>>) => set({ ...g, number: { ...n!, ...next } });
  const kind = (to: string) => set(to === 'number' ? { ...g, min: 0, max: 0, default: null, number: { min: 0, max: 100, step: 1, scale: 0, unit: null, of: null, default: null, amounts: [] } } : { ...g, min: 1, max: 1, number: null });
  if (!w.edits) return <div className="f-stack"><p>{said(g.help) || t.noHelp}</p><p className="muted">{n ? t.part.groups : t.bounds(g.min, g.max)}{g.repairable && ` · ${t.repairable}`}</p></div>;
  return (
    <Local label={said(g.title, g.key)} done={() => { w.change(candidate); w.close(); }}>
      <Two label={t.question} most={200} value={g.title} error={says(problems, 'title')} onChange={(title) => set({ ...g, title })} />
      <Two label={t.help} area value={g.help} error={says(problems, 'help')} onChange={(help) => set({ ...g, help })} />
      <div className="f-two mo-top">
        <TextInput label={t.key} description={t.keyHint} spellCheck={false} value={g.key} error={says(problems, 'key')} onChange={(e) => set({ ...g, key: e.currentTarget.value })} />
        <NativeSelect label={t.kind} description={t.kindHint} value={n ? 'number' : 'options'} disabled={g.options.length > 0} onChange={(e) => kind(e.currentTarget.value)} data={[{ value: 'options', label: t.ofOptions }, { value: 'number', label: t.aNumber }]} />
      </div>
      {n ? <>
        <div className="f-two mo-top">
          <Scaled label={t.least} value={n.min} scale={n.scale} error={says(number, 'min')} onChange={(x) => setNumber({ min: x ?? 0 })} />
          <Scaled label={t.greatest} value={n.max} scale={n.scale} error={says(number, 'max')} onChange={(x) => setNumber({ max: x ?? 0 })} />
          <Scaled label={t.inSteps} value={n.step} scale={n.scale} error={says(number, 'step')} onChange={(x) => setNumber({ step: x ?? 0 })} />
        </div>
        <div className="f-two mo-top">
          <TextInput label={t.unit} spellCheck={false} maxLength={20} value={n.unit ?? ''} error={says(number, 'unit')} onChange={(e) => setNumber({ unit: e.currentTarget.value })} />
          <Whole label={t.decimals} value={n.scale} error={says(number, 'scale')} onChange={(x) => { const s = Math.min(6, Math.max(0, x ?? 0)); const f = (v: number) => Math.round(v * 10 ** (s - n.scale)); setNumber({ scale: s, min: f(n.min), max: f(n.max), step: f(n.step), default: n.default === null ? null : f(n.default) }); }} />
          <Scaled label={t.default} value={n.default} scale={n.scale} error={says(number, 'default')} onChange={(x) => setNumber({ default: x })} />
        </div>
        <NativeSelect label={t.of} description={t.ofHint} value={n.of ?? ''} error={says(number, 'of')} onChange={(e) => setNumber({ of: e.currentTarget.value || null })}
          data={[{ value: '', label: t.always }, ...w.doc.groups.flatMap((x) => x.options.map((o) => ({ value: `${x.key}.${o.key}`, label: `${said(x.title, x.key)}: ${said(o.title, o.key)}` })))]} />
        <Sums label={t.pricePerUnit} value={n.amounts} currencies={currenciesOf(w.doc)} error={says(number, 'amounts')} onChange={(amounts) => setNumber({ amounts })} />
      </> : <div className="f-two mo-top">
        <Whole label={t.atLeast} value={g.min} error={says(problems, 'min')} onChange={(x) => set({ ...g, min: x ?? 0 })} />
        <Whole label={t.atMost} value={g.max} error={says(problems, 'max')} onChange={(x) => set({ ...g, max: x ?? 0 })} />
        <NativeSelect label={t.default} value={g.default ?? ''} error={says(problems, 'default')} onChange={(e) => set({ ...g, default: e.currentTarget.value || null })} data={[{ value: '', label: t.noDefault }, ...g.options.map((o) => ({ value: o.key, label: said(o.title, o.key) }))]} />
      </div>}
      <Tick label={t.repairable} hint={t.repairableHint} checked={g.repairable} onChange={(repairable) => set({ ...g, repairable })} />
      <Done close={w.close} wrong={problems.filter((p) => p.path[0] !== 'options').length} done={() => undefined} />
    </Local>
  );
}

/** An answer: what it is called, comes with, costs, and how long it takes. */
export function OptionForm({ work: w, option, group, at }: { work: Work; option: Option; group: number; at: number }) {
  const t = modelWords.use();
  const says = useSays();
  const [o, set] = useState(option);
  const g = w.doc.groups[group]!;
  const candidate = useMemo(() => ({ ...w.doc, groups: put(w.doc.groups, group, { ...g, default: g.default === option.key ? o.key : g.default, options: put(g.options, at, o) }) }), [w.doc, g, o, group, at, option.key]);
  const found = useProblems(w.edits ? candidate : null);
  const problems = below(found ?? w.problems, 'groups', group, 'options', at);
  if (!w.edits) return <p>{said(o.help) || t.noHelp}</p>;
  const currencies = currenciesOf(w.doc);
  return (
    <Local label={said(o.title, o.key)} done={() => { w.change(candidate); w.close(); }}>
      <Two label={t.titleOf} most={200} value={o.title} error={says(problems, 'title')} onChange={(title) => set({ ...o, title })} />
      <Two label={t.help} area value={o.help} error={says(problems, 'help')} onChange={(help) => set({ ...o, help })} />
      <div className="f-two mo-top">
        <TextInput label={t.key} description={t.keyHint} spellCheck={false} value={o.key} error={says(problems, 'key')} onChange={(e) => set({ ...o, key: e.currentTarget.value })} />
        <TextInput label={t.swatch} description={t.swatchHint} spellCheck={false} maxLength={7} value={o.swatch ?? ''} error={says(problems, 'swatch')} onChange={(e) => set({ ...o, swatch: e.currentTarget.value })} />
      </div>
      <SkuPicker label={t.skuLong} value={o.sku ?? ''} error={says(problems, 'sku')} onChange={(sku) => set({ ...o, sku: sku || null })} />
      <Sums label={t.price} hint={t.priceHint} value={o.amounts} currencies={currencies} error={says(problems, 'amounts')} onChange={(amounts) => set({ ...o, amounts })} />
      <Sums label={t.cost} hint={t.costHint} value={o.costs ?? []} currencies={currencies} error={says(problems, 'costs')} onChange={(costs) => set({ ...o, costs })} />
      <div className="f-two mo-top">
        <Whole label={t.daysLong} value={o.days} error={says(problems, 'days')} onChange={(n) => set({ ...o, days: n ?? 0 })} />
        <TextInput label={t.replaces} description={t.replacesHint} spellCheck={false} defaultValue={o.replaces.join(', ')} error={says(problems, 'replaces')} onChange={(e) => set({ ...o, replaces: e.currentTarget.value.split(/[\s,;]+/).filter(Boolean) })} />
      </div>
      <Dates from={o.validFrom} to={o.validTo} problems={problems} onChange={(x) => set({ ...o, ...x })} />
      <Done close={w.close} wrong={problems.length} done={() => undefined} />
    </Local>
  );
}
