import { plural, type Same } from '../../lib/words.ts';
import type en from './OrderDesk.en.ts';

const desk: Same<typeof en> = {
  title: 'Bestellungen',
  find: 'Nummer, Zeichen, Paket',
  search: 'Nummer, Zeichen des Kunden, Sendungsnummer oder Artikel',
  all: 'Alle', toConfirm: 'Zu bestätigen', toShip: 'Zu versenden', late: 'Verspätet', problems: 'Probleme', underway: 'Unterwegs',
  status: 'Status', anyStatus: 'Jeder Status', open: 'Offen', waits: 'Zu bestätigen',
  delivery: 'Lieferung', anyDelivery: 'Jede Lieferung', deliveryUnderway: 'Unterwegs',
  payment: 'Zahlung', anyPayment: 'Jede Zahlung',
  show: 'Anzeigen', showAll: 'Pünktlich oder nicht', showLate: 'Verspätet', showDelayed: 'Verzögert', showToShip: 'Noch zu versenden', showProblems: 'Zustellproblem',
  customer: 'Kunde',
  more: 'Weitere Filter', fewer: 'Weniger Filter',
  placedFrom: 'Bestellt ab', placedTo: 'Bestellt bis', promisedFrom: 'Zugesagt ab', promisedTo: 'Zugesagt bis',
  clear: 'Filter entfernen',
  order: 'Bestellung', reference: 'Zeichen des Kunden', theirs: (po) => `Zeichen ${po}`,
  placed: 'Bestellt', promised: 'Zugesagt', expected: (day) => `erwartet ${day}`, delivered: (day) => `geliefert ${day}`, deliveredOn: 'Geliefert', expectedOn: 'Erwartet', noDay: 'Noch offen',
  value: 'Wert', currency: 'Währung', source: 'Quelle', externalId: 'Schlüssel in der Quelle', by: 'Bestellt von', reason: 'Grund der Verzögerung',
  actions: 'Ausgewählte Bestellungen',
  chosen: (n) => `${plural(n, 'Bestellung', 'Bestellungen')} ausgewählt`,
  clearChosen: 'Auswahl aufheben',
  fresh: (n) => `${plural(n, 'neue Bestellung', 'neue Bestellungen')}`,
  changed: (n) => `${plural(n, 'andere Bestellung hat', 'andere Bestellungen haben')} sich geändert`,
  reveal: 'Anzeigen',
  none: 'Noch keine Bestellungen', noneText: 'Bestellungen erscheinen hier, sobald Kunden sie aufgeben oder ein anderes System sie schickt.',
  noMatch: 'Keine Bestellung passt dazu', noMatchText: 'Versuchen Sie es mit weniger Filtern oder mit dem Anfang einer anderen Nummer.',
  nothingToDo: 'Hier wartet nichts', nothingToDoText: 'Alles davon ist erledigt.',
};
export default desk;
