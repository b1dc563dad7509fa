import { lazy, Suspense, useEffect, useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { money } from '../../lib/format.ts';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { words } from '../../lib/words.ts';
import { ExportButton } from '../../ui/ExportButton.tsx';
import { IconBox, IconCheck, IconPlus, IconSearch, IconX } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Failure, IconButton, Loading, Page, Pill } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { Views } from '../../ui/Views.tsx';
import { CatalogTabs, catalogWords, OfferPill, shelfChoices, useShelves } from './catalog.tsx';
import en from './Products.en.ts';

export const productsWords = words('Products', en);
const Forms = lazy(() => import('./ProductsForms.tsx'));
const Bulk = lazy(() => import('./ProductsForms.tsx').then((m) => ({ default: m.ProductsBulk })));

const List = graphql(`query ConsoleProducts($filter: ProductFilter, $orderBy: ProductOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  products(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node {
      id version name status restricted
      type { id name } category { id name }
      pictures @_optional { id picture(width: 160) { url width height } }
      variants { id sku status standardPrice { amount currency } }
    } }
  }
}`);
const Narrow = graphql(`query ProductsNarrow { productTypes { id name } segments @_optional { id name } }`);

export type ProductRow = NonNullable<NonNullable<NonNullable<ResultOf<typeof List>['products']['edges']>[number]>['node']>;
type Filter = NonNullable<VariablesOf<typeof List>['filter']>;
export type BulkAct = 'ACTIVE' | 'RETIRED' | 'DRAFT' | 'MOVE';
const filterKeys = ['q', 'category', 'type', 'status', 'show', 'segment'];

/** What the variants that are sold cost without any list: the least of it. */
function standard(r: ProductRow): { least: { amount: string; currency: string }; more: boolean } | null {
  const all = r.variants.filter((v) => v.status !== 'RETIRED' && Number(v.standardPrice.amount) > 0).map((v) => v.standardPrice).sort((a, b) => Number(a.amount) - Number(b.amount));
  const least = all[0];
  return least ? { least, more: all.some((x) => x.amount !== least.amount || x.currency !== least.currency) } : null;
}

