import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { codeOf } from '../../lib/client.ts';
import { day, list as sentence, money, moment, number } from '../../lib/format.ts';
import { IconBox, IconDots, IconExternal, IconPencil, IconPlus } from '../../ui/icons.ts';
import { Card, Empty, Failure, Loading, Notice, Page, Pill } from '../../ui/kit.tsx';
import { Menu, type MenuItem } from '../../ui/Menu.tsx';
import { useMay } from '../../ui/root.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { catalogWords, OfferPill } from './catalog.tsx';
import { productWords, ReadProduct, type Asked, type ConsoleProduct, type Definition, type Variant } from './productFields.ts';

const Dialogs = lazy(() => import('./ProductDialogs.tsx'));
const Files = lazy(() => import('./ProductFiles.tsx'));

/** A product as staff keep it: what it is, its variants, what goes with it, for whom it is. */
export default function Product({ id }: { id: string }) {
  const t = productWords.use();
  const c = catalogWords.use();
  const [{ data, error }, load] = useQuery({ query: ReadProduct, variables: { id } });
  const again = () => load({ requestPolicy: 'network-only' });
  const crumbs = [{ title: c.products, href: '/products' }];
  const p = data?.product;
  if (p) return <Work product={p} again={again} />;
  if (error && codeOf(error) !== 'NOT_FOUND' && codeOf(error) !== 'BAD_USER_INPUT') return <Page title={t.product} crumbs={crumbs}><section className="f-card"><Failure error={error} retry={again} /></section></Page>;
  if (error || data) return (
    <Page title={t.notFound} crumbs={crumbs}>
      <section className="f-card"><Empty icon={<IconBox size={22} />} title={t.notFound} text={t.notFoundText} action={<Button component={Link} href="/products" variant="default">{t.toProducts}</Button>} /></section>
    </Page>
  );
  return <Page title={t.product} crumbs={crumbs}><div className="f-columns"><div className="f-stack"><Loading card rows={4} /><Loading card rows={3} /></div><div className="f-stack"><Loading card rows={3} /></div></div></Page>;
}

/** What customers would miss, or what keeps them from buying. */
function lacks(p: ConsoleProduct, t: ReturnType<typeof productWords.use>): string[] {
  const sold = p.variants.filter((v) => v.status === 'ACTIVE');
  const given = new Set(p.attributes?.flatMap((a) => (a.key ? [a.key] : [])));
  const wanting = p.type?.attributes.filter((d) => d.required && !d.variant && !given.has(d.key)).map((d) => d.name) ?? [];
  return [
    ...(wanting.length ? [t.lackAttributes(sentence(wanting))] : []),
    ...(!p.variants.length ? [t.lackVariants] : !sold.length ? [t.lackOffered] : []),
    ...(p.variants.some((v) => v.status !== 'RETIRED' && !Number(v.standardPrice.amount)) ? [t.lackPrice(sentence(p.variants.filter((v) => v.status !== 'RETIRED' && !Number(v.standardPrice.amount)).map((v) => v.sku)))] : []),
    ...(p.pictures?.length === 0 ? [t.lackPicture] : []),
    ...(!p.category ? [t.lackCategory] : []),
  ];
}

