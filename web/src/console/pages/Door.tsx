import { useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { actAs } from '../../lib/act.ts';
import { enter, type Tokens } from '../../lib/session.ts';
import { words } from '../../lib/words.ts';
import { house } from '../../ui/house.ts';
import { IconAlert, IconBox, IconCheck, IconMoon, IconShield, IconSun, IconTruck } from '../../ui/icons.ts';
import { Avatar, IconButton, useTitle } from '../../ui/kit.tsx';
import { LanguageSwitch } from '../../ui/LanguageSwitch.tsx';
import { Logo } from '../../ui/Logo.tsx';
import { signOut, useScheme, useSession } from '../../ui/root.tsx';
import { signIn, SignInForm } from '../../ui/signin.tsx';
import { toast } from '../../ui/toasts.tsx';
import { kitWords } from '../../words/index.ts';
import { roleName } from '../../words/roleNames.ts';
import en from './Door.en.ts';
import '../../portal/pages/signin.css';
import './door.css';

const text = words('Door', en);

/** What stands at the console's address for whoever is no member of staff. The
 * page that was asked for is still in the address, and is what they see next. */
export default function Door() {
  const { viewer } = useSession();
  return viewer.kind === 'ANONYMOUS' ? <Entrance /> : <Elsewhere />;
}

function Frame({ children }: { children: ReactNode }) {
  const t = text.use();
  const k = kitWords.use();
  const [isDark, turn] = useScheme();
  const icons = [<IconCheck size={17} key="1" />, <IconTruck size={17} key="2" />, <IconAlert size={17} key="3" />, <IconBox size={17} key="4" />];
  return (
    <div className="si">
      <div className="si-left">
        <header role="banner"><Logo /><span className="f-actions" style={{ width: 'auto' }}><LanguageSwitch german={() => import('../german.ts')} />
          <IconButton label={isDark ? k.light : k.dark} onClick={turn}>{isDark ? <IconSun size={19} /> : <IconMoon size={19} />}</IconButton></span></header>
        <main className="si-main" id="main">{children}</main>
      </div>
      <div className="si-right dr-right" aria-hidden>
        <ul className="dr-cards">{t.cards.split('|').map((c, i) => <li key={c}>{icons[i]}<span>{c}</span><b>{[12, 4, 2, 3][i]}</b></li>)}</ul>
        <p className="si-claim">{t.claim}</p>
      </div>
    </div>
  );
}

function Entrance() {
  const t = text.use();
  const [busy, setBusy] = useState('');
  useTitle(t.title);
  const done = async (tokens: Tokens) => { await enter(tokens); }; // who turns out to be a customer is told so here
  const demo = async (email: string, password: string) => {
    setBusy(email);
    try {
      const got = await signIn(email, password);
      if (Array.isArray(got)) toast(got[0]?.message ?? kitWords.get().failed, 'bad');
      else await done(got);
    } catch {
      toast(kitWords.get().unreachable, 'bad');
    } finally { setBusy(''); }
  };
  const staff = (house.demo ?? []).filter((a) => a.staff);
  return (
    <Frame>
      <h1>{t.title}</h1>
      <p className="muted">{t.text}</p>
      <SignInForm done={done} />
      <p className="si-small"><a href="/password/forgotten">{t.forgotten}</a></p>
      <div className="si-or"><span>{t.or}</span></div>
      <Button component="a" href="/" variant="default" size="md" fullWidth>{t.portal}</Button>
      {staff.length > 0 && (
        <section className="si-demo" aria-labelledby="demo">
          <h2 id="demo">{t.demo}</h2><p className="muted">{t.demoText}</p>
          <ul>{staff.map((a) => (
            <li key={a.email}><button type="button" disabled={!!busy} data-busy={busy === a.email || undefined} onClick={() => void demo(a.email, a.password)}>
              <Avatar name={a.name} /><span><b>{a.name}</b><small>{roleName({ key: a.role, name: a.role })}</small></span>
            </button></li>
          ))}</ul>
        </section>
      )}
    </Frame>
  );
}

/** Somebody is signed in, but not as staff. */
function Elsewhere() {
  const t = text.use();
  const k = kitWords.use();
  const { viewer } = useSession();
  const [busy, setBusy] = useState('');
  useTitle(t.title);
  const staff = (viewer.memberships ?? []).filter((m) => !m.organization && m.status === 'ACTIVE');
  const become = async (id: string) => {
    setBusy(id);
    if (!(await actAs(id).catch(() => false))) toast(k.failed, 'bad');
    setBusy('');
  };
  return (
    <Frame>
      <h1>{t.staffOnly}</h1>
      <p className="muted">{viewer.kind === 'GUEST' || !viewer.organization ? t.staffOnlyGuest : t.staffOnlyText(viewer.name, viewer.organization.name)}</p>
      {staff.length > 0 && <p className="dr-also">{t.alsoStaff}</p>}
      <div className="dr-ways">
        {staff.map((m) => <Button key={m.id} size="md" fullWidth loading={busy === m.id} leftSection={<IconShield size={17} />} onClick={() => void become(m.id)}>{t.actAs(roleName(m.role) || t.title)}</Button>)}
        <Button component="a" href={viewer.kind === 'GUEST' ? '/track' : '/'} size="md" fullWidth variant={staff.length ? 'default' : 'filled'}>{t.portal}</Button>
        <Button size="md" fullWidth variant="subtle" onClick={() => void signOut()}>{t.another}</Button>
      </div>
    </Frame>
  );
}
