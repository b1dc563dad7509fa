import { useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Link } from 'wouter';
import { useQuery } from 'urql';
import { graphql, readFragment, type FragmentOf, type ResultOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { roleName } from '../../words/roleNames.ts';
import { Form, FormEnd, idempotencyKey, isStale, useAction, useForm, useTell, useVersioned } from '../../ui/form.tsx';
import { IconDots, IconUserPlus } from '../../ui/icons.ts';
import { Avatar, Card, Dialog, Pill, type Tone } from '../../ui/kit.tsx';
import { Menu, type MenuItem } from '../../ui/Menu.tsx';
import { useMay, useSession } from '../../ui/root.tsx';
import en from './Customer.en.ts';

const text = words('Customer', en);

/** Who acts for a customer. */
export const peopleFragment = graphql(`fragment CustomerPeople on Organization {
  id name
  memberships @_optional { id status version user { id name email @_optional } role { id key name } }
}`);
const Roles = graphql(`query RolesOfCustomers { roles { id key name kind } }`);
const Invite = graphql(`mutation InviteToCustomer($input: InvitePersonInput!, $key: String!) {
  invitePerson(input: $input) @idempotent(key: $key) { membership { id status version } userErrors { field code message } }
}`);
const Resend = graphql(`mutation ResendToCustomer($input: ResendInvitationInput!, $key: String!) {
  resendInvitation(input: $input) @idempotent(key: $key) { membership { id status version } userErrors { field code message } }
}`);
const SetRole = graphql(`mutation SetCustomerRole($input: ChangeMembershipRoleInput!) {
  changeMembershipRole(input: $input) { membership { id version role { id key name } } userErrors { field code message } }
}`);
const SetStatus = graphql(`mutation SetCustomerStatus($input: SetMembershipStatusInput!) {
  setMembershipStatus(input: $input) { membership { id version status } userErrors { field code message } }
}`);

type People = ResultOf<typeof peopleFragment>;
type Member = NonNullable<People['memberships']>[number];

const tones: Record<Member['status'], Tone> = { ACTIVE: 'good', INVITED: 'info', DISABLED: 'calm' };
const order: Member['status'][] = ['ACTIVE', 'INVITED', 'DISABLED'];

/** The people of a customer, and what an administrator does with them. again loads the page anew. */
export function People({ organization, again }: { organization: FragmentOf<typeof peopleFragment>; again: () => void }) {
  const t = text.use();
  const may = useMay();
  const { viewer } = useSession();
  const of = readFragment(peopleFragment, organization);
  const [dialog, setDialog] = useState<{ what: 'invite' } | { what: 'role' | 'disable'; member: Member } | null>(null);
  const now = (m: Member) => of.memberships?.find((x) => x.id === m.id) ?? m; // as it stands by now
  const [setStatus] = useAction(SetStatus);
  const [resend] = useAction(Resend);
  const tell = useTell();
  const name = (m: Member) => m.user?.name ?? t.somebody;
  const enable = async (m: Member) => {
    const outcome = await setStatus({ input: { membershipId: m.id, version: m.version, status: 'ACTIVE' } });
    if (!tell(outcome, t.enabled(name(m))) && isStale(outcome)) again();
  };
  const sendAgain = async (m: Member) => { tell(await resend({ input: { membershipId: m.id }, key: idempotencyKey() }), t.resent(name(m))); };
  const items = (m: Member): MenuItem[] => (m.user?.id === viewer.id ? [] : [
    ...(may('membership.role') && m.status !== 'DISABLED' ? [{ label: t.changeRole, run: () => setDialog({ what: 'role', member: m }) }] : []),
    ...(may('membership.invite') && m.status === 'INVITED' ? [{ label: t.resend, run: () => void sendAgain(m) }] : []),
    ...(may('membership.status') && m.status !== 'DISABLED' ? [{ label: t.disable, danger: true, run: () => setDialog({ what: 'disable', member: m }) }] : []),
    ...(may('membership.status') && m.status === 'DISABLED' ? [{ label: t.enable, run: () => void enable(m) }] : []),
  ]);
  const members = [...(of.memberships ?? [])].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || name(a).localeCompare(name(b)));
  return (
    <Card title={t.people} flush aside={may('membership.invite') && (
      <Button size="compact-sm" variant="subtle" leftSection={<IconUserPlus size={15} />} onClick={() => setDialog({ what: 'invite' })}>{t.invite}</Button>
    )}>
      {members.length === 0 ? <p className="muted" style={{ padding: '16px 20px' }}>{t.noPeople}</p> : (
        <ul className="f-rows">
          {members.map((m) => {
            const actions = items(m);
            return (
              <li className="cu-person" key={m.id} data-off={m.status === 'DISABLED' || undefined}>
                <Avatar name={name(m)} />
                <div>
                  {m.user ? <Link href={`/people/${m.user.id}`}>{m.user.name}</Link> : t.somebody}
                  <small>{roleName(m.role)}{m.user?.email && <a href={`mailto:${m.user.email}`} title={m.user.email}>{m.user.email}</a>}</small>
                </div>
                <span>{m.status !== 'ACTIVE' && <Pill tone={tones[m.status]}>{t.membership[m.status]}</Pill>}
                  {actions.length > 0 && <Menu label={t.actions(name(m))} button={<IconDots size={18} />} items={actions} />}</span>
              </li>
            );
          })}
        </ul>
      )}
      <Dialog open={dialog?.what === 'invite'} onClose={() => setDialog(null)} title={t.inviteTitle}><InviteForm organization={of} done={() => setDialog(null)} /></Dialog>
      <Dialog open={dialog?.what === 'role'} onClose={() => setDialog(null)} title={dialog?.what === 'role' ? t.changeRoleTitle(name(dialog.member)) : ''}>
        {dialog?.what === 'role' && <RoleForm member={now(dialog.member)} again={again} done={() => setDialog(null)} />}
      </Dialog>
      <Dialog open={dialog?.what === 'disable'} onClose={() => setDialog(null)} title={dialog?.what === 'disable' ? t.disableTitle(name(dialog.member)) : ''}>
        {dialog?.what === 'disable' && <DisableForm member={now(dialog.member)} customer={of.name} again={again} done={() => setDialog(null)} />}
      </Dialog>
    </Card>
  );
}

