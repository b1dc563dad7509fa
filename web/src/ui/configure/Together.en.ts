const together = {
  changedBy: (who: string) => `${who} changed this`, changedNow: (what: string) => `now: ${what}`, changedOnly: 'The name, the number of pieces or whose turn it is is another one.', somebody: 'Somebody',
  clash: 'Somebody else was faster. This is how it stands now; your last change is not in it.', mine: 'Make my change again',
  newer: (n: number) => `There is a newer version (${n}) of what can be chosen.`, goOn: 'Go on with it',
};
export default together;
