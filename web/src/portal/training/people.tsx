import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { IconSearch } from '../../ui/icons.ts';
import { Check } from '../../ui/table.tsx';
import { roleName } from '../../words/roleNames.ts';
import { teamWords } from '../pages/Team.tsx';

/** The people of one's organization, and the courses that there are for them. */
export const Choices = graphql(`query TeamChoices {
  viewer { id organization { id memberships { id status user { id name } role { id key name } } } }
  courses(first: 100) { edges { node { id key title availableActions isFree placesBought @_optional } } }
  roles @_optional { id key name kind }
}`);

export interface Person { id: string; name: string; role: string }

/** People to tick, many at once. */
export function People(p: { people: Person[]; chosen: ReadonlySet<string>; choose: (next: Set<string>) => void; label: string; refused?: ReadonlyMap<string, string> }) {
  const t = teamWords.use();
  const [typed, setTyped] = useState('');
  const q = typed.trim().toLowerCase();
  const shown = p.people.filter((x) => !q || x.name.toLowerCase().includes(q) || x.role.toLowerCase().includes(q));
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

export const peopleOf = (list: readonly { status: string; user: { id: string; name: string } | null; role: { key: string; name: string } | null }[] | undefined): Person[] =>
  [...new Map((list ?? []).flatMap((m) => (m.status === 'ACTIVE' && m.user ? [[m.user.id, { id: m.user.id, name: m.user.name, role: m.role ? roleName(m.role) : '' }] as const] : []))).values()].sort((a, b) => a.name.localeCompare(b.name));

/** The last moment of a day, where one is; and back. */
export const endOf = (date: string) => (date ? new Date(`${date}T23:59:59`).toISOString() : null);
export const dayOf = (time: string | null | undefined) => {
  if (!time) return '';
  const d = new Date(time);
  return `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, '0')}-${String(d.getDate()).padStart(2, '0')}`;
};
