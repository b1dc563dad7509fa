import { lazy, Suspense, useState } from 'react';
import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { codeOf } from '../../lib/client.ts';
import { day, number } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { IconClipboard, IconDots, IconHistory, IconPlus } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Failure, Loading, NotFound, Page, Pill, Time, type Tone } from '../../ui/kit.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useMay } from '../../ui/root.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import type { Kind } from '../stock/Adjust.tsx';
import { Free, Heard, promiseText, stockWords } from '../stock/parts.tsx';

const Adjust = lazy(() => import('../stock/Adjust.tsx'));
const Policy = lazy(() => import('../stock/Policy.tsx'));

const One = graphql(`query StockOfVariant($id: ID!) {
  stockLocations { id key name status priority }
  node(id: $id) { __typename ... on ProductVariant {
    id sku name unit stockPolicy @_optional leadDays @_optional availableFrom
    product { id name version }
    availability { status quantity @_optional promise levels @_optional {
      variantId onHand allocated reserved available fedAt countedAt isStale location { id name status }
    } }
  } }
}`);
const Moves = graphql(`query StockMoves($id: ID!, $at: ID) {
  stockMovements(variantId: $id, locationId: $at, first: 50) { key kind locationId onHand allocated reserved reason at actor { kind name } order { id number } }
}`);

/** A variant as its stock page has it. */
export type StockedVariant = Extract<NonNullable<ResultOf<typeof One>['node']>, { __typename: 'ProductVariant' }>;
type Level = NonNullable<StockedVariant['availability']['levels']>[number] & { id: string };
const tones: Record<string, Tone> = { IN_STOCK: 'good', LOW: 'warn', OUT_OF_STOCK: 'bad', BACKORDER: 'info', PREORDER: 'info', UNTRACKED: 'calm', UNKNOWN: 'warn' };

export default function StockVariant({ id }: { id: string }) {
  return /^var_[0-9a-z]{26}$/.test(id) ? <Found id={id} /> : <NotFound home="/stock" />;
}

