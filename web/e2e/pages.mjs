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
  { name: 'order', path: '/orders', roles: customers, find: 'main table a', ready: '.o-steps' },
  { name: 'order-underway', path: '/orders?show=underway', roles: ['ORG_ADMIN'], find: 'main table a', ready: '.o-steps' },
  { name: 'forgotten', path: '/password/forgotten', roles: [null] },
  { name: 'link-incomplete', path: '/password', roles: [null] },
  { name: 'notifications', path: '/notifications', roles: customers },
  { name: 'account-profile', path: '/account', roles: customers, ready: 'form' },
  { name: 'account-security', path: '/account/security', roles: ['ORG_ADMIN'], ready: 'form' },
  { name: 'account-notifications', path: '/account/notifications', roles: customers, ready: 'form' },
  { name: 'organization', path: '/organization', roles: customers },
  { name: 'settings-inbox', path: '/console/settings/inbox', roles: ['STAFF_AGENT', 'STAFF_ANALYST'] },
  { name: 'settings-profile', path: '/console/settings', roles: ['STAFF_AGENT', 'STAFF_ANALYST'], ready: 'form' },
  { name: 'settings-security', path: '/console/settings/security', roles: ['STAFF_AGENT'], ready: 'form' },
  { name: 'settings-notifications', path: '/console/settings/notifications', roles: ['STAFF_AGENT'], ready: 'form' },
];
