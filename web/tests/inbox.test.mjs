// The inbox shows what the server knows last, in whatever order it answers what it
// is asked: a mark and the lists that are asked for around it.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Client, gql } from '@urql/core';
import { filter, fromPromise, makeSubject, merge, mergeMap, pipe, subscribe } from 'wonka';
import { load } from './sources.mjs';

let kept, optimistic;
before(async () => {
  globalThis.document ??= { documentElement: { dataset: {} } };
  globalThis.location ??= { pathname: '/', search: '', hash: '' };
  globalThis.addEventListener ??= () => undefined;
  [{ kept }, { optimistic }] = await load('/src/lib/client.ts', '/src/lib/optimistic.ts', '/src/portal/permissions.ts');
});

const List = gql`query Notifications($filter: NotificationFilter, $first: Int) { viewer { id unreadNotifications } notifications(filter: $filter, first: $first) { edges { node { id readAt } } } }`;
const Read = gql`mutation ReadNotifications($input: ReadNotificationsInput!) { readNotifications(input: $input) { marked unread userErrors { code } } }`;
const Heard = gql`subscription Heard { notificationReceived { token unread notification { id readAt } } }`;

const moments = async () => { for (let i = 0; i < 10; i++) await new Promise((r) => setTimeout(r, 0)); };

/** A server with unread notifications, of which the test says when it does what, and a page that shows them. */
function world(...ids) {
  const notes = ids.map((id) => ({ __typename: 'Notification', id, readAt: null }));
  const unread = () => notes.filter((n) => !n.readAt).length;
  const does = ({ kind, variables: { input, filter: f, first } = {} }) => {
    if (kind === 'mutation') {
      const these = notes.filter((n) => !n.readAt && (!input.ids || input.ids.includes(n.id)));
      for (const n of these) n.readAt = '2026-01-01T00:00:00Z';
      return { readNotifications: { __typename: 'ReadNotificationsPayload', marked: these.length, unread: unread(), userErrors: [] } };
    }
    const shown = notes.filter((n) => !f?.unread || !n.readAt).slice(0, first ?? undefined).map((n) => ({ __typename: 'NotificationEdge', node: { ...n } }));
    return { viewer: { __typename: 'Viewer', id: 'u', unreadNotifications: unread() }, notifications: { __typename: 'NotificationConnection', edges: shown } };
  };
  let waiting = [];
  const news = makeSubject();
  const wire = () => (ops$) => merge([
    pipe(ops$, filter((op) => op.kind === 'query' || op.kind === 'mutation'), mergeMap((operation) => fromPromise(new Promise((resolve) => {
      const asked = {
        operation, data: null,
        work() { this.data ??= does(operation); return this; },
        answer() { this.work(); waiting = waiting.filter((x) => x !== this); resolve({ operation, data: this.data, stale: false, hasNext: false }); return moments(); },
        fail() { waiting = waiting.filter((x) => x !== this); resolve({ operation, error: new Error('lost'), data: undefined, stale: false, hasNext: false }); return moments(); },
      };
      waiting.push(asked);
    })))),
    pipe(ops$, filter((op) => op.kind === 'subscription'), mergeMap((operation) => pipe(news.source, mergeMap((make) => fromPromise(Promise.resolve({ operation, data: make(), stale: false, hasNext: true })))))),
  ]);
  const client = new Client({ url: 'http://nowhere', preferGetMethod: false, requestPolicy: 'cache-and-network', exchanges: [...kept(optimistic), wire] });
  return {
    client, notes, unread,
    waiting: (kind) => waiting.filter((x) => x.operation.kind === kind),
    /** Answers all there is, and what comes of it; first is what the server has time for first. */
    async all(first) {
      for (await moments(); waiting.length; await moments()) await (waiting.findLast((x) => x.operation.kind === first) ?? waiting[0]).answer();
    },
    /** Shows a list, as it stands at any time. */
    show(variables) {
      const it = { list: null, count: null };
      const { unsubscribe } = pipe(client.query(List, variables), subscribe(({ data }) => {
        if (data) { it.list = data.notifications.edges.map((e) => `${e.node.id} ${e.node.readAt ? 'read' : 'unread'}`); it.count = data.viewer.unreadNotifications; }
      }));
      return { it, close: unsubscribe };
    },
    mark: (input) => client.mutation(Read, { input }).toPromise(),
    hear() { pipe(client.subscription(Heard, {}), subscribe(() => undefined)); },
    tell(id) { notes.unshift({ __typename: 'Notification', id, readAt: null }); const n = unread(); return () => news.next(() => ({ notificationReceived: { __typename: 'NotificationReceived', token: id, unread: n, notification: { __typename: 'Notification', id, readAt: null } } })); },
  };
}

describe('the inbox', () => {
  test('one that was marked stays read in a list that is asked for before the mark is answered', async () => {
    const w = world('a', 'b', 'c');
    const first = w.show({});
    await w.all();
    void w.mark({ ids: ['a'] });
    await moments();
    assert.deepEqual([first.it.list, first.it.count], [['a read', 'b unread', 'c unread'], 2], 'at once');
    first.close(); // the page shows another list
    const other = w.show({ first: 2 });
    await w.all('query'); // the server would have time for the list first
    assert.deepEqual([other.it.list, other.it.count], [['a read', 'b unread'], 2]);
    const unread = w.show({ filter: { unread: true } });
    await w.all();
    assert.deepEqual(unread.it.list, ['b unread', 'c unread']);
    void w.mark({});
    const back = w.show({});
    await w.all('query');
    assert.deepEqual([other.it.list, back.it.list, back.it.count], [['a read', 'b read'], ['a read', 'b read', 'c read'], 0], 'and all of them');
  });

  test('all are read, also those of a list that was under way when they were marked', async () => {
    const w = world('a', 'b', 'c');
    const few = w.show({ first: 1 });
    await w.all();
    few.close();
    const more = w.show({ first: 3 });
    await moments();
    const [late] = w.waiting('query');
    late.work(); // as it was before the mark, and on its way for long
    void w.mark({});
    await moments();
    for (const x of w.waiting('mutation')) await x.answer();
    await late.answer();
    await w.all();
    assert.deepEqual([more.it.list, more.it.count], [['a read', 'b read', 'c read'], 0]);
  });

  test('what comes in while all are marked is unread, and counted', async () => {
    const w = world('a', 'b');
    const shown = w.show({});
    w.hear();
    await w.all();
    const say = w.tell('c'); // counted before the mark
    void w.mark({});
    await moments();
    for (const x of w.waiting('mutation')) x.work();
    w.notes.unshift({ __typename: 'Notification', id: 'd', readAt: null }); // after the mark
    say();
    await w.all('mutation');
    assert.deepEqual([shown.it.list, shown.it.count], [['d unread', 'c read', 'a read', 'b read'], 1]);
  });

  test('a mark that fails is taken back, and nobody waits for it any more', async () => {
    const w = world('a', 'b');
    const shown = w.show({});
    await w.all();
    void w.mark({ ids: ['a'] });
    await moments();
    const gone = w.show({ first: 1 });
    gone.close(); // left again before its turn came
    const next = w.show({ filter: { unread: true } });
    await w.waiting('mutation')[0].fail();
    await w.all();
    assert.deepEqual(shown.it.list, ['a unread', 'b unread']);
    assert.deepEqual([next.it.list, next.it.count, w.unread()], [['a unread', 'b unread'], 2, 2]);
  });
});
