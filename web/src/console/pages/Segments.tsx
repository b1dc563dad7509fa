import { lazy, Suspense, useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { number } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { IconPlus, IconUsers } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Failure, Loading, Page } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { CatalogTabs, catalogWords } from './catalog.tsx';
import en from './Segments.en.ts';

export const segmentWords = words('Segments', en);
const SegmentForm = lazy(() => import('./SegmentForm.tsx'));
const All = graphql(`query AllSegments { segments { id key name description organizationCount } }`);
type Row = ResultOf<typeof All>['segments'][number];

/** The segments of customers. */
export default function Segments() {
  const t = segmentWords.use();
  const c = catalogWords.use();
  const may = useMay();
  const [, go] = useLocation();
  const [{ data, error }, again] = useQuery({ query: All });
  const [making, setMaking] = useState(false);
  const make = may('segment.save') && <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>{t.make}</Button>;
  const columns: Column<Row>[] = [
    { key: 'name', title: t.name, phone: 'main', cell: (s) => <>{s.name}{s.description && <small>{s.description}</small>}</> },
    { key: 'key', title: t.key, phone: 'label', cell: (s) => <code>{s.key}</code> },
    { key: 'customers', title: t.customers, end: true, phone: 'end', cell: (s) => <span className="num"><span className="f-wide">{number(s.organizationCount)}</span><span className="ca-phone">{c.customersOf(s.organizationCount)}</span></span> },
  ];
  return (
    <Page title={c.segments} sub={t.sub} wide actions={make}>
      <CatalogTabs at="segments" />
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : (
        <Card flush>
          <Table label={c.segments} rows={data?.segments ?? null} columns={columns} href={(s) => `/products/segments/${s.id}`} name={(s) => s.name}
            empty={<Empty icon={<IconUsers size={22} />} title={t.none} text={t.noneText} action={make} />} />
        </Card>
      )}
      <Dialog open={making} onClose={() => setMaking(false)} title={t.make}>
        <Suspense fallback={<Loading rows={3} />}><SegmentForm onClose={() => setMaking(false)} onMade={(id) => go(`/products/segments/${id}`)} /></Suspense>
      </Dialog>
    </Page>
  );
}
