import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ago, money } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { Card, Pill, Time } from '../../ui/kit.tsx';
import { configurationTone, savedWords } from './savedWords.ts';

const Few = graphql(`query ConfigurationsOfCustomer($filter: ConfigurationFilter) { configurations(filter: $filter, first: 4) { totalCount edges { node { id name status changedAt lastPrice @_optional { amount currency } } } } }`);

/** The latest configurations of a customer, where there are any. */
export default function CustomerConfigurations({ id }: { id: string }) {
  const t = savedWords.use();
  const [{ data }] = useQuery({ query: Few, variables: { filter: { organizationId: id } } });
  const all = data?.configurations.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? [];
  if (!all.length) return null;
  return (
    <Card title={t.title} flush aside={<Link href={`/configurations?customer=${id}`}>{t.moreOf}</Link>}>
      <ul className="f-rows">{all.map((c) => (
        <li key={c.id}><div className="cu-line"><Link className="cu-strong" href={`/configurations/${c.id}`}>{c.name}</Link><Pill tone={configurationTone[c.status]}>{t.states[c.status]}</Pill></div>
          <div className="cu-line" style={{ marginTop: 4 }}><span className="num">{c.lastPrice && money(c.lastPrice)}</span><span className="muted"><Time at={c.changedAt}>{ago(c.changedAt)}</Time></span></div></li>
      ))}</ul>
    </Card>
  );
}
