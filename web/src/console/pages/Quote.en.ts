const quote = {
  title: 'What does a customer pay?', sub: 'The price of articles for a customer, which list it comes from, and the discount, tax and shipping that follow. Nothing is ordered.',
  customer: 'Customer', nobody: 'Nobody signed in', country: 'Delivered to', usual: 'Where the customer usually has it delivered', region: 'Region', article: 'Article', articleHint: 'Name or sku', quantity: 'Quantity', add: 'Add an article', removeLine: (n: number) => `Remove article ${n}`, line: (n: number) => `Article ${n}`, ask: 'Who buys what',
  start: 'Choose an article', startText: 'Its price and how it comes about appear here at once.', wrongQuantity: 'A whole number from 1.',
  unknown: 'There is no article with this sku.', noPrice: 'It is not sold in the currency in which this customer buys.', each: 'each', total: 'Together',
  fromList: (name: string) => `From the price list “${name}”`, standard: 'The standard price: no list of this customer has a price', tier: (n: string) => `the price from ${n} on`, until: (day: string) => `the list ends on ${day}`, next: (n: string, price: string) => `From ${n} on one costs ${price}.`,
  others: 'Why no other price', reasons: {
    LOWER_PRIORITY: 'has a lower priority', LESS_SPECIFIC: 'is meant for this customer less closely', HIGHER_PRICE: 'has the same rank and a higher price', SAME_PRICE: 'has the same rank and the same price', QUANTITY_TOO_SMALL: 'has prices for larger quantities only', STANDARD_PRICE: 'holds only where no list has a price',
  }, standardName: 'The standard price', fromQuantity: (n: string) => `from ${n} on`,
  discount: (percent: string, name: string) => `${percent} discount: ${name}`, tax: (name: string, percent: string) => `Taxed with ${name} (${percent})`, taxShort: (name: string, percent: string) => (name ? `${name}, ${percent}` : percent), reverse: 'The customer owes the tax (reverse charge).', noTax: 'No rule of tax fits: no tax is added.', rule: (key: string) => `Rule ${key}`,
  sums: 'What it comes to', lines: 'Articles', orderDiscount: 'Discount', shipping: 'Shipping', free: 'Free', sum: 'Total', net: (of: string) => `of ${of}`, taxName: 'Tax',
  offers: 'Ways of shipping', noOffers: 'There is no way of shipping there.', days: (n: number) => (n === 0 ? 'on the same day' : n === 1 ? '1 day' : `${n} days`), chosen: 'Taken here', choose: (name: string) => `Take ${name}`, take: 'Take', quoted: (name: string) => `“${name}”`, sentTo: (country: string) => `Delivered to ${country}`, segments: (names: string) => `In the segment ${names}`, segmentsMany: (names: string) => `In the segments ${names}`, toCustomer: 'To the customer',
};
export default quote;
