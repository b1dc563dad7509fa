import { useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useClient } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import type { useList } from '../../lib/search.ts';
import { IconX } from '../../ui/icons.ts';
import { Picker, type Choice } from '../../ui/Picker.tsx';
import { useSession } from '../../ui/root.tsx';
import { isId, useNames } from './auditNames.ts';
import { auditWords } from './auditWords.ts';

const Find = graphql(`query FindActors($search: String) { users(filter: { search: $search }, first: 8) { edges { node { id name email @_optional } } } }`);

/** What narrows the audit, as it is called in the address. */
export const auditKeys = ['entity', 'subject', 'actor', 'action', 'from', 'to'] as const;

/** A text that filters when it is done: by Enter, or by going on. */
function Exact(p: { label: string; value: string; options?: string[]; wrong?: (text: string) => string | undefined; onDone: (text: string) => void; className?: string }) {
  const [typed, setTyped] = useState(p.value);
  const [was, setWas] = useState(p.value);
  if (p.value !== was) { setWas(p.value); setTyped(p.value); }
  const error = typed.trim() === p.value ? p.value && p.wrong?.(p.value) : undefined;
  const done = () => { if (typed.trim() !== p.value) p.onDone(typed.trim()); };
  return <>
    <TextInput className={p.className} aria-label={p.label} placeholder={p.label} value={typed} error={error || undefined} spellCheck={false} autoComplete="off" list={p.options && 'audit-actions'}
      onChange={(e) => { setTyped(e.currentTarget.value); if (p.options?.includes(e.currentTarget.value) || !e.currentTarget.value) p.onDone(e.currentTarget.value); }}
      onBlur={done} onKeyDown={(e) => { if (e.key === 'Enter') { e.preventDefault(); done(); } }} />
    {p.options && <datalist id="audit-actions">{p.options.map((o) => <option key={o} value={o} />)}</datalist>}
  </>;
}

/** What narrows the audit; all of it stands in the address. */
export function AuditFilters({ list }: { list: ReturnType<typeof useList> }) {
  const t = auditWords.use();
  const client = useClient();
  const { viewer } = useSession();
  const [entity, actor] = [list.get('entity') ?? '', list.get('actor')];
  const nameOf = useNames([actor]);
  const find = async (search: string): Promise<Choice[]> => {
    const result = await client.query(Find, { search: search || null }, { requestPolicy: 'network-only' }).toPromise();
    if (result.error) throw result.error;
    return result.data?.users.edges?.flatMap((e) => (e?.node ? [{ id: e.node.id, label: e.node.name, hint: e.node.email ?? undefined }] : [])) ?? [];
  };
  return (
    <div className="f-filters w-audit" role="search">
      <NativeSelect aria-label={t.entity} value={entity} onChange={(e) => list.set({ entity: e.currentTarget.value })}
        data={[{ value: '', label: `${t.entity}: ${t.any}` }, ...[...new Set([...Object.keys(t.entities), ...(entity ? [entity] : [])])].map((value) => ({ value, label: t.entities[value] ?? value }))]} />
      <Picker className="od-customer" hideLabel label={t.who} placeholder={`${t.who}: ${t.anybody}`} value={actor ? { id: actor, label: nameOf(actor)?.name ?? actor } : null} find={find} onChange={(c) => list.set({ actor: c?.id })} />
      {/* an action is named by the permission that it takes, so the viewer's own are what there is */}
      <Exact label={t.actionHint} className="w-action" value={list.get('action') ?? ''} options={viewer.permissions.filter((p) => !/\.(read|contact|prices|source)$/.test(p))} onDone={(action) => list.set({ action })} />
      <Exact label={t.subject} className="w-action" value={list.get('subject') ?? ''} wrong={(text) => (isId(text) ? undefined : t.subjectWrong)} onDone={(subject) => list.set({ subject })} />
      <label className="w-day"><span>{t.from}</span><TextInput type="date" value={list.get('from') ?? ''} max={list.get('to')} onChange={(e) => list.set({ from: e.currentTarget.value })} /></label>
      <label className="w-day"><span>{t.to}</span><TextInput type="date" value={list.get('to') ?? ''} min={list.get('from')} onChange={(e) => list.set({ to: e.currentTarget.value })} /></label>
      {auditKeys.some((k) => list.get(k)) && <Button variant="subtle" leftSection={<IconX size={15} />} onClick={() => list.set(Object.fromEntries(auditKeys.map((k) => [k, null])))}>{t.clear}</Button>}
    </div>
  );
}
