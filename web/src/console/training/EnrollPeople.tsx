import { useMemo, useState } from 'react';
import { TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useForm, useTell } from '../../ui/form.tsx';
import { Dialog, Empty, Loading, Notice } from '../../ui/kit.tsx';
import { OrganizationPicker } from '../../ui/OrganizationPicker.tsx';
import { roleName } from '../../words/roleNames.ts';
import { Tick } from '../models/fields.tsx';
import { CoursePicker } from './CoursePicker.tsx';
import { endOfDay } from './parts.tsx';
import { useWork } from './work.ts';

const Members = graphql(`query MembersToEnroll($id: ID!) { organization(id: $id) { id name memberships @_optional { id status user { id name } role { id key name } } } }`);
const Do = graphql(`mutation EnrollPeople($input: EnrollPeopleInput!) {
  enrollPeople(input: $input) { enrollments { id status } refused { userId code message } userErrors { field code message } } }`);

/** Lets people of a customer learn a course. Each is answered for. */
export default function EnrollPeople({ course, organization, close, done }: { course?: { id: string; title: string }; organization?: string; close: () => void; done: () => void }) {
  const t = useWork();
  const form = useForm();
  const tell = useTell();
  const [run, busy] = useAction(Do);
  const [courseId, setCourse] = useState(course?.id);
  const [organizationId, setOrganization] = useState(organization);
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [due, setDue] = useState('');
  const [refused, setRefused] = useState<readonly { userId: string; message: string }[]>([]);
  const [{ data, fetching }] = useQuery({ query: Members, variables: { id: organizationId ?? '' }, pause: !organizationId });
  const people = useMemo(() => (data?.organization?.id === organizationId ? data?.organization?.memberships ?? [] : []).flatMap((m) => (m.user && m.status === 'ACTIVE' ? [{ ...m.user, role: m.role }] : [])), [data, organizationId]);
  const names = new Map(people.map((p) => [p.id, p.name]));
  const submit = async () => {
    const input = { courseId: courseId!, organizationId: organizationId!, userIds: [...chosen], dueAt: endOfDay(due) };
    const outcome = await run({ input }); // somebody who is enrolled already is told so: a repeat enrolls nobody twice
    if (!form.take(outcome)) return;
    const { enrollments, refused: not } = outcome.payload;
    setRefused(not);
    if (enrollments.length) tell(outcome, t.enrolledN(enrollments.length));
    if (!not.length) done(); else choose(new Set(not.map((x) => x.userId)));
  };
  const all = people.length > 0 && people.every((p) => chosen.has(p.id));
  return (
    <Dialog open onClose={() => (refused.length ? done() : close())} title={course ? t.enrollInto(course.title) : t.enrollPeople}>
      <Form form={form} names={['courseId', 'organizationId', 'dueAt']} onSubmit={() => void submit()} label={t.enrollPeople}>
        {!course && <CoursePicker label={t.course} value={courseId} onChange={(id) => setCourse(id ?? undefined)} error={form.error('courseId')} />}
        <OrganizationPicker label={t.customer} required value={organizationId} error={form.error('organizationId')} onChange={(id) => { setOrganization(id ?? undefined); choose(new Set()); setRefused([]); }} />
        {refused.length > 0 && <Notice tone="warn"><b>{t.notEnrolled}</b><ul className="mo-problems">{refused.map((x) => <li key={x.userId}>{names.get(x.userId) ?? x.userId}: {x.message}</li>)}</ul></Notice>}
        {organizationId && (fetching && !people.length ? <Loading rows={2} /> : people.length ? <fieldset className="mo-set"><legend>{t.people}</legend>
          <div className="tr-people"><Tick label={t.everyone(people.length)} checked={all} onChange={(on) => choose(new Set(on ? people.map((p) => p.id) : []))} />
            {people.map((p) => <Tick key={p.id} label={p.name} hint={p.role ? roleName(p.role) : undefined} checked={chosen.has(p.id)} onChange={(on) => choose(new Set(on ? [...chosen, p.id] : [...chosen].filter((x) => x !== p.id)))} />)}</div>
        </fieldset> : <Empty title={t.noMembers} />)}
        <TextInput type="date" label={t.dueDay} description={t.dueHint} value={due} onChange={(e) => setDue(e.currentTarget.value)} error={form.error('dueAt')} />
        <FormEnd label={chosen.size ? t.enrollN(chosen.size) : t.enrollPeople} busy={busy} disabled={!chosen.size || !courseId || !organizationId} onCancel={() => (refused.length ? done() : close())} />
      </Form>
    </Dialog>
  );
}
