const signIn = {
  title: 'Welcome back',
  text: 'Sign in to follow your orders and deliveries, and to see what your company has with us.',
  forgotten: 'Forgotten your password?',
  or: 'or',
  track: 'Track an order without an account',
  demo: 'Try the demo company',
  demoText: 'Everything here is made up. Choose who you want to be:',
};
export default signIn;
