import { useState } from 'react';
import { useClient } from 'urql';
import { graphql, readFragment, type FragmentOf, type ResultOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { Form, FormEnd, idempotencyKey, useAction, useForm, useTell } from '../../ui/form.tsx';
import { IconX } from '../../ui/icons.ts';
import { Avatar, Card, Dialog, IconButton } from '../../ui/kit.tsx';
import { Picker } from '../../ui/Picker.tsx';
import { useMay } from '../../ui/root.tsx';
import en from './Customer.en.ts';

const text = words('Customer', en);

/** Who looks after a customer: everybody sees whom to ask, an administrator each assignment. */
export const careFragment = graphql(`fragment CustomerCare on Organization {
  id
  contacts @_optional { name email phone }
  assignments @_optional { id to user @_optional { id name email @_optional phone @_optional } }
}`);
const Staff = graphql(`query StaffToAssign($filter: UserFilter) { users(filter: $filter, first: 8) { edges { node { id name email @_optional } } } }`);
const Assign = graphql(`mutation AssignToCustomer($input: AssignOrganizationInput!, $key: String!) {
  assignOrganization(input: $input) @idempotent(key: $key) { assignment { id } userErrors { field code message } }
}`);
const End = graphql(`mutation EndCare($input: EndAssignmentInput!) { endAssignment(input: $input) { assignment { id to } userErrors { field code message } } }`);

type Assignment = NonNullable<ResultOf<typeof careFragment>['assignments']>[number];

/** Who looks after a customer, and for administrators the way to change it. */
export function Care({ organization, again }: { organization: FragmentOf<typeof careFragment>; again: () => void }) {
  const t = text.use();
  const may = useMay();
  const client = useClient();
  const of = readFragment(careFragment, organization);
  const [ending, setEnding] = useState<Assignment | null>(null);
  const [assign] = useAction(Assign);
  const tell = useTell();
  const changes = may('organization.assign');
  const open = (of.assignments ?? []).filter((a) => !a.to || Date.parse(a.to) > Date.now());
  const carers = changes
    ? open.map((a) => ({ key: a.id, name: a.user?.name ?? t.somebody, email: a.user?.email, phone: a.user?.phone, assignment: a }))
    : (of.contacts ?? []).map((c) => ({ key: c.email, name: c.name, email: c.email, phone: c.phone, assignment: null }));
  const find = async (search: string) => {
    const result = await client.query(Staff, { filter: { staff: true, search, status: ['ACTIVE'] } }, { requestPolicy: 'network-only' }).toPromise();
    if (result.error) throw result.error;
    const there = new Set(open.map((a) => a.user?.id));
    return (result.data?.users.edges ?? []).flatMap((e) => (e?.node && !there.has(e.node.id) ? [{ id: e.node.id, label: e.node.name, hint: e.node.email ?? undefined }] : []));
  };
  return (
    <Card title={t.care} flush>
      {carers.length === 0 ? <p className="muted" style={{ padding: '16px 20px' }}>{t.noCare}</p> : (
        <ul className="f-rows">{carers.map((c) => (
          <li className="cu-person" key={c.key}>
            <Avatar name={c.name} />
            <div><b style={{ fontWeight: 560 }}>{c.name}</b><small>{c.email && <a href={`mailto:${c.email}`}>{c.email}</a>}{c.phone && <a href={`tel:${c.phone.replaceAll(/[^+\d]/g, '')}`}>{c.phone}</a>}</small></div>
            <span>{c.assignment && <IconButton label={t.unassign(c.name)} onClick={() => setEnding(c.assignment)}><IconX size={16} /></IconButton>}</span>
          </li>
        ))}</ul>
      )}
      {changes && <div style={{ padding: '14px 20px', borderTop: '1px solid var(--line)' }}>
        <Picker label={t.assign} placeholder={t.staffHint} value={null} find={find} onChange={(c) => {
          if (c) void assign({ input: { organizationId: of.id, userId: c.id }, key: idempotencyKey() }).then((o) => { if (tell(o, t.assigned(c.label))) again(); });
        }} />
      </div>}
      <Dialog open={!!ending} onClose={() => setEnding(null)} title={ending ? t.unassignTitle(ending.user?.name ?? t.somebody) : ''}>
        {ending && <EndForm assignment={ending} done={(changed) => { setEnding(null); if (changed) again(); }} />}
      </Dialog>
    </Card>
  );
}

function EndForm({ assignment, done }: { assignment: Assignment; done: (changed: boolean) => void }) {
  const t = text.use();
  const form = useForm();
  const tell = useTell();
  const [end, busy] = useAction(End);
  const name = assignment.user?.name ?? t.somebody;
  const submit = async () => {
    const outcome = await end({ input: { assignmentId: assignment.id } });
    if (form.take(outcome)) { tell(outcome, t.unassigned(name)); done(true); }
  };
  return (
    <Form form={form} onSubmit={() => void submit()}>
      <p>{t.unassignText(name)}</p>
      <FormEnd label={t.unassignDo} danger busy={busy} onCancel={() => done(false)} />
    </Form>
  );
}
