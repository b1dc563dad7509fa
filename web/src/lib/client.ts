import { Client, fetchExchange, subscriptionExchange, type CombinedError, type Exchange, type Operation } from '@urql/core';
import { authExchange } from '@urql/exchange-auth';
import { cacheExchange, type Cache, type KeyingConfig, type OptimisticMutationConfig, type UpdatesConfig } from '@urql/exchange-graphcache';
import { filter, fromValue, map, merge, mergeMap, pipe, share } from 'wonka';
import { graphql } from './graphql.ts';
import { askAgain } from './inbox.ts';
import { keyed } from './permissions.ts';
import { permitted } from './permitted.ts';
import { clientHeaders, language, refresh, renew, session, Unreachable } from './session.ts';
import { forward } from './live.ts';

/** Which code the API gave to an error; undefined when the network failed. */
export const codeOf = (error: CombinedError | undefined) => error?.graphQLErrors[0]?.extensions?.code as string | undefined;

/** Cuts each document down to the viewer's own schema before anything else sees it. */
const permittedExchange: Exchange = ({ forward: next }) => (ops$) => {
  const may = new Set(session().viewer.permissions);
  const known = new WeakMap<object, Operation['query'] | null>();
  const cut = (query: Operation['query']) => {
    if (!known.has(query)) known.set(query, permitted(query, may) as Operation['query'] | null);
    return known.get(query)!;
  };
  const shared$ = pipe(ops$, map((op) => (op.kind === 'teardown' ? op : { ...op, query: cut(op.query) })), share);
  const empty$ = pipe(shared$, filter((op) => !op.query), mergeMap((operation) => fromValue({ operation, data: {}, stale: false, hasNext: false })));
  return merge([empty$, next(pipe(shared$, filter((op) => !!op.query)))]);
};

/** Asks a person whose session has ended to sign in again, above the page that
 * they are at, so that nothing that they have typed is lost. */
let reenter: () => Promise<void> = () => Promise.reject(new Error('nobody asks'));
export function onExpiry(ask: () => Promise<void>): void { reenter = ask; }
let entering: Promise<void> | null = null;

/** A good token, whatever it takes. Several operations wait for the same answer. */
export function freshToken(): Promise<void> {
  entering ??= (async () => {
    try {
      const t = session().viewer.kind === 'GUEST' ? null : await refresh();
      if (t) renew(t);
      else await reenter();
    } catch (cause) {
      if (!(cause instanceof Unreachable)) throw cause; // offline: the operation fails by itself, and says so
    } finally { entering = null; }
  })();
  return entering;
}

const readFragment = graphql(`fragment ReadAt on Notification { __typename id readAt }`);
const unreadFragment = graphql(`fragment Unread on Viewer { __typename unreadNotifications }`);

// A type without an id stays inside its parent; the viewer is there once.
const keys = new Proxy<KeyingConfig>({}, { get: (_, type) => (type === 'Viewer' ? () => 'me' : keyed.has(type as string) ? undefined : () => null) });

