import { useMemo, useRef } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { number } from '../../lib/format.ts';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { house } from '../../ui/house.ts';
import { useAction, useTell } from '../../ui/form.tsx';
import { IconBulb, IconChevronRight, IconFilter, IconSearch, IconX } from '../../ui/icons.ts';
import { Card, Empty, Failure, IconButton, Notice, Page, Skeleton } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { ProductCardFields } from '../shop/card.ts';
import { ProductCard } from '../shop/ProductCard.tsx';
import { shopWords } from '../shop/parts.tsx';
import { SearchBox, searchWords } from '../shop/SearchBox.tsx';
import './products.css';

const Find = graphql(`query FindProducts($query: String!, $filter: SearchFilter, $after: String) {
  search(query: $query, filter: $filter, first: 20, after: $after) {
    totalCount corrected followed
    pageInfo { hasNextPage endCursor }
    answer { text synonym }
    hits { product { ...ProductCardFields } variants { id sku } highlights { field parts { text match } } }
    facets { exact categories { category { id } count } types { type { id name } count } attributes { key name kind unit values { value count selected } } }
  }
}`, [ProductCardFields]);
const Shelves = graphql(`query Shelves { categories { id name description position parent { id } } guides { id key title category { id } } }`);
const Follow = graphql(`mutation FollowSearch($input: FollowSearchInput!) { followSearch(input: $input) { followed userErrors { field code message } } }`);
const Unfollow = graphql(`mutation UnfollowSearch($input: UnfollowSearchInput!) { unfollowSearch(input: $input) { followed userErrors { field code message } } }`);

type Result = ResultOf<typeof Find>['search'];
type Shelf = ResultOf<typeof Shelves>['categories'][number];
type Guide = ResultOf<typeof Shelves>['guides'][number];
type Filter = NonNullable<VariablesOf<typeof Find>['filter']>;

/** Chosen values of attributes stand in the address as a=key:value. */
const chosenOf = (all: string[]): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const x of all) {
    const at = x.indexOf(':');
    if (at > 0) found.set(x.slice(0, at), [...(found.get(x.slice(0, at)) ?? []), x.slice(at + 1)]);
  }
  return found;
};

