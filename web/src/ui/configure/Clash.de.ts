import type { Same } from '../../lib/words.ts';
import type en from './Clash.en.ts';

const clash: Same<typeof en> = {
  whyText: (what: string) => `${what} folgt aus dem, was Sie gewählt haben:`,
  clash: (what: string) => `${what} passt nicht zu Ihrer übrigen Wahl`,
  clashAll: 'Diese Wahlen passen nicht zusammen',
  because: 'Dagegen steht',
  repair: 'Was Sie tun können',
  apply: (text: string) => `Wechseln: ${text}`,
  noRepair: 'Zurzeit gibt es keinen Weg dorthin.',
  samePrice: 'gleicher Preis',
  internal: 'Kunden sehen sie nicht',
  rulesOf: 'Regeln',
};
export default clash;
