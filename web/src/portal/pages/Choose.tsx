import { useState } from 'react';
import { Button } from '@mantine/core';
import { useLocation } from 'wouter';
import { actAs, seats } from '../../lib/act.ts';
import { words } from '../../lib/words.ts';
import { house } from '../../ui/house.ts';
import { IconChevronRight, IconShield } from '../../ui/icons.ts';
import { Avatar, Notice, Pill, useTitle } from '../../ui/kit.tsx';
import { signOut, useSession } from '../../ui/root.tsx';
import { kitWords } from '../../words/index.ts';
import { Frame } from '../Frame.tsx';
import { roleName } from '../../words/roleNames.ts';
import en from './Choose.en.ts';
import './choose.css';

const text = words('Choose', en);

/** Whom to act for, for those who have several: once on each device, and whenever
 * they like. The page that was asked for is still in the address, and comes next. */
export default function Choose() {
  const t = text.use();
  const k = kitWords.use();
  const { viewer } = useSession();
  const [path, navigate] = useLocation();
  const [busy, setBusy] = useState('');
  const [failed, setFailed] = useState(false);
  useTitle(t.title);
  const mine = viewer.membership?.id;
  const all = [...seats(viewer)].sort((a, b) => Number(b.id === mine) - Number(a.id === mine));
  const choose = async (m: (typeof all)[number]) => {
    setBusy(m.id); setFailed(false);
    // also for the present one: then it is chosen
    if (!(await actAs(m.id).catch(() => false))) { setBusy(''); setFailed(true); return; }
    if (!m.organization) location.assign('/console/');
    else navigate(path === '/choose' ? '/' : path, { replace: true });
  };
  return (
    <Frame>
      <h1>{t.title}</h1>
      <p className="muted">{all.length > 1 ? t.text : t.only}</p>
      {failed && <div style={{ marginBottom: 14 }}><Notice tone="bad">{k.failed}</Notice></div>}
      <ul className="ch-list">
        {all.map((m) => (
          <li key={m.id}><button type="button" disabled={!!busy} data-busy={busy === m.id || undefined} onClick={() => void choose(m)}>
            {m.organization ? <Avatar name={m.organization.name} square /> : <span className="f-avatar" data-square aria-hidden><IconShield size={17} /></span>}
            <span><b>{m.organization?.name ?? t.console}</b><small>{m.organization ? roleName(m.role) : `${house.name} · ${roleName(m.role)}`}</small></span>
            {m.id === mine && <Pill tone="accent">{t.present}</Pill>}
            <IconChevronRight size={17} aria-hidden />
          </button></li>
        ))}
      </ul>
      <Button variant="subtle" onClick={() => void signOut()}>{t.another}</Button>
    </Frame>
  );
}
