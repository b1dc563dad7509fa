import { useState } from 'react';
import { Button, Textarea } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { useAction, useForm, Form, idempotencyKey } from '../../ui/form.tsx';
import { orderText } from './Cards.tsx';
import { OrderFields } from './orderFields.ts';

const AddNote = graphql(`mutation AddNote($key: String!, $input: AddOrderNoteInput!) {
  addOrderNote(input: $input) @idempotent(key: $key) { order { ...OrderFields } userErrors { field code message } }
}`, [OrderFields]);

export interface PendingNote { key: string; text: string }

/** Writes a note. It stands in the history at once; when it is refused it goes
 * from there, and its words come back into the form. */
export function NoteForm(p: { orderId: string; show: (n: PendingNote) => void; hide: (key: string) => void }) {
  const t = orderText.use();
  const form = useForm();
  const [act, busy] = useAction(AddNote);
  const [text, setText] = useState('');
  const [attempt, setAttempt] = useState<{ key: string; text: string } | null>(null);
  const [missing, setMissing] = useState('');
  const send = async () => {
    const words = text.trim();
    setMissing(words ? (words.length > 4000 ? t.noteTooLong : '') : t.noteEmpty);
    if (!words || words.length > 4000 || busy) return;
    // The same words again after a failure are the same intention: perhaps they have arrived.
    const key = attempt?.text === words ? attempt.key : idempotencyKey();
    setAttempt({ key, text: words });
    p.show({ key, text: words });
    setText('');
    const outcome = await act({ key, input: { orderId: p.orderId, text: words } });
    p.hide(key);
    if (form.take(outcome)) setAttempt(null);
    else setText((now) => now || words);
  };
  return (
    <div className="op-note no-print">
      <Form form={form} names={['text']} onSubmit={() => void send()}>
        <Textarea label={t.note} description={t.noteHint} value={text} maxLength={4000} minRows={2} rows={2} error={missing || form.error('text')}
          onChange={(e) => { setText(e.currentTarget.value); setMissing(''); }}
          onKeyDown={(e) => { if (e.key === 'Enter' && (e.metaKey || e.ctrlKey)) { e.preventDefault(); void send(); } }} />
        <div className="op-note-end"><span /><Button type="submit" variant="default" disabled={busy}>{t.noteSend}</Button></div>
      </Form>
    </div>
  );
}
