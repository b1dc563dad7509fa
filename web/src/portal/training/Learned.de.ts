import { plural, type Same } from '../../lib/words.ts';
import type en from './Learned.en.ts';

const learned: Same<typeof en> = {
  lost: (n, why) => `${plural(n, 'Eintrag', 'Einträge')} über Ihr Lernen ${n === 1 ? 'kann nicht zählen und wird' : 'können nicht zählen und werden'} nicht noch einmal gesendet. ${why}`.trim(),
};
export default learned;