/** The roles that people of customers can have. */
function useRoles() {
  const [{ data }] = useQuery({ query: Roles });
  return (data?.roles ?? []).filter((r) => r.kind === 'ORGANIZATION').map((r) => ({ value: r.id, label: roleName(r) }));
}

function InviteForm({ organization, done }: { organization: People; done: () => void }) {
  const t = text.use();
  const form = useForm();
  const tell = useTell();
  const roles = useRoles();
  const [invite, busy] = useAction(Invite);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState('');
  const [language, setLanguage] = useState<'' | 'EN' | 'DE'>('');
  const [key, setKey] = useState(idempotencyKey);
  const submit = async () => {
    const outcome = await invite({ input: { organizationId: organization.id, name: name.trim(), email: email.trim(), roleId: role || (roles[0]?.value ?? ''), ...(language ? { language } : {}) }, key });
    if (form.take(outcome)) { tell(outcome, t.invited(name.trim())); done(); } else if (outcome.refusals.length) setKey(idempotencyKey());
  };
  return (
    <Form form={form} names={['name', 'email', 'roleId', 'language']} onSubmit={() => void submit()}>
      <p className="muted">{t.inviteText(organization.name)}</p>
      <TextInput label={t.name} autoFocus autoComplete="off" value={name} onChange={(e) => setName(e.currentTarget.value)} error={form.error('name')} />
      <TextInput label={t.email} type="email" autoComplete="off" value={email} onChange={(e) => setEmail(e.currentTarget.value)} error={form.error('email')} />
      <div className="f-two">
        <NativeSelect label={t.role} data={roles} value={role} onChange={(e) => setRole(e.currentTarget.value)} error={form.error('roleId')} />
        <NativeSelect label={t.language} value={language} onChange={(e) => setLanguage(e.currentTarget.value as typeof language)} data={Object.entries(t.languages).map(([value, label]) => ({ value, label }))} error={form.error('language')} />
      </div>
      <FormEnd label={t.send} busy={busy} disabled={!name.trim() || !email.trim() || !roles.length} onCancel={done} />
    </Form>
  );
}

function RoleForm({ member, again, done }: { member: Member; again: () => void; done: () => void }) {
  const t = text.use();
  const roles = useRoles();
  const { form, busy, send } = useVersioned(member.version, again);
  const [set] = useAction(SetRole);
  const [role, setRole] = useState(member.role?.id ?? '');
  const submit = async () => { if (await send({ role }, (version) => set({ input: { membershipId: member.id, version, roleId: role } }), t.roleChanged(member.user?.name ?? t.somebody))) done(); };
  return (
    <Form form={form} names={['roleId']} onSubmit={() => void submit()}>
      <NativeSelect label={t.role} autoFocus data={roles} value={role} onChange={(e) => setRole(e.currentTarget.value)} error={form.error('roleId')} />
      <FormEnd label={t.changeRole} busy={busy} disabled={role === member.role?.id} onCancel={done} />
    </Form>
  );
}

function DisableForm({ member, customer, again, done }: { member: Member; customer: string; again: () => void; done: () => void }) {
  const t = text.use();
  const { form, busy, send } = useVersioned(member.version, again);
  const [set] = useAction(SetStatus);
  const name = member.user?.name ?? t.somebody;
  const submit = async () => { if (await send({}, (version) => set({ input: { membershipId: member.id, version, status: 'DISABLED' } }), t.disabled(name))) done(); };
  return (
    <Form form={form} onSubmit={() => void submit()}>
      <p>{t.disableText(name, customer)}</p>
      <FormEnd label={t.disable} danger busy={busy} onCancel={done} />
    </Form>
  );
}
