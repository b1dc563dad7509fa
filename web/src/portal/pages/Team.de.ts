import { plural, type Same } from '../../lib/words.ts';
import type en from './Team.en.ts';

const team: Same<typeof en> = {
  title: 'Ihr Team', sub: 'Wer welches Zertifikat haben muss, und wie es darum steht.', person: 'Person', course: 'Kurs',
  status: { NOT_REQUIRED: 'Nicht nötig', HELD: 'Gültig', EXPIRING: 'Endet bald', LEARNING: 'Lernt', MISSING: 'Fehlt', OVERDUE: 'Überfällig' }, percent: (n) => `Lernt, ${n} %`,
  until: (day) => `bis ${day}`, by: (day) => `bis ${day}`, since: (day) => `seit ${day}`, held: (n, of) => `${n} von ${of} haben es`, summary: 'Kurse, die jemand abgeschlossen haben muss',
  show: 'Welche Personen', all: 'Alle', onlyMissing: 'Nur wo etwas fehlt', nobody: 'Es fehlt nichts', nobodyText: 'Alle haben, was sie haben müssen.', noPeople: 'Hier ist niemand.',
  none: 'Noch muss niemand etwas haben', noneText: 'Legen Sie fest, welche Zertifikate Ihre Leute brauchen. Dann sehen Sie hier, wer sie hat, wessen bald enden und wer zu spät ist.',
  rules: 'Was verlangt wird', everybody: 'Alle', dueNow: (day) => `bis ${day}`, dueLater: (n) => `Neue binnen ${plural(n, 'Tag', 'Tagen')}`, enrolls: 'wird von selbst angemeldet', actions: (title) => `Aktionen für ${title}`,
  add: 'Zertifikat verlangen', addTitle: 'Zertifikat verlangen', change: 'Ändern', changeTitle: (title) => `Wer „${title}“ haben muss`, delete: 'Zurücknehmen', deleteTitle: (title) => `„${title}“ nicht mehr verlangen?`, deleteText: 'Wer lernt, lernt weiter. Zertifikate bleiben.', deleted: (title) => `„${title}“ wird nicht mehr verlangt.`,
  who: 'Wer es haben muss', whoms: { all: 'Alle', some: 'Einige' }, roles: 'Rollen', alsoThese: 'Und diese Personen', dueFor: 'Wer jetzt da ist: bis', daysFor: 'Wer später kommt: Tage', enrollThem: 'Von selbst anmelden', enrollThemText: 'Wem es fehlt, der wird angemeldet und benachrichtigt, auch wer später kommt.', saved: 'Gespeichert.', savedEnrolled: (n) => `Gespeichert. ${plural(n, 'Person ist', 'Personen sind')} angemeldet.`,
  enroll: 'Personen anmelden', choose: 'Wählen …', places: (n) => `${plural(n, 'Platz', 'Plätze')} gekauft und frei`,
};
export default team;
