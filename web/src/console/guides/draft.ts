import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import type { Step } from '../../ui/GuideWalk.tsx';
import type { PickedProduct } from '../ProductPicker.tsx';

/** A text in both languages. */
export interface Both { en: string; de: string }
export interface DraftAnswer { key: string; text: Both; next: string }
/** A question with answers, or what they lead to; the other half is kept while one changes one's mind. */
export interface DraftStep { key: string; kind: 'question' | 'result'; question: Both; help: Both; answers: DraftAnswer[]; text: Both; products: PickedProduct[]; categoryId: string; search: string }
export interface Draft { key: string; categoryId: string; title: Both; intro: Both; start: string; steps: DraftStep[] }

/** What is wrong, and where; of a whole guide without a step. */
export interface Problem { code: string; step?: string; answer?: number; field?: string; message?: string }

export const SaveGuide = graphql(`mutation SaveGuide($input: SaveGuideInput!, $key: String!) {
  saveGuide(input: $input) @idempotent(key: $key) { guide { id key title status @_optional version questions updatedAt category { id name } } userErrors { field code message } }
}`);
export const OneGuide = graphql(`query GuideToEdit($id: ID!) {
  guide(id: $id) { id key title intro status @_optional version questions updatedAt category { id name }
    document @_optional { title { en de } intro { en de } start steps {
      key question { en de } help { en de } answers { key text { en de } next } result { text { en de } productIds categoryId search } } } }
}`);
type Document = NonNullable<NonNullable<ResultOf<typeof OneGuide>['guide']>['document']>;
export type GuideInput = VariablesOf<typeof SaveGuide>['input'];

export const noText = (): Both => ({ en: '', de: '' });
const blank = (b: Both) => !b.en.trim() && !b.de.trim();
const half = (b: Both) => !b.en.trim() || !b.de.trim();

/** A key that no other has: people never see it. */
export const freeKey = (letter: string, taken: readonly { key: string }[]): string => {
  for (let n = taken.length + 1; ; n++) if (!taken.some((x) => x.key === `${letter}${n}`)) return `${letter}${n}`;
};
export const newStep = (kind: DraftStep['kind'], steps: readonly DraftStep[]): DraftStep => ({
  key: freeKey(kind === 'question' ? 'question-' : 'result-', steps), kind, question: noText(), help: noText(), text: noText(), products: [], categoryId: '', search: '',
  answers: kind === 'question' ? [{ key: 'a1', text: noText(), next: '' }, { key: 'a2', text: noText(), next: '' }] : [],
});
export function newDraft(): Draft {
  const first = newStep('question', []);
  return { key: '', categoryId: '', title: noText(), intro: noText(), start: first.key, steps: [first] };
}

/** A guide as it is written, to be changed. */
export const draftOf = (key: string, categoryId: string, d: Document, products: ReadonlyMap<string, PickedProduct>): Draft => ({
  key, categoryId, title: { ...d.title }, intro: d.intro ? { ...d.intro } : noText(), start: d.start,
  steps: d.steps.map((s) => ({
    key: s.key, kind: s.result ? 'result' : 'question', question: s.question ? { ...s.question } : noText(), help: s.help ? { ...s.help } : noText(),
    answers: s.answers.map((a) => ({ key: a.key, text: { ...a.text }, next: a.next })),
    text: s.result?.text ? { ...s.result.text } : noText(), products: (s.result?.productIds ?? []).map((id) => products.get(id) ?? { id, name: id }),
    categoryId: s.result?.categoryId ?? '', search: s.result?.search ?? '',
  })),
});

const given = (b: Both) => (blank(b) ? null : { en: b.en.trim(), de: b.de.trim() });

/** A draft as the API takes it. */
export const documentOf = (d: Draft): NonNullable<GuideInput['document']> => ({
  title: { en: d.title.en.trim(), de: d.title.de.trim() }, intro: given(d.intro), start: d.start,
  steps: d.steps.map((s) => (s.kind === 'question'
    ? { key: s.key, question: { en: s.question.en.trim(), de: s.question.de.trim() }, help: given(s.help), answers: s.answers.map((a) => ({ key: a.key, text: { en: a.text.en.trim(), de: a.text.de.trim() }, next: a.next })) }
    : { key: s.key, result: { text: given(s.text), productIds: s.products.map((p) => p.id), categoryId: s.categoryId || null, search: s.search.trim() || null } })),
});

