import { lazy, Suspense, useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Link } from 'wouter';
import { useQuery } from 'urql';
import { codeOf } from '../../lib/client.ts';
import { day, money, number } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { ExportButton } from '../../ui/ExportButton.tsx';
import { Form, FormEnd, isStale, useAction, useKey, useTell, useVersioned } from '../../ui/form.tsx';
import { IconClipboard, IconDots, IconPencil, IconPlus, IconSearch, IconTrash, IconUpload } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Failure, IconButton, Loading, NotFound, Notice, Page, Time } from '../../ui/kit.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useMay } from '../../ui/root.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { SaveList } from './PriceListForm.tsx';
import { ListPill, listWords, useHolds, useWhom } from './priceListWords.tsx';
import './pricing.css';

const PriceListForm = lazy(() => import('./PriceListForm.tsx'));
const Assign = lazy(() => import('./PriceListAssign.tsx'));
const Tiers = lazy(() => import('./PriceListTiers.tsx'));
const Paste = lazy(() => import('./PriceListPaste.tsx'));

const One = graphql(`query PriceList($id: ID!) {
  priceList(id: $id) { id version key name currency status validFrom validTo isCurrent variantCount createdAt updatedAt source @_optional externalId @_optional
    assignments { priority isEverybody organization { id name } segment { id name } } }
}`);
const Listed = graphql(`query PricesOfList($id: ID!, $search: String, $first: Int, $after: Cursor) {
  priceList(id: $id) { id prices(search: $search, first: $first, after: $after) {
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { sku variant { id name product { id name } } tiers { minimumQuantity unitPrice { amount currency } } } }
  } }
}`);

export type PriceListData = NonNullable<ResultOf<typeof One>['priceList']>;
type Node = NonNullable<ResultOf<typeof Listed>['priceList']>['prices']['edges'][number]['node'];
/** The prices of an article as a row. */
export type Priced = Node & { id: string };

/** One price list: when it holds, for whom it is, and its prices. */
export default function PriceList({ id }: { id: string }) {
  const t = listWords.use();
  const may = useMay();
  const holds = useHolds();
  const [{ data, error }, load] = useQuery({ query: One, variables: { id } });
  const [dialog, setDialog] = useState<'change' | 'assign' | 'retire' | null>(null);
  const [round, setRound] = useState(0); // the prices are read anew
  const again = () => load({ requestPolicy: 'network-only' });
  const changed = () => { again(); setRound((n) => n + 1); };
  const tell = useTell();
  const keyFor = useKey();
  const [save] = useAction(SaveList);
  const l = data?.priceList;
  const crumbs = [{ title: t.crumb, href: '/price-lists' }];
  if (!l && error && codeOf(error) !== 'NOT_FOUND') return <Page title="" crumbs={crumbs}><Failure error={error} retry={again} /></Page>;
  if (!l && (data || error)) return <NotFound home="/price-lists" />;
  if (!l) return <Page title={t.title} crumbs={crumbs} wide><div className="f-columns"><Loading rows={8} card /><Loading rows={4} card /></div></Page>;
  const close = () => setDialog(null);
  const restore = async () => {
    const input = { id: l.id, version: l.version, key: l.key, name: l.name, currency: l.currency, validFrom: l.validFrom, validTo: l.validTo, status: 'ACTIVE' as const };
    const outcome = await save({ input, key: keyFor(input) });
    if (tell(outcome, t.restored) || isStale(outcome)) again();
  };
  const changes = may('priceList.save');
  return (
    <Page title={l.name} wide crumbs={[...crumbs, { title: l.name }]} after={<ListPill list={l} />} sub={`${l.key} · ${l.currency} · ${holds(l.validFrom, l.validTo)}`}
      actions={changes && <>
        <Button variant="default" onClick={() => setDialog('change')}>{t.change}</Button>
        <Menu label={t.actions} button={<IconDots size={18} />} items={l.status === 'ACTIVE' ? [{ label: t.retire, danger: true, run: () => setDialog('retire') }] : [{ label: t.restore, run: () => void restore() }]} />
      </>}>
      {(l.status === 'RETIRED' || !l.isCurrent) && <div className="pr-state"><Notice tone="warn">{l.status === 'RETIRED' ? t.retiredNote : l.validFrom && Date.parse(l.validFrom) > Date.now() ? t.notYet(day(l.validFrom)) : t.over(day(l.validTo ?? l.updatedAt))}</Notice></div>}
      <div className="f-columns">
        <Prices list={l} round={round} changed={changed} />
        <div className="f-stack">
          <Assignments list={l} change={may('priceList.assign') ? () => setDialog('assign') : undefined} />
          <Card title={t.about}>
            <dl className="f-facts">
              <dt>{t.key}</dt><dd>{l.key}</dd>
              <dt>{t.currency}</dt><dd>{l.currency}</dd>
              <dt>{t.validFrom}</dt><dd>{l.validFrom ? <Time at={l.validFrom} /> : '–'}</dd>
              <dt>{t.validTo}</dt><dd>{l.validTo ? <Time at={l.validTo} /> : '–'}</dd>
              <dt>{t.prices}</dt><dd className="num">{t.variants(l.variantCount)}</dd>
              <dt>{t.updated}</dt><dd><Time at={l.updatedAt} /></dd>
              {l.source && <><dt>{t.source}</dt><dd>{[l.source, l.externalId].filter(Boolean).join(' · ')}</dd></>}
            </dl>
            {l.source && <p className="pr-hint" style={{ marginTop: 10 }}>{t.theirs}</p>}
          </Card>
        </div>
      </div>
      <Dialog open={dialog === 'change'} onClose={close} title={t.changeTitle}>
        {dialog === 'change' && <Suspense fallback={<Loading rows={3} />}><PriceListForm list={l} close={close} done={again} stale={again} /></Suspense>}
      </Dialog>
      <Dialog open={dialog === 'assign'} onClose={close} title={t.assignTitle} wide>
        {dialog === 'assign' && <Suspense fallback={<Loading rows={3} />}><Assign list={l} close={close} again={again} /></Suspense>}
      </Dialog>
      <Dialog open={dialog === 'retire'} onClose={close} title={t.retireTitle}>
        {dialog === 'retire' && <Retire list={l} close={close} again={again} />}
      </Dialog>
    </Page>
  );
}

