import type { Same } from '../../lib/words.ts';
import type en from './Door.en.ts';

const door: Same<typeof en> = {
  title: 'Konsole für das Team',
  text: 'Melden Sie sich mit Ihrem Konto an, um an Bestellungen, Kunden und Lieferungen zu arbeiten.',
  forgotten: 'Passwort vergessen?',
  or: 'oder',
  portal: 'Zum Kundenportal',
  demo: 'Das Vorführunternehmen ausprobieren',
  demoText: 'Alles hier ist erfunden. Wählen Sie, wessen Schreibtisch Sie sehen möchten:',
  claim: 'Was wartet, was zu spät ist und wer helfen kann: auf einen Blick.',
  cards: ['Zu bestätigen', 'Zu versenden', 'Verspätet', 'Unbekannte Pakete'].join('|'),
  staffOnly: 'Hier arbeitet unser Team',
  staffOnlyText: (name, organization) => `Sie sind als ${name} für ${organization} angemeldet. Ihre Bestellungen und alles, was Ihr Unternehmen bei uns hat, finden Sie im Kundenportal.`,
  staffOnlyGuest: 'Sie haben eine Bestellung mit einem Code geöffnet. Sie finden sie im Kundenportal.',
  actAs: (role) => `Weiter als ${role}`,
  alsoStaff: 'Sie gehören auch zum Team.',
  another: 'Mit einem anderen Konto anmelden',
};
export default door;
