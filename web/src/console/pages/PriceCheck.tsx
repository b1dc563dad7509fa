import { useList } from '../../lib/search.ts';
import { Page } from '../../ui/kit.tsx';
import Quote, { quoteWords, type Asked } from './Quote.tsx';
import './pricing.css';

/** What a customer pays, and why; what is asked stands in the address. */
export default function PriceCheck() {
  const t = quoteWords.use();
  const list = useList();
  const items = list.all('item').map((x) => { const [, sku, n] = /^(.*?)(?:\*(\d+))?$/.exec(x)!; return { sku: sku!, quantity: Number(n ?? 1) }; });
  const keep = (a: Asked) => list.set({ customer: a.customer, country: a.country, item: a.items.map((x) => `${x.sku}*${x.quantity}`), q: null });
  return <Page title={t.title} sub={t.sub} wide><Quote asked={{ customer: list.get('customer'), country: list.get('country') ?? '', items }} keep={keep} /></Page>;
}
