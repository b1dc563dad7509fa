import { useQuery } from 'urql';
import { money } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { Card, Failure, Loading } from '../../ui/kit.tsx';
import { PartsCard } from './SavedParts.tsx';
import { savedWords } from './savedWords.ts';
import '../models/models.css';

const Lines = graphql(`query ConfiguredLines($number: String!) { order(number: $number) { id lines { id position name quantity configuration {
  title number days lines { group groupTitle text sku } prices @_optional { title detail kind amount { amount currency } } parts @_optional { sku name quantity cost @_optional { amount currency } } } } } }`);

/** The configured positions of an order, as it takes to make them. */
export default function OrderConfigured({ number }: { number: string }) {
  const t = savedWords.use();
  const [{ data, error }, load] = useQuery({ query: Lines, variables: { number } });
  const lines = data?.order?.lines.filter((l) => l.configuration);
  if (error && !lines) return <Card title={t.loading}><Failure error={error} retry={() => load({ requestPolicy: 'network-only' })} /></Card>;
  if (!lines) return <Card title={t.loading} flush><Loading rows={4} /></Card>;
  return <>{lines.map((l) => {
    const c = l.configuration!;
    return (
      <Card key={l.id} title={`${l.position}. ${c.title}`} aside={`${t.pieces(l.quantity)} · ${t.orderedAs(c.number)} · ${t.days(c.days)}`}>
        <div className="f-stack">
          <table className="mo-price" aria-label={t.configured}><tbody>{c.lines.map((x, i) => <tr key={i}><th scope="row" className="muted">{i && c.lines[i - 1]!.group === x.group ? '' : x.groupTitle}</th><td style={{ whiteSpace: 'normal' }}>{x.text}{x.sku && <small className="mo-key">{x.sku}</small>}</td></tr>)}</tbody></table>
          {c.parts && <div><h3>{t.forMaking}</h3><PartsCard parts={c.parts} flat /></div>}
          {c.prices && <details><summary>{t.prices}</summary><table className="mo-price"><tbody>{c.prices.filter((x) => x.kind === 'BASE' || Number(x.amount.amount) !== 0).map((x, i) => <tr key={i}><th scope="row">{x.title}{x.detail && <small>{x.detail}</small>}</th><td className="num">{money(x.amount)}</td></tr>)}</tbody></table></details>}
        </div>
      </Card>
    );
  })}</>;
}
