import type { ReactNode } from 'react';
import { Button, NativeSelect } from '@mantine/core';
import { Link } from 'wouter';
import { useQuery } from 'urql';
import { clock, day } from '../../lib/format.ts';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { useAction, useTell } from '../form.tsx';
import { IconAlert, IconBell, IconBox, IconCart, IconCheck, IconChecks, IconClock, IconInbox, IconNote, IconSearch, IconSettings, IconTruck, IconX } from '../icons.ts';
import { Card, Empty, Failure, IconButton, Loading, Time, type Tone } from '../kit.tsx';
import { useMay } from '../root.tsx';
import { Pager } from '../table.tsx';
import { accountWords } from './texts.ts';
import './account.css';

const List = graphql(`query Notifications($filter: NotificationFilter, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  viewer { unreadNotifications @_optional }
  notifications(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { id kind title text createdAt readAt order @_optional { id number } enrollment @_optional { id course { id key } } submission @_optional { id } } }
  }
}`);
const Read = graphql(`mutation ReadNotifications($input: ReadNotificationsInput!) { readNotifications(input: $input) { marked unread userErrors { field code message } } }`);

type Filter = NonNullable<VariablesOf<typeof List>['filter']>;
type Note = NonNullable<NonNullable<NonNullable<ResultOf<typeof List>['notifications']['edges']>[number]>['node']>;
type Kind = Note['kind'];

const looks: Record<Kind, [Tone, ReactNode]> = {
  ORDER_PLACED: ['info', <IconCart size={18} />], ORDER_CONFIRMED: ['accent', <IconCheck size={18} />], ORDER_CHANGED: ['info', <IconNote size={18} />], ORDER_CANCELLED: ['calm', <IconX size={18} />],
  ORDER_PROMISE: ['info', <IconClock size={18} />], ORDER_DELAYED: ['warn', <IconClock size={18} />], ORDER_NOTE: ['calm', <IconNote size={18} />],
  SHIPMENT_SENT: ['accent', <IconBox size={18} />], OUT_FOR_DELIVERY: ['accent', <IconTruck size={18} />], DELIVERED: ['good', <IconCheck size={18} />],
  DELIVERY_PROBLEM: ['bad', <IconAlert size={18} />],
  APPROVAL_REQUESTED: ['warn', <IconChecks size={18} />], APPROVAL_DECIDED: ['info', <IconChecks size={18} />], SEARCH_ANSWERED: ['good', <IconSearch size={18} />],
  CONFIGURATION_NEEDS_CUSTOMER: ['warn', <IconSettings size={18} />], CONFIGURATION_HANDED_OVER: ['info', <IconSettings size={18} />],
  COURSE_ASSIGNED: ['info', <IconNote size={18} />], COURSE_DUE: ['warn', <IconClock size={18} />], WORK_GRADED: ['info', <IconNote size={18} />], WORK_HANDED_IN: ['info', <IconInbox size={18} />],
  CERTIFICATE_ISSUED: ['good', <IconCheck size={18} />], CERTIFICATE_ENDING: ['warn', <IconClock size={18} />], CERTIFICATE_REVOKED: ['bad', <IconX size={18} />],
};

/** The local day of a time, to put what happened on one day together. */
const dayOf = (at: string) => new Date(at).toDateString();

/** The buttons that stand beside the heading of the page with the inbox. */
export function ReadAll() {
  const t = accountWords.use();
  const tell = useTell();
  const [{ data }] = useQuery({ query: Count });
  const [read, busy] = useAction(Read);
  if (!data?.viewer.unreadNotifications) return null;
  return <Button variant="default" leftSection={<IconCheck size={16} />} loading={busy} onClick={() => void read({ input: {} }).then((o) => tell(o))}>{t.readAll}</Button>;
}
const Count = graphql(`query UnreadCount { viewer { unreadNotifications @_optional } }`);

/** What one has been told, by day. What is unread stands out. */
export function Inbox() {
  const t = accountWords.use();
  const list = useList();
  const tell = useTell();
  const may = useMay();
  const [read] = useAction(Read);
  const unread = list.get('unread') === '1';
  const kind = list.get('kind') as Kind | undefined;
  const filter: Filter = { unread: unread || undefined, kind: kind && kind in t.kinds ? [kind] : undefined };
  const [{ data, error }, again] = useQuery({ query: List, variables: { filter, ...list.page(30) } });
  const notes = data?.notifications.edges?.flatMap((e) => (e?.node ? [e.node] : []));
  const mark = (n: Note) => { if (!n.readAt) void read({ input: { ids: [n.id] } }).then((o) => tell(o)); };
  const days = new Map<string, Note[]>();
  for (const n of notes ?? []) days.set(dayOf(n.createdAt), [...(days.get(dayOf(n.createdAt)) ?? []), n]);
  const called = (key: string, at: string) => (key === new Date().toDateString() ? t.today : key === new Date(Date.now() - 86_400_000).toDateString() ? t.yesterday : day(at, true));
  return (
    <>
      <div className="f-filters" role="search">
        <NativeSelect aria-label={t.show} value={unread ? '1' : ''} onChange={(e) => list.set({ unread: e.currentTarget.value })} data={[{ value: '', label: t.everything }, { value: '1', label: t.onlyUnread }]} />
        <NativeSelect aria-label={t.kind} value={kind ?? ''} onChange={(e) => list.set({ kind: e.currentTarget.value })} data={[{ value: '', label: t.allKinds }, ...Object.entries(t.kinds).filter(([value]) => may('submission.grade') || value !== 'WORK_HANDED_IN').map(([value, label]) => ({ value, label }))]} />
      </div>
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : !notes ? <Loading rows={8} card /> : (
        <Card flush>
          {!notes.length && <Empty icon={<IconBell size={22} />} title={unread && !kind ? t.noneUnread : kind || unread ? t.none : t.empty} text={kind || unread ? t.noneText : t.emptyText} />}
          <div className="a-days">{[...days].map(([key, those]) => (
            <section key={key} aria-label={called(key, those[0]!.createdAt)}>
              <h2 className="a-day">{called(key, those[0]!.createdAt)}</h2>
              <ul>{those.map((n) => <Entry key={n.id} note={n} mark={() => mark(n)} />)}</ul>
            </section>
          ))}</div>
          {!!notes.length && <Pager total={data?.notifications.totalCount} info={data?.notifications.pageInfo} after={list.after} before={list.before} go={list.turn} />}
        </Card>
      )}
    </>
  );
}

function Entry({ note, mark }: { note: Note; mark: () => void }) {
  const t = accountWords.use();
  const [tone, icon] = looks[note.kind];
  return (
    <li className="a-note" data-unread={!note.readAt || undefined}>
      <span className="a-mark" data-tone={tone} aria-hidden>{icon}</span>
      <h3>
        {!note.readAt && <span className="vh">{t.unread}: </span>}
        {note.submission ? <Link href={`/submissions/${note.submission.id}`} onClick={mark}>{note.title}</Link> : note.order ? <Link href={`/orders/${encodeURIComponent(note.order.number)}`} onClick={mark}>{note.title}</Link>
          : note.enrollment?.course ? <Link href={`/training/${encodeURIComponent(note.enrollment.course.key)}`} onClick={mark}>{note.title}</Link> : note.title}
      </h3>
      <div className="a-note-end"><Time at={note.createdAt}>{clock(note.createdAt)}</Time>
        {!note.readAt && <IconButton label={t.readNamed(note.title)} onClick={mark}><IconCheck size={17} /></IconButton>}
      </div>
      <p>{note.text}</p>
    </li>
  );
}
