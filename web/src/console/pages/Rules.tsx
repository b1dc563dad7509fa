import { lazy, Suspense, useMemo, useState } from 'react';
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useQuery } from 'urql';
import { regionName } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { Tabs } from '../../ui/account/Tabs.tsx';
import { IconClipboard, IconPlus } from '../../ui/icons.ts';
import { Card, Empty, Failure, Loading, NotFound, Notice, Page, Pill, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import type { QuoteResult } from './Quote.tsx';
import { OneTable, rulesWords, type Kind } from './rulesDraft.ts';
import { RulesShown } from './RulesShown.tsx';
import './pricing.css';
import './rules.css';

const Edit = lazy(() => import('./RulesEdit.tsx'));
const Quote = lazy(() => import('./Quote.tsx'));

const Versions = graphql(`query RuleVersions($kind: RuleTableKind!) { ruleTables(kind: $kind) { id number note createdAt isInForce user @_optional { id name } } }`);

const kinds: Record<string, Kind> = { tax: 'TAX', shipping: 'SHIPPING', discounts: 'DISCOUNT' };

/** The rules of taxes, shipping or discounts. */
export default function Rules({ section = 'tax' }: { section?: string }) {
  const kind = kinds[section];
  return kind ? <RulesOf key={kind} kind={kind} section={section} /> : <NotFound home="/rules" />;
}

function RulesOf({ kind, section }: { kind: Kind; section: string }) {
  const t = rulesWords.use();
  const may = useMay();
  const list = useList();
  const number = list.get('version') && /^\d{1,6}$/.test(list.get('version')!) ? Number(list.get('version')) : undefined;
  const [{ data, error, stale }, load] = useQuery({ query: OneTable, variables: { kind, number } });
  const [{ data: all }, loadVersions] = useQuery({ query: Versions, variables: { kind } });
  const [editing, setEditing] = useState(false);
  const [tried, setTried] = useState<QuoteResult | null>(null);
  const [asked] = useState({ country: '', items: [] });
  const d = data?.ruleTable;
  const versions = all?.ruleTables;
  const current = versions?.[0]?.number ?? 0;
  const changes = may('ruleTable.save');
  const again = () => { load({ requestPolicy: 'network-only' }); loadVersions({ requestPolicy: 'network-only' }); };
  const hits = useMemo(() => new Set(!tried || (d && !d.isInForce) ? [] : kind === 'TAX' ? [...tried.lines.map((l) => l.taxRule), Number(tried.amounts?.shipping.amount) > 0 ? tried.shippingTaxRule : null].flatMap((x) => x ?? [])
    : kind === 'SHIPPING' ? tried.shippingOffers.map((o) => o.key) : [tried.discountRule, ...tried.lines.map((l) => l.discountRule)].flatMap((x) => x ?? [])), [tried, kind, d]);
  const rules = d && (kind === 'TAX' ? d.taxRules : kind === 'SHIPPING' ? d.shippingRules : d.discountRules);
  const tabs = <Tabs label={t.tabs} tabs={Object.entries(kinds).map(([key, k]) => ({ href: `/rules/${key}`, title: t.kinds[k], on: key === section }))} />;
  const here = `/rules/${section}`;
  return (
    <Page title={t.title} sub={t.subs[kind]} wide actions={!editing && changes && data && versions && (rules?.length || d) ? <Button onClick={() => setEditing(true)}>{d && !d.isInForce ? t.bringBack : t.change}</Button> : undefined}>
      {tabs}
      {error && !data ? <Failure error={error} retry={again} /> : !data || !versions ? <Loading card rows={6} />
        : editing ? <Suspense fallback={<Loading card rows={6} />}><Edit kind={kind} table={d ?? null} current={current} close={() => { setEditing(false); if (number) list.set({ version: null }); again(); }} saved={() => { setEditing(false); if (number) list.set({ version: null }); again(); }} /></Suspense>
          : number && !d ? <Empty title={t.none} action={<Button component={Link} href={here} variant="default">{t.toCurrent}</Button>} />
            : <>
              {d && !d.isInForce && !stale && <div className="pr-state"><Notice tone="warn">{t.oldText(d.number)} <Link href={here}>{t.toCurrent}</Link></Notice></div>}
              <Card flush title={d ? t.version(d.number) : t.kinds[kind]} aside={d && <span className="ru-about">{d.originCountry && <span>{t.origin}: {regionName(d.originCountry)}</span>}<Pill tone={d.isInForce ? 'good' : 'calm'}>{d.isInForce ? t.inForce : t.old}</Pill></span>}>
                {d && rules?.length ? <RulesShown kind={kind} table={d} hits={hits} />
                  : <Empty icon={<IconClipboard size={22} />} title={t.none} text={t.noneText[kind]} action={changes && <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing(true)}>{t.first}</Button>} />}
              </Card>
              {may('price.quote') && <section className="ru-try" aria-labelledby="ru-try"><h2 id="ru-try">{t.try}</h2><p className="muted">{t.tryText}</p><Suspense fallback={<Loading card rows={3} />}><Quote asked={asked} told={setTried} /></Suspense></section>}
              {versions.length > 0 && <Card title={t.versions} flush><ul className="f-rows ru-versions">{versions.map((v) => (
                <li key={v.id}>
                  <span><Link href={v.isInForce ? here : `${here}?version=${v.number}`} aria-label={t.showVersion(v.number)} aria-current={v.number === d?.number ? 'true' : undefined}>{t.version(v.number)}</Link><small>{v.note || t.noNote}</small></span>
                  <span className="muted"><Time at={v.createdAt} />{v.user && <small>{t.by(v.user.name)}</small>}</span>
                  <Pill tone={v.isInForce ? 'good' : 'calm'}>{v.isInForce ? t.inForce : t.old}</Pill>
                </li>
              ))}</ul></Card>}
            </>}
    </Page>
  );
}
