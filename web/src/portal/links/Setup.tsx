import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { NewPassword } from '../../ui/account/Password.tsx';
import { Form, useForm } from '../../ui/form.tsx';
import { kitWords } from '../../words/index.ts';
import { Head, linksText, Present, toFirstError, Ways } from './parts.tsx';
import { goOn, isDead, useSend } from './send.ts';

const SetUp = graphql(`mutation SetUpAdministrator($input: SetUpAdministratorInput!) { setUpAdministrator(input: $input) { accessToken expiresAt userErrors { field code message } } }`);

/** Makes the first administrator of an empty portal, by the link that the program prints. */
export function Setup({ token }: { token: string }) {
  const t = linksText.use();
  const k = kitWords.use();
  const form = useForm();
  const [of, setOf] = useState({ name: '', email: '', password: '' });
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [dead, setDead] = useState(false);
  const [setUp, busy] = useSend(SetUp);
  const submit = async () => {
    const none = {
      ...(of.name.trim() ? {} : { name: t.missingName }), ...(of.email.trim() ? {} : { email: t.missingEmail }), ...(of.password ? {} : { password: t.missingPassword }),
    };
    setMissing(none);
    if (Object.keys(none).length) { form.clear(); toFirstError(form.ref.current); return; }
    const outcome = await setUp({ input: { token, name: of.name.trim(), email: of.email.trim(), password: of.password, cookie: true } });
    if (isDead(outcome)) setDead(true);
    else if (form.take(outcome)) await goOn(outcome.payload);
  };
  if (!token || dead) return <><Head title={dead ? t.deadTitle : t.noSetupTitle} later={dead}>{dead ? t.deadSetup : t.noSetup}</Head><Ways /></>;
  return (
    <>
      <Head title={t.setupTitle}>{t.setupText}</Head>
      <Present other />
      <Form form={form} names={['name', 'email', 'password']} label={t.setupTitle} onSubmit={() => void submit()}>
        <TextInput label={t.name} size="md" name="name" autoComplete="name" autoFocus value={of.name} onChange={(e) => setOf({ ...of, name: e.currentTarget.value })} error={missing.name ?? form.error('name')} />
        <TextInput label={k.email} size="md" type="email" name="email" autoComplete="username" value={of.email} onChange={(e) => setOf({ ...of, email: e.currentTarget.value })} error={missing.email ?? form.error('email')} />
        <NewPassword size="md" label={t.newPassword} value={of.password} onChange={(password) => setOf({ ...of, password })} error={missing.password ?? form.error('password')} />
        <Button type="submit" size="md" fullWidth loading={busy}>{t.setUp}</Button>
      </Form>
    </>
  );
}
