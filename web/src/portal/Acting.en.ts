const acting = {
  label: 'For whom you act',
  text: (name: string) => `You act for ${name}.`,
  also: 'You can act for others as well:',
  stay: (name: string) => `Stay with ${name}`,
};
export default acting;
