import { words } from '../../lib/words.ts';
import en from './OrderActs.en.ts';

export const actWords = words('OrderActs', en);

/** What staff do with an order by a form of a few fields; sending is another form. */
export type Act = 'CONFIRM' | 'CANCEL' | 'SET_PROMISED_DATE' | 'ADD_NOTE';
/** The permission behind each, as availableActions follow from it. */
export const permissionOf: Record<Act, string> = { CONFIRM: 'order.confirm', CANCEL: 'order.cancel', SET_PROMISED_DATE: 'order.promise', ADD_NOTE: 'order.note' };
