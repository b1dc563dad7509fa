import { lazy, Suspense } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { list as sentence } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { words } from '../../lib/words.ts';
import { IconBox, IconPencil, IconPlus } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Failure, Loading, Page, Pill } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { CatalogTabs, catalogWords } from './catalog.tsx';
import en from './ProductTypes.en.ts';

export const typesWords = words('ProductTypes', en);
const TypeForm = lazy(() => import('./TypeForm.tsx'));

const All = graphql(`query AllProductTypes { productTypes { id key name version attributes { key name kind unit options required facet variant internal } } }`);
export type ProductType = ResultOf<typeof All>['productTypes'][number];

/** The types of products, and what each asks for. */
export default function ProductTypes() {
  const t = typesWords.use();
  const c = catalogWords.use();
  const may = useMay();
  const list = useList();
  const [{ data, error }, load] = useQuery({ query: All });
  const again = () => load({ requestPolicy: 'network-only' });
  const edits = may('productType.save');
  const open = list.get('open');
  const asked = open === 'new' ? null : data?.productTypes.find((x) => x.key === open);
  const close = () => list.set({ open: null }, true);
  const columns: Column<ProductType>[] = [
    { key: 'name', title: t.name, phone: 'main', cell: (x) => <b>{x.name}</b> },
    { key: 'key', title: t.key, phone: 'label', cell: (x) => <code>{x.key}</code> },
    { key: 'attributes', title: t.attributes, phone: 'label', cell: (x) => (x.attributes.length ? <>{t.attributesOf(x.attributes.length)}<small className="f-wide">{sentence(x.attributes.slice(0, 4).map((a) => a.name))}{x.attributes.length > 4 && ' …'}</small></> : <span className="muted">{t.noAttributes}</span>) },
  ];
  return (
    <Page title={c.types} wide actions={edits && <Button leftSection={<IconPlus size={16} />} onClick={() => list.set({ open: 'new' }, true)}>{t.make}</Button>}>
      <CatalogTabs at="types" />
      {error && !data ? <Failure error={error} retry={again} /> : (
        <Card flush>
          <Table label={c.types} rows={data?.productTypes ?? null} columns={columns} name={(x) => x.name}
            detail={(x) => <>
              <Definitions of={x} />
              <p style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 14 }}>
                {edits && <Button size="compact-sm" variant="default" leftSection={<IconPencil size={15} />} aria-label={t.editTitle(x.name)} onClick={() => list.set({ open: x.key }, true)}>{c.edit}</Button>}
                <Button size="compact-sm" variant="subtle" component={Link} href={`/products?type=${x.id}`}>{t.itsProducts}</Button>
              </p>
            </>}
            empty={<Empty icon={<IconBox size={22} />} title={t.none} text={t.noneText} action={edits && <Button onClick={() => list.set({ open: 'new' }, true)}>{t.make}</Button>} />} />
        </Card>
      )}
      <Dialog open={edits && !!open && asked !== undefined} onClose={close} wide title={asked ? t.editTitle(asked.name) : t.make}>
        <Suspense fallback={<Loading rows={4} />}><TypeForm key={asked?.id ?? 'new'} type={asked ?? undefined} again={again} onClose={close} /></Suspense>
      </Dialog>
    </Page>
  );
}

function Definitions({ of }: { of: ProductType }) {
  const t = typesWords.use();
  const c = catalogWords.use();
  if (!of.attributes.length) return <p className="muted">{t.noAttributes}</p>;
  return (
    <dl className="ca-facts">{of.attributes.map((a) => (
      <div key={a.key} style={{ display: 'contents' }}>
        <dt>{a.name}</dt>
        <dd>{[c.kinds[a.kind], a.unit, a.options?.join(', '), a.variant ? t.ofVariants : t.ofProduct].filter(Boolean).join(' · ')}
          {a.required && <Pill tone="warn">{t.isRequired}</Pill>}{a.facet && <Pill tone="accent">{t.isFacet}</Pill>}{a.internal && <Pill>{c.internal}</Pill>}</dd>
      </div>
    ))}</dl>
  );
}
