import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { codeOf } from '../../lib/client.ts';
import { day } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { useAction, useKey, useTell } from '../../ui/form.tsx';
import { IconBasket, IconBookmark, IconCheck, IconCopy, IconSettings } from '../../ui/icons.ts';
import { Failure, Loading, Notice, Page } from '../../ui/kit.tsx';
import { useMay, useSession } from '../../ui/root.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useAlong } from '../../ui/configure/along.ts';
import { bare, read, sameChoices, written } from '../../ui/configure/choices.ts';
import { IntoCart, Keep, VersionFields, type VersionData } from '../../ui/configure/documents.ts';
import Questions from '../../ui/configure/Questions.tsx';
import { Summary } from '../../ui/configure/Summary.tsx';
import { useConfigurator } from '../../ui/configure/useConfigurator.ts';
import { configureWords } from '../../ui/configure/words.ts';
import { Quantity } from '../../ui/shop/Quantity.tsx';
import { Picture } from '../shop/Picture.tsx';

const SaveDialog = lazy(() => import('../configure/SaveDialog.tsx'));

const What = graphql(`query ConfigureProduct($id: ID!) {
  product(id: $id) {
    id name description
    category { id name path { id name } }
    pictures @_optional { id text picture(width: 1200) { width height url } }
    configurationModel @_optional { id variant { id sku unit minimumQuantity quantityStep maximumQuantity } current @_optional { ...VersionFields } }
  }
}`, [VersionFields]);
type Thing = NonNullable<ResultOf<typeof What>['product']>;

/** Puts a product together: what goes, what follows, what it costs. */
export default function Configure({ id }: { id: string }) {
  const t = configureWords.use();
  const [{ data, error }, again] = useQuery({ query: What, variables: { id } });
  const p = data?.product;
  const version = p?.configurationModel?.current;
  const crumbs = [{ title: t.products, href: '/products' }, ...(p ? [{ title: p.name, href: `/products/${p.id}` }] : []), ...(version ? [{ title: t.configure }] : [])];
  if (!version) {
    if (error && !['NOT_FOUND', 'BAD_USER_INPUT'].includes(codeOf(error) ?? '')) return <Page title={t.configure} crumbs={crumbs}><section className="f-card"><Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /></section></Page>;
    if (error || data) return (
      <Page title={t.none} crumbs={crumbs}>
        <section className="f-card f-state"><span className="f-state-icon"><IconSettings size={22} /></span><p>{t.noneText}</p><Button component={Link} href={p ? `/products/${p.id}` : '/products'} variant="default">{p ? t.toProduct : t.toProducts}</Button></section>
      </Page>
    );
    return <Page title={' '} crumbs={crumbs}><div className="cf"><Loading rows={8} card /><Loading rows={5} card /></div></Page>;
  }
  return (
    <Page title={t.title(version.title)} crumbs={crumbs} sub={version.intro ?? p.description ?? undefined}>
      <Work product={p} version={version} key={version.id} />
    </Page>
  );
}

