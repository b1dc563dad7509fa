import { words } from '../lib/words.ts';
import orderParts from './orderParts.en.ts';

/** The words of the parts that show an order: steps, shipments, items, history. */
export const orderPartWords = words('orderParts', orderParts);
