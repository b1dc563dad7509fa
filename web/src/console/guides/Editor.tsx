import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { Form, FormEnd, isStale, useAction, useForm, useKey, useTell } from '../../ui/form.tsx';
import { IconBulb, IconExternal, IconPlus } from '../../ui/icons.ts';
import { Card, Dialog, Loading, Notice, Page, Pill, requestIdOf, useFailure } from '../../ui/kit.tsx';
import { kitWords } from '../../words/index.ts';
import { BothFields } from './BothFields.tsx';
import { documentOf, inOrder, newStep, OneGuide, problemAt, problemsOf, SaveGuide, type Draft, type DraftStep, type GuideInput, type Problem } from './draft.ts';
import { guideEditWords, guideTone } from './parts.ts';
import { StepForm } from './StepForm.tsx';
import './guide-edit.css';

const Preview = lazy(() => import('./Preview.tsx'));

const Shelves = graphql(`query GuideShelves { categories { id name path { id name } } }`);
type Guide = NonNullable<ResultOf<typeof OneGuide>['guide']>;

/** What a step is called among the others. */
export const nameOf = (s: DraftStep, lang: 'en' | 'de', nameless: string): string => {
  const b = s.kind === 'question' ? s.question : s.text;
  return b[lang].trim() || b.en.trim() || b.de.trim() || s.products.map((p) => p.name).join(', ') || s.search.trim() || nameless;
};

