import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useQuery, useSubscription } from 'urql';
import { graphql } from '../lib/graphql.ts';
import { number } from '../lib/format.ts';
import { words } from '../lib/words.ts';
import { house } from '../ui/house.ts';
import { IconBell, IconBox, IconBuilding, IconCart, IconCheck, IconClipboard, IconExternal, IconHistory, IconHome, IconInbox, IconKey, IconMail, IconMenu, IconMoon, IconNote, IconRefresh, IconSearch, IconSettings, IconShield, IconSun, IconTag, IconTruck, IconUpload, IconUsers, IconX } from '../ui/icons.ts';
import { IconButton, Loading } from '../ui/kit.tsx';
import { Logo } from '../ui/Logo.tsx';
import { useMay, useScheme } from '../ui/root.tsx';
import { kitWords } from '../words/index.ts';
import { useKeys } from './keys.ts';
import { StaffMenu } from './StaffMenu.tsx';
import en from './Shell.en.ts';
import './shell.css';

const Palette = lazy(() => import('./Palette.tsx'));
const Keyboard = lazy(() => import('./Keyboard.tsx'));
export const shellWords = words('Shell', en);

const Queues = graphql(`query Queues { viewer {
  unreadNotifications @_optional
  attention @_optional { ordersToConfirm @_optional waitingParcelReports @_optional }
} }`);
const Received = graphql(`subscription Received($since: String) {
  notificationReceived(since: $since) { token unread notification { id title readAt } }
}`);

export interface Place { href: string; title: string; icon: ReactNode; count?: number | null; outside?: boolean }

/** The pages that the viewer's role has, in groups. */
export function usePlaces(): { title?: string; places: Place[] }[] {
  const t = shellWords.use();
  const may = useMay();
  const [{ data }] = useQuery({ query: Queues });
  const a = data?.viewer.attention;
  const when = (permission: string, ...places: Place[]) => (may(permission) ? places : []);
  return [
    { places: [{ href: '/', title: t.home, icon: <IconHome size={18} /> }] },
    { title: t.sell, places: [
      ...when('order.read', { href: '/orders', title: t.orders, icon: <IconCart size={18} />, count: a?.ordersToConfirm }),
      ...when('organization.read', { href: '/customers', title: t.customers, icon: <IconBuilding size={18} /> }),
      ...when('approval.read', { href: '/approvals', title: t.approvals, icon: <IconCheck size={18} /> }),
      ...when('configuration.read', { href: '/configurations', title: t.configurations, icon: <IconClipboard size={18} /> }),
      ...when('parcelReport.read', { href: '/parcels', title: t.parcels, icon: <IconTruck size={18} />, count: a?.waitingParcelReports }),
    ] },
    { title: t.goods, places: [
      ...when('catalog.unpublished', { href: '/products', title: t.products, icon: <IconTag size={18} /> }),
      ...when('configuration.staff', { href: '/models', title: t.models, icon: <IconSettings size={18} /> }),
      ...when('stock.levels', { href: '/stock', title: t.stock, icon: <IconBox size={18} /> }),
      ...when('searchMiss.read', { href: '/searches', title: t.searches, icon: <IconSearch size={18} /> }),
      ...when('catalog.unpublished', { href: '/guides', title: t.guides, icon: <IconNote size={18} /> }),
    ] },
    { title: t.pricing, places: [
      ...when('priceList.read', { href: '/price-lists', title: t.priceLists, icon: <IconBox size={18} /> }),
      ...when('ruleTable.read', { href: '/rules', title: t.rules, icon: <IconSettings size={18} /> }),
      ...when('price.quote', { href: '/prices', title: t.priceCheck, icon: <IconSearch size={18} /> }),
    ] },
    { title: t.training, places: [
      ...when('course.read', { href: '/courses', title: t.courses, icon: <IconNote size={18} /> }),
      ...when('enrollment.read', { href: '/learners', title: t.learners, icon: <IconUsers size={18} /> }),
      ...when('submission.read', { href: '/submissions', title: t.submissions, icon: <IconInbox size={18} /> }),
      ...when('certificate.read', { href: '/certificates', title: t.certificates, icon: <IconShield size={18} /> }),
    ] },
    { title: t.manage, places: [
      ...when('people.contact', { href: '/people', title: t.people, icon: <IconUsers size={18} /> }),
      ...when('role.create', { href: '/roles', title: t.roles, icon: <IconKey size={18} /> }),
      ...when('access.explain', { href: '/access', title: t.access, icon: <IconShield size={18} /> }),
      ...when('importRun.read', { href: '/imports', title: t.imports, icon: <IconUpload size={18} /> }),
      ...when('job.read', { href: '/jobs', title: t.jobs, icon: <IconRefresh size={18} /> }),
      ...when('auditEntry.read', { href: '/audit', title: t.audit, icon: <IconHistory size={18} /> }),
    ] },
    { title: t.develop, places: [
      ...(house.mailbox ? when('mail.preview', { href: '/mailbox', title: t.mailbox, icon: <IconMail size={18} />, outside: true }) : []),
      ...(house.graphiql ? when('job.read', { href: '/graphiql/', title: t.graphiql, icon: <IconExternal size={18} />, outside: true }) : []),
    ] },
  ].filter((g) => g.places.length);
}

