import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '../../ui/icons.ts';
import { IconButton, Pill } from '../../ui/kit.tsx';
import { freeKey, type Golden as One } from './draft.ts';
import { modelWords, said, Tick, useSays, type Work } from './fields.tsx';
import { Listed } from './Listed.tsx';

type Choice = One['choices'][number];

/** Configurations that every version has to allow, or to exclude. */
export default function Golden({ work: w }: { work: Work }) {
  const t = modelWords.use();
  const says = useSays();
  const groups = w.doc.groups;
  const text = (c: Choice) => {
    const g = groups.find((x) => x.key === c.group);
    const what = c.absent ? t.nothing : c.number ? [c.number, g?.number?.unit].filter(Boolean).join(' ') : said(g?.options.find((o) => o.key === c.option)?.title, c.option ?? '');
    return `${said(g?.title, c.group)}: ${c.negate ? t.not(what) : what}`;
  };
  return <Listed work={w} part="golden" name="golden" title={t.part.golden} text={t.noGoldenText} add={t.addGolden} nameOf={(x) => x.key}
    make={() => ({ key: freeKey('golden-', w.doc.golden), impossible: false, choices: [] })}
    row={(x) => <><span><Pill tone={x.impossible ? 'calm' : 'good'}>{x.impossible ? t.mustNot : t.must}</Pill></span><small>{x.choices.map(text).join(' · ')}</small></>}
    form={(x, set, problems) => <>
      <TextInput label={t.key} spellCheck={false} value={x.key} error={says(problems, 'key')} onChange={(e) => set({ ...x, key: e.currentTarget.value })} />
      <Tick label={t.mustNotLong} hint={t.mustNotHint} checked={x.impossible} onChange={(impossible) => set({ ...x, impossible })} />
      <fieldset className="mo-set"><legend>{t.choices}</legend><div className="f-form">
        {x.choices.map((c, i) => {
          const g = groups.find((y) => y.key === c.group);
          const put = (next: Partial<Choice>) => set({ ...x, choices: x.choices.map((y, n) => (n === i ? { ...y, ...next } : y)) });
          return <div key={i} className="mo-item"><div className="f-two">
            <NativeSelect aria-label={t.question} value={c.group} onChange={(e) => { const to = groups.find((y) => y.key === e.currentTarget.value); put({ group: e.currentTarget.value, option: to?.options[0]?.key ?? null, number: to?.number ? String(to.number.min) : null, absent: false }); }} data={groups.map((y) => ({ value: y.key, label: said(y.title, y.key) }))} />
            {g?.number ? <TextInput aria-label={t.aNumber} inputMode="decimal" value={c.number ?? ''} onChange={(e) => put({ number: e.currentTarget.value.replace(',', '.').trim() })} />
              : <NativeSelect aria-label={t.option} value={c.absent ? ' ' : c.option ?? ''} onChange={(e) => put(e.currentTarget.value === ' ' ? { absent: true, option: null } : { absent: false, option: e.currentTarget.value })} data={[...(g?.options ?? []).map((o) => ({ value: o.key, label: said(o.title, o.key) })), { value: ' ', label: t.nothing }]} />}
          </div><IconButton label={t.remove(text(c))} onClick={() => set({ ...x, choices: x.choices.filter((_, n) => n !== i) })}><IconTrash size={17} /></IconButton></div>;
        })}
        {problems.filter((p) => p.path[0] === 'choices').map((p, i) => <p key={i} className="mo-wrong">{p.message}</p>)}
        <div><Button size="compact-md" variant="default" leftSection={<IconPlus size={15} />} disabled={!groups.length} onClick={() => {
          const g = groups.find((y) => !x.choices.some((c) => c.group === y.key)) ?? groups[0]!;
          set({ ...x, choices: [...x.choices, { group: g.key, option: g.options[0]?.key ?? null, number: g.number ? String(g.number.default ?? g.number.min) : null, absent: false, negate: false, text: '' }] });
        }}>{t.addChoice}</Button></div>
      </div></fieldset>
    </>} />;
}
