import { plural, type Same } from '../../lib/words.ts';
import type en from './GuideWords.en.ts';

const guides: Same<typeof en> = {
  lang: 'de',
  title: 'Ratgeber', sub: 'Fragen, die unschlüssige Kunden zu dem führen, was sie brauchen.', guide: 'Ratgeber', questions: 'Fragen', changed: 'Geändert', state: 'Stand', search: 'Titel oder Schlüssel', all: 'alle',
  states: { DRAFT: 'Entwurf', PUBLISHED: 'Veröffentlicht', RETIRED: 'Zurückgezogen' }, noCategory: 'In keiner Kategorie', atMost: (n) => (n ? `höchstens ${plural(n, 'Frage', 'Fragen')}` : 'keine Frage'),
  none: 'Noch kein Ratgeber', noneText: 'Schreiben Sie den ersten: wenige Fragen, ihre Antworten und wohin sie führen.', noMatch: 'Kein Ratgeber passt', noMatchText: 'Versuchen Sie einen anderen Stand oder einen Teil des Titels.',
  make: 'Neuer Ratgeber', makeText: 'Er bleibt ein Entwurf, bis Sie ihn veröffentlichen.',
  about: 'Worum es geht', guideTitle: 'Titel', intro: 'Vor der ersten Frage', key: 'Name in Links', keyHint: 'Kleine Buchstaben, Ziffern und Bindestriche; er bleibt.', category: 'Angeboten in', categoryHint: 'Kunden finden ihn dort neben den Produkten.',
  languages: { en: 'Englisch', de: 'Deutsch' }, steps: 'Fragen und Ergebnisse', kinds: { question: 'Frage', result: 'Ergebnis' }, kindsLong: { question: 'Eine Frage mit Antworten', result: 'Ein Ergebnis: was passt' }, kind: 'Dieser Schritt ist',
  first: 'kommt zuerst', notReached: 'nichts führt hierher', nameless: 'Noch nichts geschrieben', addQuestion: 'Frage', addResult: 'Ergebnis', makeFirst: 'Zuerst fragen', removeStep: 'Entfernen', noStart: 'Fügen Sie eine Frage oder ein Ergebnis hinzu.',
  question: 'Frage', help: 'Wie man die Antwort findet', answers: 'Antworten', answer: 'Antwort', answerNo: (n) => `Antwort ${n}`, answerUp: (n) => `Antwort ${n}: nach oben`, answerDown: (n) => `Antwort ${n}: nach unten`, answerRemove: (n) => `Antwort ${n} entfernen`,
  addAnswer: 'Antwort hinzufügen', leadsTo: 'Führt zu', choose: 'Wählen, wohin sie führt', newQuestion: '+ eine neue Frage', newResult: '+ ein neues Ergebnis', goThere: 'Dorthin',
  text: 'Was dazu zu sagen ist', products: 'Passende Produkte', productsHint: 'In dieser Reihenfolge, für alle, die sie sehen dürfen.', toCategory: 'Und ansehen', noOne: 'keine Kategorie', toSearch: 'Und suchen nach', unseen: 'Kunden sehen es nicht',
  problems: {
    title: 'Der Titel wird in beiden Sprachen gebraucht.', language: 'Schreiben Sie es in beiden Sprachen oder in keiner.', key: 'Nennen Sie einen Namen für Links: kleine Buchstaben, Ziffern und einzelne Bindestriche.',
    question: 'Die Frage wird in beiden Sprachen gebraucht.', answer: 'Die Antwort wird in beiden Sprachen gebraucht.', deadEnd: 'Eine Sackgasse: Die Frage hat keine Antworten.', nowhere: 'Die Antwort führt nirgendwohin.',
    nothing: 'Das Ergebnis führt zu nichts: Schreiben Sie einen Text oder wählen Sie Produkte, eine Kategorie oder eine Suche.', circle: 'Diese Antwort führt im Kreis zurück.', unreached: 'Keine Antwort führt hierher.',
  },
  problemCount: (n) => `${n} zu berichtigen`, moreProblems: (n) => `und ${n} weitere`,
  saveDraft: 'Entwurf speichern', saveLive: 'Für Kunden speichern', publish: 'Veröffentlichen', publishAgain: 'Wieder veröffentlichen', retire: 'Zurückziehen', preview: 'Vorschau', openIt: 'Als Kunde öffnen',
  saved: (title) => `„${title}“ ist gespeichert`, published: (title) => `„${title}“ ist veröffentlicht`, retired: (title) => `„${title}“ ist zurückgezogen`,
  retireTitle: (title) => `„${title}“ zurückziehen?`, retireText: 'Kunden wird er nicht mehr angeboten, und Links auf ihn sagen das. Er lässt sich wieder veröffentlichen.', unsaved: 'Noch nicht gespeichert',
  conflict: 'Jemand anderes hat diesen Ratgeber inzwischen geändert. Was Sie geschrieben haben, steht noch hier.', takeTheirs: 'Deren Fassung nehmen, meine verwerfen', keepMine: 'Meine behalten, um deren zu ersetzen',
  previewIn: 'Auf', previewProblems: (n) => `${n} ist noch zu berichtigen; es kann enden, wo nichts folgt.`,
};
export default guides;
