import { plural, type Same } from '../../lib/words.ts';
import type en from './Categories.en.ts';

const categories: Same<typeof en> = {
  make: 'Kategorie anlegen',
  none: 'Noch keine Kategorien',
  noneText: 'Kunden gehen nach Kategorien durch den Katalog.',
  belowOf: (path) => `(${path})`,
  edit: 'Umbenennen oder verschieben',
  editTitle: (name) => `${name} bearbeiten`,
  addBelow: 'Eine darunter anlegen',
  remove: 'Entfernen',
  removeTitle: (name) => `${name} entfernen`,
  removeText: 'Die Kategorie wird endgültig gelöscht. Eine, in der noch etwas ist, bleibt.',
  removed: (name) => `${name} ist entfernt`,
  categoriesOf: (n) => plural(n, 'Kategorie', 'Kategorien'),
  inIt: 'sind noch darin.',
  look: 'Ansehen',
  name: 'Name',
  description: 'Beschreibung',
  descriptionHint: 'Was dort zu finden ist.',
  parent: 'Steht unter',
  top: 'Nichts: sie steht ganz oben',
  save: 'Speichern',
  saved: (name) => `${name} ist gespeichert`,
  up: (name) => `${name} weiter nach oben`,
  down: (name) => `${name} weiter nach unten`,
  actionsOf: (name) => `Was mit ${name} geschehen soll`,
};
export default categories;
