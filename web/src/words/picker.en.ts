import { plural } from '../lib/words.ts';

const picker = {
  clear: (label: string) => `${label}: remove`,
  none: 'Nothing matches',
  searching: 'Searching',
  failed: 'The search failed. Type again to repeat it.',
  found: (n: number) => plural(n, 'suggestion', 'suggestions'),
  customer: 'Customer',
  anyCustomer: 'Any customer',
};
export default picker;
