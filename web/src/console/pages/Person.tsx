import { useState } from 'react';
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useQuery } from 'urql';
import { day } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { Form, FormEnd, idempotencyKey, useAction, useForm, useTell } from '../../ui/form.tsx';
import { Avatar, Card, Dialog, Failure, Loading, NotFound, Notice, Page, Pill, Time } from '../../ui/kit.tsx';
import { useMay, useSession } from '../../ui/root.tsx';
import { Care } from './PersonCare.tsx';
import { Deeds } from './PersonDeeds.tsx';
import { Memberships } from './PersonMemberships.tsx';
import en from './Person.en.ts';
import '../admin.css';

const text = words('Person', en);

const One = graphql(`query Person($id: ID!) { node(id: $id) { __typename ... on User {
  id name email @_optional phone @_optional language status createdAt source @_optional externalId @_optional
  memberships { id status version organization { id name } role { id key name kind } }
  assignments @_optional { id from to organization { id name } }
} } }`);
const SetStatus = graphql(`mutation SetUserStatus($input: SetUserStatusInput!) { setUserStatus(input: $input) { user { id status } userErrors { field code message } } }`);
const SendLink = graphql(`mutation SendPasswordLink($input: SendPasswordLinkInput!, $key: String!) { sendPasswordLink(input: $input) @idempotent(key: $key) { user { id } userErrors { field code message } } }`);

/** A person as their page has them. */
export type Person = Extract<NonNullable<ResultOf<typeof One>['node']>, { __typename: 'User' }>;

export default function PersonPage({ id }: { id: string }) {
  // An id that is none is no failure of the portal's.
  return useMay()('people.contact') && /^usr_[0-9a-z]{26}$/.test(id) ? <Found id={id} /> : <NotFound home="/people" />;
}

function Found({ id }: { id: string }) {
  const t = text.use();
  const may = useMay();
  const { viewer } = useSession();
  const tell = useTell();
  const [{ data, error }, load] = useQuery({ query: One, variables: { id } });
  const [asks, setAsks] = useState(false);
  const [setStatus, busy] = useAction(SetStatus);
  const [sendLink, sending] = useAction(SendLink);
  const again = () => load({ requestPolicy: 'network-only' });
  const p = data?.node?.__typename === 'User' ? data.node : null;
  if (!p) {
    if (error?.graphQLErrors[0]?.extensions?.code === 'NOT_FOUND' || (data && !error)) return <NotFound home="/people" />;
    return <Page title={t.somebody} crumbs={[{ title: t.people, href: '/people' }]}>{error ? <Failure error={error} retry={again} /> : <Loading card />}</Page>;
  }
  const me = p.id === viewer.id;
  const staff = p.memberships.some((m) => !m.organization && m.status !== 'DISABLED');
  return (
    <Page title={p.name} wide crumbs={[{ title: t.people, href: '/people' }, { title: p.name }]} before={<Avatar name={p.name} />}
      after={p.status === 'DISABLED' ? <Pill tone="bad">{t.states.DISABLED}</Pill> : undefined}
      sub={me ? t.you : [...new Set(p.memberships.map((m) => m.organization?.name ?? t.team))].join(' · ')}
      actions={<>
        {may('access.explain') && <Button component={Link} href={`/access?user=${p.id}`} variant="default">{t.why}</Button>}
        {may('user.password') && p.status === 'ACTIVE' && !me && <Button variant="default" loading={sending} onClick={() => void sendLink({ input: { userId: p.id }, key: idempotencyKey() }).then((o) => tell(o, t.linkSent(p.name)))}>{t.sendLink}</Button>}
        {may('user.status') && !me && (p.status === 'ACTIVE'
          ? <Button variant="default" onClick={() => setAsks(true)}>{t.disableUser}</Button>
          : <Button loading={busy} onClick={() => void setStatus({ input: { userId: p.id, status: 'ACTIVE' } }).then((o) => tell(o, t.userEnabled(p.name)))}>{t.enableUser}</Button>)}
      </>}
    >
      {p.status === 'DISABLED' && <div style={{ marginBottom: 16 }}><Notice tone="warn">{t.offNotice}</Notice></div>}
      <div className="f-columns">
        <div className="f-stack">
          <Memberships person={p} again={again} />
          {may('auditEntry.read') && <><Deeds title={t.about} filter={{ subject: p.id }} href={`/audit?subject=${p.id}`} /><Deeds title={t.deeds} filter={{ actor: p.id }} href={`/audit?actor=${p.id}`} /></>}
        </div>
        <div className="f-stack">
          <Card title={t.contact}><dl className="f-facts">
            {p.email && <><dt>{t.email}</dt><dd><a href={`mailto:${p.email}`}>{p.email}</a></dd></>}
            {p.phone && <><dt>{t.phone}</dt><dd><a href={`tel:${p.phone.replace(/\s/g, '')}`}>{p.phone}</a></dd></>}
            <dt>{t.language}</dt><dd>{t.languages[p.language]}</dd>
            <dt>{t.status}</dt><dd>{t.states[p.status]}</dd>
            <dt>{t.since}</dt><dd><Time at={p.createdAt}>{day(p.createdAt)}</Time></dd>
            {p.source && <><dt>{t.source}</dt><dd>{p.source} {p.externalId}</dd></>}
          </dl></Card>
          {(staff || !!p.assignments?.length) && may('organizationAssignment.read') && <Care person={p} again={again} />}
        </div>
      </div>
      <Dialog open={asks} onClose={() => setAsks(false)} title={t.disableUserTitle(p.name)}>{asks && <DisableUser person={p} done={() => setAsks(false)} />}</Dialog>
    </Page>
  );
}

function DisableUser({ person, done }: { person: Person; done: () => void }) {
  const t = text.use();
  const form = useForm();
  const tell = useTell();
  const [set, busy] = useAction(SetStatus);
  const submit = async () => {
    const outcome = await set({ input: { userId: person.id, status: 'DISABLED' } });
    if (form.take(outcome)) { tell(outcome, t.userDisabled(person.name)); done(); }
  };
  return <Form form={form} onSubmit={() => void submit()}><p>{t.disableUserText(person.name)}</p><FormEnd label={t.disableUser} danger busy={busy} onCancel={done} /></Form>;
}