/** What a mutation changes in lists that its answer does not name. */
const forget = (cache: Cache, ...names: string[]) => {
  for (const f of cache.inspectFields('Query')) if (names.includes(f.fieldName)) cache.invalidate('Query', f.fieldName, f.arguments ?? undefined);
};
const forgetMine = (cache: Cache, ...names: string[]) => {
  for (const f of cache.inspectFields('Viewer:me')) if (names.includes(f.fieldName)) cache.invalidate('Viewer:me', f.fieldName, f.arguments ?? undefined);
};
/** The settings belong to the viewer and have no id of their own: what a change answers is theirs. */
const keepSettings = (cache: Cache, payload: unknown) => {
  const { settings } = payload as { settings: { __typename: string } | null };
  if (settings) forgetMine(cache, 'notificationSettings');
};
/** The notifications that any list has loaded. */
const loadedNotifications = (cache: Cache): string[] => cache.inspectFields('Query').filter((f) => f.fieldName === 'notifications').flatMap((f) => {
  const edges = cache.resolve(cache.resolve('Query', f.fieldKey) as string | null, 'edges') as (string | null)[] | null;
  return (edges ?? []).flatMap((e) => {
    const node = e && (cache.resolve(e, 'node') as string | null);
    return node ? [cache.resolve(node, 'id') as string] : [];
  });
});
const forgetOf = (cache: Cache, id: string, ...names: string[]) => {
  for (const f of cache.inspectFields({ __typename: 'Organization', id })) if (names.includes(f.fieldName)) cache.invalidate({ __typename: 'Organization', id }, f.fieldName, f.arguments ?? undefined);
};
const orderWork = (_: unknown, __: unknown, cache: Cache) => { forget(cache, 'orders'); forgetMine(cache, 'attention'); };
/** Putting something into a cart can make one; placing ends one. */
const cartWork = (_: unknown, __: unknown, cache: Cache) => { forgetMine(cache, 'cart'); forget(cache, 'carts'); };
const parcelWork = (_: unknown, __: unknown, cache: Cache) => { forget(cache, 'parcelReports'); forgetMine(cache, 'attention'); };
const updates: UpdatesConfig = {
  Mutation: {
    confirmOrder: orderWork, cancelOrder: orderWork, setPromisedDate: orderWork, createShipment: orderWork, addTrackingEvent: orderWork,
    assignParcelReport: parcelWork, dismissParcelReport: parcelWork,
    changeOrder: orderWork, addToCart: cartWork, createCart: cartWork, discardCart: cartWork, reorder: cartWork, quickOrder: cartWork,
    placeOrder: (_, __, cache) => { cartWork(_, __, cache); orderWork(_, __, cache); },
    decideApproval: orderWork, withdrawApproval: orderWork,
    deleteFile: (_, args, cache) => { cache.invalidate({ __typename: 'File', id: (args as { input: { fileId: string } }).input.fileId }); },
    // What is read stays where it is, even among the unread ones, until the list is asked for again.
    readNotifications: (data, args, cache) => {
      const { unread, userErrors } = data.readNotifications as { unread: number; userErrors: unknown[] };
      if (userErrors.length) return;
      const ids = (args as { input: { ids?: string[] | null } }).input.ids ?? loadedNotifications(cache);
      const readAt = new Date().toISOString();
      for (const id of ids) if (!cache.resolve({ __typename: 'Notification', id }, 'readAt')) cache.writeFragment(readFragment, { __typename: 'Notification', id, readAt });
      cache.writeFragment(unreadFragment, { __typename: 'Viewer', unreadNotifications: unread });
    },
    changeProfile: (_, __, cache) => forgetMine(cache, 'notificationSettings'),
    changeNotificationSettings: (data, _, cache) => keepSettings(cache, data.changeNotificationSettings),
    addPushDevice: (data, _, cache) => keepSettings(cache, data.addPushDevice),
    removePushDevice: (data, _, cache) => keepSettings(cache, data.removePushDevice),
    saveView: (_, __, cache) => forgetMine(cache, 'savedViews'),
    deleteView: (_, __, cache) => forgetMine(cache, 'savedViews'),
    startImport: (_, __, cache) => forget(cache, 'imports'),
    retryJob: (_, __, cache) => forget(cache, 'jobs', 'jobQueues'),
    cancelJob: (_, __, cache) => forget(cache, 'jobs', 'jobQueues'),
    createRole: (_, __, cache) => forget(cache, 'roles'),
    invitePerson: (_, args, cache) => {
      forget(cache, 'users');
      const id = (args as { input: { organizationId?: string | null } }).input.organizationId;
      if (id) cache.invalidate({ __typename: 'Organization', id }, 'memberships');
    },
    assignOrganization: (_, args, cache) => {
      const { organizationId, userId } = (args as { input: { organizationId: string; userId: string } }).input;
      cache.invalidate({ __typename: 'Organization', id: organizationId });
      cache.invalidate({ __typename: 'User', id: userId }, 'assignments');
      forget(cache, 'organizations');
    },
    addOrganizationNote: (_, args, cache) => {
      const { organizationId } = (args as { input: { organizationId: string } }).input;
      forgetOf(cache, organizationId, 'timeline');
    },
    saveConfiguration: (_, __, cache) => forget(cache, 'configurations'),
    copyConfiguration: (_, __, cache) => forget(cache, 'configurations'),
    deleteConfiguration: (_, __, cache) => forget(cache, 'configurations'),
    saveProduct: (_, __, cache) => forget(cache, 'products'),
    saveVariant: (_, __, cache) => forget(cache, 'products'),
    setProductAudience: (_, __, cache) => forget(cache, 'products'),
    saveProductType: (_, __, cache) => forget(cache, 'productTypes'),
    saveCategory: (_, __, cache) => forget(cache, 'categories'),
    deleteCategory: (_, __, cache) => forget(cache, 'categories'),
    saveSegment: (_, __, cache) => forget(cache, 'segments'),
    endSession: (_, __, cache) => forgetMine(cache, 'sessions'),
  },
  Subscription: {
    orderUpdated: (_, __, cache) => { forgetMine(cache, 'attention'); },
    ordersUpdated: (data, args, cache) => {
      forgetMine(cache, 'attention');
      const id = (args as { organizationId?: string | null }).organizationId;
      if (!id || !(data.ordersUpdated as { order: object | null }).order) return; // the first message only says where it begins
      forget(cache, 'orders');
      forgetOf(cache, id, 'timeline', 'figures');
    },
    notificationReceived: (data, __, cache) => {
      const { notification, unread } = data.notificationReceived as { notification: object | null; unread: number };
      if (notification) forget(cache, 'notifications');
      cache.writeFragment(unreadFragment, { __typename: 'Viewer', unreadNotifications: unread });
    },
  },
};

/** What has been loaded, and what a mutation changes of it. */
export const kept = (optimistic: OptimisticMutationConfig = {}): Exchange[] => [askAgain, cacheExchange({ keys, updates, optimistic })];

/** A new client for the present viewer. Its cache is theirs alone: whoever
 * comes next, or acts as somebody else, gets another one. */
export function newClient(optimistic: OptimisticMutationConfig = {}): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    exchanges: [
      permittedExchange,
      ...kept(optimistic),
      authExchange(async (utils) => ({
        addAuthToOperation: (op) => utils.appendHeaders(op, {
          ...clientHeaders, 'Accept-Language': language(), ...(session().token ? { Authorization: `Bearer ${session().token}` } : {}),
        }),
        willAuthError: () => session().viewer.kind !== 'ANONYMOUS' && session().expiresAt - Date.now() < 10_000,
        didAuthError: (error) => session().viewer.kind !== 'ANONYMOUS' && codeOf(error) === 'UNAUTHENTICATED',
        refreshAuth: freshToken,
      })),
      fetchExchange,
      subscriptionExchange({ forwardSubscription: forward }),
    ],
  });
}
