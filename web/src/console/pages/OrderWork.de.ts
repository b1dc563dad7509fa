import { plural, type Same } from '../../lib/words.ts';
import type en from './OrderWork.en.ts';

const work: Same<typeof en> = {
  orders: 'Bestellungen',
  about: (number) => `Bestellung ${number}`,
  theirs: (po) => `Zeichen ${po}`,
  placed: (day, by) => (by ? `bestellt am ${day} von ${by}` : `bestellt am ${day}`),
  more: 'Weitere Aktionen', print: 'Drucken', why: 'Warum kann das jemand sehen?', openPortal: 'Wie der Kunde sie sieht',
  progress: 'Fortschritt', promised: 'Zugesagt', noPromise: 'Kein Tag ist zugesagt', wanted: (day) => `gewünscht für ${day}`, expected: (day) => `nach den Versanddienstleistern ${day}`,
  heard: (text) => `Neu: ${text}`,
  facts: 'Zu dieser Bestellung', customer: 'Kunde', placedBy: 'Bestellt von', contact: 'Kontaktadresse', reference: 'Zeichen des Kunden', payment: 'Zahlung', returns: 'Rücksendungen', source: 'Quelle', externalId: 'Schlüssel in der Quelle', recorded: 'Erfasst', changed: 'Letzte Änderung', cancelReason: 'Storniert, weil',
  summary: 'Summe', items: 'Positionen', discount: 'Rabatt', shipping: 'Versand', tax: 'USt.', total: 'Gesamt',
  shipTo: 'Lieferadresse', billTo: 'Rechnungsadresse', sameBill: 'Die Rechnung geht an dieselbe Adresse.',
  addNote: 'Notiz hinzufügen', addShipment: 'Sendung anlegen', addReport: 'Meldung hinzufügen', addReportTo: (shipment) => `Meldung hinzufügen zu ${shipment}`,
  notFound: 'Diese Bestellung gibt es nicht', notFoundText: (number) => `Eine Bestellung ${number} gibt es nicht, oder Sie dürfen sie nicht sehen.`, toOrders: 'Zu den Bestellungen',
  shipTitle: (number) => `Sendung anlegen: ${number}`,
  carrier: 'Versanddienstleister', chooseCarrier: 'Bitte wählen', needCarrier: 'Wählen Sie den Versanddienstleister.',
  tracking: 'Sendungsnummer', trackingHint: 'Sie lässt sich nicht nachtragen; lassen Sie das Feld leer, wenn es keine gibt.',
  estimate: 'Voraussichtliche Zustellung', contents: 'Inhalt', left: (n) => `${n} noch zu versenden`, quantity: (name) => `Menge von ${name}`,
  needSome: 'Legen Sie etwas in die Sendung.', needWhole: 'Ganze Zahlen von 0 bis zu dem, was noch fehlt.',
  doShip: (n) => `${plural(n, 'Stück', 'Stück')} versenden`, shipped: (number) => `Die Sendung zu ${number} ist angelegt`,
  reportTitle: (shipment) => `Meldung zu ${shipment}`,
  status: 'Was gemeldet wird', at: 'Wann', needAt: 'Geben Sie an, wann es geschah.', place: 'Wo', message: 'Text', messageHint: 'Der Kunde liest ihn.',
  doReport: 'Meldung speichern', reported: 'Die Meldung ist gespeichert',
};
export default work;
