import { plural, type Same } from '../../lib/words.ts';
import type en from './Lesson.en.ts';

const lesson: Same<typeof en> = {
  contents: 'Inhalt des Kurses', ways: 'Weiter', previous: 'Zurück', next: 'Weiter', toCourse: 'Zum Kurs', toCertificate: 'Zum Zertifikat',
  notIn: 'Sie lernen diesen Kurs nicht', notInText: 'Beginnen Sie den Kurs, um seine Lektionen zu sehen.', noLesson: 'Diese Lektion hat der Kurs nicht oder nicht mehr.',
  locked: 'Noch nicht offen', lockedText: 'Zuerst ist das dran:',
  download: (name) => (name ? `${name} laden` : 'Datei laden'), openLink: (host) => `${host} öffnen`,
  done: 'Diese Lektion ist erledigt.', onView: 'Die Lektion ist erledigt, sobald Sie sie geöffnet haben.', dwell: (time) => `Noch ${time} lesen, dann ist die Lektion erledigt.`, nearly: 'Einen Moment …', time: (m, s) => `${m}:${String(s).padStart(2, '0')} Min.`, seconds: (n) => plural(n, 'Sekunde', 'Sekunden'),
  video: (n, of) => `Sie haben ${n} % des Videos gesehen; ${of} % sind nötig.`, quiz: 'Die Lektion ist erledigt, wenn Sie den Test bestanden haben.', work: 'Die Lektion ist erledigt, wenn ein Trainer Ihre Arbeit gut findet.', trainer: 'Die Lektion ist erledigt, wenn ein Trainer es gesehen hat und bestätigt.',
  until: 'Wie viel fehlt', kept: 'Sie sind offline. Was Sie lernen, bleibt auf diesem Gerät und wird später gesendet.',
  courseDone: (title) => `Sie haben „${title}“ abgeschlossen.`,
  videoOf: (title) => `Video: ${title}`, videoFailed: 'Das Video kann nicht abgespielt werden.', resumed: (time) => `Es geht bei ${time} weiter.`,
};
export default lesson;
