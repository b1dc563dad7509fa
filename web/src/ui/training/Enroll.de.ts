import { plural, type Same } from '../../lib/words.ts';
import type en from './Enroll.en.ts';

const enroll: Same<typeof en> = {
  title: 'Personen anmelden', due: 'Fertig bis', whom: 'Wen', chosen: (n) => (n ? `${n} gewählt` : ''), find: 'Personen suchen', allOfThem: 'Alle', noPeople: 'Hier ist niemand.',
  enroll: (n) => (n ? `${plural(n, 'Person', 'Personen')} anmelden` : 'Anmelden'), enrolled: (n, waiting) => [n && plural(n, 'Person ist dabei.', 'Personen sind dabei.'), waiting && plural(waiting, 'wartet auf einen Platz.', 'warten auf einen Platz.')].filter(Boolean).join(' '),
  refused: (n) => (n === 1 ? 'Bei einer Person ging es nicht:' : `Bei ${n} Personen ging es nicht:`), tryAgain: 'Diese noch einmal versuchen',
};
export default enroll;