function Work({ product: p, version }: { product: Thing; version: VersionData }) {
  const t = configureWords.use();
  const may = useMay();
  const { viewer } = useSession();
  const list = useList();
  const [, go] = useLocation();
  const tell = useTell();
  const [start] = useState(() => read(list.get('c'), version));
  const rule = p.configurationModel!.variant ?? { minimumQuantity: 1, quantityStep: 1, maximumQuantity: null };
  const [quantity, setQuantity] = useState(() => Math.max(rule.minimumQuantity, Number.parseInt(list.get('n') ?? '', 10) || 1));
  const c = useConfigurator({ version, start: start.choices, quantity });
  const along = useAlong(version, c);
  const [saving, setSaving] = useState(false);
  const [added, setAdded] = useState(false);
  const [keep, keeping] = useAction(Keep);
  const [put, putting] = useAction(IntoCart);
  const keyFor = useKey();
  const cartKey = useKey();
  const [attempt, setAttempt] = useState(0);
  const written_ = c.state ? written(c.state.choices) : null;
  const seen = useRef(list.get('c') ?? '');

  // The choices stand in the address, so that coming back to it, or a link to it, has them.
  useEffect(() => {
    if (written_ === null || written_ === seen.current) return;
    seen.current = written_;
    setAdded(false);
    const next = new URLSearchParams(location.search);
    next.delete('c');
    if (written_) next.set('c', written_);
    go(`${location.pathname}${next.size ? `?${next}` : ''}`, { replace: true });
  }, [written_, go]);
  const wanted = list.get('c') ?? '';
  const shown = useRef(wanted);
  useEffect(() => { // another address of this page, as by the browser's way back
    if (wanted === shown.current) return;
    shown.current = wanted;
    if (wanted === seen.current || !c.state) return;
    seen.current = wanted;
    const next = read(wanted, version).choices;
    if (!sameChoices(next, c.choices())) void c.set(next);
  }, [wanted, version, c]);

  const name = t.defaultName(version.title, day(new Date().toISOString()));
  const buys = may('cart.change') && may('configuration.create');
  const add = async () => {
    await c.settled();
    const input = { versionId: version.id, name, choices: c.choices().map(bare), quantity };
    const kept = await keep({ input, key: keyFor({ input, attempt }) });
    if (!tell(kept) || !kept.payload.configuration) return;
    const line = { lines: [{ configurationId: kept.payload.configuration.id, quantity }] };
    if (!tell(await put({ input: line, key: cartKey({ line, attempt }) }))) return;
    setAttempt((n) => n + 1);
    setAdded(true);
  };
  const ready = !!c.state?.isComplete && c.state.isConsistent && !!c.state.price;
  const button = (size: 'md' | 'sm') => (buys ? <Button size={size} loading={keeping || putting} disabled={!ready} leftSection={<IconBasket size={18} />} onClick={() => void add()}>{t.add}</Button>
    : viewer.kind === 'ANONYMOUS' ? <Button size={size} component={Link} href={`/sign-in?then=${encodeURIComponent(location.pathname + location.search)}`}>{t.signIn}</Button> : null);
  const picture = useMemo(() => <div className="f-card cf-stage"><Picture of={p.pictures?.[0]} eager /></div>, [p.pictures]);
  return (
    <div className="cf">
      <Questions version={version} configurator={c} before={<>{picture}{start.lost && <Notice tone="warn">{t.lost}</Notice>}</>} />
      <Summary version={version} configurator={c} quantity={quantity} lost={along} bar={button('md')}>
        <div className="cf-acts no-print">
          {buys && <div className="cf-many"><span className="muted">{t.quantity}</span><Quantity small label={t.quantity} value={quantity} rule={rule} onChange={(n) => { setQuantity(n); setAdded(false); list.set({ n: n > 1 ? String(n) : null, q: null }); }} /></div>}
          {button('md')}
          {viewer.kind === 'ANONYMOUS' && <p className="muted" style={{ fontSize: 13 }}>{t.signInText}</p>}
          {may('configuration.create') && <Button variant="default" leftSection={<IconBookmark size={17} />} disabled={!c.state} onClick={() => setSaving(true)}>{t.save}</Button>}
          <Button variant="subtle" leftSection={<IconCopy size={17} />} onClick={() => void navigator.clipboard?.writeText(location.href).then(() => toast(t.shared))}>{t.share}</Button>
          <div role="status" aria-live="polite">{added && <div className="cf-added"><IconCheck size={17} aria-hidden /><span>{t.inCart}</span><Link href="/cart">{t.toCart}</Link></div>}</div>
        </div>
      </Summary>
      {saving && <Suspense><SaveDialog versionId={version.id} choices={c.choices()} quantity={quantity} name={name} close={() => setSaving(false)} done={(kept) => go(`/configurations/${kept}`)} /></Suspense>}
    </div>
  );
}
