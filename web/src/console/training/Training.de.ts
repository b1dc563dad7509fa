import { plural, type Same } from '../../lib/words.ts';
import type en from './Training.en.ts';

const training: Same<typeof en> = {
  hours: 'Std.', minutesShort: 'Min.', all: 'alle', state: 'Stand', version: 'Version', versionNo: (n) => `Version ${n}`, customer: 'Kunde', courses: 'Kurse', coursesSub: 'Was Kunden lernen können und woran Trainer schreiben.',
  course: 'Kurs', searchCourses: 'Nach Namen suchen', anyCourse: 'Alle Kurse', extent: 'Umfang', lessons: (n) => plural(n, 'Lektion', 'Lektionen'), place: 'Ein Platz', free: 'Kostenlos', sold: 'Kostenpflichtig',
  learning: 'Lernen gerade', changedSince: 'seitdem geändert', newCourse: 'Neuer Kurs', noCourses: 'Noch keine Kurse', noCoursesText: 'Schreiben Sie den ersten: Texte, Videos, Tests und Aufgaben zum Abgeben.',
  noMatch: 'Nichts gefunden', noMatchText: 'Versuchen Sie weniger Filter oder andere Wörter.', courseStates: { DRAFT: 'Entwurf', REVIEW: 'In Durchsicht', PUBLISHED: 'Veröffentlicht', RETIRED: 'Zurückgezogen' },
  kinds: { TEXT: 'Text', VIDEO: 'Video', FILE: 'Datei', LINK: 'Link', QUIZ: 'Test', ASSIGNMENT: 'Aufgabe' },
  asks: { SINGLE: 'Eine Antwort', MULTIPLE: 'Mehrere Antworten', ORDER: 'Reihenfolge', MATCH: 'Paare zuordnen', NUMBER: 'Zahl', TEXT: 'Kurzer Text' }, learners: 'Lernende',
  learnersSub: 'Wer was lernt, wie weit und was überfällig ist.', learner: 'Lernende Person', learnersNow: (n) => (n ? `${n} lernen gerade` : 'gerade lernt niemand'), removed: 'Jemand, der nicht mehr da ist',
  howFar: 'Fortschritt', percentDone: (n) => `${n} Prozent erledigt`, due: 'Fällig', since: 'Angemeldet', finished: 'Abgeschlossen', overdue: 'Überfällig', older: 'ältere Version',
  learnerStates: { WAITING: 'Wartet auf einen Platz', ACTIVE: 'Lernt', COMPLETED: 'Abgeschlossen', WITHDRAWN: 'Abgemeldet' }, noLearners: 'Noch lernt niemand',
  noLearnersText: 'Melden Sie Personen eines Kunden an, oder lassen Sie Kunden selbst beginnen.', enrollPeople: 'Personen anmelden', submissions: 'Abgaben',
  submissionsSub: 'Arbeiten, die auf einen Trainer warten: was am längsten wartet, steht oben.', work: 'Arbeit', handedIn: 'Abgegeben', tryNo: (n) => `Versuch ${n}`, points: 'Punkte', pointsOf: (n, most) => `${n} von ${most}`,
  workStates: { SUBMITTED: 'Wartet', PASSED: 'Bestanden', RETURNED: 'Zu wiederholen' }, nothingWaits: 'Nichts wartet auf Bewertung', nothingWaitsText: 'Was Lernende abgeben, kommt hierher.', certificates: 'Zertifikate',
  certificatesSub: 'Was ausgestellt wurde, für wen und bis wann es gilt.', certificate: 'Zertifikat', certificateStates: { VALID: 'Gültig', EXPIRING: 'Endet bald', EXPIRED: 'Abgelaufen', REVOKED: 'Widerrufen' },
  expiring90: 'Endet binnen 90 Tagen', endedOrRevoked: 'Abgelaufen oder widerrufen', holder: 'Inhaber', number: 'Nummer', issued: 'Ausgestellt', expires: 'Gültig bis', forGood: 'unbegrenzt',
  noCertificates: 'Noch keine Zertifikate', noCertificatesText: 'Sie werden ausgestellt, wenn jemand einen Kurs mit Zertifikat abschließt.', checkPage: 'Seite zum Prüfen', pdf: 'PDF', itsLearner: 'Wie es erworben wurde',
  revoke: 'Widerrufen', revokedOn: 'Widerrufen am',
};
export default training;
