import { lazy, Suspense, useState } from 'react';
import { Button } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { codeOf } from '../../lib/client.ts';
import { useAction, useKey, useTell } from '../../ui/form.tsx';
import { IconBasket, IconCheck, IconCopy, IconDots, IconExternal, IconPencil, IconRefresh, IconSettings, IconTrash, IconUsers } from '../../ui/icons.ts';
import { Failure, Loading, Notice, Page, Pill } from '../../ui/kit.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useMay, useSession } from '../../ui/root.tsx';
import { useAlong } from '../../ui/configure/along.ts';
import { IntoCart, type Kept, type VersionData } from '../../ui/configure/documents.ts';
import type { KeptDialog } from '../configure/KeptDialogs.tsx';
import { KeptPill } from '../configure/KeptPill.tsx';
import { keptWords } from '../configure/keptWords.ts';
import { Saved } from '../../ui/configure/Saved.tsx';
import { Summary } from '../../ui/configure/Summary.tsx';
import { useConfigurator } from '../../ui/configure/useConfigurator.ts';
import { useKept, useSharedWork, type Last } from '../../ui/configure/useKept.ts';
import { configureWords } from '../../ui/configure/words.ts';
import { Quantity } from '../../ui/shop/Quantity.tsx';

// Asked for beside the choices, without which there is nothing to show.
const questions = import('../../ui/configure/Questions.tsx');
const Questions = lazy(() => questions);
const KeptDialogs = lazy(() => import('../configure/KeptDialogs.tsx'));
const Changed = lazy(() => import('../configure/Changed.tsx'));
const Newer = lazy(() => import('../../ui/configure/Newer.tsx'));
const Together = lazy(() => import('../../ui/configure/Together.tsx'));

/** A configuration that is kept: seen and changed by all who work on it, at the same time. */
export default function Configuration({ id }: { id: string }) {
  const t = keptWords.use();
  const { kept: k, loaded, error, last, reload } = useKept(id);
  const crumbs = [{ title: t.title, href: '/configurations' }, ...(k ? [{ title: k.name }] : [])];
  if (!k || last?.gone) {
    if (error && !['NOT_FOUND', 'BAD_USER_INPUT'].includes(codeOf(error) ?? '')) return <Page title={t.title} crumbs={crumbs}><section className="f-card"><Failure error={error} retry={reload} /></section></Page>;
    if (error || loaded) return (
      <Page title={t.gone} crumbs={crumbs}>
        <section className="f-card f-state"><span className="f-state-icon"><IconSettings size={22} /></span><p>{last?.gone && last.by ? t.deletedBy(last.by) : t.goneText}</p><Button component={Link} href="/configurations" variant="default">{t.toList}</Button></section>
      </Page>
    );
    return <Page title={' '} crumbs={crumbs}><div className="cf"><Loading rows={8} card /><Loading rows={5} card /></div></Page>;
  }
  if (!k.modelVersion) return <Page title={k.name} crumbs={crumbs} after={<KeptPill kept={k} />}><section className="f-card f-state"><p>{t.notShown}</p></section></Page>;
  return <Work kept={k} version={k.modelVersion} last={last} reload={reload} key={`${k.id} ${k.modelVersion.id}`} />;
}

