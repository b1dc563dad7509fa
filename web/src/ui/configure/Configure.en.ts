import { plural } from '../../lib/words.ts';

const configure = {
  title: (what: string) => `Configure your ${what}`, configure: 'Configure', none: 'This cannot be configured', noneText: 'It comes as it is. See what it is and what it costs.', products: 'Products', toProduct: 'To the product', toProducts: 'To the products',
  steps: 'Steps', missingHere: 'something is missing',
  included: 'Included', days: (n: number) => `+${plural(n, 'day', 'days')}`, fewerDays: (n: number) => `−${plural(n, 'day', 'days')}`,
  chosen: 'Chosen', follows: 'Follows from your choices', usual: 'Taken unless you choose otherwise', impossible: 'Not possible with your choices', nothing: 'None', choose: 'Please choose', several: (n: number) => `Up to ${n}`,
  forget: 'Take my choice back', forgetOf: (what: string) => `Take my choice back: ${what}`, why: 'Why?', whyOf: (what: string) => `Why: ${what}`, close: 'Close',
  keep: 'Leave it as it was', instead: (take: string, drop: string) => `${take} instead of ${drop}`,
  range: (min: string, max: string, unit: string) => `${min} to ${max}${unit}`, inSteps: (step: string, unit: string) => `in steps of ${step}${unit}`, now: (min: string, max: string, unit: string) => `With your choices: ${min} to ${max}${unit}`, less: 'Less', more: 'More', byDefault: 'our suggestion', notPossible: 'Not possible with your choices.', without: 'Without it',
  price: 'Your price', plainPrice: 'Price', net: 'Excluding VAT and delivery', noPrice: 'Price on request', noPriceText: 'Something of it has no price in your currency. Write to us for an offer.', lines: 'What it comes to', base: (what: string) => `${what}, base`, total: (n: string) => `${n} pieces together`,
  saving: 'Saving', allSaved: 'All changes are saved', notSaved: 'Not saved',
  buildable: 'Can be built', missing: 'Something is missing', contradiction: 'Does not go together', missingList: 'Still to choose:',
  ready: (n: number) => (n < 14 ? `Ready in about ${plural(n, 'day', 'days')}` : `Ready in about ${plural(Math.ceil(n / 7), 'week', 'weeks')}`), readyShort: (n: number) => (n < 14 ? plural(n, 'day', 'days') : plural(Math.ceil(n / 7), 'week', 'weeks')), on: (day: string) => `If ordered today: ${day}`, takes: (what: string) => `What takes longest: ${what}`, netShort: 'excl. VAT',
  add: 'Add to cart', inCart: 'It is in your cart', toCart: 'To the cart', save: 'Save for later', share: 'Copy a link to this', shared: 'The link is copied.', signIn: 'Sign in to order', signInText: 'Your choices come along.', quantity: 'Quantity',
  undo: 'Undo', reset: 'Start anew', cheapest: 'Complete it at the lowest price', fastest: 'Complete it for the earliest day', more_: 'More',
  along: 'Along with it:', priceMoved: (price: string, by: string) => `Price: ${price}, ${by}`,
  lost: 'Some choices of the link are not offered any more and were left out.',
  keepIt: 'Save', defaultName: (what: string, day: string) => `${what}, ${day}`,
  yours: 'Your configurations',
};
export default configure;
