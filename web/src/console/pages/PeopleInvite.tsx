import { useState } from 'react';
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { Form, FormEnd, useAction, useForm, useKey, useTell } from '../../ui/form.tsx';
import { OrganizationPicker } from '../../ui/OrganizationPicker.tsx';
import en from './People.en.ts';
import { roleName } from '../../words/roleNames.ts';

const text = words('People', en);

const Roles = graphql(`query RolesToInvite { roles { id key name kind } }`);
const Invite = graphql(`mutation InvitePerson($input: InvitePersonInput!, $key: String!) {
  invitePerson(input: $input) @idempotent(key: $key) { membership { id status version } userErrors { field code message } }
}`);

/** Invites a member of staff, or somebody to act for a customer. */
export function InviteForm({ staff, done }: { staff: boolean; done: () => void }) {
  const t = text.use();
  const form = useForm();
  const tell = useTell();
  const key = useKey();
  const [{ data }] = useQuery({ query: Roles });
  const roles = (data?.roles ?? []).filter((r) => (r.kind === 'STAFF') === staff).map((r) => ({ value: r.id, label: roleName(r) }));
  const [invite, busy] = useAction(Invite);
  const [tried, setTried] = useState(false);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [organizationId, setOrganization] = useState<string>();
  const [role, setRole] = useState('');
  const [language, setLanguage] = useState<'' | 'EN' | 'DE'>('');
  const submit = async () => {
    setTried(true);
    if (!name.trim() || !email.trim() || (!staff && !organizationId)) return;
    const input = {
      name: name.trim(), email: email.trim(), roleId: role || (roles[0]?.value ?? ''),
      ...(staff ? {} : { organizationId }), ...(language ? { language } : {}),
    };
    const outcome = await invite({ input, key: key(input) });
    if (form.take(outcome)) { tell(outcome, t.sent(input.name)); done(); }
  };
  return (
    <Form form={form} names={['name', 'email', 'roleId', 'organizationId', 'language']} onSubmit={() => void submit()}>
      <p className="muted">{staff ? t.staffText : t.customerText}</p>
      <TextInput label={t.name} autoFocus autoComplete="off" value={name} onChange={(e) => setName(e.currentTarget.value)} error={(tried && !name.trim() && t.nameless) || form.error('name')} />
      <TextInput label={t.email} type="email" autoComplete="off" value={email} onChange={(e) => setEmail(e.currentTarget.value)} error={(tried && !email.trim() && t.mailless) || form.error('email')} />
      {!staff && <OrganizationPicker label={t.organization} placeholder={t.chooseOrganization} required value={organizationId} onChange={(id) => setOrganization(id ?? undefined)} error={(tried && !organizationId && t.customerless) || form.error('organizationId')} />}
      <div className="f-two">
        <NativeSelect label={t.role} data={roles} value={role || (roles[0]?.value ?? '')} onChange={(e) => setRole(e.currentTarget.value)} error={form.error('roleId')} />
        <NativeSelect label={t.mailLanguage} value={language} onChange={(e) => setLanguage(e.currentTarget.value as typeof language)} error={form.error('language')}
          data={[{ value: '', label: t.usual }, ...Object.entries(t.languages).map(([value, label]) => ({ value, label }))]} />
      </div>
      <FormEnd label={t.send} busy={busy} disabled={!roles.length} onCancel={done} />
    </Form>
  );
}
