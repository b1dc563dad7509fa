import { plural, type Same } from '../../lib/words.ts';
import type en from './Buying.en.ts';

const buying: Same<typeof en> = {
  crumb: 'Kunden', buying: 'Preise und Einkauf',
  terms: 'Konditionen', edit: 'Ändern', termsTitle: 'Wie der Kunde kauft', currency: 'Währung', currencyHint: 'Drei Buchstaben wie EUR. Leer gelassen kauft er in der Währung des Artikels.', anyCurrency: 'Die des Artikels', vatId: 'USt-IdNr.', vatHint: 'Mit dem Code des Landes. Geprüft wird nur die Form.', noVat: 'Keine', save: 'Speichern', termsSaved: 'Die Konditionen sind geändert',
  segments: 'Kundengruppen', noSegments: 'In keiner', segmentsTitle: 'In welchen Kundengruppen ist er?', changeSegments: 'Kundengruppen ändern', segmentsText: 'Nach Kundengruppen richten sich Preislisten, Produkte und Rabatte.', segmentsSaved: 'Die Kundengruppen sind geändert', noSegmentsYet: 'Es gibt noch keine Kundengruppen.',
  addresses: 'Lieferadressen', addAddress: 'Hinzufügen', usual: 'Übliche', noAddresses: 'Keine eigene: Geliefert wird an die eingetragene Anschrift.', addressTitle: 'Lieferadresse', newAddress: 'Neue Lieferadresse', editAddress: (name) => `Adresse ${name} ändern`, makeUsual: 'Zur üblichen machen', remove: 'Entfernen', addressMenu: (name) => `Adresse ${name}`, addressSaved: 'Die Adressen sind geändert', addressRemoved: 'Die Adresse ist entfernt', removeTitle: 'Diese Adresse entfernen?',
  lists: 'Preislisten', ownLists: 'Des Kunden selbst', ofSegment: (name) => `Durch die Kundengruppe ${name}`, noLists: 'Keine eigene: Es gelten Listen für alle und Standardpreise.', priority: (n) => `Priorität ${n}`,
  quote: 'Was zahlt er?',
  standIns: 'Wer vertritt', standIn: (who, forWhom, until) => `${who} beantwortet bis ${until} die Freigaben für ${forWhom}`, somebody: 'Jemand',
  waiting: 'Wartet auf Freigabe', noWaiting: 'Keine Bestellung wartet auf Freigabe.', allApprovals: 'Alle Freigaben', until: (day) => `bis ${day}`, by: (name) => `gefragt von ${name}`,
  carts: 'Warenkörbe', noCarts: 'Kein Warenkorb ist offen.', usualCart: 'Üblicher Warenkorb', cartOf: (name) => `von ${name}`, items: (n) => plural(n, 'Artikel', 'Artikel'), orderFor: 'Bestellen für', orderForTitle: 'Für wen bestellen Sie?', orderForText: 'Warenkorb und Bestellung gehören der Person, mit ihren Preisen. Sie brauchen keine Freigabe.', person: 'Person', choose: 'Bitte wählen', cartName: 'Name des Warenkorbs', cartNameHint: 'Damit es nicht der übliche der Person ist.', phone: 'Am Telefon', makeCart: 'Warenkorb anlegen', noPeople: 'Für diesen Kunden kann noch niemand handeln. Laden Sie zuerst jemanden ein.',
};
export default buying;
