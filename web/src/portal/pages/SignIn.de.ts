import type { Same } from '../../lib/words.ts';
import type en from './SignIn.en.ts';

const signIn: Same<typeof en> = {
  title: 'Willkommen zurück',
  text: 'Melden Sie sich an, um Ihre Bestellungen und Lieferungen zu verfolgen und zu sehen, was Ihr Unternehmen bei uns hat.',
  forgotten: 'Passwort vergessen?',
  or: 'oder',
  track: 'Eine Bestellung ohne Konto verfolgen',
  demo: 'Das Vorführunternehmen ausprobieren',
  demoText: 'Alles hier ist erfunden. Wählen Sie, wer Sie sein möchten:',
};
export default signIn;
