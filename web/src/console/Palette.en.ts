import { plural } from '../lib/words.ts';

const palette = {
  title: 'Search or go to',
  field: 'Order, customer, person, page or action',
  recent: 'Recently opened',
  pages: 'Pages',
  orders: 'Orders',
  customers: 'Customers',
  people: 'People',
  actions: 'Actions',
  light: 'Light colours',
  dark: 'Dark colours',
  english: 'Speak English',
  german: 'Deutsch sprechen',
  actAs: (who: string) => `Act as ${who}`,
  staff: 'member of staff',
  settings: 'Your settings',
  portal: 'Customer portal',
  signOut: 'Sign out',
  keyboard: 'Keyboard help',
  none: (text: string) => `Nothing begins with “${text}”.`,
  noneHint: 'Orders are found by the beginning of their number, purchase order number, tracking number or article; customers and people by a word of their name.',
  searching: 'Searching',
  found: (n: number) => plural(n, 'result', 'results'),
  failed: 'The search did not work. Pages and actions are still here.',
  walk: 'walk', open: 'open', close: 'close',
};
export default palette;
