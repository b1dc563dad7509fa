import { words } from '../../lib/words.ts';
import account from './account.en.ts';

/** The words of the pages about oneself, which both applications have. */
export const accountWords = words('account', account);
