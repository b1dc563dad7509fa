import { plural, type Same } from '../../lib/words.ts';
import type en from './Order.en.ts';

const order: Same<typeof en> = {
  orders: 'Bestellungen',
  more: (first, n) => `${first} und ${n} weitere`,
  reference: (po) => `Ihr Zeichen ${po}`,
  placed: (day, by) => (by ? `bestellt am ${day} von ${by}` : `bestellt am ${day}`),
  print: 'Drucken', help: 'Hilfe', about: (number) => `Bestellung ${number}`,
  actions: 'Weitere Aktionen', cancel: 'Bestellung stornieren',
  cancelTitle: (number) => `Bestellung ${number} stornieren?`,
  cancelText: (items) => `${items} werden dann nicht geliefert. Eine stornierte Bestellung lässt sich nicht wieder öffnen.`,
  cancelReason: 'Warum?', cancelHint: 'Wir lesen das. Es steht im Verlauf der Bestellung.', cancelDo: 'Diese Bestellung stornieren', cancelKeep: 'Behalten',
  cancelled: (number) => `Die Bestellung ${number} ist storniert.`,
  pieces: (n) => plural(n, 'Artikel', 'Artikel'),
  summary: 'Zusammenfassung', items: 'Artikel', discount: 'Rabatt', shipping: 'Versand', free: 'Kostenlos', tax: 'MwSt.', total: 'Summe',
  shipTo: 'Lieferadresse', billTo: 'Rechnungsadresse', sameBill: 'Die Rechnung geht an dieselbe Adresse.',
  contact: 'Ihr Kontakt',
  note: 'Schreiben Sie uns eine Notiz', noteHint: 'Alle, die diese Bestellung sehen, können sie lesen.', noteSend: 'Notiz senden', noteEmpty: 'Schreiben Sie erst etwas.', noteTooLong: 'Eine Notiz hat bis zu 4.000 Zeichen.',
  heard: (text) => `Neu: ${text}`,
  notFound: 'Diese Bestellung gibt es nicht', notFoundText: (number) => `Eine Bestellung ${number} gibt es nicht, oder Sie dürfen sie nicht sehen.`, toOrders: 'Zu Ihren Bestellungen',
  sheet: 'Bestellung', sheetDate: 'Bestellt', sheetReference: 'Ihr Zeichen', sheetQuantity: 'Bestellt', sheetShipped: 'Versandt', sheetItem: 'Artikel', sheetNumber: 'Artikelnummer', sheetShipments: 'Sendungen', sheetPrinted: (time) => `Gedruckt ${time}`, sheetStatus: 'Stand',
};
export default order;
