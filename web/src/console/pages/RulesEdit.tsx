import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useClient } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { isStale, useAction, useKey, type Refusal } from '../../ui/form.tsx';
import { IconChevronDown, IconPlus, IconTrash } from '../../ui/icons.ts';
import { Dialog, IconButton, Loading, Notice, requestIdOf, useFailure } from '../../ui/kit.tsx';
import { toast } from '../../ui/toasts.tsx';
import { kitWords } from '../../words/index.ts';
import { check, columns, drafts, fresh, idLists, isChanged, rulesWords, SaveTable, toInput, type Draft, type Field, type Kind, type TableData } from './rulesDraft.ts';

const Whom = lazy(() => import('./RulesWhom.tsx'));
const Latest = graphql(`query LatestRules($kind: RuleTableKind!) { ruleTable(kind: $kind) { id number } }`);

/** The rules of one kind as a table to write in; what is refused stands at its cell. */
export default function RulesEdit({ kind, table, current, close, saved }: { kind: Kind; table: TableData | null; current: number; close: () => void; saved: () => void }) {
  const t = rulesWords.use();
  const k = kitWords.use();
  const client = useClient();
  const say = useFailure();
  const keyFor = useKey();
  const [save, busy] = useAction(SaveTable);
  const [rows, setRows] = useState<Draft[]>(() => { const all = drafts(kind, table); return all.length ? all : [fresh(kind, 0)]; });
  const count = useRef(rows.length + 1000);
  const had = useRef(new Set(rows.filter((r) => r.was).map((r) => r.n)));
  const [origin, setOrigin] = useState(table?.originCountry ?? '');
  const [note, setNote] = useState('');
  const [basedOn, setBasedOn] = useState(current);
  const [newer, setNewer] = useState<number | null>(null);
  const [wrong, setWrong] = useState<Map<string, string>>(new Map());
  const [refused, setRefused] = useState<Refusal[]>([]);
  const [failure, setFailure] = useState<{ text: string; id?: string } | null>(null);
  const [whom, setWhom] = useState<number | null>(null);
  const body = useRef<HTMLDivElement>(null);

  const changed = rows.filter((r) => r.was && isChanged(r)).length;
  const added = rows.filter((r) => !r.was).length;
  const removed = [...had.current].filter((n) => !rows.some((r) => r.n === n)).length;
  const moved = rows.some((r, i) => rows.slice(0, i).some((x) => x.n > r.n && r.was && x.was));
  const dirty = changed + added + removed > 0 || moved || (kind === 'TAX' && origin !== (table?.originCountry ?? '')) || (!!table && table.number !== current);
  useEffect(() => {
    if (!dirty) return;
    const ask = (e: BeforeUnloadEvent) => e.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [dirty]);

  const set = (n: number, field: Field, value: string) => {
    setRows((all) => all.map((r) => (r.n === n ? { ...r, v: { ...r.v, [field.name]: value } } : r)));
    const i = rows.findIndex((r) => r.n === n);
    setWrong((w) => { const next = new Map(w); next.delete(`${i} ${field.name}`); return next; });
  };
  const settle = () => { setWrong(new Map()); setRefused([]); }; // places are others now
  const move = (i: number, by: number) => { settle(); setRows((all) => { const next = [...all]; const [r] = next.splice(i, 1); next.splice(i + by, 0, r!); return next; }); };
  const focus = () => setTimeout(() => body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), 0);
  const submit = async () => {
    setRefused([]);
    setFailure(null);
    const bad = check(kind, rows, t);
    setWrong(bad);
    if (bad.size) { focus(); return; }
    const input = toInput(kind, rows, basedOn, note, origin);
    const outcome = await save({ input, key: keyFor(input) });
    if (outcome.ok) { toast(t.saved(outcome.payload.ruleTable?.number ?? basedOn + 1)); saved(); return; }
    if (isStale(outcome)) {
      const { data } = await client.query(Latest, { kind }, { requestPolicy: 'network-only' }).toPromise();
      if (data?.ruleTable) { setNewer(data.ruleTable.number); setBasedOn(data.ruleTable.number); }
      return;
    }
    setRefused(outcome.refusals);
    if (outcome.error) setFailure({ text: say(outcome.error), id: requestIdOf(outcome.error) });
    const cells = new Map(outcome.refusals.flatMap((r) => { const at = r.field?.findIndex((x) => x.endsWith('Rules')) ?? -1; return at >= 0 && r.field!.length > at + 2 ? [[`${r.field![at + 1]} ${r.field![at + 2]}`, r.message] as const] : []; }));
    setWrong(cells);
    focus();
  };
  const general = refused.filter((r) => !r.field?.some((x) => x.endsWith('Rules')) && !r.field?.includes('originCountry') && !r.field?.includes('note'));
  const onRule = (i: number) => ['', ...idLists].map((x) => wrong.get(`${i} ${x}`)).find(Boolean);
  const groups = columns[kind];
  return (
    <form noValidate aria-label={t.kinds[kind]} onSubmit={(e) => { e.preventDefault(); void submit(); }}>
      {newer && <div className="pr-state"><Notice tone="warn">{t.conflict(newer)} <Button size="compact-sm" variant="default" onClick={close}>{t.look}</Button></Notice></div>}
      {general.map((r) => <div className="pr-state" key={r.message}><Notice tone="bad">{r.message}</Notice></div>)}
      {failure && <div className="pr-state"><Notice tone="bad">{failure.text}{failure.id && <><br /><small>{k.requestId(failure.id)}</small></>}</Notice></div>}
      {wrong.size > 0 && <div className="pr-state"><Notice tone="bad">{t.oneWrong}</Notice></div>}
      <section className="f-card ru-edit" ref={body} aria-label={t.kinds[kind]}>
        {kind === 'TAX' && <div className="ru-origin"><TextInput size="xs" label={t.origin} description={t.originHint} maxLength={2} value={origin} onChange={(e) => setOrigin(e.currentTarget.value.toUpperCase())} error={refused.find((r) => r.field?.includes('originCountry'))?.message} /></div>}
        <div className="f-scroll" tabIndex={-1}>
          <table className="f-table ru-table" aria-label={t.kinds[kind]}>
            <thead><tr>{groups.map((g) => <th key={g.name} scope="col">{t.groups[g.name]}</th>)}<th scope="col"><span className="vh">{t.actions}</span></th></tr></thead>
            <tbody>{rows.map((r, i) => (
              <tr key={r.n} aria-label={t.rule(i + 1)}>
                {groups.map((g) => (
                  <td key={g.name} data-label={t.groups[g.name]}>
                    <div className="ru-cell">
                      {g.fields.map((f) => <Cell key={f.name} row={r} n={i + 1} field={f} error={wrong.get(`${i} ${f.name}`)} set={(value) => set(r.n, f, value)} />)}
                      {g.name === 'whom' && <><Button size="compact-sm" variant="default" aria-label={t.whomTitle(r.v.name || t.rule(i + 1))} onClick={() => setWhom(r.n)}>{t.choose}</Button>
                        <small className="muted">{idLists.flatMap((x) => (r.ids[x]?.length ? [`${t.lists[x]}: ${r.ids[x]!.length}`] : [])).join(', ') || t.everybody}</small>
                        {onRule(i) && <small role="alert" className="pr-wrong">{onRule(i)}</small>}</>}
                    </div>
                  </td>
                ))}
                <td className="ru-do">
                  <span data-up><IconButton label={t.up(i + 1)} disabled={i === 0} onClick={() => move(i, -1)}><IconChevronDown size={17} /></IconButton></span>
                  <IconButton label={t.down(i + 1)} disabled={i === rows.length - 1} onClick={() => move(i, 1)}><IconChevronDown size={17} /></IconButton>
                  <IconButton label={t.remove(i + 1)} onClick={() => { settle(); setRows((all) => all.filter((x) => x.n !== r.n)); }}><IconTrash size={17} /></IconButton>
                </td>
              </tr>
            ))}</tbody>
          </table>
        </div>
        <div className="ru-add"><Button size="compact-md" variant="default" leftSection={<IconPlus size={15} />} disabled={rows.length >= 500} onClick={() => setRows((all) => [...all, fresh(kind, count.current++)])}>{t.add}</Button></div>
      </section>
      <div className="ru-bar">
        <TextInput label={t.note} placeholder={t.noteHint} maxLength={1000} value={note} onChange={(e) => setNote(e.currentTarget.value)} error={refused.find((r) => r.field?.includes('note'))?.message} />
        <small className="muted" role="status">{dirty ? t.changes(added, changed, removed) : ''}</small>
        <span className="f-actions"><Button variant="default" onClick={close}>{t.discard}</Button><Button type="submit" loading={busy} disabled={!dirty}>{t.save(basedOn + 1)}</Button></span>
      </div>
      <Dialog open={whom !== null} onClose={() => setWhom(null)} title={t.whomTitle(rows.find((r) => r.n === whom)?.v.name || '')} wide>
        {whom !== null && rows.some((r) => r.n === whom) && <Suspense fallback={<Loading rows={4} />}><Whom row={rows.find((r) => r.n === whom)!} done={() => setWhom(null)}
          set={(list, ids) => { settle(); setRows((all) => all.map((r) => (r.n === whom ? { ...r, ids: { ...r.ids, [list]: ids } } : r))); }} /></Suspense>}
      </Dialog>
    </form>
  );
}

