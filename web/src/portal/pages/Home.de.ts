import { plural, type Same } from '../../lib/words.ts';
import type en from './Home.en.ts';

const home: Same<typeof en> = {
  morning: (name) => `Guten Morgen, ${name}`, afternoon: (name) => `Guten Tag, ${name}`, evening: (name) => `Guten Abend, ${name}`,
  decide: 'Wartet auf Ihre Freigabe', decideText: (n) => plural(n, 'Bestellung wartet auf Ihr Wort', 'Bestellungen warten auf Ihr Wort'), cart: 'Ihr Warenkorb', toCart: 'Zum Warenkorb', cartItems: (n) => plural(n, 'Position', 'Positionen'), again: (number) => `Erneut bestellen: ${number}`,
  late: 'Verspätet', lateText: (n) => plural(n, 'Bestellung kommt später als zugesagt', 'Bestellungen kommen später als zugesagt'),
  delayed: 'Wird sich verspäten', delayedText: (n) => plural(n, 'Bestellung wird später ankommen als zugesagt', 'Bestellungen werden später ankommen als zugesagt'),
  problems: 'Probleme bei der Zustellung', problemsText: (n) => plural(n, 'Bestellung mit einem Problem beim Versanddienstleister', 'Bestellungen mit einem Problem beim Versanddienstleister'),
  approval: 'Wartet auf Freigabe', approvalText: (n) => plural(n, 'Bestellung wartet auf Freigabe', 'Bestellungen warten auf Freigabe'),
  underway: 'Unterwegs', underwayText: (n) => plural(n, 'Bestellung ist unterwegs', 'Bestellungen sind unterwegs'),
  calm: 'Nichts braucht Ihre Aufmerksamkeit', calmText: 'Keine Bestellung ist verspätet, und keine Zustellung hat ein Problem.',
  attention: 'Braucht Ihre Aufmerksamkeit', all: 'Alle zeigen', allOf: (what) => `Alle zeigen: ${what}`,
  next: 'Nächste Lieferungen', nextNone: 'Nichts ist unterwegs', nextNoneText: 'Sobald etwas an Sie versandt wird, steht es hier mit dem Tag, an dem es ankommt.',
  recent: 'Kürzlich zugestellt', recentNone: 'Noch ist nichts zugestellt.',
  news: 'Neueste Nachrichten', newsNone: 'Noch gibt es keine Nachricht für Sie.', unread: 'ungelesen',
  more: (first, n) => `${first} und ${n} weitere`,
  today: 'Heute', tomorrow: 'Morgen', noDay: 'Tag folgt', wasDue: (day) => `War fällig ${day}`,
  delivered: (day) => `Zugestellt ${day}`, waits: (name) => `Bestellt von ${name}`,
  people: 'Personen', peopleText: 'Sehen Sie, wer in Ihrem Unternehmen Zugang hat und wer was darf.', peopleLink: 'Zu den Personen',
  contact: 'Ihr Kontakt', orders: 'Alle Bestellungen',
  console: 'Sie arbeiten hier', consoleText: 'Dies ist, was Kunden sehen. Ihre eigene Arbeit finden Sie in der Mitarbeiterkonsole.', consoleLink: 'Zur Mitarbeiterkonsole',
};
export default home;
