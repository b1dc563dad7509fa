import { plural, type Same } from '../lib/words.ts';
import type en from './orderParts.en.ts';

const orderParts: Same<typeof en> = {
  steps: {
    label: 'Wie weit die Bestellung ist', placed: 'Bestellt', approval: 'Wartet auf Freigabe', draft: 'Entwurf', confirmed: 'Bestätigt', checking: 'Wird bestätigt', shipped: 'Unterwegs',
    out: 'In Zustellung', delivered: 'Zugestellt', cancelled: 'Storniert', done: 'erledigt', now: 'jetzt', todo: 'steht noch aus', problem: 'Problem',
    by: (name) => `Von ${name}`, promised: (day) => `Zugesagt für ${day}`, expected: (day) => `Erwartet ${day}`,
    packing: 'Wird gepackt', partly: (n, of) => `${n} von ${of} Sendungen`, pieces: (n, of) => `${n} von ${of} Stück versandt`,
    problemText: 'Siehe letzte Meldung', back: 'Auf dem Weg zurück zu uns',
  },
  arrival: {
    arrives: 'Kommt an', cancelled: 'Storniert', delivered: 'Zugestellt', promised: 'War zugesagt für', open: 'Der Tag folgt mit der Bestätigung', openLabel: 'Kommt an', wanted: (day) => `Ihr Wunschtermin ist der ${day}`,
    today: (day) => `Heute, ${day}`, tomorrow: (day) => `Morgen, ${day}`, instead: (day) => `Zugesagt war ${day}`, rest: 'Der Rest kommt an', noDay: 'Ein Tag steht noch nicht fest',
    scan: (time, place) => `letzte Meldung ${time}${place && `, ${place}`}`, updated: (time) => `letzte Änderung ${time}`,
  },
  shipments: {
    title: 'Sendungen', none: 'Noch ist nichts versandt', noneText: 'Sendungen erscheinen hier, sobald sie gepackt sind, mit allem, was der Versanddienstleister meldet.',
    due: (day) => `Erwartet ${day}`, deliveredOn: (day) => `Zugestellt ${day}`, page: (carrier) => `Bei ${carrier} verfolgen`, number: 'Sendungsnummer', more: (n) => `${plural(n, 'frühere Meldung', 'frühere Meldungen')} zeigen`, fewer: 'Weniger Meldungen zeigen',
    reports: (carrier) => `Was ${carrier} meldet`, waiting: 'Der Versanddienstleister hat noch nichts gemeldet.', contents: 'Inhalt',
  },
  lines: {
    cancelledLine: (n) => `${n} storniert`,
    title: 'Artikel', count: (n) => plural(n, 'Artikel', 'Artikel'), item: 'Artikel', shipped: 'Versandt', price: 'Preis', total: 'Summe', each: (price) => `je ${price}`,
    ofAll: (n, of) => `${n} von ${of}`, discount: (percent) => `${percent} Rabatt`, promised: (day) => `Zugesagt für ${day}`,
  },
  history: {
    title: 'Verlauf', more: (n) => `${plural(n, 'früheren Eintrag', 'frühere Einträge')} zeigen`, fewer: 'Weniger Einträge zeigen', internal: 'Nur für das Team', sending: 'wird gesendet',
    placed: 'Die Bestellung ist eingegangen', confirmed: 'Die Bestellung wurde bestätigt', cancelled: 'Die Bestellung wurde storniert', completed: 'Die Bestellung ist abgeschlossen', reopened: 'Die Bestellung ist wieder offen', approval: 'Die Bestellung wartet auf Freigabe', released: 'Die Bestellung wurde freigegeben und aufgegeben', checking: 'Die Bestellung wird geprüft',
    status: (from, to) => `Von „${from}“ zu „${to}“`, promised: (day) => `Lieferung zugesagt für ${day}`, promiseChanged: (from, to) => `Lieferung von ${from} auf ${to} verschoben`, promiseGone: 'Der zugesagte Tag wurde zurückgenommen',
    forLine: (item) => `für ${item}`, note: 'Notiz', shipment: (carrier) => `An ${carrier} übergeben`, delayed: 'Es zeigt sich, dass die Bestellung später kommt', expected: (day) => `jetzt erwartet ${day}`,
    carrier: 'Der Versanddienstleister', system: 'Das Portal', staff: 'Unser Team', customer: 'Der Kunde', integration: 'Ein anderes System',
    changed: (what) => `Geändert: ${what}`, reduced: 'Etwas wurde aus der Bestellung genommen', cancelledOf: (n, item) => `${n} × ${item} storniert`, fileAdded: 'Eine Datei wurde hinzugefügt', fileRemoved: 'Eine Datei wurde entfernt', asked: 'Freigabe wurde erbeten',
    changedFields: { SHIP_TO: 'die Lieferanschrift', REQUESTED_DATE: 'der Wunschtermin', PURCHASE_ORDER_NUMBER: 'Ihre Bestellnummer', REMARK: 'die Bemerkung' },
    answers: { APPROVED: 'Die Bestellung wurde freigegeben', DECLINED: 'Die Bestellung wurde abgelehnt', EXPIRED: 'Niemand hat rechtzeitig geantwortet', WITHDRAWN: 'Die Frage wurde zurückgezogen' },
  },
};
export default orderParts;
