import { useState } from 'react';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { post, Unreachable, type Tokens } from '../lib/session.ts';
import { kitWords } from '../words/index.ts';
import { Notice } from './kit.tsx';
import type { Refusal } from './form.tsx';

/** Signs in; the refresh token goes into a cookie. */
export async function signIn(email: string, password: string): Promise<Tokens | Refusal[]> {
  const answer = await post<{ signIn: Partial<Tokens> & { userErrors: Refusal[] } }>(
    'mutation SignIn($input: SignInInput!) { signIn(input: $input) { accessToken expiresAt userErrors { field code message } } }',
    { input: { email, password, cookie: true } });
  const t = answer.data?.signIn;
  if (t?.accessToken && t.expiresAt) return { accessToken: t.accessToken, expiresAt: t.expiresAt };
  return t?.userErrors.length ? t.userErrors : [{ code: answer.errors?.[0]?.extensions?.code ?? '', message: answer.errors?.[0]?.message ?? '' }];
}

/** E-mail address and password; given an address, it stays as it is. */
export function SignInForm(p: { email?: string; fixedEmail?: boolean; done: (t: Tokens) => Promise<void> | void; refused?: string }) {
  const t = kitWords.use();
  const [email, setEmail] = useState(p.email ?? '');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState('');
  const submit = async () => {
    setBusy(true); setMessage('');
    try {
      const got = await signIn(email.trim(), password);
      if (Array.isArray(got)) setMessage(got[0]!.message || t.failed);
      else await p.done(got);
    } catch (e) {
      setMessage(e instanceof Unreachable ? t.unreachable : t.failed);
    } finally { setBusy(false); }
  };
  const said = message || p.refused;
  return (
    <form className="f-form" noValidate onSubmit={(e) => { e.preventDefault(); void submit(); }}>
      {said && <Notice tone="bad">{said}</Notice>}
      <TextInput label={t.email} type="email" name="email" autoComplete="username" size="md" required withAsterisk={false} value={email} readOnly={p.fixedEmail} onChange={(e) => setEmail(e.currentTarget.value)} />
      <PasswordInput label={t.password} name="password" autoComplete="current-password" size="md" required withAsterisk={false} value={password} onChange={(e) => setPassword(e.currentTarget.value)} />
      <Button type="submit" size="md" loading={busy} fullWidth>{t.signIn}</Button>
    </form>
  );
}
