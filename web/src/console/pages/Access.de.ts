import type { Same } from '../../lib/words.ts';
import type en from './Access.en.ts';

const access: Same<typeof en> = {
  title: 'Warum ist das zu sehen?',
  sub: 'Fragt die Regeln selbst, die entscheiden: ob eine Person einen Datensatz sieht und welcher Schritt das bewirkt.',
  question: 'Die Frage',
  person: 'Person',
  findPerson: 'Anfang des Namens oder eine E-Mail-Adresse',
  record: 'Datensatz',
  recordHint: 'Die Nummer einer Bestellung oder die Kennung eines Datensatzes, etwa ord_… oder usr_…',
  example: 'FO-1A8NHJC4',
  membership: 'Handelt über',
  usual: 'Die erste aktive Zugehörigkeit',
  team: 'Unser Team',
  ask: 'Erklären',
  personless: 'Wählen Sie eine Person.',
  recordless: 'Schreiben Sie die Nummer einer Bestellung oder eine Kennung.',
  malformed: 'Es gibt keine Bestellung mit dieser Nummer, und eine Kennung ist es auch nicht. Eine Kennung hat drei Buchstaben, einen Unterstrich und 26 Zeichen.',
  answer: 'Die Antwort',
  yes: (name) => `Ja, ${name} sieht das`,
  no: (name) => `Nein, ${name} sieht das nicht`,
  steps: 'Schritt für Schritt',
  gone: 'Diese Person kann gar nicht handeln: Sie ist gesperrt oder hat keine aktive Zugehörigkeit. Also sieht sie nichts.',
  wait: 'Wählen Sie eine Person und einen Datensatz',
  waitText: 'Dann steht hier Schritt für Schritt, wie entschieden wird.',
};
export default access;
