import { useState } from 'react';
import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from 'urql';
import { list as sentence, regionName } from '../../lib/format.ts';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { words } from '../../lib/words.ts';
import { ExportButton } from '../../ui/ExportButton.tsx';
import { IconBuilding, IconSearch } from '../../ui/icons.ts';
import { Card, Empty, Failure, Page, Pill } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { Views } from '../../ui/Views.tsx';
import en from './Customers.en.ts';

const text = words('Customers', en);

const List = graphql(`query Customers($filter: OrganizationFilter, $orderBy: OrganizationOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  organizations(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node {
      id name kind status
      address { line1 postalCode city country }
      parent { id name }
      contacts @_optional { name }
      memberships @_optional { id status }
    } }
  }
}`);

type Row = NonNullable<NonNullable<NonNullable<ResultOf<typeof List>['organizations']['edges']>[number]>['node']>;
type Filter = NonNullable<VariablesOf<typeof List>['filter']>;

/** How many people can act for a customer, or are invited to. */
const people = (r: Row) => r.memberships?.filter((m) => m.status !== 'DISABLED').length ?? 0;

export default function Customers() {
  const t = text.use();
  const may = useMay();
  const list = useList();
  const kind = list.get('kind');
  const status = list.get('status');
  const mine = may('organizationAssignment.read') && list.get('whose') === 'mine';
  const filter: Filter = {
    search: list.get('q'),
    kind: kind ? [kind as NonNullable<Filter['kind']>[number]] : undefined,
    status: status ? [status as NonNullable<Filter['status']>[number]] : undefined,
    ...(mine ? { mine: true } : {}), // a role that looks after nobody has no such condition
  };
  const sort = { field: 'NAME' as const, direction: (list.get('dir') ?? 'ASC') as 'ASC' | 'DESC' };
  const variables = { filter, orderBy: sort, ...list.page(20) };
  const [{ data, error }, again] = useQuery({ query: List, variables });
  const [typed, setTyped] = useState(filter.search ?? '');
  const look = useDebouncedCallback((q: string) => list.set({ q }), 250);

  const rows = data?.organizations.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  const filtered = !!(filter.search || kind || status);
  const seesPeople = may('people.contact'); // the others see no memberships but their own
  const columns: Column<Row>[] = [
    { key: 'name', title: t.customer, sort: 'NAME', phone: 'main', cell: (r) => <>{r.name}{r.parent && <small>{t.partOf(r.parent.name)}</small>}</> },
    { key: 'kind', title: t.kind, cell: (r) => t.kinds[r.kind] },
    { key: 'state', title: t.status, cell: (r) => r.status !== 'ACTIVE' && <Pill tone={r.status === 'SUSPENDED' ? 'warn' : 'calm'}>{t.states[r.status]}</Pill> },
    { key: 'town', title: t.town, phone: 'label', cell: (r) => r.address?.city && <>{r.address.city}{r.address.country && <small>{regionName(r.address.country)}</small>}</> },
    { key: 'care', title: t.care, phone: 'label', cell: (r) => (r.contacts?.length ? sentence(r.contacts.map((c) => c.name)) : <span className="muted">{t.nobody}</span>) },
    ...(seesPeople ? [{ key: 'people', title: t.people, end: true, phone: 'hide' as const, cell: (r: Row) => <span className="num">{people(r)}</span> }] : []),
  ];
  return (
    <Page title={t.title} wide actions={
      <ExportButton document={List} variables={variables} name="customers" of={(d: ResultOf<typeof List>) => d.organizations}
        header={[t.customer, t.kind, t.status, t.address, '', t.town, t.country, t.care, ...(seesPeople ? [t.people] : [])]}
        row={(r: Row) => [r.name, t.kinds[r.kind], t.states[r.status], r.address?.line1, r.address?.postalCode, r.address?.city, r.address?.country, r.contacts?.map((c) => c.name).join(', '), ...(seesPeople ? [people(r)] : [])]} />}
    >
      <Views list="CUSTOMERS" builtIn={[
        { key: 'all', name: t.everybodys, query: '' },
        ...(may('organizationAssignment.read') ? [{ key: 'mine', name: t.mine, query: 'whose=mine' }] : []),
        { key: 'suspended', name: t.suspended, query: 'status=SUSPENDED' },
      ]} />
      <div className="f-filters" role="search">
        <TextInput className="f-search" aria-label={t.search} placeholder={t.search} leftSection={<IconSearch size={16} />} value={typed} onChange={(e) => { setTyped(e.currentTarget.value); look(e.currentTarget.value); }} />
        <NativeSelect aria-label={t.kind} value={kind ?? ''} onChange={(e) => list.set({ kind: e.currentTarget.value })}
          data={[{ value: '', label: `${t.kind}: ${t.all}` }, ...Object.entries(t.kinds).map(([value, label]) => ({ value, label }))]} />
        <NativeSelect aria-label={t.status} value={status ?? ''} onChange={(e) => list.set({ status: e.currentTarget.value })}
          data={[{ value: '', label: `${t.status}: ${t.all}` }, ...Object.entries(t.states).map(([value, label]) => ({ value, label }))]} />
        {may('organizationAssignment.read') && <NativeSelect aria-label={t.whose} value={mine ? 'mine' : ''} onChange={(e) => list.set({ whose: e.currentTarget.value })}
          data={[{ value: '', label: `${t.whose}: ${t.all}` }, { value: 'mine', label: t.mine }]} />}
      </div>
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : (
        <Card flush>
          <Table label={t.title} columns={columns} rows={rows} href={(r) => `/customers/${r.id}`} name={(r) => r.name}
            sort={sort} onSort={(s) => list.set({ sort: s.field, dir: s.direction })}
            empty={<Empty icon={<IconBuilding size={22} />} title={filtered ? t.noMatch : mine ? t.noMine : t.none} text={filtered ? t.noMatchText : mine ? t.noMineText : t.noneText} />} />
          {!!rows?.length && <Pager total={data?.organizations.totalCount} info={data?.organizations.pageInfo} after={list.after} before={list.before} go={list.turn} />}
        </Card>
      )}
    </Page>
  );
}
