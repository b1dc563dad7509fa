import { lazy, Suspense, useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { number } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { IconPlus, IconSearch, IconSettings } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Failure, Loading, Page, Pill, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { words } from '../../lib/words.ts';
import en from './ModelList.en.ts';

const modelWords = words('ModelList', en);

const NewModel = lazy(() => import('../models/NewModel.tsx'));

const All = graphql(`query AllModels { configurationModels { id updatedAt @_optional isChanged @_optional kept @_optional product { id name } variant { id sku } current { id number publishedAt } } }`);
type Row = ResultOf<typeof All>['configurationModels'][number];

/** The products that can be configured. */
export default function Models() {
  const t = modelWords.use();
  const may = useMay();
  const list = useList();
  const [, go] = useLocation();
  const [making, make] = useState(false);
  const [{ data, error }, load] = useQuery({ query: All });
  const q = list.get('q') ?? '';
  const rows = data?.configurationModels.filter((m) => !q || [m.product?.name, m.variant?.sku].some((x) => x?.toLowerCase().includes(q.toLowerCase()))) ?? null;
  const columns: Column<Row>[] = [
    { key: 'name', title: t.product, phone: 'main', cell: (m) => <>{m.product?.name ?? '–'}<small>{m.variant?.sku}</small></> },
    { key: 'version', title: t.version, phone: 'label', cell: (m) => (m.current ? <>{t.versionNo(m.current.number)}<small><Time at={m.current.publishedAt} /></small></> : <span className="muted">–</span>) },
    { key: 'kept', title: t.keptTitle, end: true, phone: 'label', cell: (m) => <span className="num">{m.kept == null ? '' : number(m.kept)}</span> },
    { key: 'state', title: t.state, end: true, cell: (m) => <Pill tone={!m.current ? 'calm' : m.isChanged ? 'info' : 'good'}>{!m.current ? t.unpublished : m.isChanged ? t.changed : t.asPublished}</Pill> },
  ];
  const button = may('configurationModel.save') && <Button leftSection={<IconPlus size={16} />} onClick={() => make(true)}>{t.make}</Button>;
  return (
    <Page title={t.title} sub={t.sub} wide actions={button}>
      <div className="f-filters" role="search"><TextInput className="f-search" aria-label={t.search} placeholder={t.search} leftSection={<IconSearch size={16} />} defaultValue={q} onChange={(e) => list.set({ q: e.currentTarget.value.trim() })} /></div>
      {error && !data ? <Failure error={error} retry={() => load({ requestPolicy: 'network-only' })} /> : (
        <Card flush><Table label={t.title} columns={columns} rows={rows} href={(m) => `/models/${m.id}`} name={(m) => m.product?.name ?? m.id}
          empty={<Empty icon={<IconSettings size={22} />} title={q ? t.noMatch : t.none} text={q ? undefined : t.noneText} action={q ? undefined : button || undefined} />} /></Card>
      )}
      <Dialog open={making} onClose={() => make(false)} title={t.make}>{making && <Suspense fallback={<Loading rows={2} />}><NewModel close={() => make(false)} done={(id) => go(`/models/${id}`)} /></Suspense>}</Dialog>
    </Page>
  );
}
