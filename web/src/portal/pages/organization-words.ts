import { words } from '../../lib/words.ts';
import en from './Organization.en.ts';

/** The words of the page about one's organization, for its parts. */
export const organizationWords = words('Organization', en);
