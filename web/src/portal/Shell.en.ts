const shell = {
  home: 'Home',
  orders: 'Orders',
  organization: 'People',
  notifications: 'Notifications',
  unread: (n: number) => (n === 1 ? '1 unread notification' : `${n} unread notifications`),
  account: 'Your account',
  profile: 'Profile and settings',
  actingFor: 'You act for',
  switchTo: 'Act for somebody else',
  console: 'Staff console',
  menu: 'Menu',
  contact: 'Contact',
  help: 'Help',
};
export default shell;
