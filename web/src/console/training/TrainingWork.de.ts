import type { Same } from '../../lib/words.ts';
import type en from './TrainingWork.en.ts';

const training: Same<typeof en> = {
  reasonNeeded: 'Bitte geben Sie den Grund an.', facts: 'Angaben', newCourseText: 'Er beginnt als Entwurf, den nur Trainer sehen. Bis zur Veröffentlichung lässt sich alles ändern, außer dem Schlüssel.', begin: 'Kurs beginnen',
  nameless: 'Bitte geben Sie einen Namen an.', courseMade: (name) => `„${name}“ ist angelegt`, lessonStates: { LOCKED: 'Gesperrt', OPEN: 'Offen', DONE: 'Erledigt' },
  origins: { SELF: 'Selbst', MANAGER: 'Die eigene Firma', STAFF: 'Unser Team', ORDER: 'Eine Bestellung', RENEWAL: 'Erneuerung eines Zertifikats' },
  enrollInto: (title) => `Personen anmelden: ${title}`, noMembers: 'Bei diesem Kunden ist niemand, der lernen könnte', dueDay: 'Zu erledigen bis', dueHint: 'Leer lassen für keinen Termin.',
  lessonsTitle: 'Lektionen',
  doneOf: (done, all) => `${done} von ${all} erledigt`, learned: 'Gelernt', enrolledBy: 'Angemeldet durch', lastLearned: 'Zuletzt gelernt', read: (time) => `${time} gelesen`, watched: (p) => `${p} % gesehen`,
  queue: (n) => `Wartet auf einen Platz, an Stelle ${n}.`, mark: 'Als erledigt markieren', markOf: (title) => `„${title}“ als erledigt markieren`, markText: (name) => `${name} hat es einem Trainer gezeigt. Es bleibt erledigt.`,
  marked: (title) => `„${title}“ ist erledigt`, move: 'Auf die neueste Version bringen', moveDo: 'Umstellen',
  moveText: 'Es geht mit der neuesten Version weiter. Erledigte Lektionen, die es noch gibt, bleiben erledigt; neue stehen offen.', moved: 'Es geht mit der neuesten Version weiter',
  olderText: 'Es gibt eine neuere Version dieses Kurses. Bis zur Umstellung geht es mit der alten weiter.', setDue: 'Termin setzen', dueSaved: 'Der Termin ist gespeichert', withdraw: 'Abmelden',
  withdrawTitle: (name) => `${name} vom Kurs abmelden?`, withdrawText: 'Was gelernt wurde, bleibt erhalten, aber es geht nicht weiter. Der Platz wird für Wartende frei.', withdrawn: (name) => `${name} ist abgemeldet`,
  reasonHint: 'Die Person und ihre Firma können ihn lesen.', rated: 'Wie es gefallen hat', ofFive: (n) => `${n} von 5`, task: 'Was zu tun war', noText: 'Es wurde kein Text geschrieben.', grade: 'Bewerten', graded: 'Bewertet',
  notGraded: 'Es wartet auf einen Trainer.', sum: 'Insgesamt', pointsFor: (what, most) => `Punkte für ${what}, bis ${most}`, upTo: (most) => `0 bis ${most}`, commentOn: (what) => `Zu ${what}`,
  commentShort: 'Was dazu zu sagen ist', comment: 'Zu allem', commentHint: 'Die lernende Person liest es.', needs: (p) => `${p} % sind zum Bestehen nötig.`, willPass: 'Damit ist es bestanden.',
  willReturn: 'Es geht zurück und ist zu wiederholen.', saveGrade: 'Bewertung speichern', isPassed: 'Es ist bestanden', isReturned: 'Es geht zurück', revokeTitle: (n) => `Zertifikat ${n} widerrufen?`,
  revokeText: (name) => `Es kann nie wieder gültig werden. ${name ? `${name} wird es mitgeteilt` : 'Der Person wird es mitgeteilt'}, und wer es prüft, sieht den Widerruf.`,
  revokeHint: 'Die Person liest ihn; wer das Zertifikat prüft, nicht.', isRevoked: (n) => `${n} ist widerrufen`, reason: 'Grund', optional: 'freiwillig',
};
export default training;
