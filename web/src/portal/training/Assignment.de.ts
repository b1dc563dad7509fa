import { plural, type Same } from '../../lib/words.ts';
import type en from './Assignment.en.ts';

const work: Same<typeof en> = {
  rubric: 'Wonach bewertet wird', pass: (n, of) => `gut ab ${n} % von ${of} Punkten`, upTo: (n) => `bis zu ${plural(n, 'Punkt', 'Punkte')}`,
  handed: (n) => `Abgegeben, Versuch ${n}`, at: (when) => `Abgegeben ${when}`, gradedAt: (when) => `bewertet ${when}`, status: { SUBMITTED: 'Wartet auf einen Trainer', PASSED: 'Gut', RETURNED: 'Noch einmal' },
  points: (n, of) => `${n} von ${of}`, sum: 'Zusammen', yourText: 'Was Sie geschrieben haben', download: (name) => `${name} laden`, noneLeft: 'Sie können nicht mehr abgeben. Bitte fragen Sie Ihren Trainer.',
  title: 'Abgeben', againTitle: 'Noch einmal abgeben', left: (n) => `noch ${plural(n, 'Versuch', 'Versuche')}`, text: 'Ihre Arbeit', addFile: 'Dateien hinzufügen', files: (n, of) => `${n} von ${plural(of, 'Datei', 'Dateien')}`, tooMany: (names, most) => `Nicht genommen: ${names}. Sie können höchstens ${plural(most, 'Datei', 'Dateien')} abgeben.`, remove: (name) => `${name} entfernen`, send: 'Abgeben', sent: 'Ihre Arbeit liegt jetzt bei Ihrem Trainer.',
};
export default work;
