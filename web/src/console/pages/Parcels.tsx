import { useEffect, useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ago, clock } from '../../lib/format.ts';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { words } from '../../lib/words.ts';
import { ExportButton } from '../../ui/ExportButton.tsx';
import { IconBox, IconSearch } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Failure, Page, Pill, ShipmentPill, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { Views } from '../../ui/Views.tsx';
import { kitWords, orderWords } from '../../words/index.ts';
import { Dismiss } from './ParcelDismiss.tsx';
import { ParcelReport } from './ParcelReport.tsx';
import en from './Parcels.en.ts';
import './parcels.css';

const text = words('Parcels', en);

const List = graphql(`query ParcelReports($filter: ParcelReportFilter, $orderBy: ParcelReportOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  parcelReports(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node {
      id trackingNumber status at receivedAt estimatedDelivery location message problem state handledAt dismissReason
      carrier { code name } shipment { id order { id number } }
    } }
  }
}`);

export type Report = NonNullable<NonNullable<NonNullable<ResultOf<typeof List>['parcelReports']['edges']>[number]>['node']>;
type Filter = NonNullable<VariablesOf<typeof List>['filter']>;

/** Asks again every half a minute, as long as somebody looks. */
function useRefresh(again: () => void, on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const look = () => { if (document.visibilityState === 'visible') again(); };
    const id = setInterval(look, 30_000);
    document.addEventListener('visibilitychange', look);
    return () => { clearInterval(id); document.removeEventListener('visibilitychange', look); };
  });
}