/** The catalog: looked through by category, or searched. */
export default function Products({ categoryId }: { categoryId?: string }) {
  const t = searchWords.use();
  const s = shopWords.use();
  const list = useList();
  const q = list.get('q') ?? '';
  const picked = list.all('a');
  const chosen = chosenOf(picked);
  const typeId = list.get('type');
  const filter: Filter = { categoryId, typeId, attributes: chosen.size ? [...chosen].map(([key, values]) => ({ key, values })) : undefined };
  const [{ data, error, stale, fetching }, again] = useQuery({ query: Find, variables: { query: q, filter, after: list.after } });
  const [{ data: around }] = useQuery({ query: Shelves });
  const panel = useRef<HTMLDialogElement>(null);
  const found = data?.search;
  const shelves = around?.categories;
  const here = shelves?.find((c) => c.id === categoryId);
  const above = useMemo(() => {
    const all: Shelf[] = [];
    for (let c = here; c?.parent; ) { c = shelves?.find((x) => x.id === c!.parent!.id); if (c) all.unshift(c); }
    return all;
  }, [here, shelves]);
  const guides = (around?.guides ?? []).filter((g) => !g.category || !categoryId || g.category.id === categoryId || above.some((c) => c.id === g.category!.id));
  const narrowed = !!(typeId || chosen.size);
  const clear = () => list.set({ a: null, type: null });
  const toggle = (key: string, value: string) => { const x = `${key}:${value}`; list.set({ a: picked.includes(x) ? picked.filter((y) => y !== x) : [...picked, x] }); };
  const title = here?.name ?? (categoryId && !shelves ? ' ' : t.title);
  const crumbs = categoryId ? [{ title: t.all, href: '/products' }, ...above.map((c) => ({ title: c.name, href: `/products/c/${c.id}` })), ...(here ? [{ title: here.name }] : [])] : undefined;
  const busy = fetching || stale;

  const facets = found && <Facets facets={found.facets} chosen={chosen} typeId={typeId} toggle={toggle} setType={(id) => list.set({ type: id })} />;
  const marks = [
    ...(typeId ? [{ key: 'type', label: found?.facets.types.find((x) => x.type?.id === typeId)?.type?.name ?? t.type, off: () => list.set({ type: null }) }] : []),
    ...[...chosen].flatMap(([key, values]) => values.map((value) => {
      const a = found?.facets.attributes.find((x) => x.key === key);
      return { key: `${key}:${value}`, label: `${a?.name ?? key}: ${spoken(value, a?.kind, a?.unit, t)}`, off: () => toggle(key, value) };
    })),
  ];
  return (
    <Page title={title} crumbs={crumbs} sub={here?.description ?? undefined}>
      <SearchBox value={q} onSearch={(text) => { // within a category a search goes on there
        list.set({ q: text || null, a: null, type: null });
      }} />
      <div className="pr-columns">
        <aside className="pr-side" aria-label={t.filters}>
          <Tree shelves={shelves} here={categoryId} q={q} facets={found?.facets} />
          {found ? facets : <FacetSkeleton />}
        </aside>
        <div className="pr-main" aria-busy={busy || undefined}>
          {error && !found ? <section className="f-card"><Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /></section> : <>
            <div className="pr-bar">
              <p role="status" aria-live="polite">{found ? (q ? t.foundFor(found.totalCount, found.corrected ?? q) : t.found(found.totalCount)) : <Skeleton w={140} h={15} />}</p>
              <span className="pr-filter-button"><Button variant="default" leftSection={<IconFilter size={16} />} onClick={() => panel.current?.showModal()}>{t.showFilters}{marks.length > 0 && ` (${marks.length})`}</Button></span>
            </div>
            {found?.corrected && <div className="pr-said"><Notice icon={<IconSearch size={17} />}><b>{t.corrected(found.corrected)}</b> {t.insteadOf(q)}</Notice></div>}
            {found?.answer?.text && <div className="pr-said"><Notice tone="good" icon={<IconBulb size={17} />}><b>{t.answer}</b><br />{found.answer.text}</Notice></div>}
            {marks.length > 0 && (
              <ul className="pr-marks" aria-label={t.chosen}>
                {marks.map((m) => <li key={m.key}><button type="button" aria-label={t.without(m.label)} onClick={m.off}>{m.label}<IconX size={13} /></button></li>)}
                <li><button type="button" className="s-link" onClick={clear}>{t.clearFilters}</button></li>
              </ul>
            )}
            {!found ? <CardSkeletons /> : found.hits.length === 0 ? (
              <None q={q} narrowed={narrowed} clear={clear} followed={found.followed} guides={guides} reload={() => again({ requestPolicy: 'network-only' })} />
            ) : (
              <ul className="s-cards" data-busy={busy || undefined}>
                {found.hits.map((h) => h.product && (
                  <li key={h.product.id} style={{ display: 'grid' }}>
                    <ProductCard product={h.product} level={2} name={q ? h.highlights.find((x) => x.field === 'NAME')?.parts : undefined}
                      hint={h.variants.length ? t.sku(h.variants.slice(0, 2).map((v) => v.sku).join(', ')) : undefined} />
                  </li>
                ))}
              </ul>
            )}
            {found && found.hits.length > 0 && (
              <div className="pr-foot">
                <p className="muted">{s.netPrice}{!found.facets.exact && ` · ${t.roughly}`}</p>
                {(list.after || found.pageInfo.hasNextPage) && <span className="f-actions" style={{ width: 'auto' }}>
                  {list.after && <Button variant="subtle" onClick={() => list.turn({})}>{t.first}</Button>}
                  {found.pageInfo.hasNextPage && <Button variant="default" rightSection={<IconChevronRight size={16} />} onClick={() => list.turn({ after: found.pageInfo.endCursor ?? undefined })}>{t.next}</Button>}
                </span>}
              </div>
            )}
            {found && found.hits.length > 0 && guides.length > 0 && <GuideTeaser guide={guides.find((g) => g.category?.id === categoryId) ?? guides[0]!} />}
          </>}
        </div>
      </div>
      <dialog ref={panel} className="f-dialog pr-panel" aria-label={t.filters} onClick={(e) => { if (e.target === panel.current || (e.target as HTMLElement).closest('a')) panel.current?.close(); }}>
        <header><h2>{t.filters}</h2><IconButton label={t.showFilters} onClick={() => panel.current?.close()}><IconX size={18} /></IconButton></header>
        <div className="f-dialog-body">
          <Tree shelves={shelves} here={categoryId} q={q} facets={found?.facets} />
          {facets}
          <Button fullWidth onClick={() => panel.current?.close()}>{found ? t.found(found.totalCount) : t.all}</Button>
        </div>
      </dialog>
    </Page>
  );
}

