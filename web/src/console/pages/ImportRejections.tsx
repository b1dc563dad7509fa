import { useEffect, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { number } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { ExportButton } from '../../ui/ExportButton.tsx';
import { Card, Failure } from '../../ui/kit.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { importWords } from './importWords.ts';

const Rejected = graphql(`query ImportRejections($id: ID!, $first: Int, $after: Cursor) { node(id: $id) { __typename id ... on ImportRun {
  rejections(first: $first, after: $after) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { file line column entity reason } } }
} } }`);

const of = (d: ResultOf<typeof Rejected> | undefined) => (d?.node?.__typename === 'ImportRun' ? d.node.rejections : null);
type Node = NonNullable<ReturnType<typeof of>>['edges'][number]['node'];
type Row = Node & { id: string };
const nothing = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };

/** The rows of an import that were wrong, page by page, and as a file to mend them by. */
export function ImportRejections({ id, source, count, active }: { id: string; source: string; count: number; active: boolean }) {
  const t = importWords.use();
  const [before, setBefore] = useState<(string | undefined)[]>([]); // where the pages before this one begin: the list only goes forward
  const [after, setAfter] = useState<string>();
  const variables = { id, first: 20, after };
  const [{ data, error }, again] = useQuery({ query: Rejected, variables });
  const known = useRef(count);
  useEffect(() => { // an import that runs has more of them every second
    if (known.current !== count) { known.current = count; again({ requestPolicy: 'network-only' }); }
  }, [count, again]);
  const page = of(data);
  const rows: Row[] | null = page?.edges.map((e) => ({ ...e.node, id: e.cursor })) ?? null;
  const columns: Column<Row>[] = [
    { key: 'file', title: t.file, phone: 'main', cell: (r) => r.file },
    { key: 'line', title: t.line, end: true, phone: 'label', cell: (r) => <span className="num">{number(r.line)}</span> },
    { key: 'column', title: t.column, phone: 'label', cell: (r) => r.column ?? <span className="muted">{t.row}</span> },
    { key: 'entity', title: t.entity, phone: 'hide', cell: (r) => t.entities[r.entity] ?? r.entity },
    { key: 'reason', title: t.reason, cell: (r) => <span className="w-reason">{r.reason}</span> },
  ];
  return (
    <Card title={t.rejections} flush aside={count > 0 && (
      <ExportButton document={Rejected} variables={variables} name={`${source}-rejected`} of={(d: ResultOf<typeof Rejected>) => of(d) ?? nothing}
        header={[t.file, t.line, t.column, t.entity, t.reason]} row={(r: Node) => [r.file, r.line, r.column, t.entities[r.entity] ?? r.entity, r.reason]} />
    )}>
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : <>
        <Table label={t.rejections} columns={columns} rows={rows} empty={<p className="w-none">{active ? t.noRejectionsYet : t.noRejections}</p>} />
        {!!rows?.length && page && (page.pageInfo.hasNextPage || before.length > 0 || count > 10_000) && (
          <Pager total={page.totalCount} aside={count > 10_000 && <> · {t.kept}</>}
            info={{ ...page.pageInfo, startCursor: 'back' }} after={before.length ? 'on' : undefined}
            go={(to) => {
              if (to.before) { setAfter(before.at(-1)); setBefore(before.slice(0, -1)); } else if (to.after) { setBefore([...before, after]); setAfter(to.after); } else { setBefore([]); setAfter(undefined); }
            }} />
        )}
      </>}
    </Card>
  );
}
