import { words } from '../../lib/words.ts';
import en from './Audit.en.ts';

/** The words of the audit. */
export const auditWords = words('Audit', en);
