import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ago, number } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { IconCheck, IconSearch } from '../../ui/icons.ts';
import { Card, Empty, Loading, Pill, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { homeWords } from './Desk.tsx';

// Each number is as large as the list that it leads to.
const Short = graphql(`query DeskStock {
  oversold: stockLevels(filter: { oversold: true }, first: 4) { totalCount edges { node { variantId available location { id name } variant { id sku name product { id name } } } } }
  stale: stockLevels(filter: { isStale: true }, first: 1) { totalCount }
}`);
const Missed = graphql(`query DeskSearches { searchMisses(filter: { status: [OPEN] }, first: 5) { totalCount edges { node { id term count people lastAt } } } }`);

/** What is short or old on the shelves, for those who can do something about it. */
export function Shelves() {
  const t = homeWords.use();
  const may = useMay();
  const on = may('stock.adjust') && may('stock.levels');
  const [{ data }] = useQuery({ query: Short, pause: !on });
  if (!on) return null;
  const rows = data?.oversold.edges.map((e) => e.node);
  const old = data?.stale.totalCount ?? 0;
  return (
    <Card title={t.short} aside={!!data?.oversold.totalCount && <Link className="dk-more" href="/stock?free=oversold">{t.allOf(data.oversold.totalCount)}</Link>} flush>
      {!rows ? <Loading rows={2} /> : !rows.length && !old ? <Empty icon={<IconCheck size={22} />} title={t.noneShort} /> : (
        <ul className="dk-list">
          {rows.map((l) => <li key={`${l.variantId} ${l.location?.id}`}><Link className="dk-row" href={`/stock/${l.variantId}`}>
            <span><b>{l.variant?.product?.name ?? l.variant?.sku}</b> {l.variant?.name}</span><Pill tone="bad">{t.missing(number(-l.available))}</Pill><small>{[l.variant?.sku, l.location?.name].filter(Boolean).join(' · ')}</small>
          </Link></li>)}
          {old > 0 && <li><Link className="dk-row" href="/stock?heard=stale"><span><b>{t.stale}</b></span><Pill tone="warn">{number(old)}</Pill><small>{t.staleText}</small></Link></li>}
        </ul>
      )}
    </Card>
  );
}

/** What is searched for in vain most, for those who can answer. */
export function Misses() {
  const t = homeWords.use();
  const may = useMay();
  const on = may('searchMiss.decide');
  const [{ data }] = useQuery({ query: Missed, pause: !on });
  if (!on) return null;
  const rows = data?.searchMisses.edges?.flatMap((e) => (e?.node ? [e.node] : []));
  return (
    <Card title={t.misses} aside={!!data?.searchMisses.totalCount && <Link className="dk-more" href="/searches">{t.allOf(data.searchMisses.totalCount)}</Link>} flush>
      {!rows ? <Loading rows={3} /> : !rows.length ? <Empty icon={<IconSearch size={22} />} title={t.noMisses} /> : (
        <ul className="dk-list">{rows.map((m) => (
          <li key={m.id}><Link className="dk-row" href={`/searches?open=${m.id}`}>
            <span><b>{m.term}</b></span><span className="num">{t.times(number(m.count))}</span><small>{m.people ? t.wait(m.people) : ''}</small><small><Time at={m.lastAt}>{ago(m.lastAt)}</Time></small>
          </Link></li>
        ))}</ul>
      )}
    </Card>
  );
}
