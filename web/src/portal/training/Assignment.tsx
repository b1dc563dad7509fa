import { useRef, useState } from 'react';
import { Button, Textarea } from '@mantine/core';
import { bytes, moment, number } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { Form, useAction, useForm, useKey } from '../../ui/form.tsx';
import { IconDownload, IconFile, IconPaperclip, IconX } from '../../ui/icons.ts';
import { Card, IconButton, Notice, Pill, type Tone } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { toast } from '../../ui/toasts.tsx';
import type { Lesson } from '../pages/Lesson.tsx';
import { useDownload } from '../shop/parts.tsx';
import { useUpload } from '../shop/upload.ts';
import en from './Assignment.en.ts';
import './assignment.css';

const text = words('Assignment', en);
const Submit = graphql(`mutation SubmitAssignment($input: SubmitAssignmentInput!, $key: String!) {
  submitAssignment(input: $input) @idempotent(key: $key) { submission @_optional { id status } userErrors { field code message } }
}`);

type A = NonNullable<Lesson['assignment']>;
type Handed = NonNullable<A['submissions']>[number];
const tones: Record<Handed['status'], Tone> = { SUBMITTED: 'info', PASSED: 'good', RETURNED: 'warn' };

/** Work to hand in: by what it is judged, what was handed in, and what was said of it. */
export default function Assignment(p: { enrollmentId: string; lesson: string; assignment: A; live: boolean; reload: () => void }) {
  const t = text.use();
  const a = p.assignment;
  const handed = [...(a.submissions ?? [])].reverse();
  const waits = handed.some((x) => x.status === 'SUBMITTED'), good = handed.some((x) => x.status === 'PASSED');
  const most = a.rubric.reduce((n, c) => n + c.points, 0);
  return (
    <div className="f-stack">
      <Card title={t.rubric} aside={t.pass(a.passingPercent, most)} flush>
        <ul>{a.rubric.map((c) => <li key={c.key} className="wk-crit"><span><b>{c.title}</b>{c.help && <small>{c.help}</small>}</span><span className="num muted">{t.upTo(c.points)}</span></li>)}</ul>
      </Card>
      {handed.map((x) => <Graded key={x.id} of={x} rubric={a.rubric} />)}
      {a.canSubmit && p.live ? <HandIn {...p} again={handed.length > 0} /> : waits ? null : good ? null : a.attemptsLeft === 0 && <Notice tone="bad">{t.noneLeft}</Notice>}
    </div>
  );
}

function Graded({ of: x, rubric }: { of: Handed; rubric: A['rubric'] }) {
  const t = text.use();
  const download = useDownload();
  return (
    <Card title={t.handed(x.number)} aside={<Pill tone={tones[x.status]}>{t.status[x.status]}</Pill>}>
      <p className="muted wk-when">{t.at(moment(x.submittedAt))}{x.gradedAt && ` · ${t.gradedAt(moment(x.gradedAt))}`}</p>
      {x.comment && <blockquote className="wk-said">{x.comment}</blockquote>}
      {x.points != null && <>
        <ul className="wk-scores">{rubric.map((c) => { const s = x.scores.find((y) => y.key === c.key); return s && <li key={c.key}><span>{c.title}{s.comment && <small>{s.comment}</small>}</span><b className="num">{t.points(s.points, c.points)}</b></li>; })}
          <li className="wk-sum"><span>{t.sum}</span><b className="num">{t.points(x.points, x.maxPoints)}</b></li></ul>
      </>}
      {x.text && <details className="wk-text"><summary>{t.yourText}</summary><p>{x.text}</p></details>}
      {!!x.files?.length && <ul className="wk-files">{x.files.map((f) => <li key={f.id}><IconFile size={18} /><span>{f.name}<small>{bytes(f.size)}</small></span><IconButton label={t.download(f.name)} onClick={() => void download(f.id)}><IconDownload size={17} /></IconButton></li>)}</ul>}
    </Card>
  );
}

function HandIn({ enrollmentId, lesson, assignment: a, reload, again }: { enrollmentId: string; lesson: string; assignment: A; reload: () => void; again: boolean }) {
  const t = text.use();
  const may = useMay();
  const form = useForm();
  const keyFor = useKey();
  const [upload, sending] = useUpload();
  const [submit, busy] = useAction(Submit);
  const place = `foyer-work:${enrollmentId}:${lesson}`; // what is written stays when the page is left
  const [written, setWritten] = useState(() => sessionStorage.getItem(place) ?? '');
  const [files, setFiles] = useState<{ id: string; name: string }[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const write = (x: string) => { setWritten(x); sessionStorage.setItem(place, x); };
  const add = async (list: FileList | null) => {
    const chosen = [...(list ?? [])], room = a.maxFiles - files.length, over = chosen.slice(room);
    if (over.length) toast(t.tooMany(over.map((f) => f.name).join(', '), a.maxFiles), 'bad');
    const sent = await upload(chosen.slice(0, room));
    if (input.current) input.current.value = '';
    setFiles((before) => [...before, ...sent]);
  };
  const send = async () => {
    const wish = { enrollmentId, lesson, text: written.trim() || null, uploadIds: files.map((f) => f.id) };
    if (!form.take(await submit({ input: wish, key: keyFor(wish) }))) return;
    sessionStorage.removeItem(place);
    toast(t.sent);
    reload();
  };
  return (
    <Card title={again ? t.againTitle : t.title} aside={a.attemptsLeft != null ? t.left(a.attemptsLeft) : undefined}>
      <Form form={form} names={['text']} onSubmit={() => void send()} label={t.title}>
        <Textarea label={t.text} rows={7} maxLength={20_000} value={written} onChange={(e) => write(e.currentTarget.value)} error={form.error('text')} />
        {files.length > 0 && <ul className="wk-files">{files.map((f) => <li key={f.id}><IconFile size={18} /><span>{f.name}</span><IconButton label={t.remove(f.name)} onClick={() => setFiles(files.filter((x) => x.id !== f.id))}><IconX size={16} /></IconButton></li>)}</ul>}
        <div className="wk-end">
          {a.maxFiles > 0 && may('file.upload') && <><input ref={input} type="file" multiple hidden aria-label={t.addFile} onChange={(e) => void add(e.currentTarget.files)} />
            <Button variant="default" loading={sending} disabled={files.length >= a.maxFiles} leftSection={<IconPaperclip size={16} />} onClick={() => input.current?.click()}>{t.addFile}</Button>
            <span className="muted">{t.files(number(files.length), a.maxFiles)}</span></>}
          <Button type="submit" loading={busy} disabled={sending || (!written.trim() && !files.length)}>{t.send}</Button>
        </div>
      </Form>
    </Card>
  );
}
