import { lang } from '../../lib/words.ts';

/** The name of a language by its code; what is no code stays as it is. */
export function languageName(code: string): string {
  try { return new Intl.DisplayNames([lang()], { type: 'language' }).of(code) ?? code; } catch { return code; }
}
