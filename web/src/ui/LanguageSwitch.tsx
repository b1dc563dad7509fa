import { lang, speak } from '../lib/words.ts';
import { kitWords } from '../words/index.ts';

/** Turns the language of pages that are seen without a sign-in. german are the
 * application's German words; the portal's unless it says otherwise. */
export function LanguageSwitch({ german = () => import('../portal/german.ts') }: { german?: () => Promise<{ default: Record<string, unknown> }> }) {
  const k = kitWords.use();
  const other = lang() === 'de' ? 'en' : 'de';
  const turn = () => {
    localStorage.setItem('foyer-language', other);
    void speak(other, german);
  };
  return <button type="button" className="f-icon" style={{ padding: '0 10px', fontSize: 13 }} lang={other} onClick={turn} title={k.language}>{other === 'de' ? 'Deutsch' : 'English'}</button>;
}
