import { useState } from 'react';
import { Button, Textarea } from '@mantine/core';
import { ago } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, isStale, useAction, useForm, useKey } from '../../ui/form.tsx';
import { Dialog, Notice } from '../../ui/kit.tsx';
import { toast } from '../../ui/toasts.tsx';
import { DraftFields, findingFields, type Doc, type Finding, type Model, type Place } from './draft.ts';
import { modelWords } from './fields.tsx';
import { OneFinding } from './Overview.tsx';
import { RunFacts, useRuns } from './Runs.tsx';

const Do = graphql(`mutation PublishModel($input: PublishConfigurationModelInput!, $key: String!) {
  publishConfigurationModel(input: $input) @idempotent(key: $key) {
    model { id version @_optional updatedAt @_optional isChanged @_optional current { id number publishedAt facts { groups options rules @_optional count } } draft @_optional { ...DraftFields } }
    findings { ...FindingFields } userErrors { field code message } }
}`, [DraftFields, findingFields]);

/** Publishes the draft, once one knows what that does to what customers keep; or says which rules contradict each other. */
export default function Publish({ model: m, doc, version, close, open, done }: { model: Model; doc: Doc; version: number; close: () => void; open: (to: Place) => void; done: () => void }) {
  const t = modelWords.use();
  const form = useForm();
  const keyFor = useKey();
  const all = useRuns(m.id);
  const [note, setNote] = useState('');
  const [found, setFound] = useState<readonly Finding[]>([]);
  const [run, busy] = useAction(Do);
  const trial = all.runs?.find((r) => r.isDraft && Date.parse(r.createdAt) >= Date.parse(m.updatedAt ?? '') - 1_000); // an earlier one was of another draft
  const submit = async () => {
    const input = { id: m.id, version, note: note.trim() || null };
    const outcome = await run({ input, key: keyFor(input) });
    setFound(outcome.ok ? [] : (outcome.payload?.findings ?? []).filter((f) => f.severity === 'ERROR'));
    if (isStale(outcome)) done();
    if (form.take(outcome)) { toast(t.isPublished(outcome.payload.model?.current?.number ?? 1)); done(); }
  };
  return (
    <Dialog open onClose={close} title={t.publishTitle} wide>
      <Form form={form} names={found.length ? ['id'] : []} onSubmit={() => void submit()} label={t.publishTitle}>
        {found.length > 0 ? <Notice tone="bad"><b>{t.cannot}</b><ul className="mo-together">{found.map((f, i) => <li key={i}><OneFinding finding={f} doc={doc} open={open} /></li>)}</ul></Notice>
          : <p>{t.publishText(m.kept ?? 0)}</p>}
        {!!m.kept && m.current && (trial ? <><RunFacts run={trial} /><p className="mo-hint" role="status">{trial.isFinished ? t.trialDone(trial.seen, ago(trial.createdAt)) : t.trialUnder(trial.seen)}</p></>
          : <div><Button variant="default" loading={all.busy} disabled={all.under} onClick={() => void all.begin(true)}>{t.tryIt}</Button> <span className="mo-hint">{t.tryText}</span></div>)}
        <Textarea label={t.publishNote} description={t.publishNoteHint} rows={2} maxLength={1000} value={note} onChange={(e) => setNote(e.currentTarget.value)} error={form.error('note')} />
        <FormEnd label={t.publish} busy={busy} onCancel={close} />
      </Form>
    </Dialog>
  );
}
