import { lazy, Suspense, useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { regionName } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { idempotencyKey, useAction, useTell } from '../../ui/form.tsx';
import { IconDots, IconUserPlus } from '../../ui/icons.ts';
import { Avatar, Card, Empty, Failure, Loading, NotFound, Page, Pill, type Tone } from '../../ui/kit.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useMay, useSession } from '../../ui/root.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { Figures, Numbers } from './Figures.tsx';
import { InviteDialog, MemberDialog, type Ask } from './Member.tsx';
import { organizationWords } from './organization-words.ts';
import { roleName } from '../../words/roleNames.ts';

const Limits = lazy(() => import('../approval/Limits.tsx'));

const Mine = graphql(`query MyOrganization {
  viewer { id organization {
    id name language currency
    address { name line1 line2 postalCode city region country }
    parent { id name } subsidiaries { id name }
    contacts @_optional { name email phone }
    memberships { id status version invitedName @_optional invitedEmail @_optional user { id name email @_optional } role { id key name } }
    figures(months: 12) @_optional { ...Numbers }
  } }
  roles @_optional { id key name kind }
}`, [Numbers]);
const Resend = graphql(`mutation ResendInvitation($input: ResendInvitationInput!, $key: String!) { resendInvitation(input: $input) @idempotent(key: $key) { membership { id status version } userErrors { field code message } } }`);

type Row = NonNullable<ResultOf<typeof Mine>['viewer']['organization']>['memberships'][number];
// Who has not accepted yet is in the invitation only.
const emailOf = (m: Row) => m.user?.email ?? m.invitedEmail;
const nameOf = (m: Row) => m.user?.name ?? m.invitedName ?? m.invitedEmail ?? '';
const tones: Record<Row['status'], Tone> = { INVITED: 'info', ACTIVE: 'good', DISABLED: 'calm' };

/** The organization that one acts for: its people above all. */
export default function Organization() {
  const t = organizationWords.use();
  const may = useMay();
  const tell = useTell();
  const { viewer } = useSession();
  const [{ data, error }, again] = useQuery({ query: Mine });
  const [resend] = useAction(Resend);
  const [inviting, setInviting] = useState(false);
  const [ask, setAsk] = useState<Ask | null>(null);
  const reload = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Page title={t.people}><Failure error={error} retry={reload} /></Page>;
  const o = data?.viewer.organization;
  if (data && !o) return <NotFound />;
  const order = { ACTIVE: 0, INVITED: 1, DISABLED: 2 };
  const rows = o ? [...o.memberships].sort((a, b) => order[a.status] - order[b.status] || nameOf(a).localeCompare(nameOf(b))) : null;
  const roles = (data?.roles ?? []).filter((r) => r.kind === 'ORGANIZATION');
  const manages = may('membership.role') || may('membership.status') || may('membership.invite');
  const actions = (m: Row) => [
    ...(m.status === 'INVITED' && may('membership.invite') ? [{ label: t.resend, run: () => void resend({ input: { membershipId: m.id }, key: idempotencyKey() }).then((x) => tell(x, t.resent)) }] : []),
    ...(m.status !== 'DISABLED' && may('membership.role') ? [{ label: t.changeRole, run: () => setAsk({ what: 'role', member: m }) }] : []),
    ...(may('membership.status') ? [m.status === 'DISABLED' ? { label: t.enable, run: () => setAsk({ what: 'ACTIVE', member: m }) }
      : { label: m.status === 'INVITED' ? t.withdraw : t.disable, danger: true, run: () => setAsk({ what: 'DISABLED', member: m }) }] : []),
  ];
  const columns: Column<Row>[] = [
    { key: 'name', title: t.name, phone: 'main', cell: (m) => <span style={{ display: 'flex', gap: 12, alignItems: 'center' }}><Avatar name={nameOf(m)} /><span style={{ minWidth: 0, overflowWrap: 'anywhere' }}><b style={{ fontWeight: 560 }}>{nameOf(m)}</b>{m.user?.id === viewer.id && ` (${t.you})`}{emailOf(m) && <small>{emailOf(m)}</small>}</span></span> },
    { key: 'role', title: t.role, phone: 'label', cell: (m) => roleName(m.role) },
    { key: 'status', title: t.status, phone: 'label', cell: (m) => <Pill tone={tones[m.status]}>{t.states[m.status]}</Pill> },
    ...(manages ? [{ key: 'actions', title: t.actions, end: true, cell: (m: Row) => (m.user?.id === viewer.id ? null : <Menu label={t.manage(nameOf(m))} button={<IconDots size={18} />} items={actions(m)} />) }] : []),
  ];
  const a = o?.address;
  const lines = a ? [a.name, a.line1, a.line2, [a.postalCode, a.city].filter(Boolean).join(' '), a.region, a.country && regionName(a.country)].filter(Boolean) : [];
  return (
    <Page title={o?.name ?? t.people} sub={o ? t.people : undefined} actions={o && may('membership.invite') && roles.length ? <Button leftSection={<IconUserPlus size={16} />} onClick={() => setInviting(true)}>{t.invite}</Button> : undefined}>
      <div className="f-columns">
        <div className="f-stack">
          {o?.figures && <Figures figures={o.figures} />}
          <Card title={t.people} flush><Table label={t.people} columns={columns} rows={rows} empty={<Empty title={t.none} text={t.noneText} />} /></Card>
          {o && (may('spendingLimit.read') || may('approval.delegate')) && <Suspense fallback={<Loading rows={2} card />}><Limits organizationId={o.id} currency={o.currency ?? 'EUR'} roles={roles}
            people={o.memberships.flatMap((m) => (m.status === 'ACTIVE' && m.user ? [{ membershipId: m.id, userId: m.user.id, name: m.user.name, role: m.role }] : []))} /></Suspense>}
        </div>
        <div className="f-stack">
          {!o ? <Loading rows={3} card /> : <>
            {!!lines.length && <Card title={t.address}><address style={{ fontStyle: 'normal' }}>{lines.map((l) => <div key={l}>{l}</div>)}</address></Card>}
            {(o.parent || !!o.subsidiaries.length) && <Card title={o.parent ? t.parent : t.subsidiaries}><ul className="f-stack" style={{ gap: 6 }}>{(o.parent ? [o.parent] : o.subsidiaries).map((s) => <li key={s.id}>{s.name}</li>)}</ul></Card>}
            {o.contacts && <Card title={t.contacts}>{o.contacts.length ? <ul className="f-stack">{o.contacts.map((c) => (
              <li key={c.email} style={{ display: 'flex', gap: 12, minWidth: 0 }}><Avatar name={c.name} /><span style={{ minWidth: 0, overflowWrap: 'anywhere' }}><b style={{ fontWeight: 560 }}>{c.name}</b><br /><a href={`mailto:${c.email}`}>{c.email}</a>{c.phone && <><br /><a href={`tel:${c.phone.replace(/[^+\d]/g, '')}`}>{c.phone}</a></>}</span></li>
            ))}</ul> : <p className="muted">{t.noContacts}</p>}</Card>}
          </>}
        </div>
      </div>
      {inviting && o && <InviteDialog organizationId={o.id} language={o.language} roles={roles} close={() => setInviting(false)} />}
      {ask && o && <MemberDialog ask={{ ...ask, member: o.memberships.find((m) => m.id === ask.member.id) ?? ask.member }} organization={o.name} roles={roles} close={() => setAsk(null)} reload={reload} />}
    </Page>
  );
}
