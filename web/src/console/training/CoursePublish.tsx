import { useState } from 'react';
import { Textarea } from '@mantine/core';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useVersioned } from '../../ui/form.tsx';
import { Dialog, Loading, Notice } from '../../ui/kit.tsx';
import { Tick, Whole } from '../models/fields.tsx';
import { CourseWritten, lessonsOf, problemsOf, said, type Course, type Doc, type Lesson } from './draft.ts';
import { courseWords } from './fields.tsx';

const Before = graphql(`query CourseBefore($id: ID!) { node(id: $id) { __typename ... on CourseVersion { id number learners @_optional document @_optional { ...CourseWritten } } } }`, [CourseWritten]);
const Do = graphql(`mutation PublishCourse($input: PublishCourseInput!, $key: String!) {
  publishCourse(input: $input) @idempotent(key: $key) { course { id status @_optional version @_optional isChanged @_optional current { id number publishedAt } } problems { path code message } userErrors { field code message } } }`);

/** What a new version has that the former had not: lessons by their keys, which stay theirs. */
function changes(before: Doc, after: Doc) {
  const was = new Map(lessonsOf(before).map((l) => [l.key, l])), is = new Map(lessonsOf(after).map((l) => [l.key, l]));
  const same = (a: Lesson, b: Lesson) => JSON.stringify(a) === JSON.stringify(b);
  return {
    added: [...is.values()].filter((l) => !was.has(l.key)), gone: [...was.values()].filter((l) => !is.has(l.key)),
    changed: [...is.values()].filter((l) => was.has(l.key) && !same(was.get(l.key)!, l)),
  };
}

/** Publishes the draft, once one knows what that changes and for whom. */
export default function Publish({ course: c, doc, close, done, stale }: { course: Course; doc: Doc; close: () => void; done: () => void; stale: () => void }) {
  const t = courseWords.use();
  const { form, busy, send } = useVersioned(c.version ?? 0, stale);
  const [run] = useAction(Do);
  const [note, setNote] = useState('');
  const [move, setMove] = useState(false);
  const [recertify, setRecertify] = useState(false);
  const [days, setDays] = useState<number | null>(90);
  const [wrong, setWrong] = useState<readonly { message: string }[]>([]);
  const [{ data, fetching }] = useQuery({ query: Before, variables: { id: c.current?.id ?? '' }, pause: !c.current });
  const v = data?.node?.__typename === 'CourseVersion' ? data.node : null;
  const diff = v?.document && changes(v.document, doc);
  const number = (c.current?.number ?? 0) + 1;
  const submit = async () => {
    setWrong([]);
    const input = { id: c.id, note: note.trim() || null, moveLearners: move, recertifyDays: recertify ? days ?? 0 : null };
    let problems: readonly { path: string; message: string }[] = [];
    const ok = await send(input, async (version, key) => { const o = await run({ input: { ...input, version }, key }); problems = o.payload?.problems ?? []; return o; }, t.isPublished(number));
    if (ok) done(); else setWrong(problemsOf(problems));
  };
  const list = (title: string, all: readonly Lesson[]) => all.length > 0 && <><dt>{title}</dt><dd>{all.map((l) => said(l.title, t.untitledLesson)).join(', ')}</dd></>;
  return (
    <Dialog open onClose={close} title={t.publishTitle(number)} wide>
      <Form form={form} names={['note', 'recertifyDays', ...(wrong.length ? ['document'] : [])]} onSubmit={() => void submit()} label={t.publishTitle(number)}>
        {wrong.length > 0 && <Notice tone="bad"><b>{t.cannot}</b><ul className="mo-problems">{wrong.map((p, i) => <li key={i}>{p.message}</li>)}</ul></Notice>}
        <p>{c.current ? t.publishNext : t.publishFirst}</p>
        {c.current && (fetching && !v ? <Loading rows={2} /> : diff && <dl className="tr-changes">
          {list(t.lessonsAdded, diff.added)}{list(t.lessonsChanged, diff.changed)}{list(t.lessonsGone, diff.gone)}
          {!diff.added.length && !diff.changed.length && !diff.gone.length && <><dt>{t.lessonsChanged}</dt><dd>{t.onlyAround}</dd></>}
          <dt>{t.learnersNow}</dt><dd>{t.learnersOn(v.learners ?? 0, v.number)}</dd>
        </dl>)}
        <Textarea label={t.note} description={t.noteHint} rows={2} maxLength={1000} value={note} onChange={(e) => setNote(e.currentTarget.value)} error={form.error('note')} />
        {c.current && <>
          <Tick label={t.moveLearners} hint={t.moveLearnersHint} checked={move} onChange={setMove} />
          <Tick label={t.recertify} hint={t.recertifyHint} checked={recertify} onChange={setRecertify} />
          {recertify && <Whole label={t.recertifyDays} value={days} onChange={setDays} error={form.error('recertifyDays')} />}
        </>}
        <FormEnd label={t.publish} busy={busy} onCancel={close} />
      </Form>
    </Dialog>
  );
}
