import { useState } from 'react';
import { Button, Textarea, TextInput } from '@mantine/core';
import { useClient } from 'urql';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { languageName } from './languages.ts';
import type { Lang } from '../../lib/words.ts';
import { Form, FormEnd, useAction, useForm, useKey, useTell } from '../../ui/form.tsx';
import { Dialog, Empty, Notice, Pill, useFailure } from '../../ui/kit.tsx';
import { IconCheck } from '../../ui/icons.ts';
import { moved, Moves, Tick } from '../models/fields.tsx';
import { isNumber, said, spoken, type Question } from './draft.ts';
import { courseWords } from './fields.tsx';
import { plain } from './parts.tsx';

const Preview = graphql(`query PreviewCorrection($input: CorrectQuestionInput!) { previewCorrection(input: $input) {
  attempts changed changes { before after passedBefore passedAfter attempt @_optional { id number submittedAt maxPoints enrollment { id user @_optional { id name } organization { id name } } } } userErrors { field code message } } }`);
const Do = graphql(`mutation CorrectQuestion($input: CorrectQuestionInput!, $key: String!) {
  correctQuestion(input: $input) @idempotent(key: $key) { changed courseVersion { id } userErrors { field code message } } }`);
type Input = VariablesOf<typeof Do>['input'];
type Shown = ResultOf<typeof Preview>['previewCorrection'];

