import { useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ago } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { IconBulb, IconPlus, IconSearch } from '../../ui/icons.ts';
import { Card, Empty, Failure, Loading, Page, Pill, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { guideEditWords, guideTone } from '../guides/parts.ts';

const All = graphql(`query AllGuides { guides(status: [DRAFT, PUBLISHED, RETIRED]) { id key title questions status updatedAt category { id name } } }`);
type Guide = ResultOf<typeof All>['guides'][number];

/** The guides that there are, by the category in which they are offered. */
export default function Guides() {
  const t = guideEditWords.use();
  const may = useMay();
  const list = useList();
  const [{ data, error }, load] = useQuery({ query: All });
  const [typed, setTyped] = useState(list.get('q') ?? '');
  const look = useDebouncedCallback((q: string) => list.set({ q: q.trim() }), 200);
  const state = list.get('state');
  const q = (list.get('q') ?? '').toLowerCase();
  const found = data?.guides.filter((g) => (!state || g.status === state) && (!q || g.title.toLowerCase().includes(q) || g.key.includes(q)));
  const shelves = [...new Map(found?.map((g) => [g.category?.id ?? '', g.category?.name ?? t.noCategory])).entries()].sort((a, b) => (a[0] === '' ? 1 : b[0] === '' ? -1 : a[1].localeCompare(b[1])));
  const columns: Column<Guide>[] = [
    { key: 'title', title: t.guide, phone: 'main', cell: (g) => <>{g.title}<small>{g.key}</small></> },
    { key: 'questions', title: t.questions, end: true, phone: 'label', cell: (g) => <span className="num">{t.atMost(g.questions)}</span> },
    { key: 'when', title: t.changed, phone: 'label', cell: (g) => <Time at={g.updatedAt}>{ago(g.updatedAt)}</Time> },
    { key: 'state', title: t.state, end: true, cell: (g) => <Pill tone={guideTone[g.status]}>{t.states[g.status]}</Pill> },
  ];
  return (
    <Page title={t.title} wide sub={t.sub} actions={may('guide.save') && <Button component={Link} href="/guides/new" leftSection={<IconPlus size={16} />}>{t.make}</Button>}>
      <div className="f-filters" role="search">
        <TextInput className="f-search" aria-label={t.search} placeholder={t.search} leftSection={<IconSearch size={16} />} value={typed} onChange={(e) => { setTyped(e.currentTarget.value); look(e.currentTarget.value); }} />
        <NativeSelect aria-label={t.state} value={state ?? ''} onChange={(e) => list.set({ state: e.currentTarget.value })}
          data={[{ value: '', label: `${t.state}: ${t.all}` }, ...Object.entries(t.states).map(([value, label]) => ({ value, label }))]} />
      </div>
      {error && !data ? <Failure error={error} retry={() => load({ requestPolicy: 'network-only' })} /> : !found ? <Loading card rows={5} /> : !found.length ? (
        <Card flush><Empty icon={<IconBulb size={22} />} title={q || state ? t.noMatch : t.none} text={q || state ? t.noMatchText : t.noneText} /></Card>
      ) : (
        <div className="f-stack">{shelves.map(([id, name]) => (
          <Card key={id} title={name} flush><Table label={name} columns={columns} rows={found.filter((g) => (g.category?.id ?? '') === id)} href={(g) => `/guides/${g.id}`} name={(g) => g.title} /></Card>
        ))}</div>
      )}
    </Page>
  );
}