function Found({ id }: { id: string }) {
  const t = stockWords.use();
  const may = useMay();
  const [{ data, error }, load] = useQuery({ query: One, variables: { id } });
  const [asked, ask] = useState<{ kind: Kind; at?: string } | 'policy' | null>(null);
  const [at, setAt] = useState('');
  const [moves, loadMoves] = useQuery({ query: Moves, variables: { id, at: at || null } });
  const again = () => { load({ requestPolicy: 'network-only' }); loadMoves({ requestPolicy: 'network-only' }); };
  const v = data?.node?.__typename === 'ProductVariant' ? data.node : null;
  const crumbs = [{ title: t.title, href: '/stock' }];
  if (!v) {
    if (codeOf(error) === 'NOT_FOUND' || (data && !error)) return <NotFound home="/stock" />;
    return <Page title={t.title} crumbs={crumbs}>{error ? <Failure error={error} retry={again} /> : <Loading card rows={6} />}</Page>;
  }
  const places = data!.stockLocations;
  const levels: Level[] = v.availability.levels?.map((l) => ({ ...l, id: l.location?.id ?? '' })) ?? [];
  const sum = (key: 'onHand' | 'allocated' | 'reserved') => levels.reduce((n, l) => n + l[key], 0);
  const name = [v.product?.name, v.name].filter(Boolean).join(', ');
  const tracked = v.stockPolicy !== 'UNTRACKED';
  const change = may('stock.adjust') && tracked;
  const acts: Kind[] = ['COUNT', 'RECEIVE', 'WRITE_OFF', ...(places.filter((x) => x.status === 'ACTIVE').length > 1 ? ['MOVE' as const] : [])];
  const columns: Column<Level>[] = [
    { key: 'place', title: t.place, phone: 'main', cell: (l) => <>{l.location?.name}{l.location?.status === 'CLOSED' && <small>{t.closed}</small>}</> },
    ...(['onHand', 'allocated', 'reserved'] as const).map((key): Column<Level> => ({ key, title: t[key], end: true, phone: 'label', cell: (l) => <span className="num">{number(l[key])}</span> })),
    { key: 'free', title: t.free, end: true, phone: 'label', cell: (l) => <Free n={l.available} /> },
    { key: 'heard', title: t.heard, phone: 'label', cell: (l) => <Heard of={l} /> },
    ...(change ? [{ key: 'act', title: t.actions, end: true, cell: (l: Level) => (
      <Menu label={t.acting(l.location?.name ?? '')} button={<IconDots size={17} />} items={acts.map((kind) => ({ label: t.acts[kind], run: () => ask({ kind, at: l.id }) }))} />
    ) }] : []),
  ];
  const quantity = v.availability.quantity;
  return (
    <Page title={name || v.sku} wide crumbs={[...crumbs, { title: v.sku }]} after={<Pill tone={tones[v.availability.status]}>{t.status[v.availability.status]}</Pill>} sub={v.sku}
      actions={<>
        {may('variant.save') && v.product && <Button variant="default" onClick={() => ask('policy')}>{t.policyTitle}</Button>}
        {change && <Button leftSection={<IconPlus size={16} />} onClick={() => ask({ kind: 'RECEIVE', at: levels.find((l) => l.location?.status === 'ACTIVE')?.id })}>{t.acts.RECEIVE}</Button>}
      </>}>
      <dl className="st-tiles">
        <div className="st-tile"><dt>{t.canPromise}</dt><dd className="num">{quantity == null ? '–' : number(quantity)}{quantity == null && <small>{tracked ? t.nobodyPromises : t.unlimited}</small>}</dd></div>
        {tracked && (['onHand', 'allocated', 'reserved'] as const).map((key) => <div className="st-tile" key={key}><dt>{t[key]}</dt><dd className="num">{number(sum(key))}</dd></div>)}
        <div className="st-tile"><dt>{t.sendOn}</dt><dd>{v.availability.promise ? <Time at={v.availability.promise}>{day(v.availability.promise)}</Time> : '–'}<small>{v.availability.promise ? '' : t.nobodyPromises}</small></dd></div>
        <div className="st-tile"><dt>{t.policy}</dt><dd style={{ fontSize: 15 }}>{promiseText(v, t)}</dd></div>
      </dl>
      <div className="f-stack">
        {tracked && <Card title={t.levels} flush aside={may('stockLocation.read') && <Link href="/stock/places">{t.places}</Link>}>
          <Table label={t.levels} columns={columns} rows={levels} name={(l) => l.location?.name ?? ''} empty={<Empty icon={<IconClipboard size={22} />} title={t.noLevels} text={t.noLevelsText} />} />
        </Card>}
        <Card title={t.movements} flush aside={levels.length > 1 && <NativeSelect size="xs" aria-label={t.place} value={at} onChange={(e) => setAt(e.currentTarget.value)} data={[{ value: '', label: t.anyPlace }, ...levels.map((l) => ({ value: l.id, label: l.location?.name ?? l.id }))]} />}>
          <Movements rows={moves.data?.stockMovements} error={moves.error} retry={again} places={places} />
        </Card>
      </div>
      <Dialog open={!!asked && asked !== 'policy'} onClose={() => ask(null)} title={asked && asked !== 'policy' ? t.acts[asked.kind] : ''}>
        {asked && asked !== 'policy' && <Suspense fallback={<Loading rows={3} />}><Adjust kind={asked.kind} at={asked.at} variant={{ id: v.id, label: name || v.sku }} places={places} close={() => ask(null)} done={() => { ask(null); again(); }} /></Suspense>}
      </Dialog>
      <Dialog open={asked === 'policy'} onClose={() => ask(null)} title={t.policyTitle}>
        {asked === 'policy' && <Suspense fallback={<Loading rows={3} />}><Policy variant={v} again={again} close={() => ask(null)} done={() => { ask(null); again(); }} /></Suspense>}
      </Dialog>
    </Page>
  );
}

type Move = ResultOf<typeof Moves>['stockMovements'][number];

/** What moved, when, by whom and why. */
function Movements({ rows, error, retry, places }: { rows: Move[] | undefined; error?: Parameters<typeof Failure>[0]['error']; retry: () => void; places: readonly { id: string; name: string }[] }) {
  const t = stockWords.use();
  const may = useMay();
  if (error && !rows) return <Failure error={error} retry={retry} />;
  if (!rows) return <Loading rows={5} />;
  if (!rows.length) return <Empty icon={<IconHistory size={22} />} title={t.noMoves} />;
  const signed = (n: number) => `${n > 0 ? '+' : '−'}${number(Math.abs(n))}`;
  return (
    <ul className="st-moves">{rows.map((m) => (
      <li key={m.key}>
        <span><b>{t.kinds[m.kind]}</b> <span className="muted">{places.find((p) => p.id === m.locationId)?.name}</span></span>
        <span className="num">{(['onHand', 'allocated', 'reserved'] as const).filter((key) => m[key]).map((key) => `${signed(m[key])} ${t.change[key]}`).join(', ') || '±0'}</span>
        <small>{m.actor.name ?? t.actors[m.actor.kind] ?? ''}{m.order && <> · {may('order.read') ? <Link href={`/orders/${encodeURIComponent(m.order.number)}`}>{t.order(m.order.number)}</Link> : t.order(m.order.number)}</>}</small>
        <small className="num"><Time at={m.at} /></small>
        {m.reason && <q>{m.reason}</q>}
      </li>
    ))}</ul>
  );
}
