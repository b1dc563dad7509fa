import type { OptimisticMutationConfig } from '@urql/exchange-graphcache';

/** What a mutation will most likely come to, shown until its answer is there.
 * A refusal takes it back. */
export const optimistic: OptimisticMutationConfig = {
  readNotifications: (args, cache) => {
    const ids = (args as { input: { ids?: string[] | null } }).input.ids ?? [];
    const unread = (cache.resolve('Viewer:me', 'unreadNotifications') as number | null) ?? 0;
    return { __typename: 'ReadNotificationsPayload', marked: ids.length, unread: Math.max(0, ids.length ? unread - ids.length : 0), userErrors: [] };
  },
};