function Work({ product: p, again }: { product: ConsoleProduct; again: () => void }) {
  const t = productWords.use();
  const c = catalogWords.use();
  const may = useMay();
  const [, go] = useLocation();
  const [asked, ask] = useState<Asked | null>(null);
  const edits = may('product.save');
  const missing = p.status === 'RETIRED' ? [] : lacks(p, t);
  const further: MenuItem[] = [
    { label: t.asCustomer, icon: <IconExternal size={16} />, href: `/products/${p.id}`, outside: true },
    ...(may('access.explain') ? [{ label: t.why, run: () => go(`/access?node=${encodeURIComponent(p.id)}`) }] : []),
    ...(edits && p.status !== 'DRAFT' ? [{ label: t.toDraft, run: () => ask({ what: 'status', status: 'DRAFT' }) }] : []),
    ...(edits && p.status !== 'RETIRED' ? [{ label: '', divider: true }, { label: t.retire, danger: true, run: () => ask({ what: 'status', status: 'RETIRED' }) }] : []),
  ];
  const shown = <Button component="a" href={`/products/${p.id}`} target="_blank" variant="default" leftSection={<IconExternal size={16} />}>{t.asCustomer}</Button>;
  return (
    <Page title={p.name} crumbs={[{ title: c.products, href: '/products' }, { title: p.name }]}
      after={<><OfferPill status={p.status} />{p.restricted && <> <Pill tone="info">{c.restricted}</Pill></>}</>}
      sub={[p.type?.name ?? c.noType, p.category ? [...p.category.path, p.category].map((x) => x.name).join(' / ') : c.noCategory].join(' · ')}
      actions={<>
        {edits && p.status !== 'ACTIVE' && <Button onClick={() => ask({ what: 'status', status: 'ACTIVE' })}>{t.offer}</Button>}
        {edits && <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => ask({ what: 'texts' })}>{c.edit}</Button>}
        {p.status === 'ACTIVE' && shown}
        {edits && <Menu label={t.more} button={<IconDots size={18} />} items={further} />}
      </>}>
      {missing.length > 0 && <div className="ca-missing"><Notice tone="warn"><b>{p.status === 'ACTIVE' ? t.lacksNow : t.lacks}</b><ul>{missing.map((x) => <li key={x}>{x}</li>)}</ul></Notice></div>}
      {p.replacedBy.length > 0 && <div className="ca-missing"><Notice>{t.replacedBy} {p.replacedBy.map((r, i) => <span key={r.id}>{i > 0 && ', '}<Link href={`/products/${r.id}`} style={{ color: 'inherit' }}>{r.name}</Link></span>)}</Notice></div>}
      <div className="f-columns">
        <div className="f-stack">
          <Card title={t.texts} aside={edits && <Edit label={t.editTexts} onClick={() => ask({ what: 'texts' })} />}>
            {p.description ? <p className="ca-text">{p.description}</p> : <p className="muted">{t.noDescription}</p>}
            {p.keywords && <><h3 className="ca-label">{t.keywords}</h3><p className="ca-text">{p.keywords}</p></>}
            {p.internalText && <><h3 className="ca-label">{t.internalText} <Pill>{c.internal}</Pill></h3><p className="ca-text">{p.internalText}</p></>}
          </Card>
          <Card title={t.attributes} aside={edits && p.type?.attributes.some((d) => !d.variant) && <Edit label={t.editAttributes} onClick={() => ask({ what: 'attributes' })} />}>
            <Attributes of={p.attributes} defs={p.type?.attributes.filter((d) => !d.variant) ?? []} none={p.type ? t.noAttributes : t.noTypeText} />
          </Card>
          <Variants product={p} ask={ask} />
          <Suspense fallback={<Loading card rows={3} />}><Files product={p} again={again} /></Suspense>
          <Related product={p} ask={ask} />
        </div>
        <div className="f-stack">
          {p.audience && <Audience product={p} ask={ask} />}
          <Card title={t.facts}>
            <dl className="f-facts">
              {([
                [t.category, p.category?.name ?? c.noCategory], [t.type, p.type?.name ?? c.noType], [t.taxCategory, p.taxCategory],
                [t.source, [p.source, p.externalId].filter(Boolean).join(' · ')], [t.recorded, moment(p.createdAt)], [t.changed, moment(p.updatedAt)],
              ] as [string, ReactNode][]).filter(([, v]) => v).map(([k, v]) => <div key={k} style={{ display: 'contents' }}><dt>{k}</dt><dd>{v}</dd></div>)}
            </dl>
          </Card>
        </div>
      </div>
      {asked && <Suspense fallback={null}><Dialogs product={p} asked={asked} again={again} onClose={() => ask(null)} /></Suspense>}
    </Page>
  );
}

const Edit = ({ label, onClick }: { label: string; onClick: () => void }) => <Button size="compact-sm" variant="subtle" leftSection={<IconPencil size={15} />} onClick={onClick}>{label}</Button>;

function Attributes({ of, defs, none }: { of: ConsoleProduct['attributes']; defs: Definition[]; none: string }) {
  const c = catalogWords.use();
  const rest = of?.filter((a) => !defs.some((d) => d.key === a.key)) ?? [];
  if (!defs.length && !rest.length) return <p className="muted">{none}</p>;
  return (
    <dl className="ca-facts">
      {defs.map((d) => {
        const a = of?.find((x) => x.key === d.key);
        return <div key={d.key} style={{ display: 'contents' }}><dt>{d.name}{d.internal && <Pill>{c.internal}</Pill>}</dt><dd>{a ? a.value : <span className="muted">{c.notSaid}{d.required && ` · ${c.required}`}</span>}</dd></div>;
      })}
      {rest.map((a) => <div key={a.name} style={{ display: 'contents' }}><dt>{a.name}</dt><dd>{a.value}</dd></div>)}
    </dl>
  );
}

