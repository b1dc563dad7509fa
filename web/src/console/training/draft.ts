import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { lang, type Lang } from '../../lib/words.ts';

/** A course as it is written, all of it. */
export const CourseWritten = graphql(`fragment CourseWritten on CourseDocument @_unmask {
  title { en de } summary { en de } languages cover prerequisites
  certificate { title { en de } criteria { en de } validMonths remindDays }
  modules { key title { en de } lessons {
    key kind title { en de } minutes body { en de } media { fileId url seconds } rule { kind seconds percent } requires isOptional
    quiz { shuffle passingPercent attempts coolingMinutes limitSeconds negativePercent reveal pools { key draw questions }
      questions { key kind text { en de } points choices { key text { en de } isCorrect } pairs { key left { en de } right { en de } } number { value tolerance unit } accepted { en de } exact explanation { en de } } }
    assignment { passingPercent maxFiles attempts rubric { key title { en de } help { en de } points } } } }
}`);
export const OneCourse = graphql(`query OneCourse($id: ID!) { course(id: $id) {
  id key name title summary cover status @_optional restricted @_optional version @_optional updatedAt lessonCount minutes isFree placesLeft languages certificateTitle certificateMonths
  prerequisites { key title course { id } } availableActions isChanged @_optional learners @_optional seats @_optional
  problems @_optional { path code message } variant { id sku name product { id name } }
  current { id number publishedAt minutes modules { key title lessons { key kind title minutes isOptional } } }
  audience @_optional { organizations { id name } segments { id name } owners { id name } }
  rules @_optional { products { id name } dueDays renewDays requiredFor { id name } }
  draft @_optional { ...CourseWritten }
} }`, [CourseWritten]);
export const SaveCourse = graphql(`mutation SaveCourse($input: SaveCourseInput!, $key: String!) {
  saveCourse(input: $input) @idempotent(key: $key) { course { id key name version @_optional status @_optional isChanged @_optional updatedAt } problems { path code message } userErrors { field code message } }
}`);
export const CheckCourse = graphql(`query CheckCourse($document: CourseDocumentInput!) { checkCourse(document: $document) { path code message } }`);

export type Course = NonNullable<ResultOf<typeof OneCourse>['course']>;
export type Doc = ResultOf<typeof CourseWritten>;
type DocInput = NonNullable<VariablesOf<typeof SaveCourse>['input']['document']>;
export type Problem = { path: string[]; message: string };
export type Both = Doc['title'];
export type Chapter = Doc['modules'][number];
export type Lesson = Chapter['lessons'][number];
export type Quiz = NonNullable<Lesson['quiz']>;
export type Question = Quiz['questions'][number];
export type Pool = Quiz['pools'][number];
export type Assignment = NonNullable<Lesson['assignment']>;
export type Criterion = Assignment['rubric'][number];
export type Rule = Lesson['rule'];
export type Kind = Lesson['kind'];
export type Asks = Question['kind'];

/** The languages in which the API keeps texts of a course. A draft may name others, of which it has no texts. */
export const written: readonly Lang[] = ['en', 'de'];
export const spoken = (d: Pick<Doc, 'languages'>): Lang[] => written.filter((l) => d.languages.includes(l));

/** A text of the draft in the reader's language, or in the other one. */
export const said = (b: Both | null | undefined, or = ''): string => (b ? b[lang()]?.trim() || b.en?.trim() || b.de?.trim() || or : or);
export const noText = (): Both => ({ en: '', de: '' });

const clean = (s: string | null | undefined) => s?.trim() || null;
/** A text as it is sent: in the languages of the course alone, in which the others wait for their language to come back. */
const text = (b: Both | null | undefined, to: readonly Lang[]) => ({ en: to.includes('en') ? clean(b?.en) : null, de: to.includes('de') ? clean(b?.de) : null });
const given = (b: Both | null | undefined, to: readonly Lang[]) => { const x = text(b, to); return x.en || x.de ? x : null; };

const number = (s: string) => s.trim().replace(/\s/g, '').replace(',', '.');
export const isNumber = (s: string) => /^[+-]?\d{1,30}(\.\d{1,30})?$/.test(number(s));

