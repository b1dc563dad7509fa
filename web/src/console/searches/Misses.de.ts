import { plural, type Same } from '../../lib/words.ts';
import type en from './Misses.en.ts';

const misses: Same<typeof en> = {
  title: 'Suchen ohne Treffer', sub: 'Wonach gesucht und nichts gefunden wurde. Geben Sie den Suchenden etwas zu finden.',
  term: 'Gesucht wurde', count: 'Wie oft', people: 'Warten', why: 'Gab es etwas', last: 'Zuletzt', state: 'Stand', answer: 'Antwort', search: 'Enthält', all: 'alle',
  waiting: (n) => (n === 1 ? 'Eine Person wartet' : `${n} Personen warten`), nobody: 'niemand',
  hidden: 'Ja, vor ihnen verborgen', nothing: 'Nein', hiddenUnknown: 'Noch nicht geprüft',
  hiddenText: 'Ja: Es gibt etwas dazu, das die Suchenden nicht sehen dürfen, etwa einen Entwurf oder ein Produkt für ausgewählte Kunden.', nothingText: 'Nein: Nichts im Katalog enthält diese Wörter.', hiddenUnknownText: 'Das wird alle zehn Minuten geprüft.',
  states: { OPEN: 'Offen', PLANNED: 'Geplant', ANSWERED: 'Beantwortet', DISMISSED: 'Verworfen', MERGED: 'Zusammengeführt' },
  answers: { PRODUCT: 'Produkte', SYNONYM: 'Ein anderes Wort', TEXT: 'Ein Text' },
  asSynonym: (word) => `als „${word}“`, mergedInto: (term) => `mit „${term}“`, isMerged: (term) => `Dies zählt als „${term}“ und findet, was jenes findet.`,
  views: { open: 'Offene', planned: 'Geplante', answered: 'Beantwortete', all: 'Alle' },
  none: 'Alles wurde gefunden', noneText: 'Suchen ohne Treffer erscheinen hier nach einem Augenblick, gezählt und ohne Namen.', noMatch: 'Keine Suche passt', noMatchText: 'Versuchen Sie einen anderen Stand oder einen Teil des Wortes.',
  merge: 'Zusammenführen', mergeTitle: 'Diese Suchen zusammenführen', mergeText: 'Sie werden eine, mit den Zahlen und Wartenden aller. Das lässt sich nicht zurücknehmen.', mergeInto: 'Alle zählen als',
  merged: (n, term) => `${plural(n, 'Suche zählt', 'Suchen zählen')} jetzt als „${term}“`,
  dismiss: 'Verwerfen', dismissTitle: (n) => `${plural(n, 'Suche', 'Suchen')} verwerfen?`, dismissText: 'Es geschieht nichts, und niemand erfährt davon. Jede lässt sich später noch beantworten.', dismissed: (n) => `${plural(n, 'Suche ist', 'Suchen sind')} verworfen`,
  plan: 'Vormerken', planned: 'Als geplant vorgemerkt',
  detail: (term) => `„${term}“`, times: (n) => plural(n, 'Mal', 'Mal'), gone: 'Nicht mehr da', goneText: 'Seltene Suchen werden nach einer Weile vergessen.',
  filters: 'Filter dabei', consent: 'Genannt werden nur die, die um Nachricht gebeten haben.', somebody: 'Jemand, den Sie nicht sehen', since: (day) => `seit ${day}`,
  told: 'Was Suchende erfahren', toldSynonym: (synonym, term) => `Ergebnisse für „${synonym}“ statt „${term}“.`, toldNothing: 'Noch nichts.', notOffered: 'wird Kunden nicht angeboten',
  doAnswer: 'Antworten mit', other: 'Antwort ändern', hows: { products: 'Produkten', synonym: 'Anderem Wort', text: 'Nur einem Text' },
  products: 'Gemeinte Produkte', productsHint: 'Sie stehen bei dieser Suche zuerst, für alle, die sie sehen dürfen.', chooseProduct: 'Wählen Sie ein Produkt.',
  synonym: 'Stattdessen suchen nach', synonymHint: 'Ein Wort, das etwas findet.', writeSynonym: 'Nennen Sie ein Wort.',
  english: 'Text auf Englisch', german: 'Text auf Deutsch', optional: 'freiwillig', writeText: 'Der Text wird in beiden Sprachen gebraucht.',
  preview: 'Das werden Suchende sehen', saveAnswer: 'Antwort speichern', sendAnswer: (n) => `Speichern und ${plural(n, 'Person', 'Personen')} benachrichtigen`,
  answered: (term, n) => (n ? `„${term}“ ist beantwortet, ${plural(n, 'Person erfährt', 'Personen erfahren')} davon` : `„${term}“ ist beantwortet`),
};
export default misses;
