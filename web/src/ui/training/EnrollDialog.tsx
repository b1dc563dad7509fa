import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, TextInput } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { endOfDay } from './days.ts';
import { kitWords } from '../../words/index.ts';
import { Form, FormEnd, useAction, useForm, useKey, type FormState } from '../form.tsx';
import { Dialog, Loading, Notice } from '../kit.tsx';
import { toast } from '../toasts.tsx';
import { People, enrollWords, type Person } from './People.tsx';

const Enroll = graphql(`mutation EnrollPeople($input: EnrollPeopleInput!, $key: String!) {
  enrollPeople(input: $input) @idempotent(key: $key) { enrollments { id status } refused { userId code message } userErrors { field code message } }
}`);

/** Lets several people learn a course. Who cannot is told with the reason; the others
 * are in. children picks the course, and the customer where it is not one's own; people
 * is null as long as they are not known. */
export function EnrollDialog(p: {
  title?: string; courseId: string | undefined; organizationId?: string; ready?: boolean; people: readonly Person[] | null | undefined;
  children: (form: FormState) => ReactNode; close: () => void; done: () => void;
}) {
  const t = enrollWords.use();
  const k = kitWords.use();
  const form = useForm();
  const keyFor = useKey();
  const [enroll, busy] = useAction(Enroll);
  const answered = useRef(0);
  const [due, setDue] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [outcome, setOutcome] = useState<{ enrolled: number; waiting: number; refused: ReadonlyMap<string, string> } | null>(null);
  useEffect(() => setOutcome(null), [p.courseId, p.organizationId]); // what was said is about another course, or others
  useEffect(() => setChosen(new Set()), [p.organizationId]);
  const ready = !!p.courseId && p.ready !== false && chosen.size > 0;
  const submit = async () => {
    if (!ready || busy) return;
    const input = { courseId: p.courseId!, organizationId: p.organizationId, userIds: [...chosen].sort(), dueAt: endOfDay(due) };
    // Pressed again before there is an answer it is the same wish; after one it is another, since what was refused may be possible now.
    const x = await enroll({ input, key: keyFor({ input, answered: answered.current }) });
    if (!form.take(x)) return;
    answered.current++;
    const refused = new Map(x.payload.refused.map((r) => [r.userId, r.message]));
    const waiting = x.payload.enrollments.filter((e) => e.status === 'WAITING').length;
    const enrolled = x.payload.enrollments.length - waiting;
    if (x.payload.enrollments.length) p.done();
    if (!refused.size) { toast(t.enrolled(enrolled, waiting)); p.close(); return; }
    setOutcome({ enrolled, waiting, refused });
    setChosen(new Set(refused.keys()));
  };
  const title = p.title ?? t.title;
  return (
    <Dialog open onClose={p.close} title={title} wide>
      <Form form={form} names={['courseId', 'organizationId', 'dueAt']} onSubmit={() => void submit()} label={title}>
        {outcome && <div role="status"><Notice tone="warn">{outcome.enrolled + outcome.waiting > 0 && <><b>{t.enrolled(outcome.enrolled, outcome.waiting)}</b> </>}{t.refused(outcome.refused.size)}</Notice></div>}
        {p.children(form)}
        {p.people === null ? <Loading rows={3} /> : p.people && <People key={p.organizationId} label={t.whom} people={p.people} chosen={chosen} choose={setChosen} refused={outcome?.refused} />}
        <TextInput type="date" label={`${t.due} (${k.optional})`} value={due} onChange={(e) => setDue(e.currentTarget.value)} error={form.error('dueAt')} />
        {outcome ? <div className="f-form-end"><Button type="submit" variant="default" loading={busy} disabled={!ready}>{t.tryAgain}</Button><Button onClick={p.close}>{k.close}</Button></div>
          : <FormEnd label={t.enroll(chosen.size)} busy={busy} onCancel={p.close} disabled={!ready} />}
      </Form>
    </Dialog>
  );
}
