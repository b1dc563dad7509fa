import { plural, type Same } from '../../lib/words.ts';
import type en from './Organization.en.ts';

const roles: Record<string, string> = { Member: 'Mitglied', Buyer: 'Einkauf', Manager: 'Leitung', Administrator: 'Verwaltung' };

const organization: Same<typeof en> = {
  people: 'Personen',
  name: 'Name', role: 'Rolle', status: 'Status', actions: 'Aktionen',
  roleName: (name) => roles[name] ?? name,
  somebody: 'Eingeladene Person',
  you: 'Sie',
  states: { INVITED: 'Eingeladen', ACTIVE: 'Aktiv', DISABLED: 'Gesperrt' },
  invite: 'Jemanden einladen',
  inviteText: 'Die Person erhält eine E-Mail mit einem Link, über den sie annimmt.',
  language: 'Sprache der E-Mail',
  languages: { EN: 'English', DE: 'Deutsch' },
  send: 'Einladung senden',
  invited: (email) => `Die Einladung ist unterwegs an ${email}.`,
  manage: (name) => `Aktionen für ${name}`,
  resend: 'Einladung erneut senden',
  resent: 'Die Einladung wurde erneut gesendet.',
  withdraw: 'Einladung zurückziehen',
  withdrawText: (name) => `Der Link, den ${name} erhalten hat, gilt dann nicht mehr.`,
  changeRole: 'Rolle ändern',
  changeRoleText: (name) => `${name} darf sofort, was die neue Rolle erlaubt, und nichts anderes.`,
  changed: 'Die Rolle ist geändert.',
  disable: 'Zugang sperren',
  disableText: (name, organization) => `${name} kann nicht mehr für ${organization} handeln. Was getan wurde, bleibt; der Zugang lässt sich wieder freigeben.`,
  enable: 'Zugang freigeben',
  enableText: (name, organization) => `${name} kann wieder für ${organization} handeln.`,
  done: 'Erledigt',
  save: 'Ändern',
  none: 'Hier ist niemand',
  noneText: 'Hier stehen die Personen, die für Ihr Unternehmen handeln.',
  address: 'Anschrift', parent: 'Gehört zu', subsidiaries: 'Tochterunternehmen', contacts: 'Ihre Ansprechpartner', noContacts: 'Niemand Bestimmtes. Auch der Kontakt am Ende der Seite hilft Ihnen weiter.',
  figures: 'Bestellungen je Monat',
  orders: (n) => plural(n, 'Bestellung', 'Bestellungen'),
  openOrders: 'Offene Bestellungen', late: (n) => plural(n, 'davon verspätet', 'davon verspätet'), value: 'In 12 Monaten bestellt', beforeSum: (sum) => `${sum} in den 12 Monaten davor`, before: (p) => `${p} gegenüber den 12 Monaten davor`,
  onTime: 'Pünktlich zugestellt', ofPromised: (n) => `von ${plural(n, 'Lieferung', 'Lieferungen')} mit zugesagtem Tag`,
  openValue: (v) => `${v} noch zu liefern`,
};
export default organization;
