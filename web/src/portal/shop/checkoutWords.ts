import { words } from '../../lib/words.ts';
import en from '../pages/Checkout.en.ts';

/** The words of the checkout, of which an address has some. */
export const checkoutWords = words('Checkout', en);
