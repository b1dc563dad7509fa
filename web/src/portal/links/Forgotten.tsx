import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { Link } from 'wouter';
import { graphql } from '../../lib/graphql.ts';
import { Form, useForm } from '../../ui/form.tsx';
import { house } from '../../ui/house.ts';
import { kitWords } from '../../words/index.ts';
import { Head, linksText, Present, toFirstError } from './parts.tsx';
import { useSend } from './send.ts';

const Ask = graphql(`mutation RequestPasswordLink($input: RequestPasswordLinkInput!) { requestPasswordLink(input: $input) { minutes userErrors { field code message } } }`);

/** Asks for a link to set a new password. What is said is the same whether or
 * not anybody signs in with the address. */
export function Forgotten() {
  const t = linksText.use();
  const k = kitWords.use();
  const form = useForm();
  const [email, setEmail] = useState('');
  const [missing, setMissing] = useState('');
  const [minutes, setMinutes] = useState<number | null>(null);
  const [ask, busy] = useSend(Ask);
  const submit = async () => {
    setMissing(email.trim() ? '' : t.missingEmail);
    if (!email.trim()) { form.clear(); toFirstError(form.ref.current); return; }
    const outcome = await ask({ input: { email: email.trim() } });
    if (form.take(outcome)) setMinutes(outcome.payload.minutes);
  };
  if (minutes !== null) return (
    <>
      <Head title={t.sentTitle} later>{t.sent(email.trim(), minutes)}</Head>
      <div className="ln-ways">
        {house.mailbox && <Button component="a" href="/mailbox" size="md" fullWidth>{t.mailbox}</Button>}
        <Button variant="default" size="md" fullWidth onClick={() => setMinutes(null)}>{t.otherAddress}</Button>
      </div>
      <p className="ln-after">{t.sentHint}</p>
    </>
  );
  return (
    <>
      <Head title={t.forgottenTitle}>{t.forgottenText}</Head>
      <Present />
      <Form form={form} names={['email']} label={t.forgottenTitle} onSubmit={() => void submit()}>
        <TextInput label={k.email} type="email" name="email" autoComplete="username" size="md" value={email} onChange={(e) => setEmail(e.currentTarget.value)} error={missing || form.error('email')} />
        <Button type="submit" size="md" fullWidth loading={busy}>{t.send}</Button>
      </Form>
      <p className="ln-after">{t.remembered} <Link href="/">{t.toSignIn}</Link></p>
    </>
  );
}
