import { plural, type Same } from '../../lib/words.ts';
import type en from './Outline.en.ts';

const outline: Same<typeof en> = {
  kind: { TEXT: 'Text', VIDEO: 'Video', FILE: 'Datei', LINK: 'Seite anderswo', QUIZ: 'Test', ASSIGNMENT: 'Aufgabe' },
  status: { LOCKED: 'noch verschlossen', OPEN: 'offen', DONE: 'erledigt' },
  minutes: (n) => `${n} Min.`, optional: 'freiwillig', next: 'Weiter hier',
  after: (titles) => `öffnet sich nach: ${titles}`, lessons: (n) => plural(n, 'Lektion', 'Lektionen'),
};
export default outline;
