import { Link } from 'wouter';
import { useMay } from '../../ui/root.tsx';
import { keptWords } from '../configure/keptWords.ts';
import { PriceLines } from '../configure/PriceLines.tsx';
import type { OrderData } from './orderFields.ts';
import '../configure/configured.css';

type Ordered = NonNullable<OrderData['lines'][number]['configuration']>;

/** How a line was configured when it was ordered, and how its price came about. */
export default function Configured({ of: o }: { of: Ordered }) {
  const t = keptWords.use();
  const may = useMay();
  return (
    <details className="cd-ordered">
      <summary>{t.orderedAs(o.lines.length)}</summary>
      <dl>{o.lines.map((l, i) => <div key={i}><dt>{l.groupTitle}</dt><dd>{l.text}</dd></div>)}</dl>
      {!!o.prices?.length && <><h4>{t.priceOfOne}</h4><PriceLines lines={o.prices} /></>}
      <p>{t.saidDays(o.days)}</p>
      {o.configurationId && may('configuration.read') && <p><Link href={`/configurations/${o.configurationId}`}>{t.toConfiguration}</Link></p>}
    </details>
  );
}
