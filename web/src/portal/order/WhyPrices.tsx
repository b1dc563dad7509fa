import { useQuery } from 'urql';
import { money, percent } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { Dialog, Failure, Loading } from '../../ui/kit.tsx';
import { orderText } from './Cards.tsx';

const Why = graphql(`query WhyOrderPrices($number: String!) { order(number: $number) { id lines { id position sku name
  priceExplanation @_optional { text listName discountPercent discountReason taxName isReverseCharge unitPrice { amount currency } } } } }`);

/** How the price of each line came about when it was ordered. */
export default function WhyPrices(p: { number: string; close: () => void }) {
  const t = orderText.use();
  const [{ data, error }, again] = useQuery({ query: Why, variables: { number: p.number } });
  const lines = [...(data?.order?.lines ?? [])].sort((a, b) => a.position - b.position);
  return (
    <Dialog open wide onClose={p.close} title={t.why}>
      {error ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : !data ? <Loading rows={3} /> : (
        <ul className="f-stack" style={{ gap: 14 }}>{lines.map((l) => (
          <li key={l.id}><b style={{ fontWeight: 560 }}>{l.name}</b> <span className="muted">{l.sku}</span>
            {l.priceExplanation ? <p>{l.priceExplanation.text} <span className="muted">{[`${money(l.priceExplanation.unitPrice)} ${t.each}`, l.priceExplanation.discountPercent && Number(l.priceExplanation.discountPercent) > 0 && `−${percent(Number(l.priceExplanation.discountPercent) / 100, 1)} ${l.priceExplanation.discountReason ?? ''}`, l.priceExplanation.taxName].filter(Boolean).join(' · ')}</span></p>
              : <p className="muted">{t.whyNone}</p>}
          </li>
        ))}</ul>
      )}
    </Dialog>
  );
}
