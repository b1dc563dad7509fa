import { plural } from '../../lib/words.ts';

const kept = {
  title: 'Configurations', lead: 'What you and your colleagues have put together and kept.', name: 'Name', product: 'Product', state: 'Status', price: 'Price', when: 'Changed', by: (who: string) => `by ${who}`, turn: 'With', pieces: (n: number) => plural(n, 'piece', 'pieces'),
  search: 'Name of the configuration', any: 'any', clear: 'Show all', none: 'Nothing is kept yet', noneText: 'Configure a product and save it: it stays here until you order or delete it.', browse: 'Look for products', noMatch: 'Nothing matches', noMatchText: 'No configuration fits what you look for.',
  status: { OPEN: 'Unfinished', COMPLETE: 'Can be ordered', NEEDS_CUSTOMER: 'Needs a decision', ORDERED: 'Ordered' }, turns: { CUSTOMER: 'With you', SALES: 'With sales' }, turnOf: 'Whose turn',
  gone: 'No such configuration', goneText: 'It was deleted, or it is not one that you may see.', deletedBy: (who: string) => `${who} has deleted this configuration.`, notShown: 'What it was made with is not offered any more.',
  changedBy: (who: string) => `${who} changed this`, changedNow: (what: string) => `now: ${what}`, changedOnly: 'The name, the number of pieces or whose turn it is is another one.', somebody: 'Somebody',
  saving: 'Saving', saved: 'All changes are saved', notSaved: 'Not saved', clash: 'Somebody else was faster. This is how it stands now; your last change is not in it.', mine: 'Make my change again',
  actions: 'More actions', rename: 'Change the name', copy: 'Make a copy', remove: 'Delete',
  ordered: 'It has been ordered and does not change any more.', toOrder: 'To the order', readOnly: 'You can see it, but not change it.',
  changeIt: 'Change', changeOf: (name: string) => `Change ${name}`, orderedAs: 'How it was configured', priceOfOne: 'Price of one', saidDays: (n: number) => `Said to take ${plural(n, 'day', 'days')}`, toConfiguration: 'To the configuration',
  handOver: 'Hand over to sales', takeBack: 'Take it back', withSales: 'It is with sales at present. They can change it, and you see it here at once.', share: 'Share', newer: (n: number) => `There is a newer version (${n}) of what can be chosen.`, goOn: 'Go on with it', compare: 'Compare', compareHint: 'Choose two to compare them.', toList: 'To your configurations',
  takes: (n: number) => `Ready in about ${n < 14 ? plural(n, 'day', 'days') : plural(Math.ceil(n / 7), 'week', 'weeks')}`,
};
export default kept;
