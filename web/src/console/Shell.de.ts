import { plural, type Same } from '../lib/words.ts';
import type en from './Shell.en.ts';

const shell: Same<typeof en> = {
  console: 'Konsole',
  home: 'Übersicht',
  orders: 'Bestellungen',
  customers: 'Kunden',
  approvals: 'Freigaben',
  parcels: 'Unbekannte Pakete',
  pricing: 'Preise',
  priceLists: 'Preislisten',
  rules: 'Regeln',
  priceCheck: 'Wer zahlt was',
  people: 'Personen',
  roles: 'Rollen',
  access: 'Warum Zugriff',
  imports: 'Importe',
  jobs: 'Hintergrundarbeit',
  audit: 'Protokoll',
  mailbox: 'Postfach',
  graphiql: 'Abfrageseite',
  sell: 'Kunden und Bestellungen',
  manage: 'Verwaltung',
  develop: 'Entwicklung',
  search: 'Suchen, öffnen',
  menu: 'Menü',
  settings: 'Ihre Einstellungen',
  unread: (n) => (n ? plural(n, 'ungelesene Benachrichtigung', 'ungelesene Benachrichtigungen') : 'Benachrichtigungen'),
  portal: 'Kundenportal',
  actAs: 'Handeln als',
  shortcuts: 'Tastatur',
};
export default shell;
