import type { Same } from '../../lib/words.ts';
import type en from './Together.en.ts';

const together: Same<typeof en> = {
  changedBy: (who: string) => `${who} hat etwas geändert`, changedNow: (what: string) => `jetzt: ${what}`, changedOnly: 'Name, Stückzahl oder wer am Zug ist hat sich geändert.', somebody: 'Jemand',
  clash: 'Jemand war schneller. So steht es jetzt; Ihre letzte Änderung ist nicht dabei.', mine: 'Meine Änderung noch einmal',
  newer: (n: number) => `Es gibt eine neuere Version (${n}) dessen, was gewählt werden kann.`, goOn: 'Damit weitermachen',
};
export default together;
