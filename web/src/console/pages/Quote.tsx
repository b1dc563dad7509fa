import { useEffect, useMemo, useRef, useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link } from 'wouter';
import { useQuery } from 'urql';
import { day, list as sentence, money, number, percent, regionName } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { lang, words } from '../../lib/words.ts';
import { IconPlus, IconTrash } from '../../ui/icons.ts';
import { Card, Empty, Failure, IconButton, Loading, Pill } from '../../ui/kit.tsx';
import { OrganizationPicker } from '../../ui/OrganizationPicker.tsx';
import { countries } from '../../ui/shop/AddressForm.tsx';
import { SkuPicker } from '../VariantPicker.tsx';
import en from './Quote.en.ts';
import './quote.css';

export const quoteWords = words('Quote', en);

const Ask = graphql(`query Quote($input: QuoteInput!) { quote(input: $input) {
  country discountRule discountReason shippingMethod shippingTaxRule segments @_optional { id name }
  amounts { lines { amount currency } discount { amount currency } shipping { amount currency } tax { amount currency } total { amount currency }
    taxes { name percent net { amount currency } tax { amount currency } } reverseCharge }
  shippingOffers { key name days carrier price @_optional { amount currency } }
  lines { sku quantity variant { id name product { id name } } discountRule taxRule taxPercent total { amount currency } priceList @_optional { id name }
    priceExplanation { unitPrice { amount currency } listName minimumQuantity validTo nextTier { minimumQuantity unitPrice { amount currency } }
      alternatives { listName unitPrice { amount currency } minimumQuantity reason } discountPercent discountReason taxName isReverseCharge } }
} }`);

export type QuoteResult = ResultOf<typeof Ask>['quote'];
type Line = QuoteResult['lines'][number];

/** What is asked: who buys what, and where it goes. */
export interface Asked { customer?: string; country: string; items: { sku: string; quantity: number }[] }

/** What a customer would pay for some articles, and why. With `of` the customer is given; `keep` is told what is asked, and `told` what follows. */
export default function Quote(p: { of?: string; asked: Asked; keep?: (a: Asked) => void; told?: (q: QuoteResult | null) => void }) {
  const t = quoteWords.use();
  const count = useRef(p.asked.items.length || 1);
  const [customer, setCustomer] = useState(p.of ?? p.asked.customer);
  const [country, setCountry] = useState(p.asked.country);
  const [method, setMethod] = useState<string>();
  const [rows, setRows] = useState(() => (p.asked.items.length ? p.asked.items : [{ sku: '', quantity: 1 }]).map((x, n) => ({ n, sku: x.sku, quantity: String(x.quantity) })));
  const set = (n: number, to: Partial<(typeof rows)[number]>) => setRows((all) => all.map((r) => (r.n === n ? { ...r, ...to } : r)));
  const right = (q: string) => /^[1-9]\d{0,8}$/.test(q.trim());
  const wanted = useMemo(() => ({ customer, country, items: rows.filter((r) => r.sku && right(r.quantity)).map((r) => ({ sku: r.sku, quantity: Number(r.quantity) })) }), [customer, country, rows]);
  const [settled] = useDebouncedValue(wanted, 250);
  const input = { organizationId: settled.customer, country: settled.country || undefined, shippingMethod: method, lines: settled.items };
  const [{ data, error, fetching }, again] = useQuery({ query: Ask, variables: { input }, pause: !settled.items.length, requestPolicy: 'network-only' });
  const q = settled.items.length ? data?.quote : undefined;
  const { keep, told } = p;
  const first = useRef(true);
  useEffect(() => { if (first.current) first.current = false; else keep?.(settled); }, [settled]);
  useEffect(() => { told?.(q ?? null); }, [q]);
  const all = useMemo(() => [...new Set([...(country ? [country] : []), ...countries])].map((value) => ({ value, label: regionName(value) })).sort((a, b) => a.label.localeCompare(b.label, lang())), [country]);
  return (
    <div className="qu">
      <Card title={t.ask}>
        <div className="f-form">
          <div className="f-two">
            {!p.of && <OrganizationPicker label={t.customer} placeholder={t.nobody} value={customer} onChange={(id) => setCustomer(id ?? undefined)} />}
            <NativeSelect label={t.country} value={country} onChange={(e) => { setCountry(e.currentTarget.value); setMethod(undefined); }} data={[{ value: '', label: t.usual }, ...all]} />
          </div>
          <div className="pr-rows">{rows.map((r, i) => (
            <div key={r.n} className="qu-item" role="group" aria-label={t.line(i + 1)}>
              <SkuPicker label={t.article} placeholder={t.articleHint} value={r.sku} onChange={(sku) => set(r.n, { sku })} />
              <TextInput label={t.quantity} inputMode="numeric" value={r.quantity} onChange={(e) => set(r.n, { quantity: e.currentTarget.value })} error={right(r.quantity) ? undefined : t.wrongQuantity} />
              <IconButton label={t.removeLine(i + 1)} disabled={rows.length === 1} onClick={() => setRows((x) => x.filter((y) => y.n !== r.n))}><IconTrash size={17} /></IconButton>
            </div>
          ))}</div>
          <div><Button size="compact-md" variant="default" leftSection={<IconPlus size={15} />} disabled={rows.length >= 50} onClick={() => setRows((x) => [...x, { n: count.current++, sku: '', quantity: '1' }])}>{t.add}</Button></div>
        </div>
      </Card>
      {error ? <Card><Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /></Card>
        : !settled.items.length ? <Card><Empty title={t.start} text={t.startText} /></Card>
          : !q ? <Loading card rows={4} />
            : <div className="qu-result" aria-busy={fetching}>
              <section className="f-card" aria-label={t.lines}><ul className="f-rows">{q.lines.map((l, i) => <Explained key={`${i} ${l.sku}`} line={l} />)}</ul></section>
              <Sums q={q} choose={setMethod} fixed={!!p.of} customer={customer} />
            </div>}
    </div>
  );
}

