import { useState } from 'react';
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { graphql } from '../../lib/graphql.ts';
import { NewPassword } from '../../ui/account/Password.tsx';
import { Form, useForm } from '../../ui/form.tsx';
import { Head, linksText, Present, toFirstError, Ways } from './parts.tsx';
import { goOn, isDead, useSend } from './send.ts';

const Set = graphql(`mutation SetPassword($input: SetPasswordInput!) { setPassword(input: $input) { accessToken expiresAt userErrors { field code message } } }`);

/** Sets a password by a link. Without one it offers to send one: the mail that a
 * password was changed leads here as well. */
export function Password({ token }: { token: string }) {
  const t = linksText.use();
  const form = useForm();
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState('');
  const [dead, setDead] = useState(false);
  const [set, busy] = useSend(Set);
  const submit = async () => {
    setMissing(password ? '' : t.missingPassword);
    if (!password) { form.clear(); toFirstError(form.ref.current); return; }
    const outcome = await set({ input: { token, password, cookie: true } });
    if (isDead(outcome)) setDead(true);
    else if (form.take(outcome)) await goOn(outcome.payload);
  };
  if (!token || dead) return (
    <>
      <Head title={dead ? t.deadTitle : t.noLinkTitle} later={dead}>{dead ? t.deadPassword : t.noLinkText}</Head>
      <Present />
      <Ways><Button component={Link} href="/password/forgotten" size="md" fullWidth>{t.askLink}</Button></Ways>
    </>
  );
  return (
    <>
      <Head title={t.passwordTitle}>{t.passwordText}</Head>
      <Present other />
      <Form form={form} names={['password']} label={t.passwordTitle} onSubmit={() => void submit()}>
        <NewPassword size="md" label={t.newPassword} value={password} onChange={setPassword} error={missing || form.error('password')} autoFocus />
        <Button type="submit" size="md" fullWidth loading={busy}>{t.setPassword}</Button>
      </Form>
    </>
  );
}
