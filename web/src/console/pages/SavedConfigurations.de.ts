import { plural, type Same } from '../../lib/words.ts';
import type en from './SavedConfigurations.en.ts';

const configurations: Same<typeof en> = {
  title: 'Konfigurationen', sub: 'Was Kunden konfiguriert und gespeichert haben.', name: 'Name', customer: 'Kunde', product: 'Produkt', state: 'Stand', turn: 'Am Zug', price: 'Preis für eine', quantity: 'Menge', changed: 'Geändert', all: 'alle', search: 'Name', whose: 'Von',
  states: { OPEN: 'Noch zu wählen', COMPLETE: 'Vollständig', NEEDS_CUSTOMER: 'Braucht den Kunden', ORDERED: 'Bestellt' }, turns: { CUSTOMER: 'Kunde', SALES: 'Vertrieb' },
  none: 'Noch keine Konfiguration', noneText: 'Was Kunden konfigurieren und speichern, erscheint hier.', noMatch: 'Keine Konfiguration passt dazu', noMatchText: 'Versuchen Sie einen anderen Stand, Kunden oder Teil des Namens.',
  pieces: (n) => `${n} Stück`, version: (n) => `Version ${n} des Modells`, change: 'Ändern', handOver: 'Übergeben', toCustomer: 'Dem Kunden übergeben', toSales: 'Dem Vertrieb übergeben', toCustomerText: 'Der Kunde macht damit weiter und erfährt es.', toSalesText: 'Wer den Kunden betreut, macht damit weiter und erfährt es.', message: 'Nachricht', handedOver: 'Übergeben',
  chosen: 'Was gewählt wurde', nothing: 'Noch ist nichts gewählt.', byDefault: 'als Vorgabe', follows: 'folgt daraus', prices: 'Preis für eine', noPrice: 'Etwas hat keinen Preis in der Währung des Kunden.', unit: 'Preis für eine', total: 'Preis für alle', cost: 'Kosten', margin: 'Spanne', last: 'Bei der letzten Prüfung',
  time: 'Lieferzeit', days: (n) => plural(n, 'Tag', 'Tage'), ready: (on) => `fertig am ${on}, wenn heute bestellt`, parts: 'Stückliste', partsNone: 'Dafür wird nichts gebraucht.', part: 'Teil', each: 'Kosten für eins', about: 'Angaben',
  conflict: 'Die Wahlen passen nicht zusammen', internal: 'Intern: Kunden sehen diese Regel nicht', changeOf: (from, to) => `Version ${to} trat an die Stelle von Version ${from}`, outcomes: { VALID: 'Sie ist wie zuvor.', REPRICED: 'Sie ist wie zuvor, zu einem anderen Preis.', REPAIRED: 'Etwas wurde dafür geändert.', NEEDS_CUSTOMER: 'Der Kunde muss neu wählen.' }, dropped: 'Aufgegeben:', taken: 'Stattdessen:', priceChange: (a, b) => `Preis für eine: ${a}, jetzt ${b}`,
  toCart: 'In den Warenkorb', inCart: 'Sie liegt im Warenkorb des Kunden', made: 'Angelegt', live: 'Live', of: (name) => `von ${name}`, missing: 'Es ist noch etwas zu wählen.', configured: 'Wie konfiguriert', moreOf: 'Alle Konfigurationen', orderedAs: (n) => `Version ${n} des Modells`, forMaking: 'Für die Fertigung', loading: 'Konfigurierte Positionen',
  decided: 'Der Kunde hat neu gewählt.', whichCart: 'Warenkorb', usualCart: 'Üblicher Warenkorb', newCart: 'Ein neuer Warenkorb', cartOf: 'Für wen', cartOfHint: 'Die Person findet ihn unter ihren Warenkörben und kann ihn bestellen.', choosePerson: 'Bitte wählen', cartName: 'Name des Warenkorbs',
};
export default configurations;
