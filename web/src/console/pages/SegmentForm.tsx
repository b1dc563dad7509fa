import { useState } from 'react';
import { Textarea, TextInput } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useVersioned } from '../../ui/form.tsx';
import { catalogWords } from './catalog.tsx';
import { segmentWords } from './Segments.tsx';
import { keyOf } from './keyOf.ts';

const Save = graphql(`mutation SaveSegment($input: SaveSegmentInput!, $key: String!) {
  saveSegment(input: $input) @idempotent(key: $key) { segment { id key name description version organizationCount } userErrors { field code message } } }`);

/** Makes a segment of customers, or changes one. */
export default function SegmentForm({ segment: s, again, onClose, onMade }: {
  segment?: { id: string; key: string; name: string; description: string | null; version: number }; again?: () => void; onClose: () => void; onMade?: (id: string) => void;
}) {
  const t = segmentWords.use();
  const c = catalogWords.use();
  const { form, busy, send } = useVersioned(s?.version ?? 0, () => again?.());
  const [save] = useAction(Save);
  const [name, setName] = useState(s?.name ?? '');
  const [key, setKey] = useState(s?.key ?? '');
  const [touched, setTouched] = useState(!!s);
  const [description, setDescription] = useState(s?.description ?? '');
  const [tried, setTried] = useState(false);
  const submit = async () => {
    setTried(true);
    if (!name.trim() || !key.trim()) return;
    const input = { name: name.trim(), description: description.trim(), ...(s ? { id: s.id } : { key: key.trim() }) };
    const saved = await send(input, (version, k) => save({ input: { ...input, ...(s ? { version } : {}) }, key: k }), t.saved(input.name));
    if (saved?.segment) { onClose(); onMade?.(saved.segment.id); }
  };
  return (
    <Form form={form} names={['name', 'key', 'description']} onSubmit={() => void submit()}>
      <TextInput label={t.name} autoFocus maxLength={200} value={name} onChange={(e) => { setName(e.currentTarget.value); if (!touched) setKey(keyOf(e.currentTarget.value)); }} error={(tried && !name.trim() && c.nameless) || form.error('name')} />
      {!s && <TextInput label={t.key} description={c.keyHint} spellCheck={false} maxLength={60} value={key} onChange={(e) => { setTouched(true); setKey(e.currentTarget.value); }} error={(tried && !key.trim() && c.keyless) || form.error('key')} />}
      <Textarea label={t.description} description={t.descriptionHint} rows={3} value={description} onChange={(e) => setDescription(e.currentTarget.value)} error={form.error('description')} />
      <FormEnd label={s ? t.save : t.make} busy={busy} onCancel={onClose} />
    </Form>
  );
}
