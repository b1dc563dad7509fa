import { words } from '../../lib/words.ts';
import en from './Kept.en.ts';

/** The words of configurations that are kept. */
export const keptWords = words('Kept', en);
