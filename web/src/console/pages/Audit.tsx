import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ago } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { ExportButton } from '../../ui/ExportButton.tsx';
import { IconHistory } from '../../ui/icons.ts';
import { Card, Empty, Failure, Page, Time } from '../../ui/kit.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { Views } from '../../ui/Views.tsx';
import { AuditDetail } from './AuditDetail.tsx';
import { AuditFilters, auditKeys } from './AuditFilters.tsx';
import { isId, useNames } from './auditNames.ts';
import { auditWords } from './auditWords.ts';
import './work.css';

const List = graphql(`query Audit($filter: AuditFilter, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  auditEntries(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { id at action operation entity subject actorKind actor impersonator reason request changes { field value } } }
  }
}`);

type Node = NonNullable<NonNullable<NonNullable<ResultOf<typeof List>['auditEntries']['edges']>[number]>['node']>;
/** An entry as a row; what is no id cannot be filtered by. */
export type Entry = Node & { filterable: boolean };

/** The beginning of a day here, some days later. */
function midnight(day: string | undefined, later = 0): string | undefined {
  if (!day || !/^\d{4}-\d\d-\d\d$/.test(day)) return undefined;
  const d = new Date(`${day}T00:00`);
  d.setDate(d.getDate() + later);
  return Number.isNaN(d.getTime()) ? undefined : d.toISOString();
}

/** The record of all writes. */
export default function Audit() {
  const t = auditWords.use();
  const list = useList();
  const [subject, actor] = [list.get('subject'), list.get('actor')];
  const variables = {
    filter: {
      entity: list.get('entity'), action: list.get('action'), subject: subject && isId(subject) ? subject : undefined, actor: actor && isId(actor) ? actor : undefined,
      from: midnight(list.get('from')), before: midnight(list.get('to'), 1),
    },
    ...list.page(25),
  };
  const [{ data, error }, again] = useQuery({ query: List, variables });
  const rows: Entry[] | null = data?.auditEntries.edges?.flatMap((e) => (e?.node ? [{ ...e.node, filterable: isId(e.node.subject ?? '') }] : [])) ?? null;
  const nameOf = useNames(rows?.flatMap((r) => [r.actor, r.impersonator, r.subject]) ?? []);
  const filtered = auditKeys.some((k) => list.get(k));
  const who = (r: Node) => (r.actor ? nameOf(r.actor)?.name ?? r.actor : t.kinds[r.actorKind] ?? r.actorKind);
  const entity = (r: Node) => t.entities[r.entity] ?? r.entity;
  const columns: Column<Entry>[] = [
    { key: 'what', title: t.what, phone: 'main', cell: (r) => <span className="w-strong">{entity(r)}: {t.operations[r.operation]}<small>{r.action || r.reason}</small></span> },
    { key: 'on', title: t.on, phone: 'label', cell: (r) => {
      const n = nameOf(r.subject);
      return n?.href ? <Link className="od-link" href={n.href}>{n.name}</Link> : <span className="w-subject" title={r.subject ?? undefined}>{r.subject && isId(r.subject) ? `${r.subject.slice(0, 4)}…${r.subject.slice(-5)}` : r.subject}</span>;
    } },
    { key: 'who', title: t.who, phone: 'label', cell: (r) => <>{who(r)}{r.impersonator && <small>{t.as(nameOf(r.impersonator)?.name ?? r.impersonator)}</small>}</> },
    { key: 'at', title: t.at, phone: 'label', cell: (r) => <span className="num"><Time at={r.at} /><small>{ago(r.at)}</small></span> },
  ];
  return (
    <Page title={t.title} sub={t.sub} wide actions={
      <ExportButton document={List} variables={variables} name="audit" of={(d: ResultOf<typeof List>) => d.auditEntries}
        header={[t.at, t.who, t.impersonator, t.action, t.what, t.entity, t.id, t.reason, t.request, t.changes]}
        row={(r: Node) => [r.at, who(r), r.impersonator, r.action, t.operations[r.operation], r.entity, r.subject, r.reason, r.request, r.changes?.map((c) => `${c.field}=${c.value}`).join('\n')]} />}
    >
      <Views list="AUDIT" builtIn={[
        { key: 'all', name: t.all, query: '' },
        { key: 'orders', name: t.orders, query: 'entity=Order' },
        { key: 'people', name: t.people, query: 'entity=User' },
        { key: 'roles', name: t.roles, query: 'entity=Role' },
        { key: 'imports', name: t.imports, query: 'entity=ImportRun' },
      ]} />
      <AuditFilters list={list} />
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : (
        <Card flush>
          <Table label={t.title} columns={columns} rows={rows} name={(r) => `${entity(r)}, ${t.operations[r.operation]}`}
            detail={(r) => <AuditDetail entry={r} nameOf={nameOf} keep={(f) => { list.set(f); scrollTo({ top: 0 }); }} />}
            empty={<Empty icon={<IconHistory size={22} />} title={filtered ? t.noMatch : t.none} text={filtered ? t.noMatchText : t.noneText} />} />
          {!!rows?.length && <Pager total={data?.auditEntries.totalCount} info={data?.auditEntries.pageInfo} after={list.after} before={list.before} go={list.turn} />}
        </Card>
      )}
    </Page>
  );
}