/** What stands around every page of the console. */
export function Shell({ children }: { children: ReactNode }) {
  const t = shellWords.use();
  const k = kitWords.use();
  const may = useMay();
  const [path, go] = useLocation();
  const [isDark, turn] = useScheme();
  const groups = usePlaces();
  const [{ data }] = useQuery({ query: Queues });
  useSubscription({ query: Received, pause: !may('notification.read') });
  const [palette, setPalette] = useState(false);
  const menu = useRef<HTMLDialogElement>(null);
  const [help, setHelp] = useState(false);
  useKeys({ palette: () => setPalette(true), help: () => setHelp(true), go, has: (href) => groups.some((g) => g.places.some((x) => x.href === href)) });
  const [arrived, setArrived] = useState(path);
  useEffect(() => {
    menu.current?.close();
    if (arrived === path) return;
    setArrived(path);
    scrollTo({ top: 0 });
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, [path, arrived]);
  const on = (href: string) => (href === '/' ? path === '/' : path.startsWith(href));
  const nav = groups.map((g) => (
    <div key={g.title ?? ''}>
      {g.title && <p className="c-group">{g.title}</p>}
      {g.places.map((x) => x.outside
        ? <a key={x.href} href={x.href} className="c-nav">{x.icon}<span>{x.title}</span></a>
        : <Link key={x.href} href={x.href} className="c-nav" aria-current={on(x.href) ? 'page' : undefined}>{x.icon}<span>{x.title}</span>{!!x.count && <span className="c-count">{number(x.count)}</span>}</Link>)}
    </div>
  ));
  const unread = data?.viewer.unreadNotifications ?? 0;
  const search = <button type="button" className="c-search" onClick={() => setPalette(true)}><IconSearch size={16} /><span>{t.search}</span><kbd className="f-kbd">Ctrl K</kbd></button>;
  return (
    <div className="c-frame">
      <a className="skip" href="#main">{k.skip}</a>
      <aside className="c-side no-print" aria-label={t.console}>
        <Link href="/" className="c-brand"><Logo /></Link>
        {search}
        <nav aria-label={t.menu}>{nav}</nav>
        <StaffMenu up />
      </aside>
      <div className="c-main">
        <header className="c-top no-print" role="banner">
          <span className="c-burger"><IconButton label={t.menu} onClick={() => menu.current?.showModal()}><IconMenu size={20} /></IconButton></span>
          <span className="c-top-brand"><Logo /></span>
          <span className="c-top-search"><IconButton label={t.search} onClick={() => setPalette(true)}><IconSearch size={19} /></IconButton></span>
          <IconButton label={isDark ? k.light : k.dark} onClick={turn}>{isDark ? <IconSun size={19} /> : <IconMoon size={19} />}</IconButton>
          <Link href="/settings/inbox" className="f-icon p-bell" aria-label={t.unread(unread).replace(/\d{3,}/, '99+')}><IconBell size={19} />{unread > 0 && <span className="p-dot" aria-hidden>{unread > 99 ? '99+' : unread}</span>}</Link>
          <span className="c-top-me"><StaffMenu /></span>
        </header>
        <main id="main"><Suspense fallback={<div className="f-page" data-wide><Loading card /></div>}>{children}</Suspense></main>
      </div>
      <dialog ref={menu} className="p-menu" aria-label={t.menu} onClick={(e) => { if (e.target === menu.current) menu.current?.close(); }}>
        <div><Logo /><IconButton label={k.close} onClick={() => menu.current?.close()}><IconX size={20} /></IconButton></div>
        <nav aria-label={t.menu}>{nav}</nav>
      </dialog>
      {palette && <Suspense fallback={null}><Palette close={() => setPalette(false)} help={() => setHelp(true)} /></Suspense>}
      {help && <Suspense fallback={null}><Keyboard close={() => setHelp(false)} /></Suspense>}
    </div>
  );
}
