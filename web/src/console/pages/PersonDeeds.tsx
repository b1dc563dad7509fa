import { Link } from 'wouter';
import { useQuery } from 'urql';
import { graphql, type VariablesOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { Card, Failure, Loading, Time } from '../../ui/kit.tsx';
import { adminWords } from '../admin.ts';
import en from './Person.en.ts';

const text = words('Person', en);

const Last = graphql(`query DeedsOfPerson($filter: AuditFilter) {
  auditEntries(filter: $filter, first: 6) @_optional { edges { node { id at action operation entity reason } } }
}`);

/** The latest of what the audit has. */
export function Deeds({ title, filter, href }: { title: string; filter: NonNullable<VariablesOf<typeof Last>['filter']>; href: string }) {
  const t = text.use();
  const a = adminWords.use();
  const [{ data, error }, again] = useQuery({ query: Last, variables: { filter } });
  const rows = data?.auditEntries?.edges?.flatMap((e) => (e?.node ? [e.node] : []));
  return (
    <Card title={title} flush aside={<Link href={href} aria-label={`${t.allAudit}: ${title}`}>{t.allAudit}</Link>}>
      {error && !data ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : !rows ? <Loading rows={3} /> : !rows.length ? <p className="muted ad-pad">{t.noDeeds}</p> : (
        <ul className="f-rows">{rows.map((r) => (
          <li className="ad-row" key={r.id}><span>{a.name(r.entity)}: {a.operation(r.operation)}<small>{r.action ? a.name(r.action) : r.reason}</small></span><span className="muted"><Time at={r.at} /></span></li>
        ))}</ul>
      )}
    </Card>
  );
}
