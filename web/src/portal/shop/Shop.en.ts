const shop = {
  status: {
    IN_STOCK: 'In stock', LOW: 'Few left', OUT_OF_STOCK: 'Not available', BACKORDER: 'Sent later', PREORDER: 'Pre-order', UNTRACKED: 'Made to order', UNKNOWN: 'On request',
  },
  noPicture: 'There is no picture yet',
  quantity: 'Quantity', quantityOf: (what: string) => `Quantity of ${what}`,
  from: (price: string) => `from ${price}`, noPrice: 'Price on request', perUnit: (unit: string) => `per ${unit}`,
  minimum: (n: string) => `at least ${n}`, step: (n: string) => `in steps of ${n}`, maximum: (n: string) => `at most ${n}`,
  units: { piece: 'piece', pieces: 'pieces' } as Record<string, string>,
  sentBy: (day: string) => `Can be sent by ${day}`, sentToday: 'Can be sent today', available: (n: string) => `${n} available`,
  unknownText: 'We confirm the day after the order.', outText: 'It cannot be promised at present.', untrackedText: 'Made or arranged for you after the order.',
  netPrice: 'Prices without VAT and shipping',
  added: (what: string) => `${what} is in your cart`, toCart: 'To the cart', addToCart: 'Add to cart', signInToBuy: 'Sign in to order',
  usualCart: 'Your cart', cart: 'Cart', cartOf: (n: number) => (n === 1 ? 'Cart, 1 item' : `Cart, ${n} items`),
  products: 'Products', signIn: 'Sign in', guide: 'Guide', download: 'Download', gone: 'No longer offered',
  size: (s: string) => s,
};
export default shop;
