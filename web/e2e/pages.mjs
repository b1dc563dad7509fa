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
/** The staff who have orders. */
export const sellers = staff.filter((r) => r !== 'STAFF_MARKETING' && r !== 'STAFF_TRAINER');

/** The staff who see what lies where. */
export const stockers = sellers;

/** name, path, roles; find: a link in the page that leads to the one that is meant. */
export const pages = [
  { name: 'sign-in', path: '/', roles: [null] },
  { name: 'track', path: '/track', roles: [null] },
  { name: 'home', path: '/', roles: customers },
  { name: 'orders', path: '/orders', roles: customers },
  { name: 'imports', path: '/console/imports', roles: ['STAFF_ADMIN'] },
  { name: 'jobs', path: '/console/jobs', roles: ['STAFF_ADMIN'], ready: 'table' },
  { name: 'audit', path: '/console/audit', roles: ['STAFF_ADMIN'], ready: 'table' },
  { name: 'password-forgotten', path: '/password/forgotten', roles: [null] },
  { name: 'password', path: '/password#ot_xxxxxxxx', roles: [null] },
  { name: 'password-without-link', path: '/password', roles: [null] },
  { name: 'invitation-dead', path: '/invitation#ot_xxxxxxxx', roles: [null], ready: 'h1:not(.vh)' },
  { name: 'setup', path: '/setup#ot_xxxxxxxx', roles: [null] },
  { name: 'choose', path: '/choose', roles: ['ORG_BUYER'] },
  { name: 'organization', path: '/organization', roles: customers },
  { name: 'desk', path: '/console/', roles: staff },
  { name: 'order-desk', path: '/console/orders', roles: sellers, ready: 'tbody tr' },
  { name: 'order-desk-late', path: '/console/orders?show=late&placedFrom=2020-01-01', roles: ['STAFF_FULFILLMENT'], ready: 'tbody tr' },
  { name: 'order-work', path: '/console/orders?delivery=PARTIALLY_SHIPPED', roles: sellers, find: 'tbody a.f-rowlink', ready: '.o-history' },
  { name: 'order', path: '/orders', roles: customers, find: 'main table a', ready: '.o-steps' },
  { name: 'order-underway', path: '/orders?show=underway', roles: ['ORG_ADMIN'], find: 'main table a', ready: '.o-steps' },
  { name: 'products-public', path: '/products', roles: [null], ready: '.s-card' },
  { name: 'product-public', path: '/products', roles: [null], find: '.s-card a', ready: '.pd-price' },
  { name: 'products', path: '/products', roles: customers, ready: '.s-card' },
  { name: 'products-none', path: '/products?q=zzqqxxy', roles: ['ORG_MEMBER', 'ORG_ADMIN'], ready: '.f-state' },
  { name: 'product', path: '/products', roles: customers, find: '.s-card a', ready: '.pd-price' },
  { name: 'cart', path: '/cart', roles: customers },
  { name: 'checkout', path: '/cart/checkout', roles: ['ORG_MEMBER', 'ORG_ADMIN'] },
  { name: 'approvals', path: '/approvals', roles: customers },
  { name: 'guide-missing', path: '/guides/no-such-guide', roles: [null, 'ORG_ADMIN'] },
  { name: 'console-door', path: '/console/', roles: [null] },
  { name: 'console-customers', path: '/console/customers', roles: staff },
  { name: 'console-customer', path: '/console/customers?q=Halden+Robotics', roles: staff, find: '.f-rowlink', ready: '.cu-facts' },
  { name: 'console-parcels', path: '/console/parcels', roles: ['STAFF_AGENT', 'STAFF_FULFILLMENT', 'STAFF_ADMIN'] },
  { name: 'console-parcel', path: '/console/parcels', roles: ['STAFF_AGENT', 'STAFF_FULFILLMENT', 'STAFF_ADMIN'], find: '.f-rowlink', ready: 'dialog[open] .pa-dialog' },
  { name: 'console-stock', path: '/console/stock', roles: stockers, ready: 'tbody tr' },
  { name: 'console-stock-variant', path: '/console/stock?free=oversold', roles: stockers, find: '.f-rowlink', ready: '.st-moves li' },
  { name: 'console-stock-places', path: '/console/stock/places', roles: stockers, ready: 'tbody tr' },
  { name: 'console-searches', path: '/console/searches', roles: staff.filter((r) => r !== 'STAFF_FULFILLMENT') },
  { name: 'console-guides', path: '/console/guides', roles: staff, ready: 'tbody tr' },
  { name: 'console-guide', path: '/console/guides', roles: staff, find: '.f-rowlink', ready: '.ge-step, .gu-answers' },
  { name: 'console-guide-new', path: '/console/guides/new', roles: ['STAFF_MARKETING', 'STAFF_ADMIN'], ready: '.ge-step' },
  { name: 'people', path: '/console/people', roles: ['STAFF_AGENT', 'STAFF_SALES', 'STAFF_TRAINER', 'STAFF_ADMIN'] },
  { name: 'person', path: '/console/people?who=staff', roles: ['STAFF_SALES', 'STAFF_ADMIN'], find: 'main table a', ready: '.f-facts' },
  { name: 'roles', path: '/console/roles', roles: ['STAFF_ADMIN'], ready: '.ad-scope' },
  { name: 'access', path: '/console/access', roles: ['STAFF_ADMIN'] },
  { name: 'notifications', path: '/notifications', roles: customers },
  { name: 'account-profile', path: '/account', roles: customers, ready: 'form' },
  { name: 'account-security', path: '/account/security', roles: ['ORG_ADMIN'], ready: 'form' },
  { name: 'account-notifications', path: '/account/notifications', roles: customers, ready: 'form' },
  { name: 'settings-inbox', path: '/console/settings/inbox', roles: ['STAFF_AGENT', 'STAFF_ANALYST'] },
  { name: 'settings-profile', path: '/console/settings', roles: ['STAFF_AGENT', 'STAFF_ANALYST'], ready: 'form' },
  { name: 'settings-security', path: '/console/settings/security', roles: ['STAFF_AGENT'], ready: 'form' },
  { name: 'settings-notifications', path: '/console/settings/notifications', roles: ['STAFF_AGENT'], ready: 'form' },
];
