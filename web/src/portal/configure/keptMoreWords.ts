import { words } from '../../lib/words.ts';
import en from './KeptMore.en.ts';

/** The words of dialogs about configurations that are kept, and of those that are shared or compared. */
export const moreWords = words('KeptMore', en);
