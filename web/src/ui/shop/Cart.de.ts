import { plural, type Same } from '../../lib/words.ts';
import type en from './Cart.en.ts';

const cart: Same<typeof en> = {
  title: 'Warenkorb', named: (name) => `Warenkorb „${name}“`, usual: 'Ihr Warenkorb', carts: 'Ihre Warenkörbe', newCart: 'Neuer Warenkorb', newCartText: 'Ein weiterer Warenkorb mit eigenem Namen, für ein Projekt oder für später.', name: 'Name', create: 'Warenkorb anlegen', created: (name) => `Es gibt jetzt einen Warenkorb „${name}“.`,
  discard: 'Warenkorb verwerfen', discardTitle: 'Diesen Warenkorb verwerfen?', discardText: (n) => `${n} werden herausgenommen. Das lässt sich nicht rückgängig machen.`, discarded: 'Der Warenkorb ist verworfen.', actions: 'Weitere Aktionen', rename: 'Namen ändern',
  empty: 'Ihr Warenkorb ist leer', emptyText: 'Was Sie hineinlegen, bleibt hier, auf jedem Gerät, bis Sie es bestellen.', browse: 'Produkte suchen', quick: 'Schnellbestellung',
  items: 'Positionen', count: (n) => plural(n, 'Position', 'Positionen'), each: (price) => `je ${price}`, remove: (what) => `${what} herausnehmen`, removed: (what) => `${what} ist herausgenommen.`,
  note: 'Bemerkung', addNote: 'Bemerkung hinzufügen', noteOf: (what) => `Bemerkung zu ${what}`, saveNote: 'Speichern', unknown: 'Nicht mehr im Angebot',
  supply: { now: 'Versand heute möglich', some: (n) => `${n} davon können heute versandt werden`, later: (day) => `Versand am ${day} möglich`, unsure: 'Der Tag wird nach der Bestellung bestätigt' },
  was: (price) => `bisher ${price}`, off: (percent) => `${percent} Rabatt`,
  fix: { take: (n) => `${n} nehmen`, remove: 'Herausnehmen', accept: 'Neue Preise annehmen', set: (n) => `Auf ${n} ändern`, alternatives: 'Alternativen ansehen', address: 'Anschrift angeben' },
  accepted: 'Die neuen Preise sind übernommen.', blocked: 'Bevor Sie bestellen können', look: 'Bitte ansehen', changed: (n) => (n === 1 ? 'Ein Preis hat sich geändert' : `${n} Preise haben sich geändert`), priceMoved: (from, to) => `${from} → ${to}`,
  vat: 'MwSt.', shortNone: 'Es ist zurzeit nicht auf Lager und kann nicht zugesagt werden.', shortSome: (n) => `Davon sind zurzeit nur ${n} zu haben.`,
  summary: 'Zusammenfassung', discount: 'Rabatt', shipping: 'Versand', shippingBy: (name) => `Versand, ${name}`, free: 'Kostenlos', tax: (name, percent) => `${name} ${percent}`, total: 'Gesamt', reverse: 'Die Steuer schulden Sie selbst (Reverse-Charge).', noTotal: 'Die Summe folgt, sobald alles einen Preis hat.', net: (amount) => `auf ${amount}`,
  checkout: 'Zur Kasse', approval: (who) => (who ? `Die Bestellung geht zur Freigabe an ${who}.` : 'Die Bestellung geht zur Freigabe.'), approvalLimit: (limit) => `Sie liegt über Ihrem Limit von ${limit}.`, approvalRole: 'Bestellungen Ihrer Rolle gibt immer jemand frei.',
  files: 'Dateien', filesText: 'Zeichnungen, Ihre eigene Bestellung als PDF oder was sonst dazugehört. Sie gehen mit der Bestellung mit.', attach: 'Datei hinzufügen', attached: (name) => `${name} ist hinzugefügt.`, detach: (name) => `${name} entfernen`, detached: (name) => `${name} ist entfernt.`, uploading: 'Wird gesendet',
  quickTitle: 'Schnellbestellung', quickText: 'Je Zeile eine Artikelnummer und eine Menge, getrennt durch Leerzeichen, Tabulator, Komma oder Semikolon. Aus einer Tabelle einfügen oder eine CSV-Datei wählen.', quickList: 'Liste', quickPlaceholder: 'SP-350-A8  1\nNZ-15  10', quickFile: 'Oder eine Datei', check: 'Liste prüfen', back: 'Liste ändern', take: (n) => (n === 1 ? '1 Zeile in den Warenkorb' : `${n} Zeilen in den Warenkorb`), taken: (n) => (n === 1 ? '1 Zeile ist im Warenkorb.' : `${n} Zeilen sind im Warenkorb.`), line: 'Zeile', outcome: 'Was daraus wird', noneFits: 'Keine Zeile kann übernommen werden', fits: (n) => plural(n, 'Zeile passt', 'Zeilen passen'), refusedLines: (n) => plural(n, 'Zeile nicht', 'Zeilen nicht'), good: 'Kommt hinein', bad: 'Bleibt draußen', moreLines: (n) => `und ${n} weitere, die passen`,
  ordered: 'Aus diesem Warenkorb ist eine Bestellung geworden', toOrder: 'Zur Bestellung', gone: 'Diesen Warenkorb gibt es nicht mehr', toCart: 'Zu Ihrem Warenkorb', reorderSkipped: 'Nicht alles konnte übernommen werden',
};
export default cart;
