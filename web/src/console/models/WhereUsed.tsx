import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { IconSearch } from '../../ui/icons.ts';
import { Card, Empty } from '../../ui/kit.tsx';
import type { Doc, Place } from './draft.ts';
import { modelWords, said, type Work } from './fields.tsx';

interface Use { to: Place; name: string; text: string; isCode?: boolean }

/** Every place of a draft that names something: a sku, a key, a word. */
export function usesOf(d: Doc, typed: string): Use[] {
  const q = typed.trim().toLowerCase();
  if (!q) return [];
  const has = (...all: (string | null | undefined)[]) => all.some((x) => x?.toLowerCase().includes(q));
  return [
    ...d.groups.flatMap((g, i) => [
      ...(has(g.key, g.title.en, g.title.de) ? [{ to: { part: 'groups' as const, open: String(i) }, name: said(g.title, g.key), text: g.key }] : []),
      ...g.options.flatMap((o, j) => (has(o.key, `${g.key}.${o.key}`, o.sku, o.title.en, o.title.de, ...o.replaces) ? [{ to: { part: 'groups' as const, open: `${i}.${j}` }, name: said(o.title, o.key), text: [`${g.key}.${o.key}`, o.sku, ...o.replaces].filter(Boolean).join(' · ') }] : [])),
    ]),
    ...d.rules.flatMap((r, i) => (has(r.key, r.text, r.note, r.message?.en, r.message?.de) ? [{ to: { part: 'rules' as const, open: String(i) }, name: r.key, text: r.text, isCode: true }] : [])),
    ...d.prices.flatMap((x, i) => (has(x.key, x.when, x.per, x.title.en, x.title.de, ...x.of) ? [{ to: { part: 'prices' as const, open: String(i) }, name: said(x.title, x.key), text: x.when ?? x.key, isCode: true }] : [])),
    ...d.leadTimes.flatMap((x, i) => (has(x.key, x.when, x.title.en, x.title.de) ? [{ to: { part: 'times' as const, open: String(i) }, name: said(x.title, x.key), text: x.when ?? x.key, isCode: true }] : [])),
    ...d.parts.flatMap((x, i) => (has(x.sku, x.name, x.when, x.per) ? [{ to: { part: 'parts' as const, open: String(i) }, name: x.sku, text: [x.name, x.when].filter(Boolean).join(' · '), isCode: !!x.when }] : [])),
    ...d.golden.flatMap((x, i) => (has(x.key, ...x.choices.map((c) => [c.group, c.option].filter(Boolean).join('.'))) ? [{ to: { part: 'golden' as const, open: String(i) }, name: x.key, text: x.choices.map((c) => [c.group, c.option ?? c.number].filter(Boolean).join('.')).join(' · ') }] : [])),
  ];
}

/** Where something is used. */
export default function Search({ work: w }: { work: Work }) {
  const t = modelWords.use();
  const [typed, setTyped] = useState('');
  const found = usesOf(w.doc, typed);
  return (
    <Card title={t.part.search} flush>
      <div className="mo-tools"><TextInput className="f-search" aria-label={t.searchFor} placeholder={t.searchFor} leftSection={<IconSearch size={16} />} value={typed} onChange={(e) => setTyped(e.currentTarget.value)} /><span className="mo-hint" role="status">{typed.trim() ? t.places(found.length) : ''}</span></div>
      {!typed.trim() ? <Empty icon={<IconSearch size={22} />} title={t.searchTitle} text={t.searchText} /> : !found.length ? <Empty title={t.noneFound} /> : <ul className="f-rows">{found.slice(0, 100).map((x, i) => (
        <li key={i}><span className="mo-pills"><button type="button" className="mo-open" onClick={() => w.open(x.to)}>{x.name}</button><span className="mo-hint">{t.part[x.to.part]}</span></span>{x.isCode ? <code className="mo-rule">{x.text}</code> : <span className="mo-key">{x.text}</span>}</li>
      ))}</ul>}
    </Card>
  );
}
