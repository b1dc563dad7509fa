import type { Same } from '../lib/words.ts';
import type en from './Shell.en.ts';

const shell: Same<typeof en> = {
  home: 'Übersicht',
  orders: 'Bestellungen',
  organization: 'Personen',
  notifications: 'Nachrichten',
  unread: (n) => (n === 1 ? '1 ungelesene Nachricht' : `${n} ungelesene Nachrichten`),
  account: 'Ihr Konto',
  profile: 'Profil und Einstellungen',
  actingFor: 'Sie handeln für',
  switchTo: 'Für jemand anderen handeln',
  console: 'Mitarbeiterkonsole',
  menu: 'Menü',
  contact: 'Kontakt',
  help: 'Hilfe',
};
export default shell;
