import { useState } from 'react';
import { NativeSelect, TextInput } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, idempotencyKey, useAction, useForm, useVersioned, type Outcome } from '../../ui/form.tsx';
import { Dialog } from '../../ui/kit.tsx';
import { toast } from '../../ui/toasts.tsx';
import { kitWords } from '../../words/index.ts';
import { roleName } from '../../words/roleNames.ts';
import { organizationWords } from './organization-words.ts';

export type Role = { id: string; key: string; name: string };
export type Member = { id: string; version: number; status: string; invitedName?: string | null; invitedEmail?: string | null; user: { id: string; name: string } | null; role: { id: string; key: string; name: string } | null };
export type Ask = { what: 'role' | 'DISABLED' | 'ACTIVE'; member: Member };

const Invite = graphql(`mutation InvitePerson($input: InvitePersonInput!, $key: String!) {
  invitePerson(input: $input) @idempotent(key: $key) { membership { id status version } userErrors { field code message } }
}`);
const ChangeRole = graphql(`mutation ChangeMembershipRole($input: ChangeMembershipRoleInput!) {
  changeMembershipRole(input: $input) { membership { id version role { id key name } } userErrors { field code message } }
}`);
const SetStatus = graphql(`mutation SetMembershipStatus($input: SetMembershipStatusInput!) {
  setMembershipStatus(input: $input) { membership { id version status } userErrors { field code message } }
}`);

/** Asks somebody to act for the organization. */
export function InviteDialog(p: { organizationId: string; language: 'EN' | 'DE'; roles: Role[]; close: () => void }) {
  const t = organizationWords.use();
  const k = kitWords.use();
  const form = useForm();
  const [invite, busy] = useAction(Invite);
  const [key, setKey] = useState(idempotencyKey);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState(p.roles.at(-1)?.id ?? '');
  const [language, setLanguage] = useState(p.language);
  const submit = async () => {
    const done = await invite({ input: { organizationId: p.organizationId, name: name.trim(), email: email.trim(), roleId: role, language }, key });
    if (!form.take(done)) { if (!done.ok && !done.error) setKey(idempotencyKey()); return; } // what was refused is another request when it is corrected
    toast(t.invited(email.trim()));
    p.close();
  };
  return (
    <Dialog open onClose={p.close} title={t.invite}>
      <p className="muted" style={{ marginBottom: 14 }}>{t.inviteText}</p>
      <Form form={form} names={['name', 'email', 'roleId', 'language']} onSubmit={() => void submit()} label={t.invite}>
        <TextInput label={t.name} name="invited-name" autoComplete="off" required withAsterisk={false} value={name} onChange={(e) => setName(e.currentTarget.value)} error={form.error('name')} />
        <TextInput label={k.email} type="email" name="invited-email" autoComplete="off" required withAsterisk={false} value={email} onChange={(e) => setEmail(e.currentTarget.value)} error={form.error('email')} />
        <div className="f-two">
          <NativeSelect label={t.role} value={role} onChange={(e) => setRole(e.currentTarget.value)} data={p.roles.map((r) => ({ value: r.id, label: roleName(r) }))} error={form.error('roleId')} />
          <NativeSelect label={t.language} value={language} onChange={(e) => setLanguage(e.currentTarget.value as 'EN' | 'DE')} data={Object.entries(t.languages).map(([value, label]) => ({ value, label }))} />
        </div>
        <FormEnd label={t.send} busy={busy} onCancel={p.close} disabled={!name.trim() || !email.trim() || !role} />
      </Form>
    </Dialog>
  );
}

/** Another role, or another state, of one person: says first what it means. */
export function MemberDialog(p: { ask: Ask; organization: string; roles: Role[]; close: () => void; reload: () => void }) {
  const t = organizationWords.use();
  const { member, what } = p.ask;
  const { form, busy, send } = useVersioned(member.version, p.reload);
  const [changeRole] = useAction(ChangeRole);
  const [setStatus] = useAction(SetStatus);
  const name = member.user?.name ?? member.invitedName ?? member.invitedEmail ?? '';
  const [role, setRole] = useState(member.role?.id ?? '');
  const withdraw = what === 'DISABLED' && member.status === 'INVITED';
  const title = what === 'role' ? t.changeRole : withdraw ? t.withdraw : what === 'DISABLED' ? t.disable : t.enable;
  const said = what === 'role' ? t.changeRoleText(name) : withdraw ? t.withdrawText(name) : what === 'DISABLED' ? t.disableText(name, p.organization) : t.enableText(name, p.organization);
  const submit = async () => {
    const run = (version: number): Promise<Outcome<unknown>> => {
      const at = { membershipId: member.id, version };
      return what === 'role' ? changeRole({ input: { ...at, roleId: role } }) : setStatus({ input: { ...at, status: what } });
    };
    if (await send({ what, role }, run, what === 'role' ? t.changed : t.done)) p.close();
  };
  return (
    <Dialog open onClose={p.close} title={title}>
      <p className="muted" style={{ marginBottom: 14 }}>{said}</p>
      <Form form={form} names={['roleId']} onSubmit={() => void submit()} label={title}>
        {what === 'role' && <NativeSelect label={t.role} value={role} onChange={(e) => setRole(e.currentTarget.value)} data={p.roles.map((r) => ({ value: r.id, label: roleName(r) }))} error={form.error('roleId')} />}
        <FormEnd label={what === 'role' ? t.save : title} busy={busy} danger={what === 'DISABLED'} onCancel={p.close} />
      </Form>
    </Dialog>
  );
}
