import { useMemo, useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { codeOf } from '../../lib/client.ts';
import { bytes, day, money, number, percent } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { words } from '../../lib/words.ts';
import { house } from '../../ui/house.ts';
import { useAction, useKey, useTell } from '../../ui/form.tsx';
import { IconBasket, IconCheck, IconClock, IconDownload, IconFile, IconSearch, IconSettings, IconTruck } from '../../ui/icons.ts';
import { Card, Failure, Loading, Notice, Page, Skeleton } from '../../ui/kit.tsx';
import { useMay, useSession } from '../../ui/root.tsx';
import { axesOf, choose, valueOf } from '../shop/axes.ts';
import { ProductCardFields } from '../shop/card.ts';
import { tierFor, times } from '../shop/money.ts';
import { fit, Picture, Quantity, shopWords, StockPill, useDownload, useRuleText, useSupply, useUnit } from '../shop/parts.tsx';
import { ProductCard } from '../shop/ProductCard.tsx';
import en from './Product.en.ts';
import './product.css';

const text = words('Product', en);

const One = graphql(`query Product($id: ID!) {
  product(id: $id) {
    id name description
    category { id name path { id name } }
    attributes { name value }
    pictures @_optional { id text picture(width: 1200) { width height url } thumb: picture(width: 160) { width height url } }
    documents @_optional { id name text contentType size }
    variants {
      id sku name unit minimumQuantity quantityStep maximumQuantity availableFrom
      attributes { name value }
      price { amount currency }
      priceTiers { minimumQuantity unitPrice { amount currency } }
      availability { status quantity @_optional promise }
    }
    configurationModel @_optional { id variant { id } current @_optional { id } }
    related { kind product { ...ProductCardFields } }
    replacedBy { id name }
  }
}`, [ProductCardFields]);
const Why = graphql(`query WhyThisPrice($id: ID!, $quantity: Int!) {
  node(id: $id) { __typename id ... on ProductVariant { sku priceExplanation(quantity: $quantity) {
    text listName minimumQuantity validFrom validTo unitPrice { amount currency }
    nextTier { minimumQuantity unitPrice { amount currency } }
    alternatives { listName unitPrice { amount currency } minimumQuantity text }
  } } }
}`);
const Add = graphql(`mutation AddToCart($input: AddToCartInput!, $key: String!) {
  addToCart(input: $input) @idempotent(key: $key) { cart { id version lines { id quantity variant { id } } } userErrors { field code message } }
}`);

type Thing = NonNullable<ResultOf<typeof One>['product']>;
type Variant = Thing['variants'][number];

export default function Product({ id }: { id: string }) {
  const t = text.use();
  const s = shopWords.use();
  const list = useList();
  const [{ data, error }, again] = useQuery({ query: One, variables: { id } });
  const p = data?.product;
  if (!p) {
    if (error && codeOf(error) !== 'NOT_FOUND' && codeOf(error) !== 'BAD_USER_INPUT') return <Page title={s.products} crumbs={[{ title: s.products, href: '/products' }]}><section className="f-card"><Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /></section></Page>;
    if (error || data) return (
      <Page title={t.none} crumbs={[{ title: s.products, href: '/products' }]}>
        <section className="f-card f-state"><span className="f-state-icon"><IconSearch size={22} /></span><p>{t.noneText}</p><Button component={Link} href="/products" variant="default">{t.toProducts}</Button></section>
      </Page>
    );
    return <Page title={' '} crumbs={[{ title: s.products, href: '/products' }]}><div className="pd"><div className="f-stack"><Skeleton h="auto" style={{ aspectRatio: '16 / 8', borderRadius: 10 }} /><Skeleton w={180} h={18} /><Skeleton h={64} /></div><Loading rows={4} card /></div></Page>;
  }
  const variant = p.variants.find((v) => v.sku === list.get('v')) ?? p.variants[0];
  const category = p.category;
  return (
    <Page title={p.name} crumbs={[{ title: s.products, href: '/products' }, ...(category ? [...category.path, category].map((c) => ({ title: c.name, href: `/products/c/${c.id}` })) : []), { title: p.name }]}
      sub={p.description ?? undefined}>
      {p.replacedBy.length > 0 && <div style={{ marginBottom: 16 }}><Notice tone="warn"><b>{t.replaced}.</b> {p.replacedBy.map((r, i) => <span key={r.id}>{i > 0 && ', '}<Link href={`/products/${r.id}`} style={{ color: 'inherit' }}>{r.name}</Link></span>)}</Notice></div>}
      {!variant ? <section className="f-card f-state"><p>{t.gone}</p></section> : <Detail product={p} variant={variant} pick={(v) => list.set({ v: v.sku, q: null })} />}
      <Related product={p} />
    </Page>
  );
}

function Detail({ product: p, variant: v, pick }: { product: Thing; variant: Variant; pick: (v: Variant) => void }) {
  const t = text.use();
  const download = useDownload();
  const axes = useMemo(() => axesOf(p.variants), [p.variants]);
  const facts = [...(p.attributes ?? []), ...(v.attributes ?? [])];
  return (
    <div className="pd">
      <div className="f-stack">
        <Gallery product={p} />
        {p.variants.length > 1 && (axes.length ? axes.map((a) => (
          <fieldset className="pd-axis" key={a.name}><legend>{a.name}</legend>
            <div className="s-choices">{a.values.map((value) => {
              const { variant: to, exact } = choose(p.variants, axes, v, a.name, value);
              const on = valueOf(v, a.name) === value;
              return (
                <label className="s-choice" key={value} data-off={!exact || undefined}>
                  <input type="radio" name={`axis-${a.name}`} checked={on} onChange={() => pick(to)} />
                  <span><b>{value}</b>{!exact && <small>{t.adapts}</small>}{exact && axes.length === 1 && to.name !== value && <small>{to.name}</small>}</span>
                  {!on && <Difference from={v} to={to} />}
                  <i className="s-tick" aria-hidden><IconCheck size={13} stroke={3} /></i>
                </label>
              );
            })}</div>
          </fieldset>
        )) : (
          <fieldset className="pd-axis"><legend>{t.variants}</legend>
            <div className="s-choices">{p.variants.map((x) => (
              <label className="s-choice" key={x.id}>
                <input type="radio" name="variant" checked={x.id === v.id} onChange={() => pick(x)} />
                <span><b>{x.name || x.sku}</b><small>{x.sku}</small></span>
                {x.id !== v.id && <Difference from={v} to={x} />}
                <i className="s-tick" aria-hidden><IconCheck size={13} stroke={3} /></i>
              </label>
            ))}</div>
          </fieldset>
        ))}
        <Card title={t.attributes}>
          <dl className="pd-facts">
            <div><dt>{t.article}</dt><dd>{v.sku}</dd></div>
            {facts.map((a, i) => <div key={`${a.name}-${i}`}><dt>{a.name}</dt><dd>{a.value}</dd></div>)}
          </dl>
        </Card>
        {!!p.documents?.length && (
          <Card title={t.documents} flush><ul>{p.documents.map((f) => (
            <li key={f.id}><div className="s-file"><IconFile size={19} /><span><b style={{ fontWeight: 560 }}>{f.text || f.name}</b><small>{[f.text ? f.name : null, bytes(f.size)].filter(Boolean).join(' · ')}</small></span>
              <Button variant="default" size="compact-md" leftSection={<IconDownload size={15} />} aria-label={`${shopWords.get().download}: ${f.name}`} onClick={() => void download(f.id)}>{shopWords.get().download}</Button></div></li>
          ))}</ul></Card>
        )}
      </div>
      <Buy product={p} variant={v} key={v.id} />
    </div>
  );
}

/** What a choice would change about the price. */
function Difference({ from, to }: { from: Variant; to: Variant }) {
  if (!from.price || !to.price || from.price.currency !== to.price.currency) return to.price ? <small className="num">{money(to.price)}</small> : null;
  const n = Number(to.price.amount) - Number(from.price.amount);
  if (!n) return null;
  return <small className="num">{n > 0 ? '+' : '−'}{money({ amount: Math.abs(n).toFixed(to.price.amount.split('.')[1]?.length ?? 0), currency: to.price.currency })}</small>;
}

function Gallery({ product: p }: { product: Thing }) {
  const t = text.use();
  const [at, setAt] = useState(0);
  const all = p.pictures ?? [];
  const seen = all[Math.min(at, all.length - 1)];
  return (
    <div className="pd-gallery">
      <div className="f-card pd-stage"><Picture of={seen} eager /></div>
      {all.length > 1 && <ul aria-label={t.pictures}>{all.map((x, i) => (
        <li key={x.id}><button type="button" aria-label={t.picture(i + 1, all.length)} aria-pressed={i === at} onClick={() => setAt(i)}><Picture of={{ text: '', picture: x.thumb }} /></button></li>
      ))}</ul>}
    </div>
  );
}

/** The price card: how many, what it costs and why, by when, and into the cart. */
function Buy({ product: p, variant: v }: { product: Thing; variant: Variant }) {
  const t = text.use();
  const s = shopWords.use();
  const may = useMay();
  const { viewer } = useSession();
  const unit = useUnit();
  const rules = useRuleText()(v);
  const supply = useSupply()(v.availability);
  const tell = useTell();
  const [quantity, setQuantity] = useState(() => fit(v.minimumQuantity, v));
  const [why, setWhy] = useState(false);
  const [added, setAdded] = useState<number | null>(null);
  const [attempt, setAttempt] = useState(0);
  const keyFor = useKey();
  const [add, busy] = useAction(Add);
  const tier = tierFor(v.priceTiers, quantity);
  const price = tier?.unitPrice ?? v.price;
  const base = v.priceTiers[0]?.unitPrice;
  const buys = may('cart.change');
  const put = async () => {
    // Pressed again after a lost answer it is the same wish; after an answer it is a further one.
    const outcome = await add({ input: { lines: [{ variantId: v.id, quantity }] }, key: keyFor({ id: v.id, quantity, attempt }) });
    if (!tell(outcome)) return;
    setAttempt((n) => n + 1);
    setAdded(outcome.payload.cart?.lines.filter((l) => l.variant?.id === v.id).reduce((n, l) => n + l.quantity, 0) ?? quantity);
  };
  const configured = p.configurationModel?.current && p.configurationModel.variant?.id === v.id;
  const button = (className: string) => configured ? <Button className={className} size="md" component={Link} href={`/products/${p.id}/configure`} leftSection={<IconSettings size={18} />}>{t.configure}</Button> : buys && price && <Button className={className} size="md" loading={busy} leftSection={<IconBasket size={18} />} onClick={() => void put()}>{t.adding}</Button>;
  return (
    <aside className="pd-side">
      <section className="f-card pd-buy" aria-labelledby="pd-buy">
        <div className="pd-buy-head"><h2 id="pd-buy">{viewer.kind === 'ANONYMOUS' ? t.plain : t.price}</h2><StockPill status={v.availability.status} /></div>
        {price ? <>
          <p className="pd-price num" aria-live="polite">{configured ? s.from(money(price)) : money(price)}<small> {t.each(unit(v.unit))}</small></p>
          <p className="muted">{t.net}</p>
        </> : <><p className="pd-price">{t.onRequest}</p><p className="muted">{t.onRequestText}</p></>}
        {v.priceTiers.length > 1 && base && (
          <table className="pd-tiers" aria-label={t.tiers}>
            <tbody>{v.priceTiers.map((x, i) => {
              const less = 1 - Number(x.unitPrice.amount) / Number(base.amount);
              return <tr key={x.minimumQuantity} data-on={x === tier || undefined}><th scope="row">{i === 0 && x.minimumQuantity <= v.minimumQuantity ? number(v.minimumQuantity) : `${t.fromQuantity} ${number(x.minimumQuantity)}`}</th><td className="num">{money(x.unitPrice)}</td><td>{less > 0.0005 && t.save(percent(less, 1))}</td></tr>;
            })}</tbody>
          </table>
        )}
        {configured && <p className="muted pd-rules">{t.configureText}</p>}
        {price && !configured && (
          <div className="pd-many">
            <Quantity label={s.quantity} value={quantity} rule={v} onChange={(n) => { setQuantity(n); setAdded(null); }} />
            <span><small className="muted">{t.total}</small><b className="num" aria-live="polite">{money(times(price, quantity))}</b></span>
          </div>
        )}
        {rules && price && !configured && <p className="muted pd-rules">{rules}</p>}
        <ul className="pd-when">
          {supply && <li><IconClock size={17} aria-hidden />{supply}</li>}
          {v.availableFrom && v.availability.status === 'PREORDER' && !v.availability.promise && <li><IconTruck size={17} aria-hidden />{t.preorderFrom(day(v.availableFrom))}</li>}
        </ul>
        {button('pd-add')}
        {!configured && p.configurationModel?.current && <Button variant="default" size="md" style={{ marginTop: 8 }} component={Link} href={`/products/${p.id}/configure`} leftSection={<IconSettings size={18} />}>{t.configure}</Button>}
        {!buys && !configured && viewer.kind === 'ANONYMOUS' && <><Button size="md" component={Link} href={`/sign-in?then=${encodeURIComponent(location.pathname + location.search)}`}>{s.signInToBuy}</Button><p className="muted pd-rules">{t.signedOutText}</p></>}
        {!price && house.contactEmail && <Button size="md" variant="default" component="a" href={`mailto:${house.contactEmail}?subject=${encodeURIComponent(`${p.name} ${v.sku}`)}`}>{t.ask}</Button>}
        <div role="status" aria-live="polite">{added !== null && <div className="pd-added"><IconCheck size={17} aria-hidden /><span>{t.inCart(number(added))}</span><Link href="/cart">{s.toCart}</Link></div>}</div>
        {price && <div className="pd-why">
          <button type="button" className="s-link" aria-expanded={why} onClick={() => setWhy(!why)}>{t.why}</button>
          {why && <Explanation id={v.id} quantity={quantity} />}
        </div>}
      </section>
      {(buys || configured) && price && <div className="pd-bar no-print"><span><b className="num">{configured ? s.from(money(price)) : money(times(price, quantity))}</b><small>{t.net}</small></span>{button('')}</div>}
    </aside>
  );
}

/** Which list decided, by which tier, and what else there would have been. */
function Explanation({ id, quantity }: { id: string; quantity: number }) {
  const t = text.use();
  const [{ data, error }, again] = useQuery({ query: Why, variables: { id, quantity } });
  if (error) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  const e = data?.node?.__typename === 'ProductVariant' ? data.node.priceExplanation : null;
  if (!data) return <Loading rows={2} />;
  if (!e) return null;
  const from = e.validFrom && day(e.validFrom);
  const to = e.validTo && day(e.validTo);
  return (
    <div className="pd-explain">
      <h3>{t.whyTitle}</h3>
      <p>{e.text}</p>
      <dl className="f-facts"><dt>{t.chosenList}</dt><dd>{e.listName ?? t.standard}</dd></dl>
      {(from || to) && <p className="muted">{t.holds(from, to)}</p>}
      {e.nextTier && <p className="muted">{t.next(number(e.nextTier.minimumQuantity), money(e.nextTier.unitPrice))}</p>}
      {e.alternatives.length > 0 && <>
        <h3>{t.others}</h3>
        <ul>{e.alternatives.map((a, i) => <li key={i}><span><b>{a.listName ?? t.standard}</b>{a.unitPrice && <span className="num">{money(a.unitPrice)}</span>}</span><small>{a.text}</small></li>)}</ul>
      </>}
    </div>
  );
}

/** What goes with it, by how it does. */
function Related({ product: p }: { product: Thing }) {
  const t = text.use();
  const kinds = (['UPSELL', 'ACCESSORY', 'SPARE_PART', 'REPLACES'] as const).map((kind) => ({ kind, all: p.related.flatMap((r) => (r.kind === kind && r.product ? [r.product] : [])) })).filter((k) => k.all.length);
  return kinds.map(({ kind, all }) => (
    <section className="pd-related" key={kind} aria-label={t.kinds[kind]}>
      <h2>{t.kinds[kind]}</h2>
      <ul className="s-cards">{all.slice(0, 8).map((x) => <li key={x.id} style={{ display: 'grid' }}><ProductCard product={x} /></li>)}</ul>
    </section>
  ));
}
