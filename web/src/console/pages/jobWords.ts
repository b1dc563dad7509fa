import { words } from '../../lib/words.ts';
import en from './Jobs.en.ts';

/** The words of the page of background work. */
export const jobWords = words('Jobs', en);
