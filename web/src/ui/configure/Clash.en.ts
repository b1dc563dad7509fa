const clash = {
  whyText: (what: string) => `${what} follows from what you have chosen:`,
  clash: (what: string) => `${what} does not go with your other choices`,
  clashAll: 'These choices do not go together',
  because: 'In the way',
  repair: 'What you can do',
  apply: (text: string) => `Switch: ${text}`,
  noRepair: 'There is no way to have it at present.',
  samePrice: 'same price',
  internal: 'customers do not see it',
  rulesOf: 'Rules',
};
export default clash;