/** The steps in the order in which answers reach them; what no answer reaches comes last. */
export function inOrder(d: Draft): { step: DraftStep; reached: boolean }[] {
  const order: DraftStep[] = [];
  const queue = [d.start];
  while (queue.length) {
    const s = d.steps.find((x) => x.key === queue[0]);
    queue.shift();
    if (!s || order.includes(s)) continue;
    order.push(s);
    if (s.kind === 'question') queue.push(...s.answers.map((a) => a.next));
  }
  return [...order.map((step) => ({ step, reached: true })), ...d.steps.filter((s) => !order.includes(s)).map((step) => ({ step, reached: false }))];
}

/** All that is wrong with a draft, each at its place: what the API would refuse, and it says one thing at a time. */
export function problemsOf(d: Draft, isNew: boolean): Problem[] {
  const found: Problem[] = [];
  if (half(d.title)) found.push({ code: 'title', field: 'title' });
  if (!blank(d.intro) && half(d.intro)) found.push({ code: 'language', field: 'intro' });
  if (isNew && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(d.key)) found.push({ code: 'key', field: 'key' });
  const byKey = new Map(d.steps.map((s) => [s.key, s]));
  for (const s of d.steps) {
    const at = (code: string, field: string, answer?: number) => found.push({ code, step: s.key, field, ...(answer === undefined ? {} : { answer }) });
    if (s.kind === 'question') {
      if (half(s.question)) at('question', 'question');
      if (!blank(s.help) && half(s.help)) at('language', 'help');
      if (!s.answers.length) at('deadEnd', 'answers');
      s.answers.forEach((a, i) => {
        if (half(a.text)) at('answer', 'text', i);
        if (!byKey.has(a.next)) at('nowhere', 'next', i);
      });
    } else {
      if (!blank(s.text) && half(s.text)) at('language', 'text');
      if (blank(s.text) && !s.products.length && !s.categoryId && !s.search.trim()) at('nothing', 'result');
    }
  }
  // Answers that lead back: whatever is open on the way down is met again.
  const open = new Set<string>(), done = new Set<string>();
  const down = (key: string) => {
    const s = byKey.get(key);
    if (!s || done.has(key)) return;
    open.add(key);
    if (s.kind === 'question') s.answers.forEach((a, i) => {
      if (open.has(a.next)) found.push({ code: 'circle', step: key, answer: i, field: 'next' });
      else down(a.next);
    });
    open.delete(key);
    done.add(key);
  };
  down(d.start);
  for (const { step, reached } of inOrder(d)) if (!reached) found.push({ code: 'unreached', step: step.key, field: 'step' });
  return found;
}

/** Where the API saw something wrong: its path of the input, as a place in the draft. */
export function problemAt(d: Draft, refusal: { field?: string[] | null; code: string; message: string }): Problem {
  const f = refusal.field ?? [];
  const i = f.indexOf('steps'), j = f.indexOf('answers');
  const step = i >= 0 ? d.steps[Number(f[i + 1])] : undefined;
  const answer = j >= 0 && f[j + 1] !== undefined ? Number(f[j + 1]) : undefined;
  return { code: refusal.code, message: refusal.message, step: step?.key, answer, field: f.findLast((x) => !/^\d+$/.test(x)) };
}

/** Where answers lead in a draft: what the API's own step says of one that is saved. */
export function walk(d: Draft, given: readonly string[], lang: 'en' | 'de'): { step: Step; draft: DraftStep } | null {
  const byKey = new Map(d.steps.map((s) => [s.key, s]));
  let s = byKey.get(d.start);
  const path: Step['path'][number][] = [];
  const said = (b: Both) => b[lang].trim() || '…';
  for (const key of given) {
    const a = s?.kind === 'question' ? s.answers.find((x) => x.key === key) : undefined;
    const next = a && byKey.get(a.next);
    if (!s || !a || !next) break;
    path.push({ key: s.key, question: said(s.question), answerKey: a.key, answer: said(a.text) });
    s = next;
  }
  if (!s) return null;
  const known = new Map<string, number>();
  const depth = (key: string): number => {
    const x = byKey.get(key);
    if (!x || x.kind === 'result') return 0;
    const n = known.get(key);
    if (n !== undefined) return n;
    known.set(key, 0); // should it lead back
    const most = Math.max(0, ...x.answers.map((a) => 1 + depth(a.next)));
    known.set(key, most);
    return most;
  };
  return { draft: s, step: { key: s.key, remaining: depth(s.key), path, ...(s.kind === 'question'
    ? { question: { text: said(s.question), help: s.help[lang], answers: s.answers.map((a) => ({ key: a.key, text: said(a.text) })) } }
    : { result: { text: s.text[lang] } }) } };
}