const questionOf = (q: Question, to: readonly Lang[]) => ({
  key: q.key, kind: q.kind, text: text(q.text, to), points: q.points, exact: q.kind === 'TEXT' && q.exact, explanation: given(q.explanation, to),
  choices: chooses(q.kind) ? q.choices.map((c) => ({ key: c.key, text: text(c.text, to), isCorrect: q.kind !== 'ORDER' && c.isCorrect })) : [],
  pairs: q.kind === 'MATCH' ? q.pairs.map((x) => ({ key: x.key, left: text(x.left, to), right: text(x.right, to) })) : [],
  // The API takes decimals; what is none is told by the page.
  number: q.kind === 'NUMBER' && q.number && isNumber(q.number.value) ? { value: number(q.number.value), tolerance: q.number.tolerance && isNumber(q.number.tolerance) ? number(q.number.tolerance) : null, unit: clean(q.number.unit) } : null,
  accepted: q.kind === 'TEXT' ? { en: to.includes('en') ? lines(q.accepted?.en) : [], de: to.includes('de') ? lines(q.accepted?.de) : [] } : null,
});
const lines = (all: readonly string[] | undefined) => (all ?? []).map((s) => s.trim()).filter(Boolean);
const ruleOf = (r: Rule) => ({ kind: r.kind, seconds: r.kind === 'DWELL' ? r.seconds : null, percent: r.kind === 'VIDEO' ? r.percent : null });

/** A draft as the API takes it. */
export function inputOf(d: Doc): DocInput {
  const to = spoken(d);
  return {
    title: text(d.title, to), summary: given(d.summary, to), languages: [...d.languages], cover: d.cover || null, prerequisites: [...d.prerequisites],
    certificate: d.certificate ? { title: text(d.certificate.title, to), criteria: text(d.certificate.criteria, to), validMonths: d.certificate.validMonths, remindDays: [...d.certificate.remindDays] } : null,
    modules: d.modules.map((m) => ({ key: m.key, title: text(m.title, to), lessons: m.lessons.map((l) => ({
      key: l.key, kind: l.kind, title: text(l.title, to), minutes: l.minutes, body: given(l.body, to), rule: ruleOf(l.rule), requires: [...l.requires], isOptional: l.isOptional,
      media: l.media ? { fileId: l.media.fileId, url: clean(l.media.url), seconds: l.media.seconds } : null,
      quiz: l.quiz ? {
        shuffle: l.quiz.shuffle, passingPercent: l.quiz.passingPercent, attempts: l.quiz.attempts, coolingMinutes: l.quiz.coolingMinutes, limitSeconds: l.quiz.limitSeconds,
        negativePercent: l.quiz.negativePercent, reveal: l.quiz.reveal, pools: l.quiz.pools.map((p) => ({ key: p.key, draw: p.draw, questions: [...p.questions] })),
        questions: l.quiz.questions.map((q) => questionOf(q, to)),
      } : null,
      assignment: l.assignment ? { passingPercent: l.assignment.passingPercent, maxFiles: l.assignment.maxFiles, attempts: l.assignment.attempts,
        rubric: l.assignment.rubric.map((c) => ({ key: c.key, title: text(c.title, to), help: given(c.help, to), points: c.points })) } : null,
    })) })),
  };
}

/** How many texts in a language there are in a part of a draft. */
export function textsIn(part: unknown, l: Lang): number {
  if (Array.isArray(part)) return part.reduce((n: number, x) => n + textsIn(x, l), 0);
  if (!part || typeof part !== 'object') return 0;
  if (!('en' in part && 'de' in part)) return textsIn(Object.values(part), l);
  const text = (part as Record<Lang, string | readonly string[] | null>)[l];
  return (typeof text === 'string' ? text.trim() : lines(text ?? []).length) ? 1 : 0;
}

export const lessonsOf = (d: Doc): Lesson[] => d.modules.flatMap((m) => m.lessons);
export const chooses = (k: Asks) => k === 'SINGLE' || k === 'MULTIPLE' || k === 'ORDER';

/** The rules by which a lesson of a kind can be done. */
export const rulesOf = (k: Kind): Rule['kind'][] => (k === 'QUIZ' ? ['QUIZ', 'VIEW'] : k === 'ASSIGNMENT' ? ['TRAINER'] : k === 'VIDEO' ? ['VIDEO', 'VIEW', 'DWELL', 'TRAINER'] : ['VIEW', 'DWELL', 'TRAINER']);

/** A key that no other ever had: what was learned and answered hangs on it. */
const newKey = (letter: string): string => `${letter}-${Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => (b % 36).toString(36)).join('')}`;

export const newChoice = () => ({ key: newKey('c'), text: noText(), isCorrect: false });
export const newPair = () => ({ key: newKey('p'), left: noText(), right: noText() });
export const newCriterion = (): Criterion => ({ key: newKey('r'), title: noText(), help: null, points: 10 });
export const newPool = (): Pool => ({ key: newKey('s'), draw: 1, questions: [] });
export const newQuestion = (kind: Asks): Question => ofKind({ key: newKey('q'), kind, text: noText(), points: 1, choices: [], pairs: [], number: null, accepted: null, exact: false, explanation: null }, kind);

