import { useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react';
import { useDebouncedValue } from '@mantine/hooks';
import { useLocation } from 'wouter';
import { useQuery } from 'urql';
import { actAs } from '../lib/act.ts';
import { graphql } from '../lib/graphql.ts';
import { again, post, session } from '../lib/session.ts';
import { lang, words } from '../lib/words.ts';
import { IconBuilding, IconCart, IconExternal, IconHistory, IconLanguage, IconMoon, IconSearch, IconSettings, IconShield, IconSignOut, IconSun, IconUser, IconX } from '../ui/icons.ts';
import { IconButton } from '../ui/kit.tsx';
import { signOut, useMay, useScheme, useSession } from '../ui/root.tsx';
import { toast } from '../ui/toasts.tsx';
import { kitWords, orderWords } from '../words/index.ts';
import { keepRecent, recent } from './recent.ts';
import { usePlaces } from './Shell.tsx';
import en from './Palette.en.ts';
import { roleName } from '../words/roleNames.ts';
import './palette.css';

const text = words('Palette', en);

// One question with three lists; what the viewer's role lacks is cut out of it.
const Find = graphql(`query Palette($text: String!, $people: Boolean!) {
  orders(filter: { search: $text }, first: 5) @_optional { edges { node { id number status purchaseOrderNumber organization @_optional { id name } } } }
  organizations(filter: { search: $text }, first: 4) @_optional { edges { node { id name address { city } } } }
  users(filter: { search: $text }, first: 4) @_optional @include(if: $people) { edges { node { id name email @_optional } } }
}`);

interface Item { id: string; title: string; hint?: string | null; icon: ReactNode; href?: string; outside?: boolean; run?: () => void; kind?: 'order' | 'customer' | 'person' }
interface Group { title: string; items: Item[] }

const nodes = <N,>(list: { edges: readonly ({ node: N | null } | null)[] | null } | null | undefined): N[] => list?.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? [];
const icons = { order: <IconCart size={17} />, customer: <IconBuilding size={17} />, person: <IconUser size={17} /> };

/** Whether a word of a title begins with what is typed. */
const begins = (title: string, typed: string) => typed.toLowerCase().split(/\s+/).every((w) => ` ${title.toLowerCase()}`.includes(` ${w}`));

/** Goes anywhere and does anything by a few letters: Ctrl K, or a slash. */
export default function Palette({ close, help }: { close: () => void; help: () => void }) {
  const t = text.use();
  const k = kitWords.use();
  const o = orderWords.use();
  const may = useMay();
  const { viewer } = useSession();
  const places = usePlaces();
  const [isDark, turn] = useScheme();
  const [, go] = useLocation();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const now = typed.trim();
  const [wanted] = useDebouncedValue(now, 150);
  const [at, setAt] = useState(0);
  const [{ data, fetching, error, operation }] = useQuery({ query: Find, variables: { text: wanted, people: may('people.contact') }, pause: !wanted });
  // Another text's results are not shown as this one's.
  const found = wanted && now && operation?.variables?.text === wanted ? data : undefined;
  const searching = !!now && (now !== wanted || fetching);

  useEffect(() => { const d = dialog.current!; if (!d.open) d.showModal(); }, []);

  const become = async (membership: string, customer: boolean) => {
    if (!(await actAs(membership).catch(() => false))) toast(k.failed, 'bad');
    else if (customer) location.assign('/');
  };
  const speakOther = async () => {
    const { data: done } = await post<{ changeProfile: { userErrors: unknown[] } }>(
      'mutation Speak($input: ChangeProfileInput!) { changeProfile(input: $input) { userErrors { code } } }', { input: { language: lang() === 'de' ? 'EN' : 'DE' } }, session().token).catch(() => ({ data: undefined }));
    if (done && !done.changeProfile.userErrors.length) await again(); else toast(k.failed, 'bad');
  };
  const groups = useMemo((): Group[] => {
    const pages: Item[] = [
      ...places.flatMap((g) => g.places.map((p) => ({ id: `page ${p.href}`, title: p.title, hint: g.title, icon: p.icon, href: p.href, outside: p.outside }))),
      { id: 'page /settings', title: t.settings, icon: <IconSettings size={17} />, href: '/settings' },
      { id: 'page portal', title: t.portal, icon: <IconExternal size={17} />, href: '/', outside: true },
    ];
    const others = (viewer.memberships ?? []).filter((m) => m.id !== viewer.membership?.id && m.status === 'ACTIVE');
    const actions: Item[] = [
      { id: 'do colours', title: isDark ? t.light : t.dark, icon: isDark ? <IconSun size={17} /> : <IconMoon size={17} />, run: turn },
      ...(may('profile.change') ? [{ id: 'do language', title: lang() === 'de' ? t.english : t.german, icon: <IconLanguage size={17} />, run: () => void speakOther() }] : []),
      ...others.map((m) => ({ id: `do act ${m.id}`, title: t.actAs(m.organization?.name ?? t.staff), hint: roleName(m.role), icon: m.organization ? <IconBuilding size={17} /> : <IconShield size={17} />, run: () => void become(m.id, !!m.organization) })),
      { id: 'do help', title: t.keyboard, hint: '?', icon: <IconHistory size={17} />, run: help },
      { id: 'do leave', title: t.signOut, icon: <IconSignOut size={17} />, run: () => void signOut() },
    ];
    const all: Group[] = now ? [
      { title: t.orders, items: nodes(found?.orders).map((x) => ({ id: x.id, kind: 'order', title: x.number, hint: [x.purchaseOrderNumber, x.organization?.name, o.status[x.status]].filter(Boolean).join(' · '), icon: icons.order, href: `/orders/${encodeURIComponent(x.number)}` })) },
      { title: t.customers, items: nodes(found?.organizations).map((x) => ({ id: x.id, kind: 'customer', title: x.name, hint: x.address?.city, icon: icons.customer, href: `/customers/${x.id}` })) },
      { title: t.people, items: nodes(found?.users).map((x) => ({ id: x.id, kind: 'person', title: x.name, hint: x.email, icon: icons.person, href: `/people/${x.id}` })) },
      { title: t.pages, items: pages.filter((p) => begins(p.title, now)) },
      { title: t.actions, items: actions.filter((a) => begins(a.title, now)) },
    ] : [
      { title: t.recent, items: recent(viewer.id).map((r) => ({ id: `recent ${r.href}`, title: r.title, hint: r.hint, icon: icons[r.kind], href: r.href, kind: r.kind })) },
      { title: t.pages, items: pages },
      { title: t.actions, items: actions },
    ];
    return all.filter((g) => g.items.length);
  // the functions above only call what does not change
  }, [places, viewer, isDark, now, found, t, o]);
  const items = groups.flatMap((g) => g.items);
  const current = Math.min(at, items.length - 1);
  useEffect(() => setAt(0), [now]);
  useEffect(() => { list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }); }, [current]);

  // The browser's own close event comes later, and could close the next palette.
  const shut = () => { dialog.current?.close(); close(); };
  const choose = (item: Item) => {
    shut(); // gives the focus back before the page takes it
    if (item.kind && item.href) keepRecent(viewer.id, { kind: item.kind, title: item.title, hint: item.hint ?? '', href: item.href });
    if (item.run) item.run();
    else if (item.outside) location.assign(item.href!);
    else if (item.href) go(item.href);
  };
  const onKey = (e: React.KeyboardEvent) => {
    const n = items.length;
    const to = n ? { ArrowDown: (current + 1) % n, ArrowUp: (current - 1 + n) % n, PageDown: Math.min(n - 1, current + 6), PageUp: Math.max(0, current - 6) }[e.key] : undefined;
    if (to !== undefined) { e.preventDefault(); setAt(to); } else if (e.key === 'Enter') { e.preventDefault(); if (items[current] && !(searching && !items.some((i) => !i.id.startsWith('do')))) choose(items[current]); }
  };
  return (
    <dialog ref={dialog} className="pl" aria-label={t.title} onClose={close} onCancel={(e) => { e.preventDefault(); shut(); }} onClick={(e) => { if (e.target === dialog.current) shut(); }}>
      <div className="pl-field">
        <IconSearch size={19} />
        <input role="combobox" autoFocus aria-label={t.field} placeholder={t.field} aria-expanded={items.length > 0} aria-controls={`${id}-list`} aria-autocomplete="list" autoComplete="off" spellCheck={false} enterKeyHint="go"
          aria-activedescendant={items.length ? `${id}-${current}` : undefined} value={typed} onChange={(e) => setTyped(e.currentTarget.value)} onKeyDown={onKey} />
        <IconButton label={k.close} onClick={shut}><IconX size={18} /></IconButton>
      </div>
      <div className="pl-list" role="listbox" id={`${id}-list`} aria-label={t.title} ref={list} tabIndex={-1} aria-busy={searching}>
        {groups.map((g, n) => (
          <div role="group" aria-labelledby={`${id}-g${n}`} key={g.title}>
            <p className="pl-group" id={`${id}-g${n}`} role="presentation">{g.title}</p>
            {g.items.map((item) => {
              const i = items.indexOf(item);
              return (
                <div role="option" key={item.id} id={`${id}-${i}`} className="pl-item" aria-selected={i === current} onMouseMove={() => setAt(i)} onClick={() => choose(item)}>
                  {item.icon}<span>{item.title}</span>{item.hint && <small>{item.hint}</small>}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {!items.length && <div className="pl-none">{searching ? t.searching : <><b>{t.none(now)}</b>{t.noneHint}</>}</div>}
      {error && now && <div className="pl-none" role="alert">{t.failed}</div>}
      <span className="vh" role="status">{!now ? '' : searching ? t.searching : t.found(items.length)}</span>
      <div className="pl-foot" aria-hidden><span><kbd className="f-kbd">↑</kbd><kbd className="f-kbd">↓</kbd>{t.walk}</span><span><kbd className="f-kbd">↵</kbd>{t.open}</span><span><kbd className="f-kbd">Esc</kbd>{t.close}</span></div>
    </dialog>
  );
}
