const track = {
  title: 'Track an order',
  text: 'You need no account: we send a code to the e-mail address that belongs to the order.',
  number: 'Order number', numberHint: 'It stands in our confirmation, for example FO-1A2B3C4D.', email: 'E-mail address', emailHint: 'Of whoever placed the order, or of its contact.',
  send: 'Send me a code', missing: 'This is needed.',
  codeTitle: 'Enter the code', codeText: (number: string, email: string) => `If order ${number} and ${email} belong together, a code is on its way to that address.`,
  minutes: (n: number) => `It is good for ${n} minutes, and once.`,
  code: 'Code from the e-mail', codeHint: '8 digits', codeMissing: 'The code has 8 digits.', open: 'Show the order', again: 'Send another code', sentAgain: 'If both belong together, another code is on its way. The one before no longer works.', change: 'Change number or address',
  ended: 'Your access to this order has ended after an hour. Ask for a new code to go on.',
  signedIn: 'You are signed in.', toOrders: 'Your orders are here',
  another: 'Track another order', until: (time: string) => `Open until ${time}`, guestTitle: 'Without an account', guest: 'You see neither prices nor people nor notes.',
  signIn: 'Sign in', account: 'You have an account?', gone: 'This order is no longer open to you', goneText: 'Ask for a new code to see it again.', mailbox: 'In the demo, mails are read in the mailbox.',
};
export default track;
