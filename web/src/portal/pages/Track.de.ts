import type { Same } from '../../lib/words.ts';
import type en from './Track.en.ts';

const track: Same<typeof en> = {
  title: 'Eine Bestellung verfolgen',
  text: 'Sie brauchen dafür kein Konto: Wir senden einen Code an die E-Mail-Adresse, die zur Bestellung gehört.',
  number: 'Bestellnummer', numberHint: 'Sie steht in unserer Bestätigung, zum Beispiel FO-1A2B3C4D.', email: 'E-Mail-Adresse', emailHint: 'Von der Person, die bestellt hat, oder vom Kontakt der Bestellung.',
  send: 'Code senden', missing: 'Das wird gebraucht.',
  codeTitle: 'Code eingeben', codeText: (number, email) => `Wenn die Bestellung ${number} und ${email} zusammengehören, ist ein Code an diese Adresse unterwegs.`,
  minutes: (n) => `Er gilt ${n} Minuten und nur einmal.`,
  code: 'Code aus der E-Mail', codeHint: '8 Ziffern', codeMissing: 'Der Code hat 8 Ziffern.', open: 'Bestellung zeigen', again: 'Neuen Code senden', sentAgain: 'Wenn beides zusammengehört, ist ein neuer Code unterwegs. Der vorige gilt nicht mehr.', change: 'Nummer oder Adresse ändern',
  ended: 'Ihr Zugang zu dieser Bestellung ist nach einer Stunde beendet. Fordern Sie einen neuen Code an, um weiterzumachen.',
  signedIn: 'Sie sind angemeldet.', toOrders: 'Hier sind Ihre Bestellungen',
  another: 'Eine andere Bestellung verfolgen', until: (time) => `Offen bis ${time}`, guestTitle: 'Ohne Konto', guest: 'Sie sehen weder Preise noch Personen noch Notizen.',
  signIn: 'Anmelden', account: 'Sie haben ein Konto?', gone: 'Diese Bestellung ist für Sie nicht mehr offen', goneText: 'Fordern Sie einen neuen Code an, um sie wieder zu sehen.', mailbox: 'In der Vorführung liest man Mails im Postfach.',
};
export default track;
