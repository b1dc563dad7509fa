import { useState } from 'react';
import { NativeSelect } from '@mantine/core';
import { Link } from 'wouter';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { roleName } from '../../words/roleNames.ts';
import { Form, FormEnd, idempotencyKey, isStale, useAction, useTell, useVersioned } from '../../ui/form.tsx';
import { IconDots } from '../../ui/icons.ts';
import { Card, Dialog, Pill, type Tone } from '../../ui/kit.tsx';
import { Menu, type MenuItem } from '../../ui/Menu.tsx';
import { useMay, useSession } from '../../ui/root.tsx';
import type { Person } from './Person.tsx';
import en from './Person.en.ts';

const text = words('Person', en);

const Roles = graphql(`query RolesOfPerson { roles { id key name kind } }`);
const SetRole = graphql(`mutation SetRoleOfPerson($input: ChangeMembershipRoleInput!) {
  changeMembershipRole(input: $input) { membership { id version role { id key name kind } } userErrors { field code message } }
}`);
const SetStatus = graphql(`mutation SetMembershipOfPerson($input: SetMembershipStatusInput!) {
  setMembershipStatus(input: $input) { membership { id version status } userErrors { field code message } }
}`);
const Resend = graphql(`mutation ResendToPerson($input: ResendInvitationInput!, $key: String!) {
  resendInvitation(input: $input) @idempotent(key: $key) { membership { id status version } userErrors { field code message } }
}`);

type Member = Person['memberships'][number];
const tones: Record<Member['status'], Tone> = { ACTIVE: 'good', INVITED: 'info', DISABLED: 'calm' };

/** For whom a person acts, in which role. */
export function Memberships({ person, again }: { person: Person; again: () => void }) {
  const t = text.use();
  const may = useMay();
  const tell = useTell();
  const { viewer } = useSession();
  const [asked, ask] = useState<{ what: 'role' | 'disable'; of: Member } | null>(null);
  const now = (m: Member) => person.memberships.find((x) => x.id === m.id) ?? m; // as it stands by now
  const [set] = useAction(SetStatus);
  const [resend] = useAction(Resend);
  const where = (m: Member) => m.organization?.name ?? t.team;
  const enable = async (m: Member) => {
    const outcome = await set({ input: { membershipId: m.id, version: m.version, status: 'ACTIVE' } });
    if (!tell(outcome, t.enabled) && isStale(outcome)) again();
  };
  const items = (m: Member): MenuItem[] => (person.id === viewer.id ? [] : [
    ...(may('membership.role') && m.status !== 'DISABLED' ? [{ label: t.changeRole, run: () => ask({ what: 'role', of: m }) }] : []),
    ...(may('membership.invite') && m.status === 'INVITED' ? [{ label: t.resend, run: () => void resend({ input: { membershipId: m.id }, key: idempotencyKey() }).then((o) => tell(o, t.resent)) }] : []),
    ...(may('membership.status') ? [m.status === 'DISABLED' ? { label: t.enable, run: () => void enable(m) } : { label: t.disable, danger: true, run: () => ask({ what: 'disable', of: m }) }] : []),
  ]);
  return (
    <Card title={t.memberships} flush>
      {person.memberships.length === 0 ? <p className="muted ad-pad">{t.noMemberships}</p> : (
        <ul className="f-rows">{person.memberships.map((m) => {
          const actions = items(m);
          return (
            <li className="ad-row" key={m.id}>
              <span>{m.organization ? <Link href={`/customers/${m.organization.id}`}>{m.organization.name}</Link> : <b>{t.team}</b>}<small>{roleName(m.role)}</small></span>
              <span className="ad-end"><Pill tone={tones[m.status]}>{t.membership[m.status]}</Pill>
                {actions.length > 0 && <Menu label={t.actions(where(m))} button={<IconDots size={18} />} items={actions} />}</span>
            </li>
          );
        })}</ul>
      )}
      <Dialog open={!!asked} onClose={() => ask(null)} title={!asked ? '' : asked.what === 'role' ? t.changeRoleTitle(where(asked.of)) : t.disableTitle(where(asked.of))}>
        {asked?.what === 'role' && <RoleForm member={now(asked.of)} again={again} done={() => ask(null)} />}
        {asked?.what === 'disable' && <DisableForm member={now(asked.of)} words={t.disableText(person.name, where(asked.of))} again={again} done={() => ask(null)} />}
      </Dialog>
    </Card>
  );
}

function RoleForm({ member, again, done }: { member: Member; again: () => void; done: () => void }) {
  const t = text.use();
  const { form, busy, send } = useVersioned(member.version, again);
  const [{ data }] = useQuery({ query: Roles });
  const roles = (data?.roles ?? []).filter((r) => (r.kind === 'STAFF') === !member.organization).map((r) => ({ value: r.id, label: roleName(r) }));
  const [set] = useAction(SetRole);
  const [role, setRole] = useState(member.role?.id ?? '');
  const submit = async () => { if (await send({ role }, (version) => set({ input: { membershipId: member.id, version, roleId: role } }), t.roleChanged)) done(); };
  return (
    <Form form={form} names={['roleId']} onSubmit={() => void submit()}>
      <NativeSelect label={t.role} description={t.roleText} autoFocus data={roles} value={role} onChange={(e) => setRole(e.currentTarget.value)} error={form.error('roleId')} />
      <FormEnd label={t.changeRole} busy={busy} disabled={role === member.role?.id} onCancel={done} />
    </Form>
  );
}

function DisableForm({ member, words: what, again, done }: { member: Member; words: string; again: () => void; done: () => void }) {
  const t = text.use();
  const { form, busy, send } = useVersioned(member.version, again);
  const [set] = useAction(SetStatus);
  const submit = async () => { if (await send({}, (version) => set({ input: { membershipId: member.id, version, status: 'DISABLED' } }), t.disabled)) done(); };
  return <Form form={form} onSubmit={() => void submit()}><p>{what}</p><FormEnd label={t.disable} danger busy={busy} onCancel={done} /></Form>;
}
