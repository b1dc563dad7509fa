import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { graphql } from '../../lib/graphql.ts';
import { Failure, Loading } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { keptWords } from '../configure/keptWords.ts';
import { PriceLines } from '../../ui/configure/PriceLines.tsx';
import '../configure/configured.css';

const Has = graphql(`query OrderedConfigurations($number: String!) { order(number: $number) { id lines { id
  configuration { configurationId number title days lines { group groupTitle text } prices @_optional { kind title detail amount { amount currency } } }
} } }`);

/** How a line was configured when it was ordered, and how its price came about. */
export default function Configured({ order, line }: { order: string; line: string }) {
  const t = keptWords.use();
  const [open, setOpen] = useState(false);
  return (
    <details className="cd-ordered" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t.orderedAs}</summary>
      {open && <Ordered order={order} line={line} />}
    </details>
  );
}

function Ordered({ order, line }: { order: string; line: string }) {
  const t = keptWords.use();
  const may = useMay();
  const [{ data, error }, again] = useQuery({ query: Has, variables: { number: order } });
  const o = data?.order?.lines.find((l) => l.id === line)?.configuration;
  if (error && !o) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!o) return <Loading rows={3} />;
  return (
    <>
      <dl>{o.lines.map((l, i) => <div key={i}><dt>{l.groupTitle}</dt><dd>{l.text}</dd></div>)}</dl>
      {!!o.prices?.length && <><h3>{t.priceOfOne}</h3><PriceLines lines={o.prices} /></>}
      <p>{t.saidDays(o.days)}</p>
      {o.configurationId && may('configuration.read') && <p><Link href={`/configurations/${o.configurationId}`}>{t.toConfiguration}</Link></p>}
    </>
  );
}