/** A question turned to another kind: what both have stays. */
export function ofKind(q: Question, kind: Asks): Question {
  const next = { ...q, kind };
  if (chooses(kind) && next.choices.length < 2) next.choices = [...next.choices, ...Array.from({ length: 3 - next.choices.length }, newChoice)];
  if (kind === 'SINGLE') { const first = next.choices.findIndex((c) => c.isCorrect); next.choices = next.choices.map((c, i) => ({ ...c, isCorrect: i === Math.max(0, first) })); }
  if (kind === 'MATCH' && next.pairs.length < 2) next.pairs = [...next.pairs, ...Array.from({ length: 3 - next.pairs.length }, newPair)];
  if (kind === 'NUMBER') next.number ??= { value: '', tolerance: null, unit: null };
  if (kind === 'TEXT') next.accepted ??= { en: [], de: [] };
  return next;
}

const newQuiz = (): Quiz => ({ shuffle: true, passingPercent: 70, attempts: 3, coolingMinutes: 0, limitSeconds: 0, negativePercent: 0, reveal: 'FINAL', pools: [], questions: [newQuestion('SINGLE')] });
const newAssignment = (): Assignment => ({ passingPercent: 70, maxFiles: 3, attempts: 0, rubric: [newCriterion()] });

/** A lesson turned to another kind, with what that needs. */
export function lessonOf(l: Lesson, kind: Kind): Lesson {
  const rules = rulesOf(kind);
  return {
    ...l, kind, rule: kind === l.kind && rules.includes(l.rule.kind) ? l.rule : { kind: rules[0]!, seconds: null, percent: rules[0] === 'VIDEO' ? 90 : null },
    body: l.body ?? noText(), media: kind === 'VIDEO' || kind === 'FILE' || kind === 'LINK' ? { fileId: kind === 'FILE' ? l.media?.fileId ?? null : null, url: l.media?.url ?? '', seconds: kind === 'VIDEO' ? l.media?.seconds || 60 : 0 } : null,
    quiz: kind === 'QUIZ' ? l.quiz ?? newQuiz() : null, assignment: kind === 'ASSIGNMENT' ? l.assignment ?? newAssignment() : null,
  };
}
export const newLesson = (kind: Kind): Lesson => lessonOf({ key: newKey('l'), kind, title: noText(), minutes: 5, body: noText(), media: null, quiz: null, assignment: null, rule: { kind: rulesOf(kind)[0]!, seconds: null, percent: kind === 'VIDEO' ? 90 : null }, requires: [], isOptional: false }, kind);
export const newChapter = (): Chapter => ({ key: newKey('m'), title: noText(), lessons: [] });

/** The first draft of a new course: one chapter with one text. */
export const firstDraft = (title: Both, to: readonly Lang[], chapter: Both, lesson: Both, body: Both): DocInput => inputOf({
  title, summary: null, languages: [...to], cover: null, prerequisites: [], certificate: null,
  modules: [{ ...newChapter(), title: chapter, lessons: [{ ...newLesson('TEXT'), title: lesson, body }] }],
});

/** The parts of a course's page. */
export const parts = ['overview', 'about', 'content', 'settings', 'versions', 'figures'] as const;
export type PartName = (typeof parts)[number];
export interface Place { part: PartName; open?: string }

/** The place of a problem: the lesson that its path leads to, or what the course is. */
export function placeOf(path: readonly string[], d: Doc): Place {
  if (path[0] !== 'modules') return { part: 'about' };
  const lesson = path[2] === 'lessons' ? d.modules[Number(path[1])]?.lessons[Number(path[3])] : undefined;
  return { part: 'content', open: lesson?.key };
}

/** What is wrong below a path, the paths cut short by it. */
export const below = (all: readonly Problem[], ...path: (string | number)[]): Problem[] =>
  all.filter((p) => path.every((x, i) => p.path[i] === String(x))).map((p) => ({ ...p, path: p.path.slice(path.length) }));
/** Why a field is refused, if it is. */
export const says = (all: readonly Problem[], ...path: (string | number)[]): string | undefined => [...new Set(below(all, ...path).map((p) => p.message))].join(' ') || undefined;
export const problemsOf = (all: readonly { path: string; message: string }[] | null | undefined): Problem[] => (all ?? []).map((p) => ({ path: p.path ? p.path.split('.') : [], message: p.message }));

/** Numbers that are none: the API cannot be asked about them, since it takes numbers alone. */
export function numbersOf(d: Doc, sentence: string): Problem[] {
  const found: Problem[] = [];
  d.modules.forEach((m, i) => m.lessons.forEach((l, j) => l.quiz?.questions.forEach((q, n) => {
    const at = ['modules', String(i), 'lessons', String(j), 'quiz', 'questions', String(n), 'number'];
    if (q.kind !== 'NUMBER' || !q.number) return;
    if (!isNumber(q.number.value)) found.push({ path: [...at, 'value'], message: sentence });
    if (q.number.tolerance && !isNumber(q.number.tolerance)) found.push({ path: [...at, 'tolerance'], message: sentence });
  })));
  return found;
}
