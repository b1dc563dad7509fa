import type { CombinedError } from '@urql/core';
import { codeOf } from '../../lib/client.ts';

const lasting = new Set(['FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT']);

/** Whether the same request would fail the same way again: not where the network, the server or a limit was in the way. */
export const isForGood = (error: CombinedError | undefined): error is CombinedError =>
  !!error && !error.networkError && !((error.response as Response | undefined)?.status! >= 500) && lasting.has(codeOf(error) ?? '');

/** Whether a request was refused for what was sent with it. A question that the server does not know from
 * this viewer, or in this version, fails without a place; one that they may not ask, whatever it is about. */
export const isForWhatWasSent = (error: CombinedError | undefined): boolean =>
  isForGood(error) && codeOf(error) !== 'FORBIDDEN' && !!error.graphQLErrors[0]?.path?.length;
