import { useState } from 'react';
import { useQuery, useSubscription } from 'urql';
import { Link } from 'wouter';
import { ago } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { IconHistory } from '../../ui/icons.ts';
import { Card, Empty, Loading, Time } from '../../ui/kit.tsx';
import { actorWords, entryWords } from '../../ui/order/History.tsx';
import type { HistoryEvent } from '../../ui/order/types.ts';
import { orderWords } from '../../words/index.ts';
import { orderPartWords } from '../../words/orderParts.ts';
import { homeWords } from './Desk.tsx';

const EventText = graphql(`fragment EventText on OrderEvent @_unmask {
  __typename key at actor { kind name @_optional }
  ... on OrderStatusChanged { from to reason }
  ... on OrderPromiseChanged { oldDate newDate reason }
  ... on OrderNoteAdded { text @_optional }
  ... on ShipmentCreated { carrier { name } trackingNumber }
  ... on TrackingReported { status location message }
  ... on OrderDelayed { expected }
}`);
// What is there before anything happens: the history of the newest orders.
const Before = graphql(`query DeskActivity { orders(orderBy: { field: PLACED_AT, direction: DESC }, first: 12) {
  edges { node { id number organization @_optional { id name } timeline @_optional { ...EventText } } }
} }`, [EventText]);
const Happens = graphql(`subscription DeskHappens($since: String) { ordersUpdated(since: $since) {
  token order { id number organization @_optional { id name } } event @_optional { ...EventText }
} }`, [EventText]);

interface Item { event: HistoryEvent; number: string; customer?: string; fresh?: boolean }
const most = 10;

/** What happens to orders, as it happens. */
export function Activity() {
  const t = homeWords.use();
  const h = orderPartWords.use().history;
  const o = orderWords.use();
  const [{ data }] = useQuery({ query: Before });
  const [live, setLive] = useState<Item[]>([]);
  useSubscription({ query: Happens }, (_, message) => {
    const { order, event } = message.ordersUpdated;
    if (order && event) setLive((all) => [{ event, number: order.number, customer: order.organization?.name, fresh: true }, ...all.filter((x) => x.event.key !== event.key)].slice(0, most));
    return message;
  });
  const before: Item[] = data?.orders.edges?.flatMap((e) => e?.node?.timeline?.map((event) => ({ event, number: e.node!.number, customer: e.node!.organization?.name })) ?? []) ?? [];
  const seen = new Set(live.map((x) => x.event.key));
  const items = [...live, ...before.filter((x) => !seen.has(x.event.key)).sort((a, b) => b.event.at.localeCompare(a.event.at))].slice(0, most);
  const newest = live[0];
  return (
    <Card title={t.activity} aside={<span className="f-live">{t.live}</span>} flush>
      <p className="vh" role="status">{newest ? t.news(entryWords(newest.event, h, o).title, newest.number) : ''}</p>
      {!data && !live.length ? <Loading rows={5} /> : !items.length ? <Empty icon={<IconHistory size={22} />} title={t.quiet} text={t.quietText} /> : (
        <ol className="dk-feed">
          {items.map((x) => (
            <li key={`${x.number} ${x.event.key}`} className={x.fresh ? 'f-fresh' : undefined}>
              <span>{entryWords(x.event, h, o).title}</span><Time at={x.event.at}>{ago(x.event.at)}</Time>
              <small><Link href={`/orders/${encodeURIComponent(x.number)}`}>{x.number}</Link>{x.customer && ` · ${x.customer}`} · {actorWords(x.event, h)}</small>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