export default function Products() {
  const t = productsWords.use();
  const c = catalogWords.use();
  const may = useMay();
  const list = useList();
  const [, go] = useLocation();
  const show = list.get('show');
  const status = list.get('status');
  const filter: Filter = {
    search: list.get('q'), categoryId: list.get('category'), typeId: list.get('type'),
    status: status ? [status as NonNullable<Filter['status']>[number]] : undefined,
    restricted: show === 'restricted' || undefined, withoutPicture: show === 'nopicture' || undefined, withoutPrice: show === 'noprice' || undefined,
    ...(may('catalog.audience') ? { segmentId: list.get('segment') } : {}),
  };
  const sort = { field: 'NAME' as const, direction: (list.get('dir') ?? 'ASC') as 'ASC' | 'DESC' };
  const variables = { filter, orderBy: sort, ...list.page(25) };
  const [{ data, error }, again] = useQuery({ query: List, variables });
  const [{ data: narrow }] = useQuery({ query: Narrow });
  const shelves = useShelves();
  const q = list.get('q') ?? '';
  const [typed, setTyped] = useState(q);
  const [was, setWas] = useState(q);
  if (q !== was) { setWas(q); if (q !== typed.trim()) setTyped(q); }
  const look = useDebouncedCallback((text: string) => list.set({ q: text.trim() }), 250);
  const [making, setMaking] = useState(false);
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const [act, setAct] = useState<BulkAct | null>(null);
  useEffect(() => setSelection(new Set()), [list.text]);
  const rows = data?.products.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  const chosen = rows?.filter((r) => selection.has(r.id)) ?? [];
  const edits = may('product.save');
  const filtered = filterKeys.some((k) => list.get(k));
  const clear = () => { setTyped(''); list.set(Object.fromEntries(filterKeys.map((k) => [k, null]))); };
  const columns: Column<ProductRow>[] = [
    { key: 'name', title: t.product, sort: 'NAME', phone: 'main', cell: (r) => {
      const picture = r.pictures?.[0]?.picture;
      return <span className="ca-name"><span className="ca-thumb" aria-hidden>{picture ? <img src={picture.url} alt="" width={40} height={40} loading="lazy" /> : <IconBox size={18} />}</span><span>{r.name}{r.type && <small>{r.type.name}</small>}</span></span>;
    } },
    { key: 'state', title: t.state, phone: 'label', cell: (r) => <span className="ca-pills"><OfferPill status={r.status} />{r.restricted && <Pill tone="info">{c.restricted}</Pill>}</span> },
    { key: 'category', title: t.category, phone: 'label', cell: (r) => r.category?.name ?? <span className="muted">{c.noCategory}</span> },
    { key: 'variants', title: t.variants, phone: 'label', cell: (r) => <>{c.variantsOf(r.variants.length)}{r.variants.length > 0 && <small className="num">{r.variants.slice(0, 2).map((v) => v.sku).join(', ')}{r.variants.length > 2 && ', …'}</small>}</> },
    { key: 'price', title: t.price, end: true, phone: 'end', cell: (r) => {
      const price = standard(r);
      return <>{price ? <span className="num">{price.more ? t.from(money(price.least)) : money(price.least)}</span> : <span className="ca-lack">{t.lacksPrice}</span>}{r.pictures?.length === 0 && <small className="ca-lack">{t.lacksPicture}</small>}</>;
    } },
  ];
  return (
    <Page title={c.products} wide actions={<>
      <ExportButton document={List} variables={variables} name="products" of={(d: ResultOf<typeof List>) => d.products}
        header={[t.product, t.type, t.category, t.state, c.restricted, t.sku, t.price, t.currency]}
        row={(r: ProductRow) => { const p = standard(r); return [r.name, r.type?.name, r.category?.name, c.status[r.status], r.restricted ? c.yes : c.no, r.variants.map((v) => v.sku).join(' '), p?.least.amount, p?.least.currency]; }} />
      {edits && <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>{t.make}</Button>}
    </>}>
      <CatalogTabs at="products" />
      <Views list="PRODUCTS" builtIn={[
        { key: 'all', name: t.allProducts, query: '' }, { key: 'drafts', name: t.drafts, query: 'status=DRAFT' }, { key: 'noprice', name: t.noPrice, query: 'show=noprice' },
        { key: 'nopicture', name: t.noPicture, query: 'show=nopicture' }, { key: 'restricted', name: t.restricted, query: 'show=restricted' }, { key: 'retired', name: t.retired, query: 'status=RETIRED' },
      ]} />
      <div className="f-filters" role="search">
        <TextInput className="f-search" aria-label={t.search} placeholder={t.search} leftSection={<IconSearch size={16} />} value={typed} onChange={(e) => { setTyped(e.currentTarget.value); look(e.currentTarget.value); }} />
        <NativeSelect aria-label={t.category} value={list.get('category') ?? ''} onChange={(e) => list.set({ category: e.currentTarget.value })} data={[{ value: '', label: `${t.category}: ${t.all}` }, ...shelfChoices(shelves)]} />
        <NativeSelect aria-label={t.type} value={list.get('type') ?? ''} onChange={(e) => list.set({ type: e.currentTarget.value })}
          data={[{ value: '', label: `${t.type}: ${t.all}` }, ...(narrow?.productTypes ?? []).map((x) => ({ value: x.id, label: x.name }))]} />
        <NativeSelect aria-label={t.state} value={status ?? ''} onChange={(e) => list.set({ status: e.currentTarget.value })}
          data={[{ value: '', label: `${t.state}: ${t.all}` }, ...Object.entries(c.status).map(([value, label]) => ({ value, label }))]} />
        <NativeSelect aria-label={t.show} value={show ?? ''} onChange={(e) => list.set({ show: e.currentTarget.value })}
          data={[{ value: '', label: `${t.show}: ${t.everything}` }, { value: 'noprice', label: t.noPrice }, { value: 'nopicture', label: t.noPicture }, { value: 'restricted', label: t.restricted }]} />
        {may('catalog.audience') && !!narrow?.segments?.length && <NativeSelect aria-label={t.segment} value={list.get('segment') ?? ''} onChange={(e) => list.set({ segment: e.currentTarget.value })}
          data={[{ value: '', label: `${t.segment}: ${t.all}` }, ...narrow.segments.map((x) => ({ value: x.id, label: x.name }))]} />}
        {filtered && <IconButton label={t.clear} onClick={clear}><IconX size={17} /></IconButton>}
      </div>
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : (
        <Card flush>
          {chosen.length > 0 && (
            <div className="ca-bar" role="group" aria-label={t.actions}>
              <b role="status">{t.chosen(chosen.length)}</b>
              {([['ACTIVE', t.offer], ['RETIRED', t.retire], ['DRAFT', t.draft], ['MOVE', t.move]] as const).map(([x, label]) => <Button key={x} size="compact-sm" variant="default" onClick={() => setAct(x)}>{label}</Button>)}
              <Button size="compact-sm" variant="subtle" onClick={() => setSelection(new Set())}>{t.clearChosen}</Button>
            </div>
          )}
          <Table label={c.products} columns={columns} rows={rows} href={(r) => `/products/${r.id}`} name={(r) => r.name} sort={sort} onSort={(s) => list.set({ sort: s.field, dir: s.direction })}
            selection={edits ? selection : undefined} onSelect={edits ? setSelection : undefined}
            empty={!filtered ? <Empty icon={<IconBox size={22} />} title={t.none} text={t.noneText} action={edits && <Button onClick={() => setMaking(true)}>{t.make}</Button>} />
              : show === 'noprice' || show === 'nopicture' ? <Empty icon={<IconCheck size={22} />} title={t.nothing} text={t.nothingText} />
                : <Empty icon={<IconBox size={22} />} title={t.noMatch} text={t.noMatchText} action={<Button variant="default" onClick={clear}>{t.clear}</Button>} />} />
          {!!rows?.length && <Pager total={data?.products.totalCount} info={data?.products.pageInfo} after={list.after} before={list.before} go={list.turn} />}
        </Card>
      )}
      <Dialog open={making} onClose={() => setMaking(false)} title={t.make}>
        <Suspense fallback={<Loading rows={3} />}><Forms shelves={shelves} onClose={() => setMaking(false)} onMade={(id) => go(`/products/${id}`)} category={list.get('category')} /></Suspense>
      </Dialog>
      {act && <Suspense fallback={null}><Bulk act={act} products={chosen} shelves={shelves} onClose={(left) => { setAct(null); setSelection(new Set(left)); again({ requestPolicy: 'network-only' }); }} /></Suspense>}
    </Page>
  );
}