export default function Parcels() {
  const t = text.use();
  const k = kitWords.use();
  const o = orderWords.use();
  const may = useMay();
  const list = useList();
  const state = list.get('state') ?? 'WAITING';
  const problem = list.get('problem');
  const filter: Filter = {
    state: state === 'all' ? undefined : (state.split(',') as NonNullable<Filter['state']>),
    problem: problem ? [problem as NonNullable<Filter['problem']>[number]] : undefined,
    trackingNumber: list.get('q'),
  };
  const sort = { field: 'RECEIVED_AT' as const, direction: (list.get('dir') ?? 'DESC') as 'ASC' | 'DESC' };
  const variables = { filter, orderBy: sort, ...list.page(20) };
  const [{ data, error, fetching }, again] = useQuery({ query: List, variables });
  const [typed, setTyped] = useState(filter.trackingNumber ?? '');
  const look = useDebouncedCallback((q: string) => list.set({ q: q.trim() }), 250);
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [dismissing, dismiss] = useState<Report[] | null>(null);
  const [looked, setLooked] = useState(() => new Date().toISOString());
  useEffect(() => { if (!fetching && data) setLooked(new Date().toISOString()); }, [fetching, data]);
  const opened = list.get('open');
  const reload = () => again({ requestPolicy: 'network-only' });
  // The row that had the focus is not there any more.
  const gone = () => { reload(); setTimeout(() => { if (document.activeElement === document.body || !document.activeElement?.isConnected) document.querySelector<HTMLElement>('h1')?.focus(); }, 100); };
  useRefresh(reload, !opened && !dismissing);

  const rows = data?.parcelReports.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  const waiting = rows?.filter((r) => r.state === 'WAITING') ?? [];
  const selected = waiting.filter((r) => chosen.has(r.id));
  const mayAct = may('parcelReport.assign') || may('parcelReport.dismiss');
  const where = (id: string) => { const q = new URLSearchParams(list.text); q.set('open', id); return `/parcels?${q}`; };
  const columns: Column<Report>[] = [
    { key: 'number', title: t.parcel, phone: 'main', cell: (r) => <>{r.trackingNumber}<small>{r.carrier.name}</small></> },
    { key: 'report', title: t.report, cell: (r) => <><ShipmentPill status={r.status} />{(r.message || r.location) && <small style={{ marginTop: 3 }}>{[r.message, r.location].filter(Boolean).join(' · ')}</small>}</> },
    { key: 'when', title: t.when, sort: 'RECEIVED_AT', phone: 'label', cell: (r) => <><Time at={r.at} /><small><Time at={r.receivedAt}>{t.received(ago(r.receivedAt))}</Time></small></> },
    { key: 'problem', title: t.problem, phone: 'label', cell: (r) => t.problems[r.problem] },
    state === 'WAITING'
      ? { key: 'act', title: t.outcome, end: true, cell: (r) => (may('parcelReport.dismiss') ? <span className="pa-acts"><Button size="compact-sm" variant="default" aria-label={`${t.dismiss}: ${r.trackingNumber}, ${o.shipment[r.status]}`} onClick={() => dismiss([r])}>{t.dismiss}</Button></span> : null) }
      : { key: 'state', title: t.outcome, phone: 'label', cell: (r) => <><Pill tone={r.state === 'RECORDED' ? 'good' : r.state === 'WAITING' ? 'warn' : 'calm'}>{t.states[r.state]}</Pill>
        {r.shipment ? <small><Link href={`/orders/${encodeURIComponent(r.shipment.order.number)}`}>{r.shipment.order.number}</Link></small> : r.dismissReason && <small>{r.dismissReason}</small>}</> },
  ];
  return (
    <Page title={t.title} wide sub={t.sub} actions={
      <ExportButton document={List} variables={variables} name="unknown-parcels" of={(d: ResultOf<typeof List>) => d.parcelReports}
        header={[t.search, t.carrier, t.says, t.where, t.report, t.at, t.receivedAt, t.problem, t.state, t.recordedOn, t.reason]}
        row={(r: Report) => [r.trackingNumber, r.carrier.name, o.shipment[r.status], r.location, r.message, r.at, r.receivedAt, t.problems[r.problem], t.states[r.state], r.shipment?.order.number, r.dismissReason]} />}
    >
      <Views list="PARCELS" builtIn={[
        { key: 'waiting', name: t.views.waiting, query: '' },
        { key: 'unknown', name: t.views.unknown, query: 'problem=UNKNOWN_PARCEL' },
        { key: 'done', name: t.views.done, query: 'state=RECORDED%2CDISMISSED' },
      ]} />
      <div className="f-filters" role="search">
        <TextInput className="f-search" aria-label={t.search} placeholder={t.search} leftSection={<IconSearch size={16} />} value={typed} onChange={(e) => { setTyped(e.currentTarget.value); look(e.currentTarget.value); }} />
        <NativeSelect aria-label={t.state} value={state} onChange={(e) => list.set({ state: e.currentTarget.value === 'WAITING' ? null : e.currentTarget.value })}
          data={[...Object.entries(t.states).map(([value, label]) => ({ value, label })), { value: 'RECORDED,DISMISSED', label: t.views.done }, { value: 'all', label: `${t.state}: ${t.anyState}` }]} />
        <NativeSelect aria-label={t.problem} value={problem ?? ''} onChange={(e) => list.set({ problem: e.currentTarget.value })}
          data={[{ value: '', label: `${t.problem}: ${t.anyProblem}` }, ...Object.entries(t.problems).map(([value, label]) => ({ value, label }))]} />
      </div>
      {error && !data ? <Failure error={error} retry={reload} /> : (
        <Card flush>
          <Table label={t.title} columns={columns} rows={rows} href={(r) => where(r.id)} name={(r) => `${r.trackingNumber}, ${o.shipment[r.status]}`}
            sort={sort} onSort={(s) => list.set({ dir: s.direction })} {...(state === 'WAITING' && may('parcelReport.dismiss') ? { selection: chosen, onSelect: choose } : {})}
            empty={<Empty icon={<IconBox size={22} />} title={filter.trackingNumber || problem || state !== 'WAITING' ? t.noMatch : t.none} text={filter.trackingNumber || problem || state !== 'WAITING' ? t.noMatchText : t.noneText} />} />
          {!!rows?.length && <Pager total={data?.parcelReports.totalCount} info={data?.parcelReports.pageInfo} after={list.after} before={list.before} go={list.turn} aside={<> · <Time at={looked}>{t.refreshed(clock(looked))}</Time></>} />}
        </Card>
      )}
      {selected.length > 0 && (
        <div className="pa-bar" role="region" aria-label={k.selected(selected.length)}>
          <span role="status">{k.selected(selected.length)}</span>
          <Button variant="default" onClick={() => dismiss(selected)}>{t.dismissSelected(selected.length)}</Button>
          <Button variant="subtle" onClick={() => choose(new Set())}>{k.clearSelection}</Button>
        </div>
      )}
      <ParcelReport id={opened ?? null} mayAct={mayAct} close={() => list.set({ open: null }, true)} dismiss={(r) => { list.set({ open: null }, true); dismiss([r]); }} again={gone} />
      <Dialog open={!!dismissing} onClose={() => dismiss(null)} title={dismissing ? t.dismissTitle(dismissing.length) : ''}>
        {dismissing && <Dismiss reports={dismissing} close={() => dismiss(null)} done={() => { dismiss(null); choose(new Set()); gone(); }} />}
      </Dialog>
    </Page>
  );
}
