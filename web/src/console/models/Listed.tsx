import { useMemo, useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { IconPlus } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Pill } from '../../ui/kit.tsx';
import type { Doc, PartName, Problem } from './draft.ts';
import { below, Done, Local, modelWords, Moves, moved, put, useProblems, without, type Work } from './fields.tsx';

type ListName = 'prices' | 'leadTimes' | 'parts' | 'golden';

/** A list of the draft whose items are changed in a dialog. */
export function Listed<N extends ListName>(p: {
  work: Work; part: PartName; name: N; title: string; text: string; add: string; make: () => Doc[N][number]; nameOf: (x: Doc[N][number]) => string;
  row: (x: Doc[N][number], i: number) => ReactNode; form: (x: Doc[N][number], set: (next: Doc[N][number]) => void, problems: readonly Problem[]) => ReactNode; above?: ReactNode;
}) {
  const t = modelWords.use();
  const w = p.work;
  const all = w.doc[p.name] as Doc[N][number][];
  const set = (next: Doc[N][number][]) => w.change({ ...w.doc, [p.name]: next });
  const at = w.at === undefined ? -1 : Number(w.at);
  const item = at < 0 ? null : all[at] ?? (w.edits && at === all.length ? p.make() : null);
  return (
    <Card title={p.title} flush aside={w.edits && <Button size="compact-md" variant="default" leftSection={<IconPlus size={15} />} onClick={() => w.open({ part: p.part, open: String(all.length) })}>{p.add}</Button>}>
      {p.above}
      {!all.length ? <Empty title={t.nothingYet} text={p.text} /> : <ul className="f-rows">{all.map((x, i) => (
        <li key={i} className="mo-item">
          <div><span className="mo-pills"><button type="button" className="mo-open" onClick={() => w.open({ part: p.part, open: String(i) })}>{p.nameOf(x)}</button>{below(w.problems, p.name, i).length > 0 && <Pill tone="bad">{t.isWrong}</Pill>}</span>{p.row(x, i)}</div>
          {w.edits && <Moves name={p.nameOf(x)} first={i === 0} last={i === all.length - 1} move={(by) => set(moved(all, i, by))} remove={() => set(without(all, i))} />}
        </li>
      ))}</ul>}
      <Dialog open={!!item} onClose={w.close} title={item && all[at] ? p.nameOf(item) : p.add} wide>{item && <ItemForm key={at} {...p} item={item} at={at} />}</Dialog>
    </Card>
  );
}

function ItemForm<N extends ListName>(p: Parameters<typeof Listed<N>>[0] & { item: Doc[N][number]; at: number }) {
  const w = p.work;
  const [x, set] = useState(p.item);
  const [seen, see] = useState(!!w.doc[p.name][p.at]);
  const candidate = useMemo(() => ({ ...w.doc, [p.name]: put(w.doc[p.name] as Doc[N][number][], p.at, x) }), [w.doc, x, p.at, p.name]);
  const found = useProblems(w.edits && seen ? candidate : null);
  const problems = seen ? below(found ?? w.problems, p.name, p.at) : [];
  if (!w.edits) return <div className="f-stack">{p.row(x, p.at)}</div>;
  return <Local label={p.nameOf(x)} done={() => { w.change(candidate); w.close(); }}>
    {p.form(x, (next) => { set(next); see(true); }, problems)}
    <Done close={w.close} wrong={problems.length} done={() => undefined} remove={w.doc[p.name][p.at] && (() => { w.change({ ...w.doc, [p.name]: without(w.doc[p.name] as Doc[N][number][], p.at) }); w.close(); })} />
  </Local>;
}