function Variants({ product: p, ask }: { product: ConsoleProduct; ask: (a: Asked) => void }) {
  const t = productWords.use();
  const c = catalogWords.use();
  const may = useMay();
  const edits = may('variant.save');
  const defs = p.type?.attributes.filter((d) => d.variant) ?? [];
  const columns: Column<Variant>[] = [
    { key: 'sku', title: t.sku, phone: 'main', cell: (v) => <><b className="num">{v.sku}</b><small>{v.name}</small></> },
    { key: 'status', title: t.state, phone: 'label', cell: (v) => <OfferPill status={v.status} /> },
    ...(defs.length ? [{ key: 'attributes', title: t.attributes, phone: 'label' as const, cell: (v: Variant) => defs.map((d) => v.attributes?.find((a) => a.key === d.key)?.value).filter(Boolean).join(', ') || <span className="muted">{c.notSaid}</span> }] : []),
    { key: 'stock', title: t.policy, phone: 'label', cell: (v) => <>{t.policies[v.stockPolicy]}{v.leadDays != null && <small>{t.afterDays(v.leadDays)}</small>}{v.availableFrom && <small>{t.fromDay(day(v.availableFrom))}</small>}</> },
    { key: 'price', title: t.price, end: true, phone: 'end', cell: (v) => (Number(v.standardPrice.amount) ? <span className="num">{money(v.standardPrice)}<small>{t.per(v.unit)}</small></span> : <span className="ca-lack">{t.noPrice}</span>) },
  ];
  return (
    <Card title={t.variants} flush aside={edits && <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={15} />} onClick={() => ask({ what: 'variant' })}>{t.addVariant}</Button>}>
      <Table label={t.variants} rows={p.variants} columns={columns} name={(v) => v.sku}
        detail={(v) => <>
          <dl className="ca-facts">
            {([
              ...(v.attributes ?? []).map((a) => [a.name, a.value]), [t.unit, v.unit], [t.minimum, number(v.minimumQuantity)], [t.step, number(v.quantityStep)],
              [t.maximum, v.maximumQuantity == null ? t.noLimit : number(v.maximumQuantity)], [t.weight, v.weightGrams == null ? c.notSaid : t.grams(number(v.weightGrams))], [t.policy, c.policies[v.stockPolicy]],
            ] as [string, string][]).map(([k, x]) => <div key={k} style={{ display: 'contents' }}><dt>{k}</dt><dd>{x}</dd></div>)}
          </dl>
          {edits && <p style={{ marginTop: 12 }}><Button size="compact-sm" variant="default" leftSection={<IconPencil size={15} />} aria-label={t.editVariant(v.sku)} onClick={() => ask({ what: 'variant', variant: v })}>{c.edit}</Button></p>}
        </>}
        empty={<Empty icon={<IconBox size={22} />} title={t.noVariants} text={t.noVariantsText} action={edits && <Button onClick={() => ask({ what: 'variant' })}>{t.addVariant}</Button>} />} />
    </Card>
  );
}

function Related({ product: p, ask }: { product: ConsoleProduct; ask: (a: Asked) => void }) {
  const t = productWords.use();
  const c = catalogWords.use();
  const may = useMay();
  const kinds = (['ACCESSORY', 'SPARE_PART', 'UPSELL', 'REPLACES'] as const).filter((x) => p.related.some((r) => r.kind === x && r.product));
  return (
    <Card title={t.related} aside={may('product.save') && <Edit label={t.editRelated} onClick={() => ask({ what: 'related' })} />}>
      {!kinds.length ? <p className="muted">{t.noRelated}</p> : (
        <dl className="ca-facts">{kinds.map((x) => (
          <div key={x} style={{ display: 'contents' }}><dt>{c.relations[x]}</dt><dd>
            {p.related.map((r) => r.kind === x && r.product && <div key={r.product.id}><Link href={`/products/${r.product.id}`}>{r.product.name}</Link>{r.product.status !== 'ACTIVE' && <OfferPill status={r.product.status} />}</div>)}
          </dd></div>
        ))}</dl>
      )}
    </Card>
  );
}

function Audience({ product: p, ask }: { product: ConsoleProduct; ask: (a: Asked) => void }) {
  const t = productWords.use();
  const may = useMay();
  const a = p.audience!;
  const segments = a.segments ?? [];
  return (
    <Card title={t.audience} aside={may('product.audience') && <Edit label={t.editAudience} onClick={() => ask({ what: 'audience' })} />}>
      {!a.restricted ? <p>{t.forAll}</p> : !a.organizations.length && !segments.length ? <p className="ca-lack">{t.forNobody}</p> : <>
        {a.organizations.length > 0 && <><h3 className="ca-label">{t.forCustomers}</h3><ul>{a.organizations.map((o) => <li key={o.id}><Link href={`/customers/${o.id}`}>{o.name}</Link></li>)}</ul></>}
        {segments.length > 0 && <><h3 className="ca-label">{t.forSegments}</h3><ul>{segments.map((s) => <li key={s.id}><Link href={`/products/segments/${s.id}`}>{s.name}</Link></li>)}</ul></>}
      </>}
    </Card>
  );
}