/** Writes a guide: what it asks, what can be answered, and where that leads. */
export default function Editor({ guide: g, draft: read, again }: { guide: Guide | null; draft: Draft; again: () => void }) {
  const t = guideEditWords.use();
  const k = kitWords.use();
  const say = useFailure();
  const tell = useTell();
  const [, go] = useLocation();
  const keyFor = useKey();
  const [base, setBase] = useState({ draft: read, version: g?.version }); // what was read, and by which version it is changed
  const [draft, setDraft] = useState(read);
  const [at, setAt] = useState(read.start);
  const [shown, show] = useState(false); // whether problems are shown before one has tried to save
  const [refused, setRefused] = useState<Problem[]>([]);
  const [failure, setFailure] = useState<{ text: string; id?: string; stale?: boolean } | null>(null);
  const [asks, ask] = useState<'preview' | 'retire' | null>(null);
  const [save, busy] = useAction(SaveGuide);
  const [{ data: shelves }] = useQuery({ query: Shelves });
  const form = useRef<HTMLDivElement>(null);
  const dirty = useMemo(() => JSON.stringify(draft) !== JSON.stringify(base.draft), [draft, base]);
  // What somebody else saved, or one's own save: taken in as long as nothing is typed that it would undo.
  useEffect(() => { if (g && g.version !== base.version && !dirty) { setBase({ draft: read, version: g.version }); setDraft(read); } }, [g?.version]);
  useEffect(() => {
    if (!dirty) return;
    const stay = (e: BeforeUnloadEvent) => e.preventDefault();
    addEventListener('beforeunload', stay);
    return () => removeEventListener('beforeunload', stay);
  }, [dirty]);
  const change = (next: Draft) => { setDraft(next); setRefused([]); };
  const problems = useMemo(() => [...refused, ...problemsOf(draft, !g)], [refused, draft, g]);
  const seen = shown || g ? problems : refused;
  const steps = inOrder(draft);
  const step = draft.steps.find((s) => s.key === at) ?? steps[0]?.step;
  const number = new Map(steps.map((x, i) => [x.step.key, i + 1]));
  const lang = t.lang as 'en' | 'de';
  const says = (p: Problem) => p.message ?? t.problems[p.code as keyof typeof t.problems] ?? p.code;
  const focusFirst = () => setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), 50);
  const jump = (p: Problem) => { if (p.step) setAt(p.step); focusFirst(); };
  const send = async (status?: GuideInput['status']) => {
    show(true);
    setFailure(null);
    const wrong = problemsOf(draft, !g);
    if (wrong.length) { jump(wrong[0]!); return; }
    const input: GuideInput = {
      ...(g ? { id: g.id, version: base.version } : { key: draft.key }), ...(draft.categoryId ? { categoryId: draft.categoryId } : {}), ...(status ? { status } : {}), document: documentOf(draft),
    };
    const outcome = await save({ input, key: keyFor(input) });
    if (outcome.ok) {
      const made = outcome.payload.guide!;
      setRefused([]);
      setBase({ draft, version: made.version });
      tell(outcome, status === 'PUBLISHED' ? t.published(made.title) : t.saved(made.title));
      if (!g) go(`/guides/${made.id}`, { replace: true }); else again();
      return;
    }
    if (outcome.error) { setFailure({ text: isStale(outcome) ? t.conflict : say(outcome.error), id: requestIdOf(outcome.error), stale: isStale(outcome) }); if (isStale(outcome)) again(); return; }
    const found = outcome.refusals.map((r) => problemAt(draft, r));
    setRefused(found);
    if (found[0]) jump(found[0]);
  };
  const update = (next: DraftStep) => change({ ...draft, steps: draft.steps.map((s) => (s.key === next.key ? next : s)) });
  const add = (kind: DraftStep['kind'], from?: { step: string; answer: number }) => {
    const made = newStep(kind, draft.steps);
    const linked = draft.steps.map((s) => (s.key === from?.step ? { ...s, answers: s.answers.map((a, i) => (i === from.answer ? { ...a, next: made.key } : a)) } : s));
    change({ ...draft, start: draft.start || made.key, steps: [...linked, made] });
    if (!from) { setAt(made.key); focusTop(); }
  };
  const focusTop = () => setTimeout(() => form.current?.querySelector<HTMLElement>('textarea, input')?.focus(), 50);
  const remove = (key: string) => {
    const left = draft.steps.filter((s) => s.key !== key);
    change({ ...draft, start: draft.start === key ? (left.find((s) => s.kind === 'question') ?? left[0])?.key ?? '' : draft.start, steps: left });
    setAt(left[0]?.key ?? '');
  };
  const live = g?.status === 'PUBLISHED';
  const own = (field: string) => { const p = seen.find((x) => !x.step && x.field === field); return p && says(p); };
  const general = refused.filter((p) => !p.step && !['title', 'intro', 'key', 'categoryId'].includes(p.field ?? ''));
  const title = g ? g.title : t.make;
  return (
    <Page title={title} wide crumbs={[{ title: t.title, href: '/guides' }, { title }]} after={g?.status ? <Pill tone={guideTone[g.status]}>{t.states[g.status]}</Pill> : undefined}
      sub={dirty ? t.unsaved : g ? t.atMost(g.questions) : t.makeText}
      actions={<>
        {live && <Button component="a" href={`/guides/${g.key}`} target="_blank" variant="subtle" leftSection={<IconExternal size={16} />}>{t.openIt}</Button>}
        <Button variant="default" onClick={() => ask('preview')}>{t.preview}</Button>
        {live && <Button variant="default" onClick={() => ask('retire')}>{t.retire}</Button>}
        {(dirty || !g) && <Button variant={live ? undefined : 'default'} loading={busy} onClick={() => void send()}>{live ? t.saveLive : g?.status === 'RETIRED' ? k.save : t.saveDraft}</Button>}
        {!live && <Button loading={busy} onClick={() => void send('PUBLISHED')}>{g?.status === 'RETIRED' ? t.publishAgain : t.publish}</Button>}
      </>}>
      <div ref={form} className="f-stack">
        {failure && <Notice tone="bad">{failure.text}{failure.id && !failure.stale && <><br /><small>{k.requestId(failure.id)}</small></>}
          {failure.stale && <p style={{ marginTop: 8 }}><Button size="compact-sm" variant="default" onClick={() => { setFailure(null); setBase({ draft: read, version: g?.version }); setDraft(read); }}>{t.takeTheirs}</Button>{' '}
            <Button size="compact-sm" variant="default" onClick={() => { setFailure(null); setBase({ draft: read, version: g?.version }); }}>{t.keepMine}</Button></p>}
        </Notice>}
        {general.map((p) => <Notice key={p.code} tone="bad">{says(p)}</Notice>)}
        {seen.length > 0 && <Notice tone="warn"><b>{t.problemCount(seen.length)}</b>
          <ul className="ge-problems">{seen.slice(0, 6).map((p, i) => <li key={i}><button type="button" onClick={() => jump(p)}>{p.step ? `${number.get(p.step)}. ${nameOf(draft.steps.find((s) => s.key === p.step)!, lang, t.nameless)}: ` : ''}{says(p)}</button></li>)}{seen.length > 6 && <li>{t.moreProblems(seen.length - 6)}</li>}</ul>
        </Notice>}
        <Card title={t.about}>
          <div className="f-form">
            <BothFields label={t.guideTitle} value={draft.title} most={200} onChange={(title) => change({ ...draft, title })} error={own('title')} />
            <BothFields label={`${t.intro} (${k.optional})`} area value={draft.intro} onChange={(intro) => change({ ...draft, intro })} error={own('intro')} />
            <div className="f-two" style={{ alignItems: 'start' }}>
              {!g && <TextInput label={t.key} description={t.keyHint} inputWrapperOrder={['label', 'input', 'description', 'error']} spellCheck={false} maxLength={60} value={draft.key} onChange={(e) => change({ ...draft, key: e.currentTarget.value.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-/, '') })} error={own('key')} />}
              <NativeSelect label={t.category} description={t.categoryHint} inputWrapperOrder={['label', 'input', 'description', 'error']} value={draft.categoryId} onChange={(e) => change({ ...draft, categoryId: e.currentTarget.value })} error={own('categoryId')}
                data={[...(base.draft.categoryId ? [] : [{ value: '', label: t.noCategory }]), ...(shelves?.categories ?? []).map((c) => ({ value: c.id, label: [...c.path.map((x) => x.name), c.name].join(' › ') }))]} />
            </div>
          </div>
        </Card>
        <div className="ge-columns">
          <nav className="f-card ge-outline" aria-label={t.steps}>
            <header><h2>{t.steps}</h2></header>
            <ol>{steps.map(({ step: s, reached }) => {
              const bad = seen.filter((p) => p.step === s.key).length;
              return (
                <li key={s.key}><button type="button" className="ge-step" data-kind={s.kind} aria-current={s.key === step?.key || undefined} onClick={() => setAt(s.key)}>
                  <i aria-hidden>{number.get(s.key)}</i><span><b>{nameOf(s, lang, t.nameless)}</b><small>{s.key === draft.start ? t.first : !reached ? t.notReached : t.kinds[s.kind]}</small></span>
                  {bad > 0 && <span className="ge-bad" role="img" aria-label={t.problemCount(bad)}>{bad}</span>}
                </button></li>
              );
            })}</ol>
            <div className="ge-add">
              <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => add('question')}>{t.addQuestion}</Button>
              <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => add('result')}>{t.addResult}</Button>
            </div>
          </nav>
          {step ? <StepForm key={step.key} step={step} draft={draft} number={number} lang={lang} problems={seen.filter((p) => p.step === step.key)} says={says} categories={shelves?.categories ?? []}
            change={update} first={() => change({ ...draft, start: step.key })} remove={() => remove(step.key)} open={setAt} add={add} />
            : <section className="f-card f-state"><span className="f-state-icon"><IconBulb size={22} /></span><p>{t.noStart}</p></section>}
        </div>
      </div>
      <Dialog open={asks === 'preview'} wide onClose={() => ask(null)} title={t.preview}>
        {asks === 'preview' && <Suspense fallback={<Loading rows={3} />}><Preview draft={draft} problems={problems.length} categories={shelves?.categories ?? []} /></Suspense>}
      </Dialog>
      <Dialog open={asks === 'retire'} onClose={() => ask(null)} title={t.retireTitle(title)}>
        {asks === 'retire' && g && <Retire guide={g} version={base.version!} done={(version) => { setBase((b) => ({ ...b, version })); ask(null); again(); }} close={() => ask(null)} />}
      </Dialog>
    </Page>
  );
}

function Retire({ guide: g, version, done, close }: { guide: Guide; version: number; done: (version: number) => void; close: () => void }) {
  const t = guideEditWords.use();
  const form = useForm();
  const tell = useTell();
  const keyFor = useKey();
  const [save, busy] = useAction(SaveGuide);
  const submit = async () => {
    const input: GuideInput = { id: g.id, version, status: 'RETIRED' };
    const outcome = await save({ input, key: keyFor(input) });
    if (form.take(outcome)) { tell(outcome, t.retired(g.title)); done(outcome.payload.guide!.version); }
  };
  return <Form form={form} onSubmit={() => void submit()}><p>{t.retireText}</p><FormEnd label={t.retire} danger busy={busy} onCancel={close} /></Form>;
}
