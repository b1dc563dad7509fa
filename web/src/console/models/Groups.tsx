import { useState } from 'react';
import { Button } from '@mantine/core';
import { money } from '../../lib/format.ts';
import { IconPencil, IconPlus } from '../../ui/icons.ts';
import { Card, Dialog, Empty, IconButton, Pill } from '../../ui/kit.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { newGroup, newOption, type Group, type Option } from './draft.ts';
import { below, modelWords, Moves, moved, said, unscaled, without, type Work } from './fields.tsx';
import { GroupForm, OptionForm } from './GroupForms.tsx';

/** The questions with their answers. */
export default function Groups({ work: w }: { work: Work }) {
  const t = modelWords.use();
  const d = w.doc;
  const [g, o] = (w.at ?? '').split('.').map((x) => (x === '' || x === undefined ? -1 : Number(x)));
  const gi = g ?? -1, oi = o ?? -1;
  const group = gi < 0 ? null : d.groups[gi] ?? (w.edits && gi === d.groups.length ? newGroup(d.groups) : null);
  const option = group && oi >= 0 ? group.options[oi] ?? (w.edits && oi === group.options.length ? newOption(group.options) : null) : null;
  const [removing, setRemoving] = useState<number | null>(null);
  const setGroups = (groups: Group[]) => w.change({ ...d, groups });
  const setOptions = (i: number, options: Option[]) => setGroups(d.groups.map((x, n) => (n === i ? { ...x, options } : x)));
  const remove = (i: number) => { const key = d.groups[i]!.key; w.change({ ...d, groups: without(d.groups, i), steps: d.steps.map((s) => ({ ...s, groups: s.groups.filter((x) => x !== key) })) }); setRemoving(null); };
  if (!d.groups.length && !w.edits) return <Card flush><Empty title={t.noGroups} /></Card>;
  return <>
    {d.groups.map((x, i) => (
      <Card key={i} title={said(x.title, x.key)} flush aside={<span className="mo-pills">
        {below(w.problems, 'groups', i).length > 0 && <Pill tone="bad">{t.isWrong}</Pill>}
        <span>{x.number ? t.numberFrom(unscaled(x.number.min, x.number.scale), unscaled(x.number.max, x.number.scale), x.number.unit ?? '') : t.bounds(x.min, x.max)}</span>
        <IconButton label={w.edits ? t.change(said(x.title, x.key)) : t.show(said(x.title, x.key))} onClick={() => w.open({ part: 'groups', open: String(i) })}><IconPencil size={16} /></IconButton>
        {w.edits && <Moves name={said(x.title, x.key)} first={i === 0} last={i === d.groups.length - 1} move={(by) => setGroups(moved(d.groups, i, by))} remove={() => setRemoving(i)} />}
      </span>}>
        {x.number ? <p className="mo-pad muted"><span className="mo-key">{x.key}</span> · {t.stepOf(unscaled(x.number.step, x.number.scale), x.number.unit ?? '')}{x.number.default !== null && ` · ${t.defaultIs(unscaled(x.number.default, x.number.scale))}`}{x.number.of && ` · ${t.quantityOf(x.number.of)}`}
          {x.number.amounts.map((m) => ` · ${t.perUnit(money(m))}`)}</p> : <Options work={w} group={x} at={i} set={(all) => setOptions(i, all)} />}
        {w.edits && !x.number && <p className="mo-add"><Button size="compact-md" variant="default" leftSection={<IconPlus size={15} />} onClick={() => w.open({ part: 'groups', open: `${i}.${x.options.length}` })}>{t.addOption}</Button></p>}
      </Card>
    ))}
    {w.edits && <div><Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => w.open({ part: 'groups', open: String(d.groups.length) })}>{t.addGroup}</Button></div>}
    <Dialog open={!!group && oi < 0} onClose={w.close} title={group && d.groups[gi] ? said(group.title, group.key) : t.addGroup} wide>{group && oi < 0 && <GroupForm key={gi} work={w} group={group} at={gi} />}</Dialog>
    <Dialog open={!!option} onClose={w.close} title={option && group?.options[oi] ? said(option.title, option.key) : t.addOption} wide>{option && <OptionForm key={`${gi}.${oi}`} work={w} option={option} group={gi} at={oi} />}</Dialog>
    <Dialog open={removing !== null} onClose={() => setRemoving(null)} title={removing === null ? '' : t.takeGroup(said(d.groups[removing]?.title))}>
      {removing !== null && <><p>{t.takeGroupText}</p><div className="f-form-end"><Button variant="default" onClick={() => setRemoving(null)}>{t.cancel}</Button><Button data-danger onClick={() => remove(removing)}>{t.take}</Button></div></>}
    </Dialog>
  </>;
}

function Options({ work: w, group: g, at, set }: { work: Work; group: Group; at: number; set: (all: Option[]) => void }) {
  const t = modelWords.use();
  const rows = g.options.map((o, i) => ({ ...o, i, id: o.key || String(i) }));
  type Row = (typeof rows)[number];
  const sums = (all: { amount: string; currency: string }[] | null | undefined) => (all?.length ? all.map((m) => money(m)).join(' · ') : null);
  const costs = g.options.some((o) => o.costs);
  const columns: Column<Row>[] = [
    { key: 'title', title: t.option, phone: 'main', cell: (o) => <><button type="button" className="mo-open" onClick={() => w.open({ part: 'groups', open: `${at}.${o.i}` })}>{o.swatch && <span className="mo-swatch" style={{ background: o.swatch }} />}{said(o.title, o.key)}</button>{g.default === o.key && <> <Pill>{t.isDefault}</Pill></>}{below(w.problems, 'groups', at, 'options', o.i).length > 0 && <> <Pill tone="bad">{t.isWrong}</Pill></>}<small className="mo-key">{g.key}.{o.key}</small></> },
    { key: 'sku', title: t.sku, phone: 'label', cell: (o) => o.sku },
    { key: 'price', title: t.price, end: true, phone: 'label', cell: (o) => <span className="num">{sums(o.amounts) ?? (o.sku ? t.priceOfSku : t.included)}</span> },
    ...(costs ? [{ key: 'cost', title: t.cost, end: true, phone: 'label' as const, cell: (o: Row) => <span className="num">{sums(o.costs)}</span> }] : []),
    { key: 'days', title: t.days, end: true, phone: 'label', cell: (o) => (o.days ? <span className="num">{o.days}</span> : null) },
    ...(w.edits ? [{ key: 'do', title: t.actions, quiet: true, end: true, cell: (o: Row) => <Moves name={said(o.title, o.key)} first={o.i === 0} last={o.i === g.options.length - 1} move={(by) => set(moved(g.options, o.i, by))} remove={() => set(without(g.options, o.i))} /> }] : []),
  ];
  return <Table label={said(g.title, g.key)} columns={columns} rows={rows} name={(o) => said(o.title, o.key)} empty={<p className="mo-pad muted">{t.noOptions}</p>} />;
}
