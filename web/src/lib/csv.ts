import type { Client, TypedDocumentNode } from '@urql/core';
import { lang } from './words.ts';

/** What a connection of the API gives, as far as an export needs it. */
interface Connection<N> { edges: readonly ({ node: N | null } | null)[] | null; pageInfo: { hasNextPage: boolean; endCursor: string | null } }

/** Reads a list to its end, page by page with the cursors of the API, so that
 * an export has what the viewer may see and nothing else. */
export async function readAll<D, V extends object, N>(
  client: Client, document: TypedDocumentNode<D, V>, variables: V, of: (data: D) => Connection<N>,
  tell: (rows: number) => void, signal: AbortSignal,
): Promise<N[]> {
  const rows: N[] = [];
  let after: string | null = null;
  do {
    const result: Awaited<ReturnType<typeof client.query<D>>> = await client
      .query(document as TypedDocumentNode<D, object>, { ...variables, first: 100, after, last: undefined, before: undefined }, { requestPolicy: 'network-only' }).toPromise();
    if (signal.aborted) throw signal.reason;
    if (result.error || !result.data) throw result.error ?? new Error('no data');
    const page: Connection<N> = of(result.data);
    for (const e of page.edges ?? []) if (e?.node) rows.push(e.node);
    tell(rows.length);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
  return rows;
}

/** One cell. A text that a spreadsheet would run as a formula gets an
 * apostrophe before it (OWASP, CSV injection); numbers stay numbers. */
export function cell(value: string | number | boolean | null | undefined, separator: string): string {
  if (value == null) return '';
  let text = String(value);
  if (typeof value === 'string' && /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,]+$/.test(text)) text = `'${text}`;
  return /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A file for spreadsheets of the reader's country: UTF-8 with its mark, and
 * semicolons where the comma is part of numbers. */
export function csv(header: string[], rows: (string | number | boolean | null | undefined)[][]): Blob {
  const separator = lang() === 'de' ? ';' : ',';
  const lines = [header, ...rows].map((r) => r.map((c) => cell(c, separator)).join(separator));
  return new Blob(['\ufeff', lines.join('\r\n'), '\r\n'], { type: 'text/csv;charset=utf-8' });
}

/** Hands a file to the person. */
export function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const a = Object.assign(document.createElement('a'), { href: url, download: name });
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
