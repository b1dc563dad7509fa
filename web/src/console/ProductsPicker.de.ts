import type { Same } from '../lib/words.ts';
import type en from './ProductsPicker.en.ts';

const picker: Same<typeof en> = { find: 'Produktname oder Artikelnummer', unseen: 'wird Kunden nicht angeboten', full: 'mehr können nicht gewählt werden', up: (name) => `${name}: nach oben`, down: (name) => `${name}: nach unten`, remove: (name) => `${name}: entfernen` };
export default picker;