function Retire({ list: l, close, again }: { list: PriceListData; close: () => void; again: () => void }) {
  const t = listWords.use();
  const { form, busy, send } = useVersioned(l.version, again);
  const [save] = useAction(SaveList);
  const submit = async () => {
    const input = { id: l.id, key: l.key, name: l.name, currency: l.currency, validFrom: l.validFrom, validTo: l.validTo, status: 'RETIRED' as const };
    if (await send(input, (version, key) => save({ input: { ...input, version }, key }), t.isRetired)) { close(); again(); }
  };
  return <Form form={form} onSubmit={() => void submit()} label={t.retireTitle}><p>{t.retireText}</p><FormEnd label={t.retireDo} danger busy={busy} onCancel={close} /></Form>;
}

function Assignments({ list: l, change }: { list: PriceListData; change?: () => void }) {
  const t = listWords.use();
  const whom = useWhom();
  return (
    <Card title={t.assigned} flush aside={change && <Button size="compact-sm" variant="default" onClick={change}>{t.assign}</Button>}>
      {!l.assignments.length ? <p className="muted pr-pad">{t.assignedNone}</p> : (
        <ul className="f-rows">{l.assignments.map((a) => (
          <li key={a.organization?.id ?? a.segment?.id ?? ''} className="pr-line">
            <span>{a.organization ? <Link href={`/customers/${a.organization.id}/buying`}>{a.organization.name}</Link> : whom(a)}</span><small className="muted">{t.priorityOf(a.priority)}</small>
          </li>
        ))}</ul>
      )}
    </Card>
  );
}

