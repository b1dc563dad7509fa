import type { Fetcher, FetcherParams, FetcherOpts } from '@graphiql/toolkit';
import { getOperationAST, type DocumentNode } from 'graphql';

const endpoint = '/graphql';

// In memory only: a token in localStorage would outlive the tab and be there for any script of this origin.
let token: string | null = null;

export function setToken(next: string | null) {
  token = next;
}

function send(body: unknown, headers: Record<string, string>, accept: string, signal?: AbortSignal) {
  return fetch(endpoint, {
    method: 'POST',
    // No cookies, neither sent nor taken: what a query shows is then what its token alone allows, and
    // signing in here does not replace the session of the portal that is open in the next tab.
    credentials: 'omit',
    headers: {
      'Content-Type': 'application/json',
      Accept: accept,
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    body: JSON.stringify(body),
    signal: signal ?? null,
  });
}

async function read(response: Response) {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's error page, or no server at all: say so instead of "unexpected token <".
    throw new Error(`The server answered ${response.status} ${response.statusText}, not JSON.\n\n${text.slice(0, 500)}`.trim());
  }
}

async function* events(params: FetcherParams, headers: Record<string, string>, abort: AbortController) {
  try {
    const response = await send(params, headers, 'text/event-stream', abort.signal);
    if (!response.body || !response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
      yield await read(response);
      return;
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let pending = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (pending + value).replaceAll('\r\n', '\n').split('\n\n');
      pending = blocks.pop() ?? '';
      for (const block of blocks) {
        const field = (name: string) =>
          block.split('\n').filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).trimStart()).join('\n');
        if (field('event') === 'complete') return;
        const data = field('data');
        if (data) yield JSON.parse(data);
      }
    }
  } catch (error) {
    if (!abort.signal.aborted) throw error;
  } finally {
    abort.abort();
  }
}

/**
 * A subscription by server-sent events. The generator's own `return` waits for the next event before it
 * ends, which on a quiet subscription is never, so that "stop" aborts the request first.
 */
function subscribe(params: FetcherParams, headers: Record<string, string>) {
  const abort = new AbortController();
  const source = events(params, headers, abort);
  return {
    next: () => source.next(),
    return: (value?: undefined) => {
      abort.abort();
      return source.return(value);
    },
    throw: (error: unknown) => source.throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function isSubscription(document: DocumentNode | undefined, name: string | null | undefined) {
  return !!document && getOperationAST(document, name)?.operation === 'subscription';
}

export const fetcher: Fetcher = (params: FetcherParams, options?: FetcherOpts) => {
  const headers = (options?.headers ?? {}) as Record<string, string>;
  if (isSubscription(options?.documentAST, params.operationName)) {
    return subscribe(params, headers) as ReturnType<Fetcher>;
  }
  return query(params, headers);
};

/** One request of the page or of the editor; the whole answer, errors included. */
export async function query(params: FetcherParams, headers: Record<string, string> = {}) {
  return read(await send(params, headers, 'application/graphql-response+json, application/json'));
}
