import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { anyone } from '../lib/session.ts';
import { words } from '../lib/words.ts';
import { IconMoon, IconSun } from '../ui/icons.ts';
import { IconButton, Loading } from '../ui/kit.tsx';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { Logo } from '../ui/Logo.tsx';
import { useScheme, useSession } from '../ui/root.tsx';
import { kitWords } from '../words/index.ts';
import { Footer } from './Footer.tsx';
import en from './shop/Shop.en.ts';
import './shell.css';

const text = words('Shop', en);

/** What stands around the pages of the catalog for whoever has not signed in. */
export default function PublicShell({ children }: { children: ReactNode }) {
  const t = text.use();
  const k = kitWords.use();
  const { viewer } = useSession();
  const [isDark, turn] = useScheme();
  const [path] = useLocation();
  const [failed, setFailed] = useState(false);
  useEffect(() => { anyone().catch(() => setFailed(true)); }, []);
  const [arrived, setArrived] = useState(path);
  useEffect(() => {
    if (arrived === path) return;
    setArrived(path);
    scrollTo({ top: 0 });
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, [path, arrived]);
  const ready = viewer.permissions.length > 0;
  return (
    <>
      <a className="skip" href="#main">{k.skip}</a>
      <header className="p-header" role="banner"><div>
        <Link href="/products" className="p-brand"><Logo /></Link>
        <nav aria-label={k.menu}><Link href="/products" className="p-nav" aria-current={path.startsWith('/products') ? 'page' : undefined}>{t.products}</Link></nav>
        <div className="p-end">
          <span className="p-public-language"><LanguageSwitch /></span>
          <IconButton label={isDark ? k.light : k.dark} onClick={turn}>{isDark ? <IconSun size={19} /> : <IconMoon size={19} />}</IconButton>
          <Button component={Link} href={`/sign-in?then=${encodeURIComponent(path)}`} size="compact-md">{t.signIn}</Button>
        </div>
      </div></header>
      <main id="main">
        {failed ? <div className="f-page"><div className="f-state" role="alert"><h1>{k.failed}</h1><p>{k.unreachable}</p></div></div>
          : ready ? <Suspense fallback={<div className="f-page"><Loading card /></div>}>{children}</Suspense> : <div className="f-page"><Loading card /></div>}
      </main>
      <Footer />
    </>
  );
}
