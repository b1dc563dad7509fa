import { useState } from 'react';
import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { dayOf, endOfDay } from '../../ui/training/days.ts';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, isStale, useAction, useForm, useKey, useSeen } from '../../ui/form.tsx';
import { Dialog, Failure, Loading } from '../../ui/kit.tsx';
import { toast } from '../../ui/toasts.tsx';
import { People, peopleOf } from '../../ui/training/People.tsx';
import { kitWords } from '../../words/index.ts';
import { roleName } from '../../words/roleNames.ts';
import { teamWords, type Rule } from '../pages/Team.tsx';
import { Choices } from './choices.ts';

const Save = graphql(`mutation SaveTrainingRequirement($input: SaveTrainingRequirementInput!, $key: String!) {
  saveTrainingRequirement(input: $input) @idempotent(key: $key) { enrolled requirement { id version title dueAt dueDays enroll roles { id key name } people @_optional { id name } } userErrors { field code message } }
}`);

/** Says who must hold what, and by when. */
export default function RequirementDialog({ rule, taken, close, done }: { rule?: Rule; taken: string[]; close: () => void; done: () => void }) {
  const t = teamWords.use();
  const k = kitWords.use();
  const form = useForm();
  const keyFor = useKey();
  const [version, refused] = useSeen(rule?.version ?? 0);
  const [{ data, error }, again] = useQuery({ query: Choices });
  const [save, busy] = useAction(Save);
  const [course, setCourse] = useState('');
  const [whom, setWhom] = useState<'all' | 'some'>(rule && (rule.roles.length || rule.people?.length) ? 'some' : 'all');
  const [roles, setRoles] = useState<string[]>(rule?.roles.map((r) => r.key) ?? []);
  const [people, setPeople] = useState<ReadonlySet<string>>(new Set(rule?.people?.map((p) => p.id) ?? []));
  const [due, setDue] = useState(dayOf(rule?.dueAt));
  const [days, setDays] = useState(rule?.dueDays ? String(rule.dueDays) : '');
  const [enroll, setEnroll] = useState(rule?.enroll ?? true);
  const courses = (data?.courses.edges ?? []).flatMap((e) => (e?.node && !taken.includes(e.node.id) ? [e.node] : []));
  const members = data?.viewer.organization?.memberships;
  const known = data?.roles?.filter((r) => r.kind === 'ORGANIZATION') ?? [...new Map((members ?? []).flatMap((m) => (m.role ? [[m.role.key, m.role] as const] : []))).values()];
  const some = whom === 'some';
  const submit = async () => {
    const input = {
      ...(rule ? { id: rule.id, version } : { courseId: course }), roles: some ? roles : [], userIds: some ? [...people] : [],
      dueAt: endOfDay(due, rule?.dueAt), dueDays: days.trim() ? Number(days) : null, enroll,
    };
    const outcome = await save({ input, key: keyFor(input) });
    if (isStale(outcome)) { refused(); done(); }
    if (!form.take(outcome)) return;
    toast(outcome.payload.enrolled ? t.savedEnrolled(outcome.payload.enrolled) : t.saved);
    done();
    close();
  };
  return (
    <Dialog open onClose={close} title={rule ? t.changeTitle(rule.title) : t.addTitle} wide>
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : !data ? <Loading rows={6} /> : (
        <Form form={form} names={['courseId', 'dueAt', 'dueDays']} onSubmit={() => void submit()} label={t.addTitle}>
          {!rule && <NativeSelect label={t.course} value={course} onChange={(e) => setCourse(e.currentTarget.value)} data={[{ value: '', label: t.choose }, ...courses.map((c) => ({ value: c.id, label: c.title }))]} error={form.error('courseId')} />}
          <fieldset className="te-whom"><legend>{t.who}</legend>{(['all', 'some'] as const).map((x) => <label key={x}><input type="radio" name="whom" checked={whom === x} onChange={() => setWhom(x)} />{t.whoms[x]}</label>)}</fieldset>
          {some && <>
            <fieldset className="te-whom"><legend>{t.roles}</legend>{known.map((r) => <Checkbox key={r.key} label={roleName(r)} checked={roles.includes(r.key)} onChange={(e) => setRoles(e.currentTarget.checked ? [...roles, r.key] : roles.filter((x) => x !== r.key))} />)}</fieldset>
            <People label={t.alsoThese} people={peopleOf(members)} chosen={people} choose={setPeople} />
          </>}
          <div className="f-two">
            <TextInput type="date" label={`${t.dueFor} (${k.optional})`} value={due} onChange={(e) => setDue(e.currentTarget.value)} error={form.error('dueAt')} />
            <TextInput type="number" min={1} max={3650} label={`${t.daysFor} (${k.optional})`} value={days} onChange={(e) => setDays(e.currentTarget.value)} error={form.error('dueDays')} />
          </div>
          <Checkbox label={t.enrollThem} description={t.enrollThemText} checked={enroll} onChange={(e) => setEnroll(e.currentTarget.checked)} />
          <FormEnd label={k.save} busy={busy} onCancel={close} disabled={(!rule && !course) || (some && !roles.length && !people.size)} />
        </Form>
      )}
    </Dialog>
  );
}
