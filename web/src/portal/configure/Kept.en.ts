import { plural } from '../../lib/words.ts';

const kept = {
  title: 'Configurations', lead: 'What you and your colleagues have put together and kept.', name: 'Name', product: 'Product', state: 'Status', price: 'Price', when: 'Changed', by: (who: string) => `by ${who}`, turn: 'With', pieces: (n: number) => plural(n, 'piece', 'pieces'),
  search: 'Name of the configuration', any: 'any', clear: 'Show all', none: 'Nothing is kept yet', noneText: 'Configure a product and save it: it stays here until you order or delete it.', browse: 'Look for products', noMatch: 'Nothing matches', noMatchText: 'No configuration fits what you look for.',
  status: { OPEN: 'Unfinished', COMPLETE: 'Can be ordered', NEEDS_CUSTOMER: 'Needs a decision', ORDERED: 'Ordered' }, turns: { CUSTOMER: 'With you', SALES: 'With sales' }, turnOf: 'Whose turn',
  gone: 'No such configuration', goneText: 'It was deleted, or it is not one that you may see.', deletedBy: (who: string) => `${who} has deleted this configuration.`, notShown: 'What it was made with is not offered any more.',
  actions: 'More actions', rename: 'Change the name', copy: 'Make a copy', remove: 'Delete',
  ordered: 'It has been ordered and does not change any more.', toOrder: 'To the order', readOnly: 'You can see it, but not change it.',
  changeIt: 'Change', changeOf: (name: string) => `Change ${name}`, orderedAs: 'How it was configured', priceOfOne: 'Price of one', saidDays: (n: number) => `Said to take ${plural(n, 'day', 'days')}`, toConfiguration: 'To the configuration',
  handOver: 'Hand over to sales', takeBack: 'Take it back', withSales: 'It is with sales at present. They can change it, and you see it here at once.', share: 'Share', compare: 'Compare', compareHint: 'Choose two to compare them.', toList: 'To your configurations',
  takes: (n: number) => `Ready in about ${n < 14 ? plural(n, 'day', 'days') : plural(Math.ceil(n / 7), 'week', 'weeks')}`,
};
export default kept;
