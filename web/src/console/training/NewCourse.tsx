import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { Form, FormEnd, useAction, useForm, useKey } from '../../ui/form.tsx';
import { languageName } from './languages.ts';
import { toast } from '../../ui/toasts.tsx';
import type { Lang } from '../../lib/words.ts';
import { Tick } from '../models/fields.tsx';
import { keyOf } from '../pages/keyOf.ts';
import { courseWords } from './fields.tsx';
import { firstDraft, SaveCourse, written } from './draft.ts';
import { useWork } from './work.ts';

/** Begins a course: its name, its languages, and a first lesson to write over. */
export default function NewCourse({ close, done }: { close: () => void; done: (id: string) => void }) {
  const t = useWork();
  const c = courseWords.use();
  const form = useForm();
  const keyFor = useKey();
  const [save, busy] = useAction(SaveCourse);
  const [title, setTitle] = useState<Record<Lang, string>>({ en: '', de: '' });
  const [to, setTo] = useState<readonly Lang[]>(written);
  const [key, setKey] = useState('');
  const [touched, touch] = useState(false);
  const [tried, setTried] = useState(false);
  const suggested = (next: Record<Lang, string>) => keyOf(next.en || next.de).replace(/_/g, '-');
  const missing = (l: Lang) => (tried && to.includes(l) && !title[l].trim() ? t.nameless : undefined);
  const submit = async () => {
    setTried(true);
    if (!to.length || to.some((l) => !title[l].trim()) || !key.trim()) return;
    const input = { key: key.trim(), document: firstDraft(title, to, { en: 'Introduction', de: 'Einführung' }, { en: 'Welcome', de: 'Willkommen' }, { en: 'What this course is about.', de: 'Worum es in diesem Kurs geht.' }) };
    const outcome = await save({ input, key: keyFor({ ...input, document: { title, to } }) });
    if (form.take(outcome)) { toast(t.courseMade(title.en || title.de)); close(); done(outcome.payload.course!.id); }
  };
  return (
    <Form form={form} names={['key', 'title']} onSubmit={() => void submit()} label={t.newCourse}>
      <p className="muted">{t.newCourseText}</p>
      {to.map((l, i) => <TextInput key={l} label={`${c.title}, ${languageName(l)}`} lang={l} autoFocus={!i} maxLength={200} value={title[l]} error={missing(l) || (!i && form.error('title'))}
        onChange={(e) => { const next = { ...title, [l]: e.currentTarget.value }; setTitle(next); if (!touched) setKey(suggested(next)); }} />)}
      <fieldset className="mo-set"><legend>{c.languagesOf}</legend><div className="tr-ticks">{written.map((l) => (
        <Tick key={l} label={languageName(l)} checked={to.includes(l)} onChange={(on) => setTo(written.filter((x) => (x === l ? on : to.includes(x))))} />
      ))}</div>{tried && !to.length && <p className="mo-wrong" role="alert">{c.oneLanguage}</p>}</fieldset>
      <TextInput label={c.key} description={c.keyHint} spellCheck={false} maxLength={60} value={key} onChange={(e) => { touch(true); setKey(e.currentTarget.value); }} error={(tried && !key.trim() && c.keyless) || form.error('key')} />
      <FormEnd label={t.begin} busy={busy} onCancel={close} />
    </Form>
  );
}