/** The categories: the way down to where one is, and what is below it. */
function Tree({ shelves, here, q, facets }: { shelves?: readonly Shelf[]; here?: string; q: string; facets?: Result['facets'] }) {
  const t = searchWords.use();
  if (!shelves) return <nav className="pr-tree" aria-hidden>{[70, 54, 62, 48, 58].map((w) => <Skeleton key={w} w={`${w}%`} h={13} style={{ margin: '10px 0' }} />)}</nav>;
  const counts = new Map(facets?.categories.flatMap((c) => (c.category ? [[c.category.id, c.count] as const] : [])));
  const below = (id: string | undefined) => shelves.filter((c) => (c.parent?.id ?? undefined) === id);
  const open = new Set<string>();
  for (let c = shelves.find((x) => x.id === here); c; c = shelves.find((x) => x.id === c!.parent?.id)) open.add(c.id);
  const to = (id?: string) => `${id ? `/products/c/${id}` : '/products'}${q ? `?q=${encodeURIComponent(q)}` : ''}`;
  const level = (id: string | undefined) => (
    <ul>{below(id).map((c) => (
      <li key={c.id}>
        <Link href={to(c.id)} aria-current={c.id === here ? 'page' : undefined}><span>{c.name}</span>{counts.has(c.id) && <small className="num">{number(counts.get(c.id)!)}</small>}</Link>
        {open.has(c.id) && below(c.id).length > 0 && level(c.id)}
      </li>
    ))}</ul>
  );
  return (
    <nav className="pr-tree" aria-label={t.categories}>
      <h2>{t.categories}</h2>
      <Link href={to()} aria-current={here ? undefined : 'page'}><span>{t.all}</span></Link>
      {level(undefined)}
    </nav>
  );
}

type SearchText = ReturnType<typeof searchWords.get>;
const spoken = (value: string, kind: string | undefined, unit: string | null | undefined, t: SearchText) =>
  (kind === 'BOOLEAN' ? (value === 'true' ? t.yes : t.no) : kind === 'NUMBER' && unit ? `${value} ${unit}` : value);

/** By what the hits can be narrowed, with how many would be left. */
function Facets(p: { facets: Result['facets']; chosen: Map<string, string[]>; typeId?: string; toggle: (key: string, value: string) => void; setType: (id: string | null) => void }) {
  const t = searchWords.use();
  const types = p.facets.types.filter((x) => x.type);
  const useful = p.facets.attributes.filter((a) => a.values.length > 1 || p.chosen.has(a.key));
  const few = useful.filter((a, i) => i < 5 || p.chosen.has(a.key));
  const rest = useful.filter((a) => !few.includes(a));
  return <>
    {(types.length > 1 || p.typeId) && (
      <fieldset className="pr-facet"><legend>{t.type}</legend>
        {types.map((x) => (
          <label key={x.type!.id}><input type="checkbox" className="f-check" checked={p.typeId === x.type!.id} onChange={(e) => p.setType(e.currentTarget.checked ? x.type!.id : null)} /><span>{x.type!.name}</span><small className="num">{number(x.count)}</small></label>
        ))}
      </fieldset>
    )}
    {few.map((a) => <Facet key={a.key} of={a} toggle={p.toggle} />)}
    {rest.length > 0 && <details className="pr-facet pr-rest"><summary>{t.more(rest.length)}</summary>{rest.map((a) => <Facet key={a.key} of={a} toggle={p.toggle} />)}</details>}
  </>;
}

