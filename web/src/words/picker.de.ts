import { plural, type Same } from '../lib/words.ts';
import type en from './picker.en.ts';

const picker: Same<typeof en> = {
  clear: (label) => `${label}: entfernen`,
  none: 'Nichts passt dazu',
  searching: 'Es wird gesucht',
  failed: 'Die Suche ist fehlgeschlagen. Tippen Sie noch einmal.',
  found: (n) => plural(n, 'Vorschlag', 'Vorschläge'),
  customer: 'Kunde',
  anyCustomer: 'Alle Kunden',
};
export default picker;