function Cell({ row, n, field: f, error, set }: { row: Draft; n: number; field: Field; error?: string; set: (value: string) => void }) {
  const t = rulesWords.use();
  const value = row.v[f.name] ?? '';
  const label = t.fields[f.name];
  const common = { size: 'xs' as const, label, 'aria-label': `${t.rule(n)}: ${label}`, error, 'data-field': f.name };
  if (f.as === 'check') return <label className="ru-check"><input type="checkbox" className="f-check" checked={value === 'true'} onChange={(e) => set(e.currentTarget.checked ? 'true' : '')} />{label}</label>;
  if (f.as === 'choice') return <NativeSelect {...common} value={value} onChange={(e) => set(e.currentTarget.value)} data={Object.entries(f.options === 'on' ? t.on : t.business).map(([v, l]) => ({ value: v, label: l }))} />;
  if (f.as === 'list') return <Textarea {...common} className="ru-list" rows={1} placeholder={t.listHint} spellCheck={false} value={value} onChange={(e) => set(e.currentTarget.value)} />;
  return <TextInput {...common} type={f.as === 'when' ? 'datetime-local' : 'text'} inputMode={f.as === 'int' ? 'numeric' : f.as === 'percent' || f.as === 'amount' ? 'decimal' : undefined}
    spellCheck={f.as === 'text' && f.name !== 'key'} value={value} onChange={(e) => set(e.currentTarget.value)} />;
}
