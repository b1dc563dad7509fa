import { words } from '../lib/words.ts';
import kit from './kit.en.ts';
import order from './order.en.ts';

/** The words of what both applications share. */
export const kitWords = words('kit', kit);
export const orderWords = words('order', order);
