import { words } from '../lib/words.ts';
import kit from './kit.en.ts';
import order from './order.en.ts';
import orderParts from './orderParts.en.ts';

/** The words of what both applications share. */
export const kitWords = words('kit', kit);
export const orderWords = words('order', order);
/** The words of the parts that show an order: steps, shipments, items, history. */
export const orderPartWords = words('orderParts', orderParts);
