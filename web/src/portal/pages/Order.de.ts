import { plural, type Same } from '../../lib/words.ts';
import type en from './Order.en.ts';

const order: Same<typeof en> = {
  reorder: 'Erneut bestellen', reordered: (n) => (n === 1 ? '1 Position ist im Warenkorb.' : `${n} Positionen sind im Warenkorb.`), reorderTitle: 'Erneut bestellt, mit Lücken', reorderNone: 'Nichts davon kann mehr bestellt werden', skippedText: 'Das konnte nicht in den Warenkorb:', changedText: 'Das liegt im Warenkorb, nach den Preisen und Möglichkeiten von heute:', toConfiguration: 'Zur Konfiguration', toCart: 'Zum Warenkorb', stay: 'Hier bleiben',
  change: 'Bestellung ändern', changeTitle: (number) => `Bestellung ${number} ändern`, changeText: 'Was noch nicht versandt ist, lässt sich noch ändern.', changeItems: 'Positionen stornieren', stillWanted: (n) => `${n} noch nicht versandt`, cancelQuantity: (item) => `Wie viele stornieren von ${item}`, changeAddress: 'Anderswohin liefern', requestedDate: 'Wunschtermin', po: 'Ihre Bestellnummer', remark: 'Bemerkung', preview: 'Ansehen, was sich änderte', previewTitle: 'Was sich änderte', noChange: 'Es änderte sich nichts.', backToChange: 'Zurück', changeDo: 'So ändern', changeCancels: 'Keine Position bleibt übrig: Die Bestellung würde storniert.', changed: (number) => `Bestellung ${number} ist geändert.`, nowText: 'Jetzt', thenText: 'Dann', less: (amount) => `${amount} weniger zu zahlen`, lineFrom: (from, to) => `${from} → ${to}`,
  meanwhile: 'Seit Sie das geöffnet haben, hat sich der Auftrag geändert:',
  changedFields: { SHIP_TO: 'Andere Lieferanschrift', REQUESTED_DATE: 'Anderer Wunschtermin', PURCHASE_ORDER_NUMBER: 'Andere eigene Bestellnummer', REMARK: 'Andere Bemerkung' },
  files: 'Dateien', noFiles: 'Zeichnungen, Zertifikate, Lieferscheine: Dateien zu dieser Bestellung stehen hier.', addFile: 'Datei hinzufügen', fileAdded: (name) => `${name} ist hinzugefügt.`, download: (name) => `${name} herunterladen`, deleteFile: (name) => `${name} löschen`, deleteFileTitle: 'Diese Datei löschen?', deleteFileDo: 'Löschen', deleted: (name) => `${name} ist gelöscht.`,
  why: 'Wie die Preise zustande kamen', whyNone: 'Diese Preise hat ein anderes System berechnet.', shippingBy: (name) => `Versand, ${name}`, remarkTitle: 'Was Sie zur Bestellung sagten', each: 'je Stück',
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
