import { words } from '../lib/words.ts';
import en from './admin.en.ts';

/** What entities, actions, permissions and scopes are called. */
export const adminWords = words('admin', en);
