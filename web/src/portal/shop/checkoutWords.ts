import { words } from '../../lib/words.ts';
import en from '../pages/Checkout.en.ts';

/** The words of the checkout. */
export const checkoutWords = words('Checkout', en);
