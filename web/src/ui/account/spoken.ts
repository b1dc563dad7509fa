import { again, session } from '../../lib/session.ts';

/** Takes a language at once: the session has it anew, and the pages follow. */
export async function spoken(): Promise<void> {
  await again();
  localStorage.setItem('foyer-language', session().viewer.language.toLowerCase());
}