/** Mends a question of a published version: first what would change is shown, then it is done, and only that. */
export default function Regrade({ version, lesson, question: q, languages, close, done }: { version: string; lesson: string; question: Question; languages: readonly string[]; close: () => void; done: () => void }) {
  const t = courseWords.use();
  const form = useForm();
  const say = useFailure();
  const tell = useTell();
  const keyFor = useKey();
  const client = useClient();
  const [run, busy] = useAction(Do);
  const to = spoken({ languages: [...languages] });
  const onlyVoid = q.kind === 'MATCH';
  const [isVoid, setVoid] = useState(onlyVoid);
  const [right, setRight] = useState<readonly string[]>(q.kind === 'ORDER' ? q.choices.map((c) => c.key) : q.choices.filter((c) => c.isCorrect).map((c) => c.key));
  const [value, setValue] = useState(q.number?.value ?? '');
  const [tolerance, setTolerance] = useState(q.number?.tolerance ?? '');
  const [accepted, setAccepted] = useState<Record<Lang, string>>({ en: (q.accepted?.en ?? []).join('\n'), de: (q.accepted?.de ?? []).join('\n') });
  const [note, setNote] = useState('');
  const [seen, setSeen] = useState<{ shown: Shown; of: string } | null>(null);
  const [looking, setLooking] = useState(false);
  const [failure, setFailure] = useState('');
  const words = (l: Lang) => (to.includes(l) ? accepted[l].split('\n').map((s) => s.trim()).filter(Boolean) : []);
  const input = (): Input => ({
    versionId: version, lesson, question: q.key, isVoid, note: note.trim() || null,
    ...(isVoid ? {} : q.kind === 'NUMBER' ? { number: value.trim(), tolerance: tolerance.trim() || null } : q.kind === 'TEXT' ? { accepted: { en: words('en'), de: words('de') } } : { correct: [...right] }),
  });
  const wish = JSON.stringify({ ...input(), note: '' });
  const shown = seen?.of === wish ? seen.shown : null;
  const look = async () => {
    setLooking(true); setFailure(''); form.clear();
    const r = await client.query(Preview, { input: input() }, { requestPolicy: 'network-only' }).toPromise();
    setLooking(false);
    if (!r.data) { setFailure(r.error ? say(r.error) : ''); return; }
    if (r.data.previewCorrection.userErrors.length) { form.take({ ok: false, refusals: [...r.data.previewCorrection.userErrors] }); return; }
    setSeen({ shown: r.data.previewCorrection, of: wish });
  };
  const submit = async () => {
    if (!shown) { await look(); return; }
    const all = { ...input(), expected: shown.changed };
    const outcome = await run({ input: all, key: keyFor(all) });
    if (form.take(outcome)) { tell(outcome, t.mendedN(outcome.payload.changed)); done(); } else setSeen(null);
  };
  const toggle = (key: string, on: boolean) => setRight(on ? [...right, key] : right.filter((x) => x !== key));
  const names = new Map(q.choices.map((c) => [c.key, said(c.text)]));
  return (
    <Dialog open onClose={close} title={t.mendTitle} wide>
      <Form form={form} names={['number', 'tolerance', 'value']} onSubmit={() => void submit()} label={t.mendTitle}>
        <p><b>{plain(said(q.text))}</b></p>
        {failure && <Notice tone="bad">{failure}</Notice>}
        <Tick label={t.voidIt} hint={onlyVoid ? t.onlyVoid : t.voidHint} checked={isVoid} onChange={(on) => setVoid(onlyVoid || on)} />
        {!isVoid && (q.kind === 'SINGLE' || q.kind === 'MULTIPLE') && <fieldset className="mo-set"><legend>{t.whatIsRight}</legend><div className="tr-ticks">{q.choices.map((c) => <Tick key={c.key} label={said(c.text)} checked={right.includes(c.key)} onChange={(on) => toggle(c.key, on)} />)}</div>{q.kind === 'SINGLE' && <p className="mo-hint">{t.severalHint}</p>}</fieldset>}
        {!isVoid && q.kind === 'ORDER' && <fieldset className="mo-set"><legend>{t.inOrder}</legend><ol className="tr-choices">{right.map((key, i) => <li key={key}><b className="num" aria-hidden>{i + 1}</b><span>{names.get(key)}</span><Moves name={names.get(key) ?? key} first={!i} last={i === right.length - 1} move={(by) => setRight(moved(right, i, by))} /></li>)}</ol></fieldset>}
        {!isVoid && q.kind === 'NUMBER' && <div className="f-two mo-top"><TextInput label={t.rightNumber} inputMode="decimal" value={value} onChange={(e) => setValue(e.currentTarget.value)} error={(value && !isNumber(value) && t.noNumber) || form.error('value') || form.error('number')} />
          <TextInput label={t.tolerance} inputMode="decimal" value={tolerance} onChange={(e) => setTolerance(e.currentTarget.value)} error={(tolerance && !isNumber(tolerance) && t.noNumber) || form.error('tolerance')} /></div>}
        {!isVoid && q.kind === 'TEXT' && <div className="f-two mo-top">{to.map((l) => <Textarea key={l} rows={3} label={`${t.accepted}, ${languageName(l)}`} description={t.acceptedHint} value={accepted[l]} onChange={(e) => { const s = e.currentTarget.value; setAccepted({ ...accepted, [l]: s }); }} />)}</div>}
        <Textarea label={t.why} description={t.noteHint} rows={2} maxLength={1000} value={note} onChange={(e) => setNote(e.currentTarget.value)} />
        <div role="status">{shown && <section className="tr-regrade" aria-label={t.whatChanges}>
          <p><b>{t.changesOf(shown.changed, shown.attempts)}</b></p>
          {shown.changes.length ? <div className="f-scroll" tabIndex={0}><table className="f-table"><thead><tr><th scope="col">{t.who}</th><th scope="col" data-end>{t.pointsBefore}</th><th scope="col" data-end>{t.pointsAfter}</th><th scope="col">{t.passed}</th></tr></thead>
            <tbody>{shown.changes.map((x, i) => <tr key={x.attempt?.id ?? i}><td>{x.attempt?.enrollment?.user?.name ?? t.somebody}<small>{x.attempt?.enrollment?.organization?.name}{x.attempt && ` · ${t.tryNo(x.attempt.number)}`}</small></td><td data-end className="num">{x.before}</td><td data-end className="num">{x.after}</td>
              <td>{x.passedBefore ? <Pill tone="good">{t.staysPassed}</Pill> : x.passedAfter ? <Pill tone="good">{t.nowPassed}</Pill> : <Pill>{t.notPassed}</Pill>}</td></tr>)}</tbody></table></div> : <Empty icon={<IconCheck size={22} />} title={t.nothingChanges} />}
          {shown.changed > shown.changes.length && <p className="mo-hint">{t.andMore(shown.changed - shown.changes.length)}</p>}
        </section>}</div>
        {!shown && <p className="mo-hint">{t.lookFirst}</p>}
        {shown ? <FormEnd label={t.mendDo(shown.changed)} busy={busy} onCancel={close} /> : <div className="f-form-end"><Button variant="default" onClick={close}>{t.cancel}</Button><Button type="submit" loading={looking} disabled={!isVoid && q.kind === 'NUMBER' && !isNumber(value)}>{t.lookAtChanges}</Button></div>}
      </Form>
    </Dialog>
  );
}
