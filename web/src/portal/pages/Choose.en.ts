const choose = {
  title: 'Whom do you act for?',
  text: 'You see what belongs to one of them at a time. You can change it whenever you like, in the menu with your name.',
  console: 'Staff console',
  present: 'At present',
  another: 'Sign in as somebody else',
  only: 'There is only one that you can act for.',
};
export default choose;
