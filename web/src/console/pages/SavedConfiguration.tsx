import { lazy, Suspense, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { codeOf } from '../../lib/client.ts';
import { ago, money, number } from '../../lib/format.ts';
import { liveState } from '../../lib/live.ts';
import type { Kept } from '../../ui/configure/documents.ts';
import { useKept } from '../../ui/configure/useKept.ts';
import { Card, Dialog, Failure, Loading, NotFound, Notice, Page, Pill, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { configurationTone, savedWords } from './savedWords.ts';
import '../models/models.css';

const SavedWork = lazy(() => import('./SavedWork.tsx'));
const SavedShown = lazy(() => import('./SavedShown.tsx'));
const HandOverForm = lazy(() => import('./SavedHandOver.tsx'));
const IntoCart = lazy(() => import('./SavedIntoCart.tsx'));

/** A customer's configuration, as sales work on it: with the customer, who sees what is changed as it is. */
export default function SavedConfiguration({ id }: { id: string }) {
  const t = savedWords.use();
  const { kept: c, loaded, error, last, reload } = useKept(id);
  const crumbs = [{ title: t.title, href: '/configurations' }];
  const waiting = <div className="f-columns"><Loading card rows={8} /><Loading card rows={5} /></div>;
  if (!c || last?.gone) {
    if (codeOf(error) === 'NOT_FOUND' || (loaded && !error)) return <NotFound home="/configurations" />;
    return <Page title={t.title} crumbs={crumbs} wide>{error ? <Failure error={error} retry={reload} /> : waiting}</Page>;
  }
  const version = c.modelVersion;
  const about = <About c={c} />;
  return (
    <Head c={c} again={reload}>
      <Suspense fallback={waiting}>
        {version && c.availableActions.includes('CHANGE')
          ? <SavedWork key={`${c.id} ${version.id}`} kept={c} version={version} last={last} reload={reload} about={about} />
          : <SavedShown id={c.id} version={c.version} about={about} />}
      </Suspense>
    </Head>
  );
}

function Head({ c, again, children }: { c: Kept; again: () => void; children: ReactNode }) {
  const t = savedWords.use();
  const may = useMay();
  const [handing, hand] = useState(false);
  const to = c.turn === 'SALES' ? 'CUSTOMER' as const : 'SALES' as const;
  const can = (what: Kept['availableActions'][number]) => c.availableActions.includes(what);
  return (
    <Page title={c.name} wide crumbs={[{ title: t.title, href: '/configurations' }, { title: c.name }]} after={<Pill tone={configurationTone[c.status]}>{t.states[c.status]}</Pill>}
      sub={<>{c.organization && <>{may('organization.read') ? <Link href={`/customers/${c.organization.id}`}>{c.organization.name}</Link> : c.organization.name} · </>}{[c.product?.name, t.pieces(c.quantity), c.modelVersion && t.version(c.modelVersion.number)].filter(Boolean).join(' · ')}</>}
      actions={<>{can('ORDER') && c.organization && <Suspense><IntoCart c={c} organizationId={c.organization.id} /></Suspense>}{can('CHANGE') && <Button onClick={() => hand(true)}>{to === 'SALES' ? t.toSales : t.toCustomer}</Button>}</>}>
      {c.change && c.change.outcome !== 'VALID' && <div className="mo-state"><Notice tone={c.status === 'NEEDS_CUSTOMER' ? 'warn' : 'info'}><b>{t.changeOf(c.change.fromNumber, c.change.toNumber)}.</b> {c.status !== 'NEEDS_CUSTOMER' && c.change.outcome === 'NEEDS_CUSTOMER' ? t.decided : t.outcomes[c.change.outcome]}
        {c.change.dropped.length > 0 && <> {t.dropped} {c.change.dropped.map((x) => x.text).join(', ')}.</>}{c.change.taken.length > 0 && <> {t.taken} {c.change.taken.map((x) => x.text).join(', ')}.</>}
        {c.change.oldPrice && c.change.newPrice && c.change.oldPrice.amount !== c.change.newPrice.amount && <> {t.priceChange(money(c.change.oldPrice), money(c.change.newPrice))}.</>}</Notice></div>}
      {children}
      <Dialog open={handing} onClose={() => hand(false)} title={to === 'SALES' ? t.toSales : t.toCustomer}>{handing && <Suspense fallback={<Loading rows={3} />}><HandOverForm c={c} to={to} close={() => hand(false)} again={again} /></Suspense>}</Dialog>
    </Page>
  );
}

function About({ c }: { c: Kept }) {
  const t = savedWords.use();
  const live = useSyncExternalStore(liveState.subscribe, liveState.get);
  return (
    <Card title={t.about} aside={live === 'on' ? <span className="f-live">{t.live}</span> : undefined}><dl className="f-facts">
      <dt>{t.turn}</dt><dd>{t.turns[c.turn]}</dd>{c.user && <><dt>{t.whose}</dt><dd>{c.user.name}</dd></>}<dt>{t.quantity}</dt><dd className="num">{number(c.quantity)}</dd>
      <dt>{t.made}</dt><dd><Time at={c.createdAt} /></dd><dt>{t.changed}</dt><dd><Time at={c.changedAt}>{ago(c.changedAt)}</Time></dd>
    </dl></Card>
  );
}
