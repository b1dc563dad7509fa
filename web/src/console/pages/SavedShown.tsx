import { useEffect, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { day, money, percent } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { Card, Failure, Loading, Notice, Pill } from '../../ui/kit.tsx';
import { PartsCard } from './SavedParts.tsx';
import { savedWords } from './savedWords.ts';
import '../models/models.css';

const Fields = graphql(`fragment SavedFields on Configuration @_unmask {
  id version quantity choices { group text } lastPrice @_optional { amount currency }
  state { isConsistent isComplete
    version { id groups { key title number { unit } options { key title } } }
    groups { key isVisible options { option status isSelected } number { status value isDefault } }
    conflict { reasons rules @_optional { key text message isInternal note } }
    price { unit { amount currency } total { amount currency } cost @_optional { amount currency } lines { kind title detail amount { amount currency } } }
    leadTime { days readyOn because } parts @_optional { sku name quantity cost @_optional { amount currency } } }
}`);
const One = graphql(`query SavedConfiguration($id: ID!) { configuration(id: $id) { ...SavedFields } }`, [Fields]);
type Saved = ResultOf<typeof Fields>;

/** What a configuration is, for those who only look at it. */
export default function SavedShown({ id, version, about }: { id: string; version: number; about: ReactNode }) {
  const t = savedWords.use();
  const [{ data, error, fetching }, load] = useQuery({ query: One, variables: { id }, requestPolicy: 'cache-and-network' });
  const c = data?.configuration;
  const old = !!c && c.version < version;
  useEffect(() => { if (old && !fetching) load({ requestPolicy: 'network-only' }); }, [old, fetching, load]); // somebody has changed it
  if (!c) return error ? <Card><Failure error={error} retry={() => load({ requestPolicy: 'network-only' })} /></Card> : <div className="f-columns"><Loading card rows={8} /><Loading card rows={5} /></div>;
  const s = c.state;
  return <>
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
        {about}
      </div>
    </div>
  </>;
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
