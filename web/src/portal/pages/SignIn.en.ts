const signIn = {
  title: 'Welcome back',
  text: 'Sign in to follow your orders and deliveries, and to see what your company has with us.',
  forgotten: 'Forgotten your password?',
  or: 'or',
  track: 'Track an order without an account',
  demo: 'Try the demo company',
  demoText: 'Everything here is made up. Choose who you want to be:',
  roles: { ORG_MEMBER: 'Member', ORG_BUYER: 'Buyer', ORG_MANAGER: 'Manager', ORG_ADMIN: 'Administrator', STAFF_AGENT: 'Service', STAFF_FULFILLMENT: 'Shipping', STAFF_ADMIN: 'Administrator' },
};
export default signIn;
