import { Card, Skeleton } from '../../ui/kit.tsx';
import { kitWords } from '../../words/index.ts';
import { orderPartWords } from '../../words/orderParts.ts';
import { orderText } from './Cards.tsx';
import './orderpage.css';

/** The shape of an order's page while it loads, with the heights that it will have. */
export function OrderSkeleton() {
  const p = orderPartWords.use();
  const t = orderText.use();
  const k = kitWords.use();
  return (
    <div aria-busy>
      <p className="vh" role="status">{k.loading}</p>
      <section className="f-card op-arrival" style={{ minHeight: 196 }} aria-hidden>
        <div className="op-when"><Skeleton w={70} h={14} /><Skeleton w={220} h={22} style={{ marginTop: 8 }} /></div>
        <div className="op-steps" style={{ display: 'grid', gap: 10 }}><Skeleton h={26} /><Skeleton w="40%" /></div>
      </section>
      <div className="f-columns">
        <div className="f-stack">
          <Card title={p.shipments.title} flush><div className="op-space" style={{ minHeight: 190 }}><Skeleton w="55%" h={18} /><Skeleton w="80%" /><Skeleton w="74%" /><Skeleton w="77%" /></div></Card>
          <Card title={p.lines.title} flush><div className="op-space" style={{ minHeight: 230 }}><Skeleton w="60%" /><Skeleton w="30%" h={11} /><Skeleton w="52%" /><Skeleton w="26%" h={11} /></div></Card>
        </div>
        <div className="f-stack">
          <Card title={t.summary}><div style={{ display: 'grid', gap: 14, minHeight: 126 }}><Skeleton /><Skeleton /><Skeleton /><Skeleton h={18} /></div></Card>
          <Card title={t.contact}><div style={{ minHeight: 56, display: 'grid', gap: 10 }}><Skeleton w="60%" /><Skeleton w="80%" /></div></Card>
        </div>
      </div>
    </div>
  );
}
