import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Textarea, TextInput } from '@mantine/core';
import { useClient, useQuery } from 'urql';
import { languageName } from './languages.ts';
import { graphql } from '../../lib/graphql.ts';
import { words, type Lang } from '../../lib/words.ts';
import { kitWords } from '../../words/index.ts';
import { CheckCourse, inputOf, problemsOf, says, type Both, type Doc, type Problem } from './draft.ts';
import { Written } from './parts.tsx';
import en from './CourseWords.en.ts';
import '../models/models.css';

export const courseWords = words('CourseWords', en);

/** What every part of a course's draft works with. */
export interface Work {
  courseId: string; doc: Doc; change: (next: Doc | ((now: Doc) => Doc)) => void; problems: readonly Problem[];
  /** The lesson that is open, from the address. */
  at: string | undefined; open: (lesson: string | null) => void;
}

/** What is wrong with a draft, as the API sees it; looked at anew a moment after each change. Null until it is known. */
export function useProblems(doc: Doc | null): readonly Problem[] | null {
  const client = useClient();
  const [found, setFound] = useState<readonly Problem[] | null>(null);
  const now = doc && JSON.stringify(doc);
  useEffect(() => {
    if (!doc) { setFound(null); return; }
    let over = false;
    const wait = setTimeout(() => {
      void client.query(CheckCourse, { document: inputOf(doc) }, { requestPolicy: 'network-only' }).toPromise().then((r) => { if (!over && r.data) setFound(problemsOf(r.data.checkCourse)); });
    }, 350);
    return () => { over = true; clearTimeout(wait); };
  }, [now]);
  return found;
}

interface TextField { label: string; value: Both | null; onChange: (value: Both) => void; to: readonly Lang[]; problems: readonly Problem[]; name: string; most?: number; hint?: string; quiet?: boolean }
/** What is wrong with a text in one of its languages; what is wrong with all of it is said at the first. */
const wrongIn = (p: TextField, l: Lang, first: boolean) => says(p.problems, p.name, l) ?? (first && p.problems.some((x) => x.path[0] === p.name && x.path.length === 1) ? says(p.problems, p.name) : undefined);
const labelOf = (p: TextField, l: Lang) => (p.to.length > 1 ? `${p.label}, ${languageName(l)}` : p.label);

/** A text in the languages of the course, beside each other. */
export function Texts(p: TextField & { area?: boolean; rows?: number }) {
  const field = (l: Lang, first: boolean) => {
    const same = { lang: l, value: p.value?.[l] ?? '', maxLength: p.most ?? 200, error: wrongIn(p, l, first), placeholder: p.quiet ? labelOf(p, l) : undefined, description: p.hint, ...(p.quiet ? { 'aria-label': labelOf(p, l) } : { label: labelOf(p, l) }) };
    const set = (text: string) => p.onChange({ en: p.value?.en ?? '', de: p.value?.de ?? '', [l]: text });
    return p.area ? <Textarea key={l} {...same} rows={p.rows ?? 3} onChange={(e) => set(e.currentTarget.value)} /> : <TextInput key={l} {...same} onChange={(e) => set(e.currentTarget.value)} />;
  };
  return <div className="f-two mo-top">{p.to.map((l, i) => field(l, !i))}</div>;
}

const Render = graphql(`query RenderMarkdown($text: String!) { renderMarkdown(text: $text) }`);

/** What learners see of a text in Markdown, made by the API as it will be for them. */
export function Rendered({ text, lang, empty }: { text: string; lang?: string; empty?: ReactNode }) {
  const t = courseWords.use();
  const client = useClient();
  const [html, setHtml] = useState<{ text: string; html: string } | null>(null);
  const [failed, setFailed] = useState('');
  useEffect(() => {
    let over = false;
    setFailed('');
    if (!text.trim()) { setHtml(null); return; }
    void client.query(Render, { text }, { requestPolicy: 'cache-first' }).toPromise().then((r) => {
      if (over) return;
      if (r.data) setHtml({ text, html: r.data.renderMarkdown }); else setFailed(r.error?.graphQLErrors[0]?.message ?? t.notShown);
    });
    return () => { over = true; };
  }, [text]);
  if (!text.trim()) return <>{empty ?? null}</>;
  if (failed) return <p className="mo-wrong" role="alert">{failed}</p>;
  return html?.text === text ? <Written html={html.html} lang={lang} /> : <p className="muted">{kitWords.get().loading}</p>;
}

