const door = {
  title: 'Staff console',
  text: 'Sign in with your account as a member of staff to work on orders, customers and deliveries.',
  forgotten: 'Forgotten your password?',
  or: 'or',
  portal: 'To the customer portal',
  demo: 'Try the demo company',
  demoText: 'Everything here is made up. Choose whose desk you want to see:',
  claim: 'What waits, what is late, and who can help: at a glance.',
  cards: ['To confirm', 'To ship', 'Late', 'Unknown parcels'].join('|'),
  staffOnly: 'This is for our staff',
  staffOnlyText: (name: string, organization: string) => `You are signed in as ${name}, for ${organization}. Your orders and everything your company has with us are in the customer portal.`,
  staffOnlyGuest: 'You have opened one order with a code. It is in the customer portal.',
  actAs: (role: string) => `Go on as ${role}`,
  alsoStaff: 'You are also a member of staff.',
  another: 'Sign in with another account',
};
export default door;
