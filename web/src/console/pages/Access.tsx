import { useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useClient, useQuery } from 'urql';
import { codeOf } from '../../lib/client.ts';
import { graphql } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { words } from '../../lib/words.ts';
import { IconCheck, IconShield, IconX } from '../../ui/icons.ts';
import { Card, Empty, Failure, Loading, NotFound, Notice, Page } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { PersonPicker } from '../PersonPicker.tsx';
import en from './Access.en.ts';
import { roleName } from '../../words/roleNames.ts';
import '../admin.css';

const text = words('Access', en);

const Explain = graphql(`query ExplainAccess($user: ID!, $membership: ID, $node: ID!) { explainAccess(userId: $user, membershipId: $membership, nodeId: $node) @_optional { visible steps } }`);
const Who = graphql(`query WhoActs($id: ID!) { node(id: $id) { ... on User { id name memberships { id status organization { id name } role { id key name } } } } }`);
const ByNumber = graphql(`query OrderByNumber($number: String!) { order(number: $number) { id number } }`);

const isId = (s: string | undefined): s is string => !!s && /^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(s);

export default function Access() {
  return useMay()('access.explain') ? <Explanation /> : <NotFound />;
}

function Explanation() {
  const t = text.use();
  const client = useClient();
  const list = useList();
  const node = list.get('node');
  const [user, setUser] = useState(list.get('user'));
  const [record, setRecord] = useState(list.get('record') ?? node ?? '');
  const [membership, setMembership] = useState(list.get('as') ?? '');
  const [refused, setRefused] = useState<{ person?: string; record?: string }>({});
  const [looking, setLooking] = useState(false);
  const known = user?.startsWith('usr_') && isId(user);
  const [{ data: who }] = useQuery({ query: Who, variables: { id: user ?? '' }, pause: !known });
  const person = known && who?.node && 'name' in who.node && who.node.id === user ? who.node : null;
  const asked = list.get('user');
  const ready = isId(asked) && isId(node);
  const [{ data, error, fetching }, again] = useQuery({ query: Explain, variables: { user: asked ?? '', membership: list.get('as'), node: node ?? '' }, pause: !ready, requestPolicy: 'network-only' });
  const submit = async () => {
    const wanted = record.trim();
    const wrong = { person: known ? undefined : t.personless, record: wanted ? undefined : t.recordless };
    setRefused(wrong);
    if (wrong.person || wrong.record) return;
    let id = isId(wanted) ? wanted : undefined;
    if (!id) {
      setLooking(true);
      id = (await client.query(ByNumber, { number: wanted }).toPromise()).data?.order?.id;
      setLooking(false);
    }
    if (!id) { setRefused({ record: t.malformed }); return; }
    if (asked === user && node === id && (list.get('as') ?? '') === membership) again({ requestPolicy: 'network-only' });
    else list.set({ user, node: id, record: wanted === id ? null : wanted, as: membership });
  };
  const answer = ready ? data?.explainAccess : null;
  const name = person && asked === user ? person.name : '';
  return (
    <Page title={t.title} sub={t.sub}>
      <div className="f-stack">
        <Card title={t.question}>
          <form className="f-form" noValidate onSubmit={(e) => { e.preventDefault(); void submit(); }}>
            <div className="f-two">
              <PersonPicker label={t.person} placeholder={t.findPerson} value={user} error={refused.person} onChange={(id) => { setUser(id ?? undefined); setMembership(''); }} />
              <TextInput label={t.record} placeholder={t.example} description={t.recordHint} inputWrapperOrder={['label', 'input', 'description', 'error']} spellCheck={false} autoComplete="off" value={record} onChange={(e) => setRecord(e.currentTarget.value)} error={refused.record} />
            </div>
            {!!person && person.memberships.length > 1 && (
              <NativeSelect label={t.membership} value={membership} onChange={(e) => setMembership(e.currentTarget.value)}
                data={[{ value: '', label: t.usual }, ...person.memberships.filter((m) => m.status === 'ACTIVE').map((m) => ({ value: m.id, label: `${m.organization?.name ?? t.team}, ${roleName(m.role)}` }))]} />
            )}
            <div className="f-form-end"><Button type="submit" loading={looking}>{t.ask}</Button></div>
          </form>
        </Card>
        <div aria-live="polite">
          {!ready ? <Card title={t.answer}><Empty icon={<IconShield size={22} />} title={t.wait} text={t.waitText} /></Card>
            : fetching && !answer ? <Card title={t.answer} flush><Loading rows={4} /></Card>
              : error ? <Card title={t.answer}>{codeOf(error) === 'NOT_FOUND' ? <Notice tone="warn">{t.gone}</Notice> : <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />}</Card>
                : answer && (
                  <Card title={t.answer}>
                    <p className="ad-verdict" data-no={!answer.visible || undefined}>{answer.visible ? <IconCheck size={20} /> : <IconX size={20} />}{answer.visible ? t.yes(name) : t.no(name)}</p>
                    <h3 style={{ margin: '18px 0 10px' }}>{t.steps}</h3>
                    <ol className="ad-steps">{answer.steps.map((s) => <li key={s}><span>{s}</span></li>)}</ol>
                  </Card>
                )}
        </div>
      </div>
    </Page>
  );
}
