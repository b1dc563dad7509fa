/** What the roles that come with the system are called; others bear the name that they were given. */
const roleNames = {
  STAFF_AGENT: 'Service agent', STAFF_SALES: 'Sales', STAFF_MARKETING: 'Marketing', STAFF_TRAINER: 'Trainer', STAFF_FULFILLMENT: 'Fulfillment', STAFF_ANALYST: 'Analyst', STAFF_ADMIN: 'Staff administrator',
  ORG_MEMBER: 'Member', ORG_BUYER: 'Buyer', ORG_MANAGER: 'Manager', ORG_ADMIN: 'Administrator',
  ANONYMOUS: 'Nobody signed in', GUEST: 'Guest with a code', INTEGRATION: 'Integration',
};
export default roleNames;
