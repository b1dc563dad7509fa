import { plural } from '../../lib/words.ts';

const buying = {
  crumb: 'Customers', buying: 'Prices and buying',
  terms: 'Terms', edit: 'Change', termsTitle: 'How the customer buys', currency: 'Currency', currencyHint: 'Three letters, such as EUR. Left empty, it buys in the currency of each article.', anyCurrency: 'That of the article', vatId: 'VAT number', vatHint: 'With the code of the country. Only its form is checked.', noVat: 'None', save: 'Save', termsSaved: 'The terms are changed',
  segments: 'Segments', noSegments: 'In none', segmentsTitle: 'In which segments is it?', changeSegments: 'Change the segments', segmentsText: 'Segments decide which price lists, products and discounts a customer has.', segmentsSaved: 'The segments are changed', noSegmentsYet: 'There are no segments yet.',
  addresses: 'Delivery addresses', addAddress: 'Add', usual: 'Usual', noAddresses: 'None of its own: it is delivered to its registered address.', addressTitle: 'Delivery address', newAddress: 'New delivery address', editAddress: (name: string) => `Change the address ${name}`, makeUsual: 'Make it the usual one', remove: 'Remove', addressMenu: (name: string) => `Address ${name}`, addressSaved: 'The addresses are changed', addressRemoved: 'The address is removed', removeTitle: 'Remove this address?',
  lists: 'Price lists', ownLists: 'Of the customer itself', ofSegment: (name: string) => `By the segment ${name}`, noLists: 'None of its own: lists for everybody and standard prices hold.', priority: (n: number) => `Priority ${n}`,
  quote: 'What does it pay?',
  standIns: 'Who stands in', standIn: (who: string, forWhom: string, until: string) => `${who} answers approvals for ${forWhom} until ${until}`, somebody: 'Somebody',
  waiting: 'Waiting for approval', noWaiting: 'No order waits for approval.', allApprovals: 'All approvals', until: (day: string) => `until ${day}`, by: (name: string) => `asked by ${name}`,
  carts: 'Carts', noCarts: 'No cart is open.', usualCart: 'Usual cart', cartOf: (name: string) => `of ${name}`, items: (n: number) => plural(n, 'article', 'articles'), orderFor: 'Order for', orderForTitle: 'For whom do you order?', orderForText: 'The cart and the order belong to the person, with their prices. You are not asked for approval.', person: 'Person', choose: 'Choose one', cartName: 'Name of the cart', cartNameHint: 'So that it is not the person’s usual one.', phone: 'By telephone', makeCart: 'Make the cart', noPeople: 'Nobody can act for this customer yet. Invite a person first.',
};
export default buying;
