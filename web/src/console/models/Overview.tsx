import { useMemo, useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import type { CombinedError } from '@urql/core';
import { number } from '../../lib/format.ts';
import { IconCheck, IconPlus } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Failure, Loading, Notice, Pill } from '../../ui/kit.tsx';
import { freeKey, noText, placeOfFinding, type Doc, type Finding, type Model, type Step } from './draft.ts';
import { below, Done, Local, modelWords, Moves, moved, put, RuleText, said, severityTone, Tick, Two, useProblems, useSays, without, type Work } from './fields.tsx';

/** What is configured, its pages of questions, and what there is to say of the draft. */
export default function Overview({ work: w, model: m, findings, error, looking, dirty }: { work: Work; model: Model; findings?: readonly Finding[] | null; error?: CombinedError; looking: boolean; dirty: boolean }) {
  const t = modelWords.use();
  const says = useSays();
  const d = w.doc;
  const options = d.groups.reduce((n, g) => n + g.options.length, 0);
  const count = m.current?.facts.count;
  const at = w.at?.startsWith('step.') ? Number(w.at.slice(5)) : -1;
  const step: Step | null = at < 0 ? null : d.steps[at] ?? (w.edits && at === d.steps.length ? { key: freeKey('step', d.steps), title: noText(), help: null, groups: [], when: null } : null);
  const setSteps = (steps: Step[]) => w.change({ ...d, steps });
  return <>
    <dl className="mo-tiles">
      <div><dt>{t.groups}</dt><dd>{number(d.groups.length)}</dd></div>
      <div><dt>{t.options}</dt><dd>{number(options)}</dd></div>
      <div><dt>{t.part.rules}</dt><dd>{number(d.rules.length)}</dd></div>
      <div><dt>{t.possible}</dt><dd data-small={!count || count.length > 9 || undefined}>{count ? digits(count) : m.current ? t.tooMany : '–'}</dd></div>
    </dl>
    <FindingList work={w} findings={findings} error={error} looking={looking} dirty={dirty} />
    <Card title={t.steps} flush aside={w.edits && <Button size="compact-md" variant="default" leftSection={<IconPlus size={15} />} onClick={() => w.open({ part: 'overview', open: `step.${d.steps.length}` })}>{t.addStep}</Button>}>
      <ul className="f-rows">{d.steps.map((s, i) => (
        <li key={i} className="mo-item">
          <div><span className="mo-pills"><button type="button" className="mo-open" onClick={() => w.open({ part: 'overview', open: `step.${i}` })}>{i + 1}. {said(s.title, s.key)}</button>{below(w.problems, 'steps', i).length > 0 && <Pill tone="bad">{t.isWrong}</Pill>}</span>
            <small>{s.groups.map((g) => said(d.groups.find((x) => x.key === g)?.title, g)).join(', ') || t.noGroupsIn}</small>
            {s.when && <small>{t.when} <code className="mo-key">{s.when}</code></small>}</div>
          {w.edits && <Moves name={said(s.title, s.key)} first={i === 0} last={i === d.steps.length - 1} move={(by) => setSteps(moved(d.steps, i, by))} remove={() => setSteps(without(d.steps, i))} />}
        </li>
      ))}</ul>
    </Card>
    {w.edits && <Card title={t.about}><div className="f-form">
      <Two label={t.titleOf} most={200} value={d.title} error={says(w.problems, 'title')} onChange={(title) => w.change({ ...d, title })} />
      <Two label={t.intro} area value={d.intro} error={says(w.problems, 'intro')} onChange={(intro) => w.change({ ...d, intro })} />
    </div></Card>}
    <Dialog open={!!step} onClose={w.close} title={step && d.steps[at] ? said(step.title, step.key) : t.addStep} wide>{step && <StepForm key={at} work={w} step={step} at={at} />}</Dialog>
  </>;
}

const digits = (n: string) => (n.length > 15 ? `≈ ${n[0]},${n.slice(1, 3)} · 10^${n.length - 1}`.replace(',', '.') : number(Number(n)));

