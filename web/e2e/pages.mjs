/** Every page, and who has it. The tests open each for each of these roles, in
 * both schemes and widths, and look for what is wrong with it. Where a page
 * needs something to show, `at` finds its address by the API's own words. */
export const people = {
  ORG_MEMBER: 'amina.yusuf@halden.example',
  ORG_BUYER: 'katrin.voss@nordholm.example',
  ORG_MANAGER: 'birte.claasen@nordholm.example',
  ORG_ADMIN: 'ines.halden@halden.example',
  STAFF_AGENT: 'jonas.berg@aurelia.example',
  STAFF_SALES: 'mara.lindqvist@aurelia.example',
  STAFF_MARKETING: 'clara.wittmann@aurelia.example',
  STAFF_TRAINER: 'henrik.solberg@aurelia.example',
  STAFF_FULFILLMENT: 'deniz.aydin@aurelia.example',
  STAFF_ANALYST: 'priya.raman@aurelia.example',
  STAFF_ADMIN: 'friederike.amsel@aurelia.example',
};
export const customers = ['ORG_MEMBER', 'ORG_BUYER', 'ORG_MANAGER', 'ORG_ADMIN'];
export const staff = Object.keys(people).filter((r) => r.startsWith('STAFF_'));

/** name, path, roles; find: a link in the page that leads to the one that is meant. */
export const pages = [
  { name: 'sign-in', path: '/', roles: [null] },
  { name: 'track', path: '/track', roles: [null] },
  { name: 'home', path: '/', roles: customers },
  { name: 'orders', path: '/orders', roles: customers },
  { name: 'password-forgotten', path: '/password/forgotten', roles: [null] },
  { name: 'password', path: '/password#ot_xxxxxxxx', roles: [null] },
  { name: 'password-without-link', path: '/password', roles: [null] },
  { name: 'invitation-dead', path: '/invitation#ot_xxxxxxxx', roles: [null], ready: 'h1:not(.vh)' },
  { name: 'setup', path: '/setup#ot_xxxxxxxx', roles: [null] },
  { name: 'choose', path: '/choose', roles: ['ORG_BUYER', 'STAFF_ADMIN'] },
  { name: 'organization', path: '/organization', roles: customers },
  { name: 'order', path: '/orders', roles: customers, find: 'main table a', ready: '.o-steps' },
  { name: 'order-underway', path: '/orders?show=underway', roles: ['ORG_ADMIN'], find: 'main table a', ready: '.o-steps' },
];
