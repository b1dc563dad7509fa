import { words } from '../../lib/words.ts';
import en from './Together.en.ts';

/** The words of several who work on one configuration. */
export const togetherWords = words('Together', en);
