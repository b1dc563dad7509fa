import { useState, useSyncExternalStore } from 'react';
import { Button, Textarea } from '@mantine/core';
import { useQuery, useSubscription } from 'urql';
import { Link, useLocation } from 'wouter';
import { codeOf } from '../../lib/client.ts';
import { ago, day, money, number, percent } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { liveState } from '../../lib/live.ts';
import { Form, FormEnd, isStale, useAction, useForm, useKey, useTell } from '../../ui/form.tsx';
import { IconCart } from '../../ui/icons.ts';
import { Card, Dialog, Failure, Loading, NotFound, Notice, Page, Pill, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { toast } from '../../ui/toasts.tsx';
import { configurationTone, savedWords } from './savedWords.ts';
import '../models/models.css';

const Fields = graphql(`fragment SavedFields on Configuration @_unmask {
  id name status turn quantity createdAt changedAt version availableActions organization { id name } user { id name } product { id name }
  choices { group option number absent text }
  lastPrice @_optional { amount currency }
  change { fromNumber toNumber outcome at dropped { text } taken { text } oldPrice @_optional { amount currency } newPrice @_optional { amount currency } }
  state { isConsistent isComplete
    version { id number groups { key title number { unit } options { key title } } }
    groups { key isVisible options { option status isSelected } number { status value isDefault } }
    conflict { reasons rules @_optional { key text message isInternal note } }
    price { unit { amount currency } total { amount currency } cost @_optional { amount currency } lines { kind title detail amount { amount currency } } }
    leadTime { days readyOn because } parts @_optional { sku name quantity cost @_optional { amount currency } } }
}`);
const One = graphql(`query SavedConfiguration($id: ID!) { configuration(id: $id) { ...SavedFields } }`, [Fields]);
const Happens = graphql(`subscription SavedHappens($id: ID!, $since: String) { configurationUpdated(id: $id, since: $since) { token by configuration { ...SavedFields } } }`, [Fields]);
const HandOver = graphql(`mutation HandOverSaved($input: HandOverConfigurationInput!, $key: String!) { handOverConfiguration(input: $input) @idempotent(key: $key) { configuration { ...SavedFields } userErrors { field code message } } }`, [Fields]);
const Carts = graphql(`query CartsForSaved($filter: CartFilter) { carts(filter: $filter, first: 20) @_optional { id name lines { id configuration @_optional { id } } } }`);
const Put = graphql(`mutation PutSavedIntoCart($input: AddToCartInput!, $key: String!) { addToCart(input: $input) @idempotent(key: $key) { cart { id name lines { id configuration @_optional { id } } } userErrors { field code message } } }`);
type Saved = ResultOf<typeof Fields>;

/** A customer's configuration, as sales work on it. */
export default function SavedConfiguration({ id }: { id: string }) {
  const t = savedWords.use();
  const [{ data, error }, load] = useQuery({ query: One, variables: { id } });
  const again = () => load({ requestPolicy: 'network-only' });
  const crumbs = [{ title: t.title, href: '/configurations' }];
  const c = data?.configuration;
  if (c) return <Shown c={c} again={again} />;
  if (codeOf(error) === 'NOT_FOUND' || (data && !error)) return <NotFound home="/configurations" />;
  return <Page title={t.title} crumbs={crumbs} wide>{error ? <Failure error={error} retry={again} /> : <div className="f-columns"><Loading card rows={8} /><Loading card rows={5} /></div>}</Page>;
}

function Shown({ c, again }: { c: Saved; again: () => void }) {
  const t = savedWords.use();
  const may = useMay();
  const [handing, hand] = useState(false);
  useSubscription({ query: Happens, variables: { id: c.id } });
  const live = useSyncExternalStore(liveState.subscribe, liveState.get);
  const s = c.state;
  const to = c.turn === 'SALES' ? 'CUSTOMER' as const : 'SALES' as const;
  const can = (what: Saved['availableActions'][number]) => c.availableActions.includes(what);
  return (
    <Page title={c.name} wide crumbs={[{ title: t.title, href: '/configurations' }, { title: c.name }]} after={<Pill tone={configurationTone[c.status]}>{t.states[c.status]}</Pill>}
      sub={<>{c.organization && <>{may('organization.read') ? <Link href={`/customers/${c.organization.id}`}>{c.organization.name}</Link> : c.organization.name} · </>}{[c.product?.name, t.pieces(c.quantity), s?.version && t.version(s.version.number)].filter(Boolean).join(' · ')}</>}
      actions={<>{can('ORDER') && c.organization && <IntoCart c={c} organizationId={c.organization.id} />}{can('CHANGE') && <Button onClick={() => hand(true)}>{to === 'SALES' ? t.toSales : t.toCustomer}</Button>}</>}>
      {c.change && c.change.outcome !== 'VALID' && <div className="mo-state"><Notice tone={c.change.outcome === 'NEEDS_CUSTOMER' ? 'warn' : 'info'}><b>{t.changeOf(c.change.fromNumber, c.change.toNumber)}.</b> {t.outcomes[c.change.outcome]}
        {c.change.dropped.length > 0 && <> {t.dropped} {c.change.dropped.map((x) => x.text).join(', ')}.</>}{c.change.taken.length > 0 && <> {t.taken} {c.change.taken.map((x) => x.text).join(', ')}.</>}
        {c.change.oldPrice && c.change.newPrice && c.change.oldPrice.amount !== c.change.newPrice.amount && <> {t.priceChange(money(c.change.oldPrice), money(c.change.newPrice))}.</>}</Notice></div>}
      {s && !s.isConsistent && <div className="mo-state"><Notice tone="bad"><b>{t.conflict}.</b> {s.conflict?.reasons.join(' ')}
        {!!s.conflict?.rules?.length && <ul className="mo-together">{s.conflict.rules.map((r) => <li key={r.key}><b>{r.key}</b>{r.isInternal && <> <Pill>{t.internal}</Pill></>}<code className="mo-rule">{r.text}</code>{r.note && <small className="mo-hint">{r.note}</small>}</li>)}</ul>}</Notice></div>}
      {s?.isConsistent && !s.isComplete && <div className="mo-state"><Notice tone="info">{t.missing}</Notice></div>}
      <div className="f-columns">
        <div className="f-stack">
          <Chosen c={c} />
          {s?.parts && <PartsCard parts={s.parts} />}
        </div>
        <div className="f-stack">
          <Price c={c} />
          {s && <Card title={t.time}><p><b>{t.days(s.leadTime.days)}</b> · {t.ready(day(s.leadTime.readyOn))}</p>{s.leadTime.because.length > 0 && <p className="mo-hint" style={{ marginTop: 6 }}>{s.leadTime.because.join(' · ')}</p>}</Card>}
          <Card title={t.about} aside={live === 'on' ? <span className="f-live">{t.live}</span> : undefined}><dl className="f-facts">
            <dt>{t.turn}</dt><dd>{t.turns[c.turn]}</dd>{c.user && <><dt>{t.whose}</dt><dd>{c.user.name}</dd></>}<dt>{t.quantity}</dt><dd className="num">{number(c.quantity)}</dd>
            <dt>{t.made}</dt><dd><Time at={c.createdAt} /></dd><dt>{t.changed}</dt><dd><Time at={c.changedAt}>{ago(c.changedAt)}</Time></dd>
          </dl></Card>
        </div>
      </div>
      <Dialog open={handing} onClose={() => hand(false)} title={to === 'SALES' ? t.toSales : t.toCustomer}>{handing && <HandOverForm c={c} to={to} close={() => hand(false)} again={again} />}</Dialog>
    </Page>
  );
}

/** Group by group what it has: chosen, following from that, or taken by default. */
function Chosen({ c }: { c: Saved }) {
  const t = savedWords.use();
  const s = c.state;
  if (!s?.version || !s.isConsistent) return <Card title={t.chosen} flush>{!c.choices.length ? <p className="mo-pad muted">{t.nothing}</p> : <ul className="f-rows">{c.choices.map((x, i) => <li key={i}>{x.text}</li>)}</ul>}</Card>;
  const version = s.version;
  const chose = new Set(c.choices.map((x) => x.group));
  const rows = s.groups.flatMap((g) => {
    const of = version.groups.find((x) => x.key === g.key);
    const has = g.number ? (g.number.value == null ? [] : [[g.number.value, of?.number?.unit].filter(Boolean).join(' ')]) : g.options.filter((o) => o.isSelected).map((o) => of?.options.find((x) => x.key === o.option)?.title ?? o.option);
    if (!has.length) return [];
    const forced = g.number ? g.number.status === 'FORCED' : g.options.some((o) => o.isSelected && o.status === 'FORCED');
    return [{ key: g.key, title: of?.title ?? g.key, has: has.join(', '), how: chose.has(g.key) ? '' : forced ? t.follows : t.byDefault }];
  });
  return <Card title={t.chosen}><table className="mo-price"><tbody>{rows.map((r) => <tr key={r.key}><th scope="row" className="muted">{r.title}</th><td style={{ whiteSpace: 'normal' }}>{r.has}{r.how && <small>{r.how}</small>}</td></tr>)}</tbody></table></Card>;
}

function Price({ c }: { c: Saved }) {
  const t = savedWords.use();
  const p = c.state?.price;
  if (!p) return <Card title={t.prices}><p className="muted">{t.noPrice}</p>{c.lastPrice && <p>{t.last}: <span className="num">{money(c.lastPrice)}</span></p>}</Card>;
  const unit = Number(p.unit.amount), cost = p.cost ? Number(p.cost.amount) : null;
  return <Card title={t.prices}><table className="mo-price"><tbody>
    {p.lines.filter((l) => l.kind === 'BASE' || Number(l.amount.amount) !== 0).map((l, i) => <tr key={i}><th scope="row">{l.title}{l.detail && <small>{l.detail}</small>}</th><td className="num">{money(l.amount)}</td></tr>)}
    <tr className="f-total"><th scope="row">{t.unit}</th><td className="num">{money(p.unit)}</td></tr>
    {c.quantity > 1 && <tr><th scope="row">{t.total}</th><td className="num">{money(p.total)}</td></tr>}
    {p.cost && <tr><th scope="row">{t.cost}</th><td className="num">{money(p.cost)}</td></tr>}
    {cost !== null && unit > 0 && <tr><th scope="row">{t.margin}</th><td className="num">{money({ amount: (unit - cost).toFixed(2), currency: p.unit.currency })}<small>{percent((unit - cost) / unit, 1)}</small></td></tr>}
  </tbody></table></Card>;
}

type Part = NonNullable<NonNullable<Saved['state']>['parts']>[number];
export function PartsCard({ parts, flat }: { parts: readonly Part[]; flat?: boolean }) {
  const t = savedWords.use();
  const body = !parts.length ? <p className="muted">{t.partsNone}</p> : <table className="mo-price" aria-label={t.parts}><tbody>{parts.map((x, i) => <tr key={`${x.sku}${i}`}><th scope="row"><span className="mo-key">{x.sku}</span>{x.name && <small>{x.name}</small>}</th><td className="num">{number(x.quantity)} ×{x.cost && <small>{money(x.cost)}</small>}</td></tr>)}</tbody></table>;
  return flat ? body : <Card title={t.parts}>{body}</Card>;
}

function HandOverForm({ c, to, close, again }: { c: Saved; to: 'CUSTOMER' | 'SALES'; close: () => void; again: () => void }) {
  const t = savedWords.use();
  const form = useForm();
  const keyFor = useKey();
  const [run, busy] = useAction(HandOver);
  const [message, setMessage] = useState('');
  const submit = async () => {
    const input = { id: c.id, version: c.version, to, message: message.trim() || null };
    const outcome = await run({ input, key: keyFor(input) });
    if (isStale(outcome)) again();
    if (form.take(outcome)) { toast(t.handedOver); close(); }
  };
  return <Form form={form} names={['message']} onSubmit={() => void submit()} label={t.handOver}>
    <p>{to === 'SALES' ? t.toSalesText : t.toCustomerText}</p>
    <Textarea label={t.message} rows={3} maxLength={1000} value={message} onChange={(e) => setMessage(e.currentTarget.value)} error={form.error('message')} />
    <FormEnd label={t.handOver} busy={busy} onCancel={close} />
  </Form>;
}

/** Into a cart of the customer's that staff may fill. */
function IntoCart({ c, organizationId }: { c: Saved; organizationId: string }) {
  const t = savedWords.use();
  const [{ data }] = useQuery({ query: Carts, variables: { filter: { organizationId } } });
  const [run, busy] = useAction(Put);
  const keyFor = useKey();
  const tell = useTell();
  const [, go] = useLocation();
  const carts = data?.carts ?? [];
  const cart = carts[0];
  const there = carts.find((x) => x.lines.some((l) => l.configuration?.id === c.id));
  if (there) return <Button component={Link} href={`/carts/${there.id}`} variant="default" leftSection={<IconCart size={16} />}>{t.inCart}</Button>;
  if (!cart) return null;
  const put = async () => {
    const input = { cartId: cart.id, lines: [{ configurationId: c.id, quantity: c.quantity }] };
    const outcome = await run({ input, key: keyFor(input) });
    if (tell(outcome, t.inCart)) go(`/carts/${cart.id}`);
  };
  return <Button variant="default" loading={busy} leftSection={<IconCart size={16} />} onClick={() => void put()}>{t.toCart}</Button>;
}
