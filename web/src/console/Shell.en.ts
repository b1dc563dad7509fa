import { plural } from '../lib/words.ts';

const shell = {
  console: 'Console',
  home: 'Home',
  orders: 'Orders',
  customers: 'Customers',
  parcels: 'Unknown parcels',
  people: 'People',
  roles: 'Roles',
  access: 'Why access',
  imports: 'Imports',
  jobs: 'Background work',
  audit: 'Audit',
  mailbox: 'Mailbox',
  graphiql: 'Query page',
  sell: 'Customers and orders',
  manage: 'Administration',
  develop: 'Development',
  search: 'Search or go to',
  menu: 'Menu',
  settings: 'Your settings',
  unread: (n: number) => (n ? plural(n, 'unread notification', 'unread notifications') : 'Notifications'),
  portal: 'Customer portal',
  actAs: 'Act as',
  shortcuts: 'Keyboard',
};
export default shell;
