import { useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from 'urql';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { words } from '../../lib/words.ts';
import { roleName } from '../../words/roleNames.ts';
import { ExportButton } from '../../ui/ExportButton.tsx';
import { IconSearch, IconUserPlus, IconUsers } from '../../ui/icons.ts';
import { Avatar, Card, Dialog, Empty, Failure, NotFound, Page, Pill } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { Views } from '../../ui/Views.tsx';
import { InviteForm } from './PeopleInvite.tsx';
import en from './People.en.ts';
import '../admin.css';

const text = words('People', en);

const List = graphql(`query People($filter: UserFilter, $orderBy: UserOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  users(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { id name email @_optional phone @_optional language status memberships { id status organization { id name } role { id key name } } } }
  }
}`);

type Row = NonNullable<NonNullable<NonNullable<ResultOf<typeof List>['users']['edges']>[number]>['node']>;
type Filter = NonNullable<VariablesOf<typeof List>['filter']>;

export default function People() {
  return useMay()('people.contact') ? <PeopleList /> : <NotFound />;
}

function PeopleList() {
  const t = text.use();
  const may = useMay();
  const list = useList();
  const [invite, setInvite] = useState<'staff' | 'customer' | null>(null);
  const q = list.get('q');
  const who = list.get('who');
  const status = list.get('status');
  const filter: Filter = {
    ...(q?.includes('@') ? { email: q } : { search: q }), // an address is known whole or not at all
    staff: who ? who === 'staff' : undefined,
    status: status ? [status as NonNullable<Filter['status']>[number]] : undefined,
  };
  const sort = { field: 'NAME' as const, direction: (list.get('dir') ?? 'ASC') as 'ASC' | 'DESC' };
  const variables = { filter, orderBy: sort, ...list.page(20) };
  const [{ data, error }, again] = useQuery({ query: List, variables });
  const [typed, setTyped] = useState(q ?? '');
  const look = useDebouncedCallback((next: string) => list.set({ q: next.trim() }), 250);

  const rows = data?.users.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  const filtered = !!(q || who || status);
  const acts = (r: Row) => r.memberships.filter((m) => m.status !== 'DISABLED').map((m) => `${m.organization?.name ?? t.team}${m.role ? `, ${roleName(m.role)}` : ''}`);
  const columns: Column<Row>[] = [
    { key: 'name', title: t.person, sort: 'NAME', phone: 'main', cell: (r) => <span className="ad-person"><Avatar name={r.name} /><span>{r.name}{r.email && <small>{r.email}</small>}</span></span> },
    { key: 'acts', title: t.acts, phone: 'label', cell: (r) => {
      const live = r.memberships.filter((m) => m.status !== 'DISABLED');
      return live.length ? <>{[...new Set(live.map((m) => m.organization?.name ?? t.team))].join(', ')}<small>{[...new Set(live.flatMap((m) => (m.role ? [roleName(m.role)] : [])))].join(', ')}</small></> : null;
    } },
    { key: 'phone', title: t.phone, phone: 'hide', cell: (r) => r.phone && <span className="num">{r.phone}</span> },
    { key: 'language', title: t.language, phone: 'hide', cell: (r) => t.languages[r.language] },
    { key: 'status', title: t.status, cell: (r) => (r.status === 'DISABLED' ? <Pill tone="bad">{t.states.DISABLED}</Pill>
      : r.memberships.length > 0 && r.memberships.every((m) => m.status === 'INVITED') ? <Pill tone="info">{t.invited}</Pill> : <Pill tone="good">{t.states.ACTIVE}</Pill>) },
  ];
  return (
    <Page title={t.title} wide actions={<>
      <ExportButton document={List} variables={variables} name="people" of={(d: ResultOf<typeof List>) => d.users}
        header={[t.person, t.email, t.phone, t.language, t.status, t.acts]}
        row={(r: Row) => [r.name, r.email, r.phone, t.languages[r.language], t.states[r.status], acts(r).join('; ')]} />
      {may('membership.invite') && <>
        <Button variant="default" leftSection={<IconUserPlus size={16} />} onClick={() => setInvite('customer')}>{t.inviteCustomer}</Button>
        <Button leftSection={<IconUserPlus size={16} />} onClick={() => setInvite('staff')}>{t.inviteStaff}</Button>
      </>}
    </>}>
      <Views list="PEOPLE" builtIn={[
        { key: 'all', name: t.everybody, query: '' }, { key: 'staff', name: t.staff, query: 'who=staff' },
        { key: 'customers', name: t.customers, query: 'who=customers' }, { key: 'off', name: t.disabledPeople, query: 'status=DISABLED' },
      ]} />
      <div className="f-filters" role="search">
        <TextInput className="f-search" aria-label={t.search} placeholder={t.search} leftSection={<IconSearch size={16} />} value={typed} onChange={(e) => { setTyped(e.currentTarget.value); look(e.currentTarget.value); }} />
        <NativeSelect aria-label={t.kind} value={who ?? ''} onChange={(e) => list.set({ who: e.currentTarget.value })}
          data={[{ value: '', label: `${t.kind}: ${t.all}` }, { value: 'staff', label: t.staff }, { value: 'customers', label: t.customers }]} />
        <NativeSelect aria-label={t.status} value={status ?? ''} onChange={(e) => list.set({ status: e.currentTarget.value })}
          data={[{ value: '', label: `${t.status}: ${t.all}` }, ...Object.entries(t.states).map(([value, label]) => ({ value, label }))]} />
      </div>
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : (
        <Card flush>
          <Table label={t.title} columns={columns} rows={rows} href={(r) => `/people/${r.id}`} name={(r) => r.name} sort={sort} onSort={(s) => list.set({ sort: s.field, dir: s.direction })}
            empty={<Empty icon={<IconUsers size={22} />} title={filtered ? t.noMatch : t.none} text={filtered ? t.noMatchText : t.noneText} />} />
          {!!rows?.length && <Pager total={data?.users.totalCount} info={data?.users.pageInfo} after={list.after} before={list.before} go={list.turn} />}
        </Card>
      )}
      <Dialog open={!!invite} onClose={() => setInvite(null)} title={invite === 'staff' ? t.inviteStaff : t.inviteCustomer}>
        {invite && <InviteForm staff={invite === 'staff'} done={() => setInvite(null)} />}
      </Dialog>
    </Page>
  );
}
