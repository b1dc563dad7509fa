import type { Same } from '../lib/words.ts';
import type en from './Shell.en.ts';

const shell: Same<typeof en> = {
  home: 'Übersicht',
  orders: 'Bestellungen',
  products: 'Produkte',
  training: 'Schulungen',
  configurations: 'Konfigurationen',
  approvals: 'Freigaben',
  approvalsWaiting: (n) => (n === 1 ? 'Freigaben, 1 wartet auf Sie' : `Freigaben, ${n} warten auf Sie`),
  organization: 'Personen',
  cart: 'Warenkorb',
  cartOf: (n) => (n === 1 ? 'Warenkorb, 1 Position' : `Warenkorb, ${n} Positionen`),
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
