import { useRef, useState } from 'react';
import { Button } from '@mantine/core';
import { useClient, type TypedDocumentNode } from 'urql';
import { kitWords } from '../words/index.ts';
import { IconDownload } from './icons.ts';
import { toast } from './toasts.tsx';

type Cells = (string | number | boolean | null | undefined)[];

/** Writes a list, as it is filtered, into a CSV file: all of its pages. Pressed
 * again it stops. The document takes first and after. */
export function ExportButton<D, V extends object, N>(p: {
  document: TypedDocumentNode<D, V>; variables: V; name: string; header: string[]; row: (node: N) => Cells;
  of: (data: D) => { edges: readonly ({ node: N | null } | null)[] | null; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}) {
  const t = kitWords.use();
  const client = useClient();
  const [rows, setRows] = useState<number | null>(null);
  const stop = useRef<AbortController | null>(null);
  const run = async () => {
    if (stop.current) { stop.current.abort(new Error('stopped')); return; }
    stop.current = new AbortController();
    setRows(0);
    try {
      const { csv, download, readAll } = await import('../lib/csv.ts');
      const all = await readAll<D, V, N>(client, p.document, p.variables, p.of, setRows, stop.current.signal);
      download(csv(p.header, all.map(p.row)), `${p.name}-${new Date().toISOString().slice(0, 10)}.csv`);
      toast(t.exported(all.length));
    } catch {
      toast(t.exportFailed, 'bad');
    } finally { stop.current = null; setRows(null); }
  };
  return (
    <Button variant="default" leftSection={<IconDownload size={16} />} onClick={() => void run()} aria-live="polite">
      {rows === null ? t.exportCsv : `${t.exporting(rows)} · ${t.cancel}`}
    </Button>
  );
}
