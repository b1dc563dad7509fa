import { useState } from 'react';
import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from 'urql';
import { ago, money, number } from '../../lib/format.ts';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { IconClipboard, IconSearch } from '../../ui/icons.ts';
import { Card, Empty, Failure, Page, Pill, Time } from '../../ui/kit.tsx';
import { OrganizationPicker } from '../../ui/OrganizationPicker.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { configurationTone, savedWords } from './savedWords.ts';

const List = graphql(`query SavedConfigurations($filter: ConfigurationFilter, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  configurations(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { id name status turn quantity changedAt lastPrice @_optional { amount currency } organization { id name } user { id name } product { id name } } } }
}`);
const Products = graphql(`query ConfiguredProducts { configurationModels { id product { id name } } }`);
type Row = NonNullable<NonNullable<NonNullable<ResultOf<typeof List>['configurations']['edges']>[number]>['node']>;
type Filter = NonNullable<VariablesOf<typeof List>['filter']>;

/** What customers have configured and keep. */
export default function SavedConfigurations() {
  const t = savedWords.use();
  const list = useList();
  const state = list.get('state') as keyof typeof t.states | undefined, turn = list.get('turn') as keyof typeof t.turns | undefined;
  const filter: Filter = { search: list.get('q'), status: state ? [state] : undefined, turn: turn ? [turn] : undefined, productId: list.get('product'), organizationId: list.get('customer') };
  const [{ data, error }, load] = useQuery({ query: List, variables: { filter, ...list.page(20) } });
  const [{ data: models }] = useQuery({ query: Products });
  const [typed, setTyped] = useState(filter.search ?? '');
  const look = useDebouncedCallback((q: string) => list.set({ q: q.trim() }), 250);
  const rows: Row[] | null = data?.configurations.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  const filtered = ['q', 'state', 'turn', 'product', 'customer'].some((k) => list.get(k));
  const columns: Column<Row>[] = [
    { key: 'name', title: t.name, phone: 'main', cell: (c) => <>{c.name}<small>{c.product?.name}</small></> },
    { key: 'customer', title: t.customer, phone: 'label', cell: (c) => <>{c.organization?.name ?? '–'}{c.user && <small>{c.user.name}</small>}</> },
    { key: 'turn', title: t.turn, phone: 'label', cell: (c) => (c.status === 'ORDERED' ? '' : t.turns[c.turn]) },
    { key: 'when', title: t.changed, phone: 'label', cell: (c) => <Time at={c.changedAt}>{ago(c.changedAt)}</Time> },
    { key: 'price', title: t.price, end: true, phone: 'label', cell: (c) => <span className="num">{c.lastPrice ? money(c.lastPrice) : ''}{c.quantity > 1 && <small>× {number(c.quantity)}</small>}</span> },
    { key: 'state', title: t.state, end: true, cell: (c) => <Pill tone={configurationTone[c.status]}>{t.states[c.status]}</Pill> },
  ];
  const choice = (key: string, label: string, data: [string, string][]) => <NativeSelect aria-label={label} value={list.get(key) ?? ''} onChange={(e) => list.set({ [key]: e.currentTarget.value })} data={[{ value: '', label: `${label}: ${t.all}` }, ...data.map(([value, text]) => ({ value, label: text }))]} />;
  return (
    <Page title={t.title} sub={t.sub} wide>
      <div className="f-filters" role="search">
        <TextInput className="f-search" aria-label={t.search} placeholder={t.search} leftSection={<IconSearch size={16} />} value={typed} onChange={(e) => { setTyped(e.currentTarget.value); look(e.currentTarget.value); }} />
        {choice('state', t.state, Object.entries(t.states))}
        {choice('turn', t.turn, Object.entries(t.turns))}
        {choice('product', t.product, (models?.configurationModels ?? []).flatMap((m) => (m.product ? [[m.product.id, m.product.name] as [string, string]] : [])))}
        <OrganizationPicker hideLabel value={list.get('customer')} onChange={(id) => list.set({ customer: id })} />
      </div>
      {error && !data ? <Failure error={error} retry={() => load({ requestPolicy: 'network-only' })} /> : (
        <Card flush>
          <Table label={t.title} columns={columns} rows={rows} href={(c) => `/configurations/${c.id}`} name={(c) => c.name}
            empty={<Empty icon={<IconClipboard size={22} />} title={filtered ? t.noMatch : t.none} text={filtered ? t.noMatchText : t.noneText} />} />
          {!!rows?.length && <Pager total={data?.configurations.totalCount} info={data?.configurations.pageInfo} after={list.after} before={list.before} go={list.turn} />}
        </Card>
      )}
    </Page>
  );
}