function Explained({ line: l }: { line: Line }) {
  const t = quoteWords.use();
  const e = l.priceExplanation;
  const name = [l.variant?.product?.name, l.variant?.name].filter(Boolean).join(', ');
  return (
    <li className="qu-line">
      <div className="qu-head">
        <div><b>{name || l.sku}</b><small>{l.sku} · {number(l.quantity)} ×</small></div>
        {e && <div className="qu-sum"><b className="num">{money(e.unitPrice)}</b><small>{t.each}</small></div>}
      </div>
      {!l.variant ? <p className="pr-wrong">{t.unknown}</p> : !e ? <p className="pr-wrong">{t.noPrice}</p> : <>
        <p className="qu-why">{l.priceList ? <Link href={`/price-lists/${l.priceList.id}`}>{t.fromList(l.priceList.name)}</Link> : e.listName ? t.fromList(e.listName) : t.standard}
          {e.minimumQuantity > 1 && `, ${t.tier(number(e.minimumQuantity))}`}{e.validTo && `, ${t.until(day(e.validTo))}`}{'. '}
          {e.nextTier && t.next(number(e.nextTier.minimumQuantity), money(e.nextTier.unitPrice))}</p>
        {e.discountPercent && Number(e.discountPercent) > 0 && <p>{t.discount(percent(Number(e.discountPercent) / 100, 2), e.discountReason ?? '')}{l.discountRule && <small> {t.rule(l.discountRule)}</small>}</p>}
        <p>{!l.taxRule ? t.noTax : e.isReverseCharge ? t.reverse : t.tax(e.taxName ?? '', percent(Number(l.taxPercent) / 100, 2))}{l.taxRule && <small> {t.rule(l.taxRule)}</small>}</p>
        {e.alternatives.length > 0 && <details className="qu-others"><summary>{t.others}</summary><ul>{e.alternatives.map((a, i) => (
          <li key={i}><span>{a.listName ? `${t.quoted(a.listName)}` : t.standardName} {t.reasons[a.reason]}{a.reason === 'QUANTITY_TOO_SMALL' && a.minimumQuantity ? ` (${t.fromQuantity(number(a.minimumQuantity))})` : ''}.</span>{a.unitPrice && <span className="num">{money(a.unitPrice)}</span>}</li>
        ))}</ul></details>}
        {l.total && <p className="qu-total"><span>{t.total}</span><b className="num">{money(l.total)}</b></p>}
      </>}
    </li>
  );
}

const zero = (m: { amount: string }) => Number(m.amount) === 0;

function Sums({ q, choose, fixed, customer }: { q: QuoteResult; choose: (key: string) => void; fixed: boolean; customer?: string }) {
  const t = quoteWords.use();
  const a = q.amounts;
  const names = sentence((q.segments ?? []).map((s) => s.name));
  return (
    <Card title={t.sums}>
      {a && <dl className="f-facts">
        <dt>{t.lines}</dt><dd className="num">{money(a.lines)}</dd>
        {!zero(a.discount) && <><dt>{t.orderDiscount}<small className="f-second">{[q.discountReason, q.discountRule && t.rule(q.discountRule)].filter(Boolean).join(' · ')}</small></dt><dd className="num">−{money(a.discount)}</dd></>}
        <dt>{t.shipping}</dt><dd className="num">{zero(a.shipping) ? t.free : money(a.shipping)}</dd>
        {a.taxes.map((x) => <div key={`${x.name} ${x.percent}`} style={{ display: 'contents' }}><dt>{t.taxShort(x.name ?? t.taxName, percent(Number(x.percent) / 100, 2))}<small className="f-second">{t.net(money(x.net))}</small></dt><dd className="num">{money(x.tax)}</dd></div>)}
        <dt className="f-total">{t.sum}</dt><dd className="num f-total">{money(a.total)}</dd>
      </dl>}
      <h3 className="qu-offers">{t.offers}</h3>
      {!q.shippingOffers.length ? <p className="muted">{t.noOffers}</p> : <ul className="qu-ways">{q.shippingOffers.map((o) => (
        <li key={o.key}>
          <span>{o.name}<small>{[t.days(o.days), o.carrier, t.rule(o.key)].filter(Boolean).join(' · ')}</small></span>
          <span className="num">{o.price && (zero(o.price) ? t.free : money(o.price))}</span>
          {o.key === q.shippingMethod ? <Pill tone="accent">{t.chosen}</Pill> : <Button size="compact-xs" variant="default" aria-label={t.choose(o.name)} onClick={() => choose(o.key)}>{t.take}</Button>}
        </li>
      ))}</ul>}
      <p className="pr-hint" style={{ marginTop: 12 }}>{[q.country && t.sentTo(regionName(q.country)), names && (q.segments!.length > 1 ? t.segmentsMany(names) : t.segments(names))].filter(Boolean).join(' · ')}</p>
      {!fixed && customer && <p style={{ marginTop: 8 }}><Link href={`/customers/${customer}/buying`}>{t.toCustomer}</Link></p>}
    </Card>
  );
}
