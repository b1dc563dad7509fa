import { useMemo, useState } from 'react';
import { Button, Textarea, TextInput } from '@mantine/core';
import { day } from '../../lib/format.ts';
import { IconPlus, IconSearch } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Pill } from '../../ui/kit.tsx';
import { newRule, type Finding, type Rule } from './draft.ts';
import { below, Dates, Done, Local, modelWords, Moves, moved, put, RuleText, said, Tick, Two, useProblems, useSays, without, type Work } from './fields.tsx';

const most = 100; // of the list at once

/** What must hold. */
export default function Rules({ work: w, findings }: { work: Work; findings?: readonly Finding[] | null }) {
  const t = modelWords.use();
  const [typed, setTyped] = useState('');
  const [shown, setShown] = useState(most);
  const q = typed.trim().toLowerCase();
  const rules = w.doc.rules.map((r, i) => ({ r, i })).filter(({ r }) => !q || [r.key, r.text, r.message?.en, r.message?.de, r.note].some((x) => x?.toLowerCase().includes(q)));
  const set = (next: Rule[]) => w.change({ ...w.doc, rules: next });
  const at = w.at === undefined ? -1 : Number(w.at);
  const rule = w.at === undefined ? null : w.doc.rules[at] ?? (w.edits && at === w.doc.rules.length ? newRule(w.doc.rules) : null);
  const about = new Map((findings ?? []).flatMap((f) => (f.rule ? [[f.rule, f] as const] : [])));
  const add = w.edits && <Button leftSection={<IconPlus size={16} />} size="compact-md" variant="default" onClick={() => w.open({ part: 'rules', open: String(w.doc.rules.length) })}>{t.addRule}</Button>;
  return (
    <Card title={t.part.rules} flush aside={add}>
      {w.doc.rules.length > 0 && <div className="mo-tools"><TextInput className="f-search" aria-label={t.findRule} placeholder={t.findRule} leftSection={<IconSearch size={16} />} value={typed} onChange={(e) => { setTyped(e.currentTarget.value); setShown(most); }} /></div>}
      {!rules.length ? <Empty title={q ? t.noneFound : t.noRules} text={q ? undefined : t.noRulesText} /> : (
        <ul className="f-rows">{rules.slice(0, shown).map(({ r, i }) => (
          <li key={i} className="mo-item">
            <div>
              <span className="mo-pills"><button type="button" className="mo-open" onClick={() => w.open({ part: 'rules', open: String(i) })}>{r.key}</button>
                {r.internal && <Pill tone="calm">{t.internal}</Pill>}{(r.validFrom || r.validTo) && <Pill tone="info">{t.holds(r.validFrom ? day(r.validFrom) : '', r.validTo ? day(r.validTo) : '')}</Pill>}
                {below(w.problems, 'rules', i).length > 0 && <Pill tone="bad">{t.isWrong}</Pill>}{about.has(r.key) && <Pill tone="warn">{t.kinds[about.get(r.key)!.kind]}</Pill>}</span>
              <code className="mo-rule">{r.text}</code>
              {said(r.message) && <small>{said(r.message)}</small>}
              {r.note && <small>{t.noteSaid(r.note)}</small>}
            </div>
            {w.edits && !q && <Moves name={r.key} first={i === 0} last={i === w.doc.rules.length - 1} move={(by) => set(moved(w.doc.rules, i, by))} remove={() => set(without(w.doc.rules, i))} />}
          </li>
        ))}</ul>
      )}
      {rules.length > shown && <p className="mo-add"><Button size="compact-md" variant="default" onClick={() => setShown(shown + most)}>{t.showMore(rules.length - shown)}</Button></p>}
      <Dialog open={!!rule} onClose={w.close} title={rule && w.doc.rules[at] ? t.ruleTitle(rule.key) : t.addRule} wide>
        {rule && <RuleForm key={at} work={w} rule={rule} at={at} />}
      </Dialog>
    </Card>
  );
}

function RuleForm({ work: w, rule, at }: { work: Work; rule: Rule; at: number }) {
  const t = modelWords.use();
  const [r, set] = useState(rule);
  const [seen, see] = useState(!!w.doc.rules[at]); // a new rule is not wrong before one has begun it
  const candidate = useMemo(() => ({ ...w.doc, rules: put(w.doc.rules, at, r) }), [w.doc, r, at]);
  const found = useProblems(w.edits && seen ? candidate : null);
  const problems = seen ? below(found ?? w.problems, 'rules', at) : [];
  const says = useSays();
  const change = (next: Partial<Rule>) => { set({ ...r, ...next }); see(true); };
  if (!w.edits) return <div className="f-stack">
    <code className="mo-rule">{r.text}</code>{said(r.message) && <p>{said(r.message)}</p>}{r.note && <p className="muted">{t.noteSaid(r.note)}</p>}
  </div>;
  return (
    <Local label={t.ruleTitle(r.key)} done={() => { w.change(candidate); w.close(); }}>
      <TextInput label={t.key} description={t.ruleKeyHint} spellCheck={false} maxLength={100} value={r.key} error={says(problems, 'key')} onChange={(e) => change({ key: e.currentTarget.value })} />
      <RuleText label={t.ruleText} description={t.ruleTextHint} name="text" rows={4} value={r.text} problems={problems} onChange={(text) => change({ text })} />
      <Tick label={t.internalLong} hint={t.internalHint} checked={r.internal} onChange={(internal) => change({ internal })} />
      {!r.internal && <Two label={t.sentence} area most={500} value={r.message} error={says(problems, 'message')} onChange={(message) => change({ message })} />}
      <Textarea label={t.note} rows={2} maxLength={1000} value={r.note ?? ''} onChange={(e) => change({ note: e.currentTarget.value })} error={says(problems, 'note')} />
      <Dates from={r.validFrom} to={r.validTo} problems={problems} onChange={change} />
      <Done close={w.close} wrong={problems.length} done={() => undefined} remove={w.doc.rules[at] && (() => { w.change({ ...w.doc, rules: without(w.doc.rules, at) }); w.close(); })} />
    </Local>
  );
}
