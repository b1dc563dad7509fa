import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useVersioned } from '../../ui/form.tsx';
import { Dialog } from '../../ui/kit.tsx';
import type { Course } from './draft.ts';
import { courseWords } from './fields.tsx';

const Review = graphql(`mutation ReviewCourse($input: ReviewCourseInput!, $key: String!) {
  reviewCourse(input: $input) @idempotent(key: $key) { course { id status @_optional version @_optional availableActions } userErrors { field code message } } }`);
const Retire = graphql(`mutation RetireCourse($input: RetireCourseInput!, $key: String!) {
  retireCourse(input: $input) @idempotent(key: $key) { course { id status @_optional version @_optional availableActions } userErrors { field code message } } }`);

/** Sends a draft to review or back, and offers a course no longer or again; each with what that means. */
export default function State({ course: c, what, close, done, again }: { course: Course; what: 'review' | 'back' | 'retire' | 'offer'; close: () => void; done: () => void; again: () => void }) {
  const t = courseWords.use();
  const { form, busy, send } = useVersioned(c.version ?? 0, again);
  const [review] = useAction(Review);
  const [retire] = useAction(Retire);
  const x = t.states[what];
  const submit = async () => {
    const ok = what === 'review' || what === 'back'
      ? await send({ what }, (version, key) => review({ input: { id: c.id, version, isReady: what === 'review' }, key }), x.done)
      : await send({ what }, (version, key) => retire({ input: { id: c.id, version, isRetired: what === 'retire' }, key }), x.done);
    if (ok) done();
  };
  return <Dialog open onClose={close} title={x.title}><Form form={form} onSubmit={() => void submit()} label={x.title}><p>{x.text}</p><FormEnd label={x.act} danger={what === 'retire'} busy={busy} onCancel={close} /></Form></Dialog>;
}
