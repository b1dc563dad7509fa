import { useState } from 'react';
import { Textarea } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { KeptFields, type Kept } from '../../ui/configure/documents.ts';
import { Form, FormEnd, useAction, useVersioned } from '../../ui/form.tsx';
import { written } from '../../ui/ownWrites.ts';
import { savedWords } from './savedWords.ts';

const HandOver = graphql(`mutation HandOverSaved($input: HandOverConfigurationInput!, $key: String!) { handOverConfiguration(input: $input) @idempotent(key: $key) { configuration { ...KeptFields } userErrors { field code message } } }`, [KeptFields]);

/** Hands it over to the customer, or to who looks after them, with a word. */
export default function HandOverForm({ c, to, close, again }: { c: Kept; to: 'CUSTOMER' | 'SALES'; close: () => void; again: () => void }) {
  const t = savedWords.use();
  const { form, busy, send } = useVersioned(c.version, again, (version) => written(c.id, version));
  const [run] = useAction(HandOver);
  const [message, setMessage] = useState('');
  const submit = async () => {
    const wish = { to, message: message.trim() || null };
    if (await send(wish, (version, key) => run({ input: { id: c.id, version, ...wish }, key }), t.handedOver)) close();
  };
  return <Form form={form} names={['message']} onSubmit={() => void submit()} label={t.handOver}>
    <p>{to === 'SALES' ? t.toSalesText : t.toCustomerText}</p>
    <Textarea label={t.message} rows={3} maxLength={1000} value={message} onChange={(e) => setMessage(e.currentTarget.value)} error={form.error('message')} />
    <FormEnd label={t.handOver} busy={busy} onCancel={close} />
  </Form>;
}
