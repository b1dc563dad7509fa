import type { Same } from '../../lib/words.ts';
import type en from './Address.en.ts';

const address: Same<typeof en> = {
  name: 'Empfänger', line1: 'Straße und Hausnummer', line2: 'Weitere Angaben', postalCode: 'Postleitzahl', city: 'Ort', region: 'Region', country: 'Land', incomplete: 'Empfänger, Straße, Ort und Land werden gebraucht.', optional: 'freiwillig',
};
export default address;
