import type { Same } from '../../lib/words.ts';
import type en from './Orders.en.ts';

const orders: Same<typeof en> = {
  title: 'Bestellungen',
  search: 'Nummer, Ihr Zeichen, Sendungsnummer oder Artikel',
  status: 'Status',
  delivery: 'Lieferung',
  show: 'Anzeigen',
  any: 'alle',
  clear: 'Alle Bestellungen zeigen',
  showAll: 'Alle Bestellungen',
  late: 'Verspätete Bestellungen',
  delayed: 'Verzögerte Bestellungen',
  expected: 'Bestellungen, die sich verspäten werden',
  problems: 'Mit Problem bei der Zustellung',
  underway: 'Unterwegs',
  placed: 'Bestellt',
  arrives: 'Kommt an',
  delivered: 'Zugestellt',
  total: 'Summe',
  order: 'Bestellung',
  reference: 'Ihr Zeichen',
  orderedBy: 'Bestellt von',
  yours: (po) => `Ihr Zeichen ${po}`,
  none: 'Noch keine Bestellungen',
  noneText: 'Bestellungen von Ihnen oder Ihren Kollegen erscheinen hier, mit allem, was mit ihnen geschieht.',
  noMatch: 'Keine Bestellung passt',
  noMatchText: 'Versuchen Sie es mit weniger Filtern oder dem Anfang einer anderen Nummer.',
  open: 'Offen',
  over: 'Erledigt',
};
export default orders;
