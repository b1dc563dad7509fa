import { plural, type Same } from '../../lib/words.ts';
import type en from './Quiz.en.ts';

const quiz: Same<typeof en> = {
  title: 'Test', passed: 'Bestanden', questions: (n) => plural(n, 'Frage', 'Fragen'), pass: (n) => `Bestanden ab ${n} % der Punkte`, limit: (n) => `${plural(n, 'Minute', 'Minuten')} Zeit`, noLimit: 'Ohne Zeitgrenze',
  tries: (left, of) => `Noch ${left} von ${plural(of, 'Versuch', 'Versuchen')}`, anyTries: 'Beliebig viele Versuche', negative: (n) => `Eine falsche Antwort kostet ${n} % ihrer Punkte, keine Antwort kostet nichts`,
  clockStarts: 'Die Zeit läuft, sobald Sie beginnen, auch wenn Sie die Seite verlassen.', start: 'Test beginnen', again: 'Noch einmal versuchen',
  cooling: (at) => `Der nächste Versuch ist ab ${at} möglich.`, noneLeft: 'Sie haben keinen Versuch mehr. Bitte fragen Sie Ihren Trainer.',
  all: 'Ihre Versuche', tryOf: (n) => `Versuch ${n}`, open: 'Offen', look: 'Ansehen', shown: 'Oben zu sehen',
  answered: (n, of) => `${n} von ${of} beantwortet`, saved: 'Gespeichert', saving: 'Wird gespeichert …', unsaved: 'Noch nicht gespeichert: keine Verbindung. Es wird wieder versucht.', failed: 'Nicht gespeichert', left: 'Verbleibende Zeit',
  elsewhere: 'Dieser Versuch ist auch in einem anderen Fenster offen.', theirs: 'Was dort beantwortet wurde, ist übernommen.', both: (n) => `Was dort beantwortet wurde, ist übernommen. Frage ${n} wurde in beiden beantwortet: Es gilt, was Sie hier gewählt haben.`, understood: 'In Ordnung',
  handIn: 'Abgeben', handInTitle: 'Abgeben?', openOnes: (list, n) => (n === 1 ? `Frage ${list} ist nicht beantwortet.` : `Die Fragen ${list} sind nicht beantwortet.`), allAnswered: 'Alle Fragen sind beantwortet.', handInText: 'Danach lässt sich nichts mehr ändern.', goOn: 'Weiter antworten', handInDo: 'Jetzt abgeben',
  lookAgain: 'In einem anderen Fenster wurde etwas beantwortet, das Sie hier noch nicht gesehen haben. Sehen Sie es an und geben Sie dann ab.',
  result: 'Ergebnis', isPassed: 'Bestanden', isFailed: 'Diesmal nicht bestanden', points: (n, of) => `${n} von ${of} Punkten`, expired: 'die Zeit war um; es zählt, was gespeichert war', regraded: 'eine Frage wurde berichtigt und neu bewertet', notRevealed: 'Die richtigen Antworten werden noch nicht gezeigt.',
  question: (n) => `Frage ${n}`, worth: (n) => (n === '1' ? '1 Punkt' : `${n} Punkte`), yours: 'Ihre Antwort', isRight: ', richtig', yourAnswer: 'Ihre Antwort', rightAnswer: 'Richtig', rightIs: (x) => `Richtig: ${x}`, noAnswer: 'Nicht beantwortet',
  how: { SINGLE: 'Wählen Sie eine.', MULTIPLE: 'Wählen Sie alle richtigen.', ORDER: 'Bringen Sie sie in die richtige Reihenfolge.', MATCH: 'Wählen Sie, was zusammengehört.', NUMBER: 'Geben Sie eine Zahl ein.', TEXT: 'Ein paar Wörter genügen.' },
  up: (x) => `Nach oben: ${x}`, down: (x) => `Nach unten: ${x}`, asItIs: 'Die Reihenfolge stimmt so', choose: 'Wählen …', number: (n) => `Zahl zu Frage ${n}`, words: (n) => `Antwort auf Frage ${n}`,
};
export default quiz;
