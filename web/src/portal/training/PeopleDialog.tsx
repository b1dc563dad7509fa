import { useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useForm } from '../../ui/form.tsx';
import { Dialog, Failure, Loading, Notice } from '../../ui/kit.tsx';
import { toast } from '../../ui/toasts.tsx';
import { kitWords } from '../../words/index.ts';
import { teamWords } from '../pages/Team.tsx';
import { Choices, endOf, People, peopleOf } from './people.tsx';

const Enroll = graphql(`mutation EnrollPeople($input: EnrollPeopleInput!) {
  enrollPeople(input: $input) { enrollments { id status } refused { userId code message } userErrors { field code message } }
}`);

/** Lets several people learn a course. Who cannot is told with the reason; the others are in. */
export default function PeopleDialog({ close, done }: { close: () => void; done: () => void }) {
  const t = teamWords.use();
  const k = kitWords.use();
  const form = useForm();
  const [{ data, error }, again] = useQuery({ query: Choices });
  const [enroll, busy] = useAction(Enroll);
  const [course, setCourse] = useState('');
  const [due, setDue] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [outcome, setOutcome] = useState<{ enrolled: number; waiting: number; refused: ReadonlyMap<string, string> } | null>(null);
  const courses = (data?.courses.edges ?? []).flatMap((e) => (e?.node?.availableActions.includes('ENROLL_PEOPLE') ? [e.node] : []));
  const people = peopleOf(data?.viewer.organization?.memberships);
  const of = courses.find((c) => c.id === course);
  const submit = async () => {
    const input = { courseId: course, userIds: [...chosen], dueAt: endOf(due) };
    const x = await enroll({ input });
    if (!form.take(x)) return;
    const refused = new Map(x.payload.refused.map((r) => [r.userId, r.message]));
    const waiting = x.payload.enrollments.filter((e) => e.status === 'WAITING').length;
    done();
    if (!refused.size) { toast(t.enrolled(x.payload.enrollments.length - waiting, waiting)); close(); return; }
    setOutcome({ enrolled: x.payload.enrollments.length - waiting, waiting, refused });
    setChosen(new Set(refused.keys()));
  };
  return (
    <Dialog open onClose={close} title={t.enrollTitle} wide>
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : !data ? <Loading rows={5} /> : (
        <Form form={form} names={['courseId', 'dueAt']} onSubmit={() => void submit()} label={t.enrollTitle}>
          {outcome && <div role="status"><Notice tone="warn">{outcome.enrolled + outcome.waiting > 0 && <><b>{t.enrolled(outcome.enrolled, outcome.waiting)}</b> </>}{t.refused(outcome.refused.size)}</Notice></div>}
          <div className="f-two">
            <NativeSelect label={t.course} value={course} onChange={(e) => { setCourse(e.currentTarget.value); setOutcome(null); }} data={[{ value: '', label: t.choose }, ...courses.map((c) => ({ value: c.id, label: c.title }))]} error={form.error('courseId')} description={of && !of.isFree && of.placesBought != null ? t.places(of.placesBought) : undefined} />
            <TextInput type="date" label={`${t.due} (${k.optional})`} value={due} onChange={(e) => setDue(e.currentTarget.value)} error={form.error('dueAt')} />
          </div>
          <People label={t.whom} people={people} chosen={chosen} choose={setChosen} refused={outcome?.refused} />
          {outcome ? <div className="f-form-end"><Button type="submit" variant="default" loading={busy} disabled={!chosen.size}>{t.tryAgain}</Button><Button onClick={close}>{k.close}</Button></div>
            : <FormEnd label={t.enrollDo(chosen.size)} busy={busy} onCancel={close} disabled={!course || !chosen.size} />}
        </Form>
      )}
    </Dialog>
  );
}