function Facet({ of: a, toggle }: { of: Result['facets']['attributes'][number]; toggle: (key: string, value: string) => void }) {
  const t = searchWords.use();
  const row = (v: (typeof a.values)[number]) => (
    <label key={v.value}><input type="checkbox" className="f-check" checked={v.selected} onChange={() => toggle(a.key, v.value)} /><span>{spoken(v.value, a.kind, a.unit, t)}</span><small className="num">{number(v.count)}</small></label>
  );
  const few = a.values.length <= 8 ? a.values : a.values.filter((v, i) => i < 6 || v.selected);
  const rest = a.values.filter((v) => !few.includes(v));
  return (
    <fieldset className="pr-facet"><legend>{a.name}</legend>
      {few.map(row)}
      {rest.length > 0 && <details><summary>{t.more(rest.length)}</summary>{rest.map(row)}</details>}
    </fieldset>
  );
}

const FacetSkeleton = () => <div aria-hidden className="pr-facet">{[40, 64, 52, 70].map((w) => <Skeleton key={w} w={`${w}%`} h={13} style={{ margin: '10px 0' }} />)}</div>;

function CardSkeletons() {
  return (
    <div className="s-cards" aria-hidden>{Array.from({ length: 8 }, (_, i) => (
      <div key={i} className="f-card s-card"><Skeleton h="auto" style={{ aspectRatio: '4 / 3', borderRadius: 0 }} /><div className="s-card-body"><Skeleton w={70} h={11} /><Skeleton w="80%" h={16} /><div className="s-card-end"><Skeleton w={80} h={15} /><Skeleton w={66} h={18} /></div></div></div>
    ))}</div>
  );
}

function GuideTeaser({ guide }: { guide: Guide }) {
  const t = searchWords.use();
  return (
    <Link className="f-card pr-guide" href={`/guides/${guide.key}`}>
      <span aria-hidden><IconBulb size={20} /></span>
      <div><b>{t.notSure}</b><p>{guide.title}</p></div>
      <IconChevronRight size={18} aria-hidden />
    </Link>
  );
}

/** Nothing was found: what can be done now. */
function None(p: { q: string; narrowed: boolean; clear: () => void; followed: boolean; guides: Guide[]; reload: () => void }) {
  const t = searchWords.use();
  const may = useMay();
  const tell = useTell();
  const [follow, following] = useAction(Follow);
  const [unfollow, unfollowing] = useAction(Unfollow);
  const { q } = p;
  if (p.narrowed || !q) {
    return <section className="f-card"><Empty icon={<IconSearch size={22} />} title={p.narrowed ? t.noneFiltered : t.empty} text={p.narrowed ? t.noneFilteredText : t.emptyText}
      action={p.narrowed && <Button variant="default" onClick={p.clear}>{t.clearFilters}</Button>} /></section>;
  }
  return (
    <div className="f-stack">
      <section className="f-card"><Empty icon={<IconSearch size={22} />} title={t.none(q)} text={t.noneText} /></section>
      {may('search.follow') && (p.followed ? (
        <Card title={t.followed}><p className="muted">{t.followedText(q)}</p>
          <p style={{ marginTop: 12 }}><Button variant="default" loading={unfollowing} onClick={() => void unfollow({ input: { query: q } }).then((x) => { if (tell(x, t.unfollowed)) p.reload(); })}>{t.unfollow}</Button></p></Card>
      ) : (
        <Card title={t.tell}><p className="muted">{t.tellText(q)}</p>
          <p style={{ marginTop: 12 }}><Button loading={following} onClick={() => void follow({ input: { query: q } }).then((x) => { if (tell(x, t.followed)) p.reload(); })}>{t.tellDo}</Button></p></Card>
      ))}
      {p.guides.length > 0 && <Card title={t.notSure}><p className="muted">{t.notSureText}</p>
        <ul className="pr-guides">{p.guides.slice(0, 5).map((g) => <li key={g.id}><Link href={`/guides/${g.key}`}>{g.title}</Link></li>)}</ul></Card>}
      {house.contactEmail && <p className="muted">{t.ask}: <a href={`mailto:${house.contactEmail}?subject=${encodeURIComponent(q)}`}>{house.contactEmail}</a>{house.contactPhone && <>, {house.contactPhone}</>}</p>}
    </div>
  );
}
