import { useState } from 'react';
import { number } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, idempotencyKey, useAction, useForm, type Outcome } from '../../ui/form.tsx';
import { toast } from '../../ui/toasts.tsx';
import type { MissRow } from '../pages/Searches.tsx';
import { missWords } from './parts.ts';

const MergeMiss = graphql(`mutation MergeSearchMisses($input: MergeSearchMissesInput!, $key: String!) {
  mergeSearchMisses(input: $input) @idempotent(key: $key) { searchMiss { id count people version } userErrors { field code message } }
}`);
const DismissMiss = graphql(`mutation DismissSearchMiss($input: DecideSearchMissInput!, $key: String!) {
  decideSearchMiss(input: $input) @idempotent(key: $key) { searchMiss { id status version } userErrors { field code message } }
}`);

/** Makes several searches one, or dismisses them. */
export default function Merge({ what, rows: given, close, done, again }: { what: 'merge' | 'dismiss'; rows: MissRow[]; close: () => void; done: () => void; again: () => void }) {
  const t = missWords.use();
  const form = useForm();
  const [rows] = useState(() => [...given].sort((a, b) => b.count - a.count)); // the list behind may change meanwhile
  const [into, setInto] = useState(rows[0]?.id ?? '');
  const [merge] = useAction(MergeMiss);
  const [dismiss] = useAction(DismissMiss);
  const [busy, setBusy] = useState(false);
  const [finished, setFinished] = useState<ReadonlySet<string>>(new Set()); // what is done is not tried again
  const target = rows.find((r) => r.id === into);
  const submit = async () => {
    setBusy(true);
    const now = new Set(finished);
    let wrong: Outcome<unknown> | null = null;
    for (const r of rows) {
      if (now.has(r.id) || (what === 'merge' && r.id === into)) continue;
      const outcome: Outcome<unknown> = what === 'merge' ? await merge({ input: { searchMissId: r.id, version: given.find((x) => x.id === r.id)?.version ?? r.version, intoId: into }, key: idempotencyKey() })
        : await dismiss({ input: { searchMissId: r.id, version: given.find((x) => x.id === r.id)?.version ?? r.version, decision: 'DISMISSED' }, key: idempotencyKey() });
      if (!outcome.ok) { wrong = outcome; break; }
      now.add(r.id);
    }
    setFinished(now);
    setBusy(false);
    if (wrong) { form.take(wrong); again(); return; }
    toast(what === 'merge' ? t.merged(now.size, target?.term ?? '') : t.dismissed(now.size));
    done();
  };
  return (
    <Form form={form} onSubmit={() => void submit()}>
      <p>{what === 'merge' ? t.mergeText : t.dismissText}</p>
      {what === 'merge' ? (
        <fieldset className="sm-choices"><legend>{t.mergeInto}</legend>{rows.map((r) => (
          <label className="sm-choice" key={r.id}><input type="radio" name="into" checked={into === r.id} onChange={() => setInto(r.id)} /><span>{r.term}</span><small className="num muted">{number(r.count)}×</small></label>
        ))}</fieldset>
      ) : <ul className="sm-list">{rows.map((r) => <li key={r.id}><span>{r.term}</span><span className="num">{number(r.count)}×</span></li>)}</ul>}
      <FormEnd label={what === 'merge' ? t.merge : t.dismiss} danger busy={busy} onCancel={close} />
    </Form>
  );
}