function FindingList({ work: w, findings, error, looking, dirty }: { work: Work; findings?: readonly Finding[] | null; error?: CombinedError; looking: boolean; dirty: boolean }) {
  const t = modelWords.use();
  const [all, setAll] = useState(false);
  if (error && !findings) return <Card title={t.findings}><Failure error={error} /></Card>;
  if (!findings) return <Card title={t.findings} flush><Loading rows={2} /></Card>;
  const order = { ERROR: 0, WARNING: 1, HINT: 2 };
  const sorted = [...findings].sort((a, b) => order[a.severity] - order[b.severity]);
  return (
    <Card title={t.findings} flush aside={looking ? t.looking : dirty ? t.ofSaved : undefined}>
      {!sorted.length ? <Empty icon={<IconCheck size={22} />} title={t.noFindings} text={t.noFindingsText} /> : <ul className="f-rows">{sorted.slice(0, all ? undefined : 8).map((f, i) => <li key={i}><OneFinding finding={f} doc={w.doc} open={w.open} /></li>)}</ul>}
      {!all && sorted.length > 8 && <p className="mo-add"><Button size="compact-md" variant="default" onClick={() => setAll(true)}>{t.showMore(sorted.length - 8)}</Button></p>}
    </Card>
  );
}

/** What there is to say, with the way to what it is about, and the rules that make it so together. */
export function OneFinding({ finding: f, doc, open }: { finding: Finding; doc: Doc; open: Work['open'] }) {
  const t = modelWords.use();
  const to = placeOfFinding(doc, f);
  const about = f.rule ?? (f.group ? said(f.option ? doc.groups.find((g) => g.key === f.group)?.options.find((o) => o.key === f.option)?.title : doc.groups.find((g) => g.key === f.group)?.title, [f.group, f.option].filter(Boolean).join('.')) : f.golden);
  return <>
    <span className="mo-pills"><Pill tone={severityTone[f.severity]}>{t.severities[f.severity]}</Pill><b>{t.kinds[f.kind]}</b>{to && about && <button type="button" className="mo-link" onClick={() => open(to)}>{about}</button>}</span>
    <p style={{ marginTop: 4 }}>{f.message}</p>
    {f.rules.length > 0 && <ul className="mo-together" aria-label={t.together}>{f.rules.map((key) => {
      const i = doc.rules.findIndex((r) => r.key === key);
      return <li key={key}>{i < 0 ? <span className="mo-key">{key}</span> : <><button type="button" className="mo-link" onClick={() => open({ part: 'rules', open: String(i) })}>{key}</button><code className="mo-rule">{doc.rules[i]!.text}</code></>}</li>;
    })}</ul>}
  </>;
}

function StepForm({ work: w, step, at }: { work: Work; step: Step; at: number }) {
  const t = modelWords.use();
  const says = useSays();
  const [s, set] = useState(step);
  const candidate = useMemo(() => {
    // Each group is in one step: what is taken in here goes out there.
    const others = w.doc.steps.map((x, i) => (i === at ? x : { ...x, groups: x.groups.filter((g) => !s.groups.includes(g)) }));
    return { ...w.doc, steps: put(others, at, s) };
  }, [w.doc, s, at]);
  const found = useProblems(w.edits ? candidate : null);
  const problems = below(found ?? w.problems, 'steps', at);
  const nowhere = (found ?? []).filter((p) => p.path[0] === 'groups' && p.path.length <= 2 || p.path[0] === 'steps' && p.path.length === 1);
  if (!w.edits) return <p className="muted">{s.groups.join(', ')}</p>;
  const order = w.doc.groups.map((g) => g.key);
  return (
    <Local label={said(s.title, s.key)} done={() => { w.change(candidate); w.close(); }}>
      <Two label={t.titleOf} most={200} value={s.title} error={says(problems, 'title')} onChange={(title) => set({ ...s, title })} />
      <Two label={t.help} area value={s.help} error={says(problems, 'help')} onChange={(help) => set({ ...s, help })} />
      <TextInput label={t.key} spellCheck={false} value={s.key} error={says(problems, 'key')} onChange={(e) => set({ ...s, key: e.currentTarget.value })} />
      <fieldset className="mo-set"><legend>{t.groupsIn}</legend><div className="f-two">{w.doc.groups.map((g) => (
        <Tick key={g.key} label={said(g.title, g.key)} checked={s.groups.includes(g.key)} onChange={(on) => set({ ...s, groups: on ? [...s.groups, g.key].sort((a, b) => order.indexOf(a) - order.indexOf(b)) : s.groups.filter((x) => x !== g.key) })} />
      ))}</div>{says(problems, 'groups') && <p className="mo-wrong">{says(problems, 'groups')}</p>}</fieldset>
      <RuleText label={t.whenShown} name="when" rows={2} value={s.when ?? ''} problems={problems} onChange={(when) => set({ ...s, when })} />
      {nowhere.length > 0 && <Notice tone="warn">{nowhere[0]!.message}</Notice>}
      <Done close={w.close} wrong={problems.length} done={() => undefined} />
    </Local>
  );
}