/** A text in Markdown in the languages of the course, each to be written and looked at as learners see it. */
export function Markdown(p: TextField & { rows?: number }) {
  const t = courseWords.use();
  const [shown, show] = useState(false);
  const [at, setAt] = useState<Lang>(p.to[0] ?? 'en');
  const l = p.to.includes(at) ? at : p.to[0] ?? 'en';
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const value = p.value?.[l] ?? '';
  const set = (text: string) => p.onChange({ en: p.value?.en ?? '', de: p.value?.de ?? '', [l]: text });
  /** Puts marks around what is selected, or before its lines. */
  const mark = (before: string, after = '', lines = false) => {
    const a = area.current;
    if (!a) return;
    const [from, to] = lines ? [value.lastIndexOf('\n', a.selectionStart - 1) + 1, a.selectionEnd] : [a.selectionStart, a.selectionEnd];
    const chosen = value.slice(from, to);
    const put = lines ? chosen.split('\n').map((x) => before + x).join('\n') : before + chosen + after;
    set(value.slice(0, from) + put + value.slice(to));
    setTimeout(() => { a.focus(); a.setSelectionRange(from + (lines ? put.length : before.length), from + (lines ? put.length : before.length + chosen.length)); });
  };
  const wrong = p.to.filter((x, i) => wrongIn(p, x, !i));
  return (
    <div className="tr-md">
      <div className="tr-md-head">
        <b id={id}>{p.label}</b>
        {p.to.length > 1 && <span className="tr-switch" role="group" aria-label={t.languagesOf}>{p.to.map((x) => <button key={x} type="button" aria-pressed={x === l} data-bad={wrong.includes(x) || undefined} onClick={() => setAt(x)}>{languageName(x)}{!(p.value?.[x] ?? '').trim() && <i aria-label={t.empty} />}</button>)}</span>}
        <span className="tr-switch" role="group" aria-label={t.mode}><button type="button" aria-pressed={!shown} onClick={() => show(false)}>{t.write}</button><button type="button" aria-pressed={shown} onClick={() => show(true)}>{t.preview}</button></span>
      </div>
      {shown ? <div className="tr-shown"><Rendered text={value} lang={l} empty={<p className="muted">{t.nothingWritten}</p>} /></div> : <>
        <div className="tr-marks" role="group" aria-label={t.marks}>
          <button type="button" title={t.heading} aria-label={t.heading} onClick={() => mark('## ', '', true)}>H</button>
          <button type="button" title={t.bold} aria-label={t.bold} onClick={() => mark('**', '**')}><b>B</b></button>
          <button type="button" title={t.italic} aria-label={t.italic} onClick={() => mark('*', '*')}><i>I</i></button>
          <button type="button" title={t.listMark} aria-label={t.listMark} onClick={() => mark('- ', '', true)}>•</button>
          <button type="button" title={t.linkMark} aria-label={t.linkMark} onClick={() => mark('[', '](https://)')}>↗</button>
        </div>
        <Textarea ref={area} aria-label={labelOf(p, l)} lang={l} rows={p.rows ?? 8} value={value} maxLength={p.most ?? 60_000} error={wrongIn(p, l, l === p.to[0])} classNames={{ input: 'tr-md-input' }} onChange={(e) => set(e.currentTarget.value)} />
      </>}
      {p.hint && <p className="mo-hint">{p.hint}</p>}
      {wrong.length > 0 && !wrong.includes(l) && <p className="mo-wrong" role="status">{t.wrongIn(wrong.map((x) => languageName(x)).join(', '))}</p>}
    </div>
  );
}

const Named = graphql(`query CourseFileNamed($id: ID!) { node(id: $id) { __typename id ... on File { name } } }`);

/** What an uploaded file is called. */
export function useFileName(id: string | null): string {
  const t = courseWords.use();
  const [{ data }] = useQuery({ query: Named, variables: { id: id ?? '' }, pause: !id });
  return data?.node?.__typename === 'File' && data.node.id === id ? data.node.name : t.isUploaded;
}

/** What may be chosen of several, each by a tick. */
export function Ticks(p: { label: string; hint?: string; error?: string; children: ReactNode }) {
  return <fieldset className="mo-set"><legend>{p.label}</legend>{p.hint && <p className="mo-hint">{p.hint}</p>}<div className="tr-ticks">{p.children}</div>{p.error && <p className="mo-wrong" role="alert">{p.error}</p>}</fieldset>;
}
