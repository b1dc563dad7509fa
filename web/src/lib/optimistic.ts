import type { OptimisticMutationConfig } from '@urql/exchange-graphcache';
import { graphql } from './graphql.ts';

/** What a mutation will most likely come to, shown until its answer is there.
 * A refusal takes it back. */
export const optimistic: OptimisticMutationConfig = {
  readNotifications: (args, cache) => {
    const ids = (args as { input: { ids?: string[] | null } }).input.ids ?? [];
    const now = new Date().toISOString();
    const unread = (cache.resolve('Viewer:me', 'unreadNotifications') as number | null) ?? 0;
    for (const id of ids) cache.writeFragment(readFragment, { __typename: 'Notification', id, readAt: now });
    return { __typename: 'ReadNotificationsPayload', marked: ids.length, unread: Math.max(0, ids.length ? unread - ids.length : 0), userErrors: [] };
  },
};
const readFragment = graphql(`fragment ReadNow on Notification { __typename id readAt }`);
