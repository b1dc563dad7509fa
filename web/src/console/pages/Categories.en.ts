import { plural } from '../../lib/words.ts';

const categories = {
  make: 'Add a category',
  none: 'No categories yet',
  noneText: 'Customers walk through the catalog by its categories.',
  belowOf: (path: string) => `(${path})`,
  edit: 'Rename or move',
  editTitle: (name: string) => `Edit ${name}`,
  addBelow: 'Add one below it',
  remove: 'Take away',
  removeTitle: (name: string) => `Take ${name} away`,
  removeText: 'The category is deleted for good. One with anything in it stays.',
  removed: (name: string) => `${name} is gone`,
  categoriesOf: (n: number) => plural(n, 'category', 'categories'),
  inIt: 'in it.',
  look: 'Look at them',
  name: 'Name',
  description: 'Description',
  descriptionHint: 'What is to be found there.',
  parent: 'Stands below',
  top: 'Nothing: it stands at the top',
  save: 'Save',
  saved: (name: string) => `${name} is saved`,
  up: (name: string) => `${name} further up`,
  down: (name: string) => `${name} further down`,
  actionsOf: (name: string) => `What to do with ${name}`,
};
export default categories;
