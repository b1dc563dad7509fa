import { useState } from 'react';
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useForm } from '../form.tsx';
import { Card, Failure, Loading, Pill } from '../kit.tsx';
import { useSession } from '../root.tsx';
import { toast } from '../toasts.tsx';
import { kitWords } from '../../words/index.ts';
import { spoken } from './spoken.ts';
import { accountWords } from './texts.ts';
import { roleName } from '../../words/roleNames.ts';

const Me = graphql(`query Me { viewer { user { id name email @_optional phone @_optional language } } }`);
const Change = graphql(`mutation ChangeProfile($input: ChangeProfileInput!) {
  changeProfile(input: $input) { user { id name phone @_optional language } userErrors { field code message } }
}`);
type User = NonNullable<ResultOf<typeof Me>['viewer']['user']>;

function ProfileForm({ user }: { user: User }) {
  const t = accountWords.use();
  const k = kitWords.use();
  const form = useForm();
  const [change, busy] = useAction(Change);
  const [name, setName] = useState(user.name);
  const [phone, setPhone] = useState(user.phone ?? '');
  const [language, setLanguage] = useState(user.language);
  const mayContact = user.email !== undefined && user.email !== null;
  const submit = async () => {
    const input = { name: name.trim(), language, ...(mayContact ? { phone: phone.trim() } : {}) };
    if (!form.take(await change({ input }))) return;
    await spoken();
    toast(accountWords.get().saved);
  };
  return (
    <Form form={form} names={['name', 'phone', 'language']} onSubmit={() => void submit()} label={t.you}>
      <TextInput label={t.name} name="name" autoComplete="name" required withAsterisk={false} value={name} onChange={(e) => setName(e.currentTarget.value)} error={form.error('name')} />
      {mayContact && <TextInput label={k.email} description={t.emailText} value={user.email ?? ''} readOnly type="email" autoComplete="off" />}
      <div className="f-two">
        {mayContact && <TextInput label={t.phone} description={t.phoneText} type="tel" name="phone" autoComplete="tel" value={phone} onChange={(e) => setPhone(e.currentTarget.value)} error={form.error('phone')} />}
        <NativeSelect label={t.language} description={t.languageText} value={language} onChange={(e) => setLanguage(e.currentTarget.value as User['language'])} error={form.error('language')}
          data={Object.entries(t.languages).map(([value, label]) => ({ value, label }))} />
      </div>
      <FormEnd label={k.save} busy={busy} />
    </Form>
  );
}

/** Who one is to others, and for whom one acts. */
export function Profile() {
  const t = accountWords.use();
  const { viewer } = useSession();
  const [{ data, error }, again] = useQuery({ query: Me });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  const user = data?.viewer.user;
  const all = (viewer.memberships ?? []).filter((m) => m.status === 'ACTIVE');
  return (
    <div className="f-stack a-narrow">
      {user ? <Card title={t.you}><ProfileForm key={user.id} user={user} /></Card> : <Loading rows={4} card />}
      <Card title={t.acting} flush>
        <ul className="f-rows">{all.map((m) => (
          <li key={m.id} className="a-row"><div><b>{m.organization?.name ?? t.ownStaff}</b><small>{roleName(m.role)}</small></div>{m.id === viewer.membership?.id && <Pill tone="good">{t.now}</Pill>}</li>
        ))}</ul>
        {all.length > 1 && <p className="f-foot">{t.actingText}</p>}
      </Card>
    </div>
  );
}
