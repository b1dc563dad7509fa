import type { Same } from '../../lib/words.ts';
import type en from './Save.en.ts';

const save: Same<typeof en> = {
  saveTitle: 'Diese Konfiguration speichern', name: 'Name', nameHint: 'Damit Sie sie wiederfinden, etwa die Halle oder das Projekt.', keepIt: 'Speichern', saved: (name: string) => `„${name}“ ist gespeichert.`,
};
export default save;
