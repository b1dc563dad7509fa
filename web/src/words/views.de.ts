import type { Same } from '../lib/words.ts';
import type en from './views.en.ts';

const views: Same<typeof en> = {
  label: 'Ansichten',
  save: 'Ansicht speichern',
  saveText: 'Merkt sich diese Liste, wie sie gefiltert und sortiert ist, unter einem Namen. Nur Sie sehen sie.',
  name: 'Name',
  nameHint: 'Höchstens 60 Zeichen',
  nameless: 'Geben Sie der Ansicht einen Namen.',
  saved: (name) => `Die Ansicht „${name}“ ist gespeichert`,
  manage: (name) => `Ansicht „${name}“`,
  rename: 'Umbenennen',
  renameTitle: (name) => `„${name}“ umbenennen`,
  update: 'Änderungen speichern',
  saveNew: 'Als neue Ansicht speichern',
  discard: 'Änderungen zurücknehmen',
  changed: 'geändert',
  remove: 'Löschen',
  removeTitle: (name) => `Ansicht „${name}“ löschen?`,
  removeText: 'Die Ansicht verschwindet, die Einträge der Liste bleiben.',
  removed: (name) => `Die Ansicht „${name}“ ist gelöscht`,
};
export default views;
