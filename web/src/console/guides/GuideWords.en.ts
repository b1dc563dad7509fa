import { plural } from '../../lib/words.ts';

const guides = {
  lang: 'en',
  title: 'Guides', sub: 'Questions that lead customers who are not sure to what they need.', guide: 'Guide', questions: 'Questions', changed: 'Changed', state: 'State', search: 'Title or key', all: 'all',
  states: { DRAFT: 'Draft', PUBLISHED: 'Published', RETIRED: 'Retired' }, noCategory: 'In no category', atMost: (n: number) => (n ? `at most ${plural(n, 'question', 'questions')}` : 'no question'),
  none: 'No guide yet', noneText: 'Write the first one: a few questions, their answers, and where they lead.', noMatch: 'No guide matches', noMatchText: 'Try another state or part of the title.',
  make: 'New guide', makeText: 'It stays a draft until you publish it.',
  about: 'What it is', guideTitle: 'Title', intro: 'Before the first question', key: 'Name in links', keyHint: 'Small letters, digits and hyphens; it stays.', category: 'Offered in', categoryHint: 'Customers find it beside the products there.',
  languages: { en: 'English', de: 'German' }, steps: 'Questions and results', kinds: { question: 'Question', result: 'Result' }, kindsLong: { question: 'A question with answers', result: 'A result: what fits' }, kind: 'This step is',
  first: 'comes first', notReached: 'nothing leads here', nameless: 'Nothing written yet', addQuestion: 'Question', addResult: 'Result', makeFirst: 'Ask this first', removeStep: 'Remove', noStart: 'Add a question or a result.',
  question: 'Question', help: 'How to find the answer', answers: 'Answers', answer: 'Answer', answerNo: (n: number) => `Answer ${n}`, answerUp: (n: number) => `Answer ${n}: further up`, answerDown: (n: number) => `Answer ${n}: further down`, answerRemove: (n: number) => `Remove answer ${n}`,
  addAnswer: 'Add an answer', leadsTo: 'Leads to', choose: 'Choose where it leads', newQuestion: '+ a new question', newResult: '+ a new result', goThere: 'Go there',
  text: 'What to say about it', products: 'Products that fit', productsHint: 'In this order, for those who may see them.', toCategory: 'And look through', noOne: 'no category', toSearch: 'And search for', unseen: 'customers do not see it',
  problems: {
    title: 'The title is needed in both languages.', language: 'Write it in both languages, or in none.', key: 'Write a name for links: small letters, digits and single hyphens.',
    question: 'The question is needed in both languages.', answer: 'The answer is needed in both languages.', deadEnd: 'A dead end: the question has no answers.', nowhere: 'The answer leads nowhere.',
    nothing: 'The result leads to nothing: write a text, or choose products, a category or a search.', circle: 'This answer leads back in a circle.', unreached: 'No answer leads here.',
  },
  problemCount: (n: number) => plural(n, 'thing to put right', 'things to put right'), moreProblems: (n: number) => `and ${n} more`,
  saveDraft: 'Save the draft', saveLive: 'Save for customers', publish: 'Publish', publishAgain: 'Publish again', retire: 'Retire', preview: 'Preview', openIt: 'Open as a customer',
  saved: (title: string) => `“${title}” is saved`, published: (title: string) => `“${title}” is published`, retired: (title: string) => `“${title}” is retired`,
  retireTitle: (title: string) => `Retire “${title}”?`, retireText: 'Customers are no longer offered it, and links to it say so. It can be published again.', unsaved: 'Not saved yet',
  conflict: 'Somebody else has changed this guide in the meantime. What you have written is still here.', takeTheirs: 'Take theirs, and lose mine', keepMine: 'Keep mine, to save it over theirs',
  previewIn: 'In', previewProblems: (n: number) => `${plural(n, 'thing is', 'things are')} still to be put right; it may end where nothing follows.`,
};
export default guides;
