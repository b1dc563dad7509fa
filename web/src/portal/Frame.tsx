import type { ReactNode } from 'react';
import { words } from '../lib/words.ts';
import { IconCheck, IconMoon, IconSun } from '../ui/icons.ts';
import { IconButton } from '../ui/kit.tsx';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { Logo } from '../ui/Logo.tsx';
import { useScheme } from '../ui/root.tsx';
import { kitWords } from '../words/index.ts';
import { Footer } from './Footer.tsx';
import en from './Frame.en.ts';
import './shell.css';
import './pages/signin.css';

const text = words('Frame', en);

/** Language and colours, for pages that are seen without a sign-in. */
export function Tools() {
  const k = kitWords.use();
  const [isDark, turn] = useScheme();
  return (
    <span className="f-actions" style={{ width: 'auto' }}><LanguageSwitch />
      <IconButton label={isDark ? k.light : k.dark} onClick={turn}>{isDark ? <IconSun size={19} /> : <IconMoon size={19} />}</IconButton></span>
  );
}

/** What stands around the pages on the way in: signing in, links from mails, the choice of whom to act for. */
export function Frame({ children }: { children: ReactNode }) {
  const t = text.use();
  return (
    <div className="si">
      <div className="si-left">
        <header role="banner"><Logo /><Tools /></header>
        <main className="si-main" id="main">{children}</main>
        <Footer />
      </div>
      <div className="si-right" aria-hidden>
        <div className="si-card">
          <p><b>{t.sample} 10482</b></p>
          <ol>{t.steps.split('|').map((s, i, all) => <li key={s} data-done={i < all.length - 1 || undefined}><i>{i < all.length - 1 && <IconCheck size={13} stroke={3} />}</i>{s}</li>)}</ol>
        </div>
        <p className="si-claim">{t.claim}</p>
      </div>
    </div>
  );
}
