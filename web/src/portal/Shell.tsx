import { Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useQuery, useSubscription } from 'urql';
import { graphql } from '../lib/graphql.ts';
import { words } from '../lib/words.ts';
import { IconBasket, IconBell, IconMenu, IconMoon, IconSun, IconX } from '../ui/icons.ts';
import { IconButton, Loading } from '../ui/kit.tsx';
import { Logo } from '../ui/Logo.tsx';
import { useMay, useScheme } from '../ui/root.tsx';
import { kitWords } from '../words/index.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { Footer } from './Footer.tsx';
import en from './Shell.en.ts';
import './shell.css';

export const shellWords = words('Shell', en);

const Unread = graphql(`query Unread { viewer { unreadNotifications @_optional } }`);
const Beside = graphql(`query BesideThePage { viewer { cart @_optional { id lines { id } } attention @_optional { approvalsToDecide @_optional } } }`);
const Received = graphql(`subscription Received($since: String) {
  notificationReceived(since: $since) { token unread notification { id title readAt } }
}`);

/** What stands around every page of somebody who is signed in. */
export function Shell({ children }: { children: ReactNode }) {
  const t = shellWords.use();
  const k = kitWords.use();
  const may = useMay();
  const [path] = useLocation();
  const [isDark, turn] = useScheme();
  const [{ data }] = useQuery({ query: Unread });
  useSubscription({ query: Received, pause: !may('notification.read') });
  const [{ data: beside }] = useQuery({ query: Beside, pause: !may('cart.read') });
  const inCart = beside?.viewer.cart?.lines.length ?? 0;
  const toDecide = beside?.viewer.attention?.approvalsToDecide ?? 0;
  const unread = data?.viewer.unreadNotifications ?? 0;
  const menu = useRef<HTMLDialogElement>(null);
  const links: { href: string; title: string; on: boolean; n?: number; said?: string }[] = [
    { href: '/', title: t.home, on: path === '/' },
    ...(may('product.read') ? [{ href: '/products', title: t.products, on: path.startsWith('/products') || path.startsWith('/guides') }] : []),
    ...(may('order.read') ? [{ href: '/orders', title: t.orders, on: path.startsWith('/orders') }] : []),
    ...(may('enrollment.learn') ? [{ href: '/training', title: t.training, on: path.startsWith('/training') }] : []),
    ...(may('configuration.save') ? [{ href: '/configurations', title: t.configurations, on: path.startsWith('/configurations') }] : []),
    ...(may('approval.read') && may('order.place') ? [{ href: '/approvals', title: t.approvals, on: path.startsWith('/approvals'), n: toDecide, said: toDecide ? t.approvalsWaiting(toDecide) : undefined }] : []),
    ...(may('membership.role') || may('organization.history') ? [{ href: '/organization', title: t.organization, on: path.startsWith('/organization') }] : []),
  ];
  const [arrived, setArrived] = useState(path);
  useEffect(() => { // a new page begins at its heading, for the keyboard as well
    menu.current?.close();
    if (arrived === path) return;
    setArrived(path);
    scrollTo({ top: 0 });
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, [path, arrived]);
  const nav = (phone?: boolean) => links.map((l) => (
    <Link key={l.href} href={l.href} aria-current={l.on ? 'page' : undefined} className="p-nav" data-phone={phone || undefined} title={l.said}>{l.title}{!!l.n && <> <span className="p-count">{l.n}</span></>}</Link>
  ));
  return (
    <>
      <a className="skip" href="#main">{k.skip}</a>
      <header className="p-header" role="banner">
        <div>
          <span className="p-burger"><IconButton label={t.menu} onClick={() => menu.current?.showModal()}><IconMenu size={20} /></IconButton></span>
          <Link href="/" className="p-brand"><Logo /></Link>
          <nav aria-label={t.menu} className="p-links">{nav()}</nav>
          <div className="p-end">
            <IconButton label={isDark ? k.light : k.dark} onClick={turn}>{isDark ? <IconSun size={19} /> : <IconMoon size={19} />}</IconButton>
            {may('cart.read') && (
              <Link href="/cart" className="f-icon p-bell" aria-label={t.cartOf(inCart)} title={t.cart}>
                <IconBasket size={19} />{inCart > 0 && <span className="p-dot p-dot-calm" aria-hidden>{inCart > 99 ? '99+' : inCart}</span>}
              </Link>
            )}
            {may('notification.read') && (
              <Link href="/notifications" className="f-icon p-bell" aria-label={unread ? t.unread(unread).replace(/\d{3,}/, '99+') : t.notifications} title={t.notifications}>
                <IconBell size={19} />{unread > 0 && <span className="p-dot" aria-hidden>{unread > 99 ? '99+' : unread}</span>}
              </Link>
            )}
            <AccountMenu />
          </div>
        </div>
      </header>
      <dialog ref={menu} className="p-menu" aria-label={t.menu} onClick={(e) => { if (e.target === menu.current) menu.current?.close(); }}>
        <div><Logo /><IconButton label={k.close} onClick={() => menu.current?.close()}><IconX size={20} /></IconButton></div>
        <nav aria-label={t.menu}>{nav(true)}</nav>
      </dialog>
      <main id="main"><Suspense fallback={<div className="f-page"><Loading card /></div>}>{children}</Suspense></main>
      <Footer />
    </>
  );
}
