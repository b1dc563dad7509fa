import type { Same } from '../lib/words.ts';
import type en from './Keyboard.en.ts';

const keyboard: Same<typeof en> = {
  title: 'Tastatur',
  everywhere: 'Überall',
  palette: 'Suchen, öffnen',
  help: 'Diese Hilfe',
  or: 'oder',
  then: 'dann',
  close: 'Dialog oder Menü schließen',
  go: 'Zu einer Seite gehen',
  lists: 'In Listen',
  next: 'Nächste Zeile',
  previous: 'Vorige Zeile',
  open: 'Zeile öffnen',
  choose: 'Zeile auswählen',
  notes: 'In Notizen',
  send: 'Notiz hinzufügen',
};
export default keyboard;
