import { plural, type Same } from '../../lib/words.ts';
import type en from './Training.en.ts';

const training: Same<typeof en> = {
  title: 'Meine Schulungen',
  hello: (name) => `Schön, Sie zu sehen, ${name}.`,
  nextTwo: (time, n) => (n === 1 ? `${time}, und Ihre nächste Lektion ist geschafft.` : `${time}, und Ihre nächsten zwei Lektionen sind geschafft.`),
  halfHour: 'Eine halbe Stunde', anHour: 'Eine Stunde', someMinutes: (n) => plural(n, 'Minute', 'Minuten'),
  nothingOpen: 'Zurzeit ist nichts offen.', allDone: 'Alle Ihre Kurse sind abgeschlossen.',
  coursesDone: (n) => (n === 1 ? 'Kurs fertig' : 'Kurse fertig'), hours: 'Stunden', certificatesCount: (n) => (n === 1 ? 'Zertifikat' : 'Zertifikate'),
  goOn: 'Weiter, wo Sie aufgehört haben', begin: 'Hier anfangen', resume: 'Weiter', startNow: 'Anfangen',
  nextIs: (title) => `Als Nächstes: ${title}`, lessonOf: (n, of) => `Lektion ${n} von ${of}`,
  due: (day) => `bis ${day}`, overdueSince: (day) => `war bis ${day} fällig`,
  yours: 'Ihre Kurse', offered: 'Weitere Kurse',
  lessons: (n) => plural(n, 'Lektion', 'Lektionen'), minutes: (n) => `${n} Min.`,
  progressOf: (title) => `Wie weit Sie mit ${title} sind`,
  state: { new: 'Neu', learning: 'Begonnen', done: 'Fertig', overdue: 'Überfällig', waiting: 'Wartet', withdrawn: 'Abgemeldet' },
  queue: (n) => (n === 1 ? 'Der nächste freie Platz ist Ihrer' : `Platz ${n} in der Warteschlange`),
  none: 'Sie lernen noch nichts', noneText: 'Beginnen Sie einen der Kurse weiter unten. Auch Ihr Unternehmen kann Sie anmelden.',
  enroll: 'Anfangen', wait: 'Auf einen Platz warten', enrolled: 'Sie sind dabei. Viel Erfolg!', waits: 'Alle Plätze sind belegt. Sie stehen in der Warteschlange und erfahren, wenn einer für Sie frei ist.',
  first: (titles) => `Zuerst: ${titles}`, toFirst: 'Zu diesem Kurs', toBuy: 'Ein Platz muss gekauft werden', buy: 'Zum Angebot', free: 'Kostenlos', full: 'Kein Platz frei', placesLeft: (n) => plural(n, 'Platz frei', 'Plätze frei'),
  certificates: 'Zertifikate', certificatesNone: 'Was Sie erwerben, steht hier.', allCertificates: 'Alle', validUntil: (day) => `Gültig bis ${day}`, issued: (day) => `Ausgestellt ${day}`, endsOn: (day) => `Endet am ${day}`,
  week: 'Diese Woche', learnedOn: (day, minutes) => `${day}: ${minutes}`, dayColumn: 'Tag', minutesColumn: 'Gelernt',
  team: 'Ihr Team', teamNone: 'Noch muss niemand ein Zertifikat haben.', teamMissing: (n) => (n === 1 ? '1 Zertifikat fehlt' : `${n} Zertifikate fehlen`), teamGood: 'Alle haben, was sie haben müssen.', toTeam: 'Wer hat was',
};
export default training;
