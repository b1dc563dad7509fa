const product = {
  configure: 'Configure', configureText: 'It is put together as you need it: see what goes with what, what it costs, and when it is ready.',
  price: 'Your price', plain: 'Price', net: 'Excluding VAT and delivery', each: (unit: string) => `per ${unit}`, sum: (n: string, unit: string) => `${n} ${unit}`, total: 'Together', onRequest: 'Price on request', onRequestText: 'This is not sold online in your currency. Write to us for an offer.', ask: 'Ask for a price',
  tiers: 'Prices by quantity', fromQuantity: 'From', save: (percent: string) => `${percent} less`,
  why: 'Why this price?', whyTitle: 'How this price comes about', chosenList: 'Decided by', standard: 'Standard price', others: 'What else you might have had', next: (n: string, price: string) => `From ${n} it is ${price} each.`, holds: (from: string | null, to: string | null) => (from && to ? `Holds from ${from} to ${to}` : from ? `Holds since ${from}` : `Holds until ${to}`),
  variants: 'Choose your version', variant: 'Version', article: 'Article number', selected: 'chosen', adapts: 'Changes other choices, too',
  attributes: 'Details', documents: 'Documents', description: 'Description', about: 'About this product',
  kinds: { ACCESSORY: 'Goes well with it', SPARE_PART: 'Spare parts', UPSELL: 'A step up', REPLACES: 'This replaces' },
  replaced: 'There is a successor', replacedText: (names: string) => `This product is replaced by ${names}.`, gone: 'This is not offered any more', none: 'No such product', noneText: 'It is no longer offered, or it is not one that you may see.', toProducts: 'To the products',
  picture: (n: number, of: number) => `Picture ${n} of ${of}`, pictures: 'Pictures', inCart: (n: string) => `${n} of it in your cart now`, adding: 'Add to cart', signedOutText: 'Sign in to see your own prices and to order.',
  preorderFrom: (day: string) => `Can first be sent on ${day}`,
};
export default product;
