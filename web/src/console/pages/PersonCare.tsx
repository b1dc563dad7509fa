import { useState } from 'react';
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { day } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { Form, FormEnd, useAction, useForm, useKey, useTell } from '../../ui/form.tsx';
import { IconPlus } from '../../ui/icons.ts';
import { Card, Dialog, Time } from '../../ui/kit.tsx';
import { OrganizationPicker } from '../../ui/OrganizationPicker.tsx';
import { useMay } from '../../ui/root.tsx';
import type { Person } from './Person.tsx';
import en from './Person.en.ts';

const text = words('Person', en);

const Assign = graphql(`mutation AssignToPerson($input: AssignOrganizationInput!, $key: String!) {
  assignOrganization(input: $input) @idempotent(key: $key) { assignment { id from to } userErrors { field code message } }
}`);
const End = graphql(`mutation EndAssignmentOfPerson($input: EndAssignmentInput!) { endAssignment(input: $input) { assignment { id to } userErrors { field code message } } }`);

type Assignment = NonNullable<Person['assignments']>[number];

/** The customers that a member of staff looks after. */
export function Care({ person, again }: { person: Person; again: () => void }) {
  const t = text.use();
  const may = useMay();
  const [asked, ask] = useState<'assign' | Assignment | null>(null);
  const present = (person.assignments ?? []).filter((a) => !a.to || Date.parse(a.to) > Date.now());
  const done = () => { ask(null); again(); };
  return (
    <Card title={t.care} flush aside={may('organization.assign') && <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={15} />} onClick={() => ask('assign')}>{t.assign}</Button>}>
      {!present.length ? <p className="muted ad-pad">{t.noCare}</p> : (
        <ul className="f-rows">{present.map((a) => (
          <li className="ad-row" key={a.id}>
            <span>{a.organization ? <Link href={`/customers/${a.organization.id}`}>{a.organization.name}</Link> : a.id}<small>{t.caredSince} <Time at={a.from}>{day(a.from)}</Time></small></span>
            {may('organization.assign') && <Button size="compact-sm" variant="subtle" aria-label={t.endOf(a.organization?.name ?? a.id)} onClick={() => ask(a)}>{t.end}</Button>}
          </li>
        ))}</ul>
      )}
      <Dialog open={!!asked} onClose={() => ask(null)} title={!asked ? '' : asked === 'assign' ? t.assignTitle(person.name) : t.endTitle(asked.organization?.name ?? '')}>
        {asked === 'assign' && <AssignForm person={person} done={done} cancel={() => ask(null)} />}
        {asked && asked !== 'assign' && <EndForm person={person} assignment={asked} done={done} cancel={() => ask(null)} />}
      </Dialog>
    </Card>
  );
}

function AssignForm({ person, done, cancel }: { person: Person; done: () => void; cancel: () => void }) {
  const t = text.use();
  const form = useForm();
  const tell = useTell();
  const key = useKey();
  const [organizationId, setOrganization] = useState<string>();
  const [tried, setTried] = useState(false);
  const [assign, busy] = useAction(Assign);
  const submit = async () => {
    setTried(true);
    if (!organizationId) return;
    const input = { organizationId, userId: person.id };
    const outcome = await assign({ input, key: key(input) });
    if (form.take(outcome)) { tell(outcome, t.assigned(person.name)); done(); }
  };
  return (
    <Form form={form} names={['organizationId']} onSubmit={() => void submit()}>
      <p className="muted">{t.assignText}</p>
      <OrganizationPicker label={t.customer} placeholder={t.chooseCustomer} required value={organizationId} onChange={(id) => setOrganization(id ?? undefined)} error={(tried && !organizationId && t.customerless) || form.error('organizationId')} />
      <FormEnd label={t.assign} busy={busy} onCancel={cancel} />
    </Form>
  );
}

function EndForm({ person, assignment, done, cancel }: { person: Person; assignment: Assignment; done: () => void; cancel: () => void }) {
  const t = text.use();
  const form = useForm();
  const tell = useTell();
  const [end, busy] = useAction(End);
  const name = assignment.organization?.name ?? '';
  const submit = async () => {
    const outcome = await end({ input: { assignmentId: assignment.id } });
    if (form.take(outcome)) { tell(outcome, t.ended(name)); done(); }
  };
  return <Form form={form} onSubmit={() => void submit()}><p>{t.endText(person.name, name)}</p><FormEnd label={t.end} danger busy={busy} onCancel={cancel} /></Form>;
}
