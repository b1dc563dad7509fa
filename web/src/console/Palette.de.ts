import { plural, type Same } from '../lib/words.ts';
import type en from './Palette.en.ts';

const palette: Same<typeof en> = {
  title: 'Suchen, öffnen',
  field: 'Bestellung, Kunde, Person, Seite oder Aktion',
  recent: 'Zuletzt geöffnet',
  pages: 'Seiten',
  orders: 'Bestellungen',
  customers: 'Kunden',
  people: 'Personen',
  actions: 'Aktionen',
  light: 'Helle Farben',
  dark: 'Dunkle Farben',
  english: 'Speak English',
  german: 'Deutsch sprechen',
  actAs: (who) => `Handeln als ${who}`,
  staff: 'Teil des Teams',
  settings: 'Ihre Einstellungen',
  portal: 'Kundenportal',
  signOut: 'Abmelden',
  keyboard: 'Hilfe zur Tastatur',
  none: (text) => `Nichts beginnt mit „${text}“.`,
  noneHint: 'Bestellungen findet man über den Anfang ihrer Nummer, des Zeichens des Kunden, der Sendungsnummer oder eines Artikels, Kunden und Personen über ein Wort ihres Namens.',
  searching: 'Wird gesucht',
  found: (n) => plural(n, 'Treffer', 'Treffer'),
  failed: 'Die Suche hat nicht geklappt. Seiten und Aktionen sind noch da.',
  walk: 'wählen', open: 'öffnen', close: 'schließen',
};
export default palette;
