import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { Form, FormEnd, useAction, useForm, useKey } from '../../ui/form.tsx';
import { Dialog } from '../../ui/kit.tsx';
import { toast } from '../../ui/toasts.tsx';
import { bare, type Pick } from '../../ui/configure/choices.ts';
import { Keep } from '../../ui/configure/documents.ts';
import { words } from '../../lib/words.ts';
import en from './Save.en.ts';

const saveWords = words('Save', en);

/** Asks what a configuration is to be called, and keeps it. */
export default function SaveDialog(p: { versionId: string; choices: readonly Pick[]; quantity: number; name: string; close: () => void; done: (id: string) => void }) {
  const t = saveWords.use();
  const form = useForm();
  const keyFor = useKey();
  const [keep, busy] = useAction(Keep);
  const [name, setName] = useState(p.name);
  const submit = async () => {
    const input = { versionId: p.versionId, name: name.trim(), choices: p.choices.map(bare), quantity: p.quantity };
    const outcome = await keep({ input, key: keyFor(input) });
    if (!form.take(outcome) || !outcome.payload.configuration) return;
    toast(t.saved(name.trim()));
    p.done(outcome.payload.configuration.id);
  };
  return (
    <Dialog open onClose={p.close} title={t.saveTitle}>
      <Form form={form} names={['name']} onSubmit={() => void submit()} label={t.saveTitle}>
        <TextInput label={t.name} description={t.nameHint} maxLength={120} value={name} onChange={(e) => setName(e.currentTarget.value)} error={form.error('name')} />
        <FormEnd label={t.keepIt} busy={busy} onCancel={p.close} disabled={!name.trim()} />
      </Form>
    </Dialog>
  );
}
