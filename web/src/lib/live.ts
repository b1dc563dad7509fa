import type { Client as Socket } from 'graphql-ws';
import type { SubscriptionForwarder } from '@urql/core';
import { again, clientHeaders, session } from './session.ts';
import { freshToken } from './client.ts';

/** One websocket a tab, opened with the first subscription and loaded only then. */
let socket: Promise<Socket> | null = null;

type State = 'off' | 'on' | 'lost';
let state: State = 'off';
const listeners = new Set<() => void>();
const turn = (next: State) => { state = next; for (const l of listeners) l(); };

/** Whether live updates arrive: on, lost (and being sought again), or not asked for. */
export const liveState = {
  get: (): State => state,
  subscribe: (l: () => void) => { listeners.add(l); return () => { listeners.delete(l); }; },
};

function open(): Promise<Socket> {
  // What is still said to a connection that ends is for nobody, and nothing to warn of.
  class Line extends WebSocket {
    override send(data: Parameters<WebSocket['send']>[0]) { if (this.readyState < WebSocket.CLOSING) super.send(data); }
  }
  socket ??= import('graphql-ws').then(({ createClient }) => createClient({
    webSocketImpl: Line,
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    lazyCloseTimeout: 3_000,
    keepAlive: 20_000,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: (n) => new Promise((r) => setTimeout(r, Math.min(30_000, 500 * 2 ** n) * (0.7 + Math.random() * 0.6))),
    connectionParams: async () => {
      if (session().expiresAt - Date.now() < 10_000) await freshToken();
      return { Authorization: `Bearer ${session().token}`, 'X-Client-Name': clientHeaders['X-Client-Name'] };
    },
    on: {
      connected: () => turn('on'),
      closed: (event) => {
        turn('lost');
        // The token was not good any more, or what its holder may do has changed: the next
        // connection needs another, and the pages must know what is left to show.
        if ((event as CloseEvent).code === 4403) void freshToken().then(again).catch(() => undefined);
      },
    },
  }));
  return socket;
}

/** Ends the websocket, for another viewer to open their own. */
export async function hangUp(): Promise<void> {
  const s = socket;
  socket = null;
  turn('off');
  if (s) await (await s).dispose();
}

/** Carries urql's subscriptions. After a lost connection a subscription goes on
 * behind the last message that has arrived: each message has a token, which is
 * sent as `since` when graphql-ws subscribes again with the same payload. */
export const forward: SubscriptionForwarder = (request) => ({
  subscribe(sink) {
    const payload = { query: request.query ?? '', variables: { ...(request.variables as object) } as Record<string, unknown> };
    const takesSince = payload.query.includes('$since');
    let end: (() => void) | null = null;
    let over = false;
    void open().then((s) => {
      if (over) return;
      end = s.subscribe(payload, {
        next: (message) => {
          const token = takesSince && Object.values((message.data ?? {}) as Record<string, { token?: string } | null>)[0]?.token;
          if (token) payload.variables.since = token;
          sink.next(message as Parameters<typeof sink.next>[0]);
        },
        error: (error) => sink.error(error),
        complete: () => sink.complete(),
      });
    });
    return { unsubscribe: () => { over = true; end?.(); } };
  },
});