function Prices({ list: l, round, changed }: { list: PriceListData; round: number; changed: () => void }) {
  const t = listWords.use();
  const may = useMay();
  const list = useList();
  const search = list.get('q');
  const variables = { id: l.id, search, first: 25, after: list.after };
  const [{ data, error }, load] = useQuery({ query: Listed, variables });
  const [seen, setSeen] = useState(round);
  if (seen !== round) { setSeen(round); queueMicrotask(() => load({ requestPolicy: 'network-only' })); }
  const [typed, setTyped] = useState(search ?? '');
  const look = useDebouncedCallback((q: string) => list.set({ q }), 250);
  const [editing, setEditing] = useState<Priced | 'new' | null>(null);
  const [removing, setRemoving] = useState<Priced | null>(null);
  const [pasting, setPasting] = useState(false);
  const sets = may('priceList.prices') && l.status === 'ACTIVE';
  const prices = data?.priceList?.prices;
  const rows: Priced[] | null = prices?.edges.map((e) => ({ ...e.node, id: e.node.sku })) ?? null;
  const columns: Column<Priced>[] = [
    { key: 'sku', title: t.sku, phone: 'main', cell: (r) => <><b className="pr-strong">{r.sku}</b><small>{r.variant ? [r.variant.product?.name, r.variant.name].filter(Boolean).join(', ') : t.hidden}</small></> },
    { key: 'tiers', title: t.tiers, phone: 'label', cell: (r) => <span className="pr-tiers">{r.tiers.map((x) => <span key={x.minimumQuantity} className="num"><small>{t.tier(number(x.minimumQuantity), '').replace(/:\s*$/, '')}</small>{money(x.unitPrice)}</span>)}</span> },
    ...(sets ? [{ key: 'do', title: t.actions, quiet: true, end: true, cell: (r: Priced) => <span className="pr-do">
      <IconButton label={t.edit(r.sku)} onClick={() => setEditing(r)}><IconPencil size={17} /></IconButton>
      <IconButton label={`${t.remove}: ${r.sku}`} onClick={() => setRemoving(r)}><IconTrash size={17} /></IconButton>
    </span> }] : []),
  ];
  const buttons = sets && <>
    <Button size="compact-md" variant="default" leftSection={<IconUpload size={15} />} onClick={() => setPasting(true)}>{t.paste}</Button>
    <Button size="compact-md" variant="default" leftSection={<IconPlus size={15} />} onClick={() => setEditing('new')}>{t.addPrice}</Button>
  </>;
  return (
    <Card title={t.prices} flush aside={<span className="pr-head">{buttons}</span>}>
      {(!!rows?.length || search) && <div className="pr-tools">
        <TextInput className="f-search" aria-label={t.findSku} placeholder={t.findSku} leftSection={<IconSearch size={16} />} value={typed} onChange={(e) => { setTyped(e.currentTarget.value); look(e.currentTarget.value); }} />
        <ExportButton document={Listed} variables={variables} name={`${t.exportName}-${l.key}`} of={(d: ResultOf<typeof Listed>) => d.priceList!.prices}
          header={[t.sku, t.name, ...Array.from({ length: 5 }, () => [t.quantity, t.price]).flat()]} row={(r: Node) => [r.sku, r.variant?.product?.name, ...r.tiers.flatMap((x) => [x.minimumQuantity, x.unitPrice.amount])]} />
      </div>}
      {error && !data ? <Failure error={error} retry={() => load({ requestPolicy: 'network-only' })} /> : <>
        <Table label={t.prices} columns={columns} rows={rows} name={(r) => r.sku}
          empty={<Empty icon={<IconClipboard size={22} />} title={search ? t.noSku : t.noPrices} text={search ? undefined : t.noPricesText} />} />
        {!!rows?.length && <Pager info={prices?.pageInfo} after={list.after} go={(to) => (to.before ? history.back() : list.turn(to))} aside={t.variants(l.variantCount)} />}
      </>}
      <Dialog open={!!editing} onClose={() => setEditing(null)} title={editing === 'new' || !editing ? t.newTitle : t.editTitle(editing.sku)}>
        {editing && <Suspense fallback={<Loading rows={3} />}><Tiers list={l} of={editing === 'new' ? null : editing} close={() => setEditing(null)} done={changed} /></Suspense>}
      </Dialog>
      <Dialog open={!!removing} onClose={() => setRemoving(null)} title={removing ? `${t.remove}?` : ''}>
        {removing && <Suspense fallback={<Loading rows={1} />}><Tiers list={l} of={removing} remove close={() => setRemoving(null)} done={changed} /></Suspense>}
      </Dialog>
      <Dialog open={pasting} onClose={() => setPasting(false)} title={t.pasteTitle} wide>
        {pasting && <Suspense fallback={<Loading rows={4} />}><Paste list={l} close={() => setPasting(false)} done={changed} /></Suspense>}
      </Dialog>
    </Card>
  );
}
