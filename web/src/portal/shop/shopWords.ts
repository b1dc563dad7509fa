import { words } from '../../lib/words.ts';
import en from './Shop.en.ts';

/** The words that several pages of the shop have. */
export const shopWords = words('Shop', en);
