import { plural } from '../../lib/words.ts';

const search = {
  label: 'Search for products', placeholder: 'Name, article number or what it is for', clear: 'Clear the search', suggestions: 'Suggestions',
  title: 'Products', all: 'All products', categories: 'Categories', filters: 'Filters', showFilters: 'Filter', type: 'Product type', clearFilters: 'Clear all filters', chosen: 'Chosen filters', without: (name: string) => `Without ${name}`,
  found: (n: number) => plural(n, 'product', 'products'), foundFor: (n: number, q: string) => `${plural(n, 'product', 'products')} for “${q}”`,
  corrected: (q: string) => `Showing results for “${q}”`, insteadOf: (q: string) => `Nothing was found for “${q}”.`,
  answer: 'From our team', more: (n: number) => `Show ${n} more`, next: 'More products', first: 'Back to the first page',
  roughly: 'Counted among the best 2,000.',
  none: (q: string) => `Nothing was found for “${q}”`, noneFiltered: 'Nothing fits all of these filters', noneText: 'Try another word, fewer letters, or part of the article number.', noneFilteredText: 'Take a filter away to see more.',
  empty: 'There are no products here yet', emptyText: 'As soon as something is offered here, it appears.',
  tell: 'Shall we tell you when there is something?', tellText: (q: string) => `We note that you have searched for “${q}”, with your name, so that our team can find something for you. You will be told in the portal and by your chosen ways. You can take that back at any time.`,
  tellDo: 'Tell me', followed: 'We will tell you', followedText: (q: string) => `Our team sees that you look for “${q}”. You will be told when there is an answer.`, unfollow: 'Take that back', unfollowed: 'Taken back. Your name is no longer noted with this search.',
  ask: 'Or ask us directly', notSure: 'Not sure what you need?', notSureText: 'A few questions lead you to what fits.', start: 'Start', yes: 'Yes', no: 'No', sku: (sku: string) => `Article ${sku}`,
};
export default search;
