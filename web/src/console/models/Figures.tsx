import { NativeSelect } from '@mantine/core';
import { useQuery } from 'urql';
import { number, percent } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { Card, Empty, Failure, Loading } from '../../ui/kit.tsx';
import type { Doc, Model, Place } from './draft.ts';
import { modelWords, said } from './fields.tsx';

const Asked = graphql(`query ModelFigures($id: ID!, $days: Int!) { node(id: $id) { __typename ... on ConfigurationModel { id figures(days: $days) @_optional {
  requests conflicts wanted { group option count refused } blocking { rule count } } } } }`);

/** What people asked for, and which rules stood in the way. */
export default function Figures({ model: m, doc, open }: { model: Model; doc: Doc; open: (to: Place) => void }) {
  const t = modelWords.use();
  const list = useList();
  const days = list.get('days') === '90' ? 90 : 30;
  const [{ data, error }, load] = useQuery({ query: Asked, variables: { id: m.id, days } });
  const f = data?.node?.__typename === 'ConfigurationModel' ? data.node.figures : undefined;
  if (error && !f) return <Card flush><Failure error={error} retry={() => load({ requestPolicy: 'network-only' })} /></Card>;
  if (!f) return <Card flush><Loading rows={5} /></Card>;
  const top = Math.max(1, ...f.wanted.map((x) => x.count)), worst = Math.max(1, ...f.blocking.map((x) => x.count));
  return <>
    <div><NativeSelect aria-label={t.period} style={{ maxWidth: 220 }} value={String(days)} onChange={(e) => list.set({ days: e.currentTarget.value === '90' ? '90' : null })} data={[{ value: '30', label: t.lastDays(30) }, { value: '90', label: t.lastDays(90) }]} /></div>
    <dl className="mo-tiles"><div><dt>{t.requests}</dt><dd>{number(f.requests)}</dd></div><div><dt>{t.conflicts}</dt><dd>{number(f.conflicts)}</dd></div><div><dt>{t.share}</dt><dd>{f.requests ? percent(f.conflicts / f.requests) : '–'}</dd></div></dl>
    <Card title={t.blocking} flush>{!f.blocking.length ? <Empty title={t.noBlocking} text={t.noBlockingText} /> : <ul className="mo-bars">{f.blocking.slice(0, 20).map((x) => {
      const i = doc.rules.findIndex((r) => r.key === x.rule);
      return <li key={x.rule}><span>{i < 0 ? x.rule : <button type="button" className="mo-open" onClick={() => open({ part: 'rules', open: String(i) })}>{x.rule}</button>} <small>{said(doc.rules[i]?.message)}</small></span><span className="num">{number(x.count)}</span><i aria-hidden><b data-bad style={{ width: `${(x.count / worst) * 100}%` }} /></i></li>;
    })}</ul>}</Card>
    <Card title={t.wanted} flush>{!f.wanted.length ? <Empty title={t.noWanted} text={t.noWantedText} /> : <ul className="mo-bars">{f.wanted.slice(0, 30).map((x) => {
      const g = doc.groups.find((y) => y.key === x.group), o = g?.options.find((y) => y.key === x.option);
      return <li key={`${x.group}.${x.option}`}><span>{said(o?.title, x.option)} <small>{said(g?.title, x.group)}</small></span><span className="num">{number(x.count)}{x.refused > 0 && <small> {t.ofWhichRefused(x.refused)}</small>}</span>
        <i aria-hidden><b style={{ width: `${((x.count - x.refused) / top) * 100}%` }} /><b data-bad style={{ width: `${(x.refused / top) * 100}%` }} /></i></li>;
    })}</ul>}</Card>
  </>;
}
