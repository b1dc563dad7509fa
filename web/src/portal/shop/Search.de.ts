import { plural, type Same } from '../../lib/words.ts';
import type en from './Search.en.ts';

const search: Same<typeof en> = {
  label: 'Produkte suchen', placeholder: 'Name, Artikelnummer oder wofür', clear: 'Suche leeren', suggestions: 'Vorschläge',
  title: 'Produkte', all: 'Alle Produkte', categories: 'Kategorien', filters: 'Filter', showFilters: 'Filtern', type: 'Produktart', clearFilters: 'Alle Filter entfernen', chosen: 'Gewählte Filter', without: (name) => `Ohne ${name}`,
  found: (n) => plural(n, 'Produkt', 'Produkte'), foundFor: (n, q) => `${plural(n, 'Produkt', 'Produkte')} für „${q}“`,
  corrected: (q) => `Ergebnisse für „${q}“`, insteadOf: (q) => `Für „${q}“ wurde nichts gefunden.`,
  answer: 'Von unserem Team', more: (n) => `${n} weitere zeigen`, next: 'Weitere Produkte', first: 'Zurück zur ersten Seite',
  roughly: 'Gezählt unter den besten 2.000.',
  none: (q) => `Für „${q}“ wurde nichts gefunden`, noneFiltered: 'Nichts passt zu allen diesen Filtern', noneText: 'Versuchen Sie ein anderes Wort, weniger Buchstaben oder einen Teil der Artikelnummer.', noneFilteredText: 'Nehmen Sie einen Filter weg, um mehr zu sehen.',
  empty: 'Hier gibt es noch keine Produkte', emptyText: 'Sobald hier etwas angeboten wird, erscheint es.',
  tell: 'Sollen wir Ihnen Bescheid geben, wenn es etwas gibt?', tellText: (q) => `Wir merken uns mit Ihrem Namen, dass Sie nach „${q}“ gesucht haben, damit unser Team etwas für Sie finden kann. Sie erfahren es im Portal und auf den Wegen, die Sie gewählt haben. Sie können das jederzeit zurücknehmen.`,
  tellDo: 'Bescheid geben', followed: 'Wir geben Ihnen Bescheid', followedText: (q) => `Unser Team sieht, dass Sie „${q}“ suchen. Sie erfahren, sobald es eine Antwort gibt.`, unfollow: 'Zurücknehmen', unfollowed: 'Zurückgenommen. Ihr Name ist bei dieser Suche nicht mehr vermerkt.',
  ask: 'Oder fragen Sie uns direkt', notSure: 'Nicht sicher, was Sie brauchen?', notSureText: 'Einige Fragen führen Sie zu dem, was passt.', start: 'Beginnen', yes: 'Ja', no: 'Nein', sku: (sku) => `Artikel ${sku}`,
};
export default search;
