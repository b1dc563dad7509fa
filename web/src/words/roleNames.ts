import { words } from '../lib/words.ts';
import en from './roleNames.en.ts';

const names = words('roleNames', en);

/** What a role is called in the language of the page. */
export const roleName = (role: { key: string; name: string } | null | undefined) => (role ? (names.get() as Record<string, string>)[role.key] ?? role.name : '');
