import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { words } from '../../lib/words.ts';
import { roleName } from '../../words/roleNames.ts';
import { IconSearch } from '../icons.ts';
import { Check } from '../table.tsx';
import en from './Enroll.en.ts';
import './people.css';

export const enrollWords = words('Enroll', en);

export interface Person { id: string; name: string; role: string }

/** Who of an organization can learn, each once, by name. */
export const peopleOf = (list: readonly { status: string; user: { id: string; name: string } | null; role: { key: string; name: string } | null }[] | null | undefined): Person[] =>
  [...new Map((list ?? []).flatMap((m) => (m.status === 'ACTIVE' && m.user ? [[m.user.id, { id: m.user.id, name: m.user.name, role: m.role ? roleName(m.role) : '' }] as const] : []))).values()].sort((a, b) => a.name.localeCompare(b.name));

/** People to tick, many at once. Who was refused comes first, with the reason. */
export function People(p: { people: readonly Person[]; chosen: ReadonlySet<string>; choose: (next: Set<string>) => void; label: string; refused?: ReadonlyMap<string, string> }) {
  const t = enrollWords.use();
  const [typed, setTyped] = useState('');
  const q = typed.trim().toLowerCase();
  const found = p.people.filter((x) => !q || x.name.toLowerCase().includes(q) || x.role.toLowerCase().includes(q));
  const shown = p.refused ? [...found.filter((x) => p.refused!.has(x.id)), ...found.filter((x) => !p.refused!.has(x.id))] : found;
  const all = shown.length > 0 && shown.every((x) => p.chosen.has(x.id));
  const turn = (ids: string[], on: boolean) => { const next = new Set(p.chosen); for (const id of ids) if (on) next.add(id); else next.delete(id); p.choose(next); };
  return (
    <fieldset className="te-people">
      <legend>{p.label} <span className="muted">{t.chosen(p.chosen.size)}</span></legend>
      {p.people.length > 8 && <TextInput aria-label={t.find} placeholder={t.find} leftSection={<IconSearch size={15} />} value={typed} onChange={(e) => setTyped(e.currentTarget.value)} />}
      <div className="te-list">
        {shown.length > 1 && <label className="te-all"><Check label={t.allOfThem} checked={all} some={shown.some((x) => p.chosen.has(x.id))} onChange={() => turn(shown.map((x) => x.id), !all)} /><span>{t.allOfThem}</span></label>}
        {shown.map((x) => <label key={x.id}><Check label={x.name} checked={p.chosen.has(x.id)} onChange={() => turn([x.id], !p.chosen.has(x.id))} /><span>{x.name}<small>{p.refused?.get(x.id) ? <em>{p.refused.get(x.id)}</em> : x.role}</small></span></label>)}
        {!shown.length && <p className="muted">{t.noPeople}</p>}
      </div>
    </fieldset>
  );
}
