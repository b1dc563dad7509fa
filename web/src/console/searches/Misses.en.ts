import { plural } from '../../lib/words.ts';

const misses = {
  title: 'Search misses', sub: 'What people have searched for without finding anything. Give them something to find.',
  term: 'Searched for', count: 'How often', people: 'Waiting', why: 'Was there anything', last: 'Last', state: 'State', answer: 'Answer', search: 'Has this in it', all: 'all',
  waiting: (n: number) => (n === 1 ? 'One person waits' : `${n} people wait`), nobody: 'nobody',
  hidden: 'Yes, hidden from them', nothing: 'No', hiddenUnknown: 'Not looked yet',
  hiddenText: 'Yes: there is something for it that those who searched may not see, such as a draft or a product for chosen customers.', nothingText: 'No: nothing in the catalog has these words.', hiddenUnknownText: 'That is looked up every ten minutes.',
  states: { OPEN: 'Open', PLANNED: 'Planned', ANSWERED: 'Answered', DISMISSED: 'Dismissed', MERGED: 'Merged' },
  answers: { PRODUCT: 'Products', SYNONYM: 'Another word', TEXT: 'A text' },
  asSynonym: (word: string) => `as “${word}”`, mergedInto: (term: string) => `into “${term}”`, isMerged: (term: string) => `This counts as “${term}” and finds what that finds.`,
  views: { open: 'Open', planned: 'Planned', answered: 'Answered', all: 'Everything' },
  none: 'Everything was found', noneText: 'Searches that find nothing appear here a moment later, counted and without names.', noMatch: 'No search matches', noMatchText: 'Try another state or part of the word.',
  merge: 'Merge', mergeTitle: 'Merge these searches', mergeText: 'They become one, with the counts and the people of all. It cannot be undone.', mergeInto: 'All of them count as',
  merged: (n: number, term: string) => `${plural(n, 'search counts', 'searches count')} as “${term}” now`,
  dismiss: 'Dismiss', dismissTitle: (n: number) => `Dismiss ${plural(n, 'search', 'searches')}?`, dismissText: 'Nothing will be done about them, and nobody is told. Each can still be answered later.', dismissed: (n: number) => `${plural(n, 'search is', 'searches are')} dismissed`,
  plan: 'Plan', planned: 'Noted as planned',
  detail: (term: string) => `“${term}”`, times: (n: number) => plural(n, 'time', 'times'), gone: 'Not here any more', goneText: 'Rare searches are forgotten after a while.',
  filters: 'Filters at the time', consent: 'Only those are named who have asked to be told.', somebody: 'Somebody whom you do not see', since: (day: string) => `since ${day}`,
  told: 'What searchers are told', toldSynonym: (synonym: string, term: string) => `Showing results for “${synonym}” in place of “${term}”.`, toldNothing: 'Nothing yet.', notOffered: 'not offered to customers',
  doAnswer: 'Answer with', other: 'Change the answer', hows: { products: 'Products', synonym: 'Another word', text: 'A text only' },
  products: 'Products that are meant', productsHint: 'They come first for this search, for those who may see them.', chooseProduct: 'Choose a product.',
  synonym: 'Search for this in its place', synonymHint: 'A word that finds something.', writeSynonym: 'Write a word.',
  english: 'Text in English', german: 'Text in German', optional: 'optional', writeText: 'A text is needed in both languages.',
  preview: 'This is what searchers will see', saveAnswer: 'Save the answer', sendAnswer: (n: number) => `Save, and tell ${plural(n, 'person', 'people')}`,
  answered: (term: string, n: number) => (n ? `“${term}” is answered, and ${plural(n, 'person is', 'people are')} told` : `“${term}” is answered`),
};
export default misses;