function Work({ kept: k, version, last, reload }: { kept: Kept; version: VersionData & { supersededBy: { id: string; number: number } | null }; last: Last | null; reload: () => void }) {
  const t = keptWords.use();
  const w = configureWords.use();
  const may = useMay();
  const tell = useTell();
  const { viewer } = useSession();
  const [, go] = useLocation();
  const [quantity, setQuantity] = useState(k.quantity);
  const [dialog, setDialog] = useState<KeptDialog | null>(null);
  const c = useConfigurator({ version, start: k.choices, quantity, configurationId: k.id });
  const work = useSharedWork({ kept: k, version, configurator: c, last, reload, quantity, takeQuantity: setQuantity });
  const along = useAlong(version, c);
  const [put, putting] = useAction(IntoCart);
  const keyFor = useKey();
  const [added, setAdded] = useState<string | null>(null);
  const can = k.availableActions.includes('CHANGE');
  const add = async () => {
    await c.settled();
    const line = { lines: [{ configurationId: k.id, quantity }] };
    if (tell(await put({ input: line, key: keyFor({ line, at: k.version, added }) }))) setAdded(String(k.version));
  };
  const orders = may('cart.change') && k.availableActions.includes('ORDER') && !!c.state?.isComplete && !!c.state.price;
  const button = may('cart.change') && k.status !== 'ORDERED' && <Button size="md" loading={putting} disabled={!orders || work.status !== 'saved'} leftSection={<IconBasket size={18} />} onClick={() => void add()}>{w.add}</Button>;
  return (
    <Page
      title={k.name} crumbs={[{ title: t.title, href: '/configurations' }, { title: k.name }]} after={<KeptPill kept={k} />}
      sub={<span className="cf-who">{[k.product?.name ?? version.title, k.user && k.user.id !== viewer.id && t.by(k.user.name)].filter(Boolean).join(' · ')}{k.status !== 'ORDERED' && k.turn === 'SALES' && <Pill tone="info">{t.turns.SALES}</Pill>}</span>}
      actions={<>
        {k.availableActions.includes('SHARE') && <Button variant="default" leftSection={<IconExternal size={17} />} onClick={() => setDialog('share')}>{t.share}</Button>}
        {can && <Button variant="default" leftSection={<IconUsers size={17} />} onClick={() => setDialog('handOver')}>{k.turn === 'SALES' ? t.takeBack : t.handOver}</Button>}
        <Menu label={t.actions} button={<IconDots size={18} />} items={[
          ...(can ? [{ label: t.rename, icon: <IconPencil size={16} />, run: () => setDialog('rename') }] : []),
          ...(may('configuration.create') ? [{ label: t.copy, icon: <IconCopy size={16} />, run: () => setDialog('copy') }] : []),
          { label: t.compare, icon: <IconRefresh size={16} />, href: `/configurations?with=${k.id}` },
          ...(k.availableActions.includes('DELETE') ? [{ label: t.remove, icon: <IconTrash size={16} />, danger: true, run: () => setDialog('delete') }] : []),
        ]} />
      </>}
    >
      <div className="cf">
        <Suspense fallback={<Loading rows={8} card />}><Questions version={version} configurator={c} fixed={!can} fresh={work.theirs?.groups} before={<>
          {k.change && <Suspense><Changed kept={k} keep={can && c.state?.isConsistent ? () => void work.save() : undefined} /></Suspense>}
          {can && version.supersededBy && k.status !== 'NEEDS_CUSTOMER' && <Suspense><Newer kept={k} id={version.supersededBy.id} configurator={c} seen={work.seen} /></Suspense>}
          {k.status === 'ORDERED' ? <Notice tone="good" icon={<IconCheck size={17} />}>{t.ordered} {k.order && <Link href={`/orders/${encodeURIComponent(k.order.number)}`} style={{ color: 'inherit' }}>{t.toOrder}</Link>}</Notice>
            : !can ? <Notice>{t.readOnly}</Notice> : k.turn === 'SALES' && <Notice icon={<IconUsers size={17} />}>{t.withSales}</Notice>}
          <div role="status" aria-live="polite">{work.theirs && <Suspense><Together work={work} /></Suspense>}</div>
        </>} /></Suspense>
        <Summary version={version} configurator={c} quantity={quantity} lost={along} bar={button || undefined}>
          <div className="cf-acts no-print">
            {can && <div className="cf-many"><span className="muted">{w.quantity}</span><Quantity small label={w.quantity} value={quantity} rule={{ minimumQuantity: 1, quantityStep: 1, maximumQuantity: null }} onChange={setQuantity} /></div>}
            {button}
            {can && <Saved work={work} />}
            <div role="status" aria-live="polite">{added && <div className="cf-added"><IconCheck size={17} aria-hidden /><span>{w.inCart}</span><Link href="/cart">{w.toCart}</Link></div>}</div>
          </div>
        </Summary>
      </div>
      {dialog && <Suspense><KeptDialogs which={dialog} kept={k} reload={reload} close={() => setDialog(null)} go={go} /></Suspense>}
    </Page>
  );
}
