import { lazy, Suspense, useState, type CSSProperties } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { useAction, useKey, useTell } from '../../ui/form.tsx';
import { IconBox, IconChevronDown, IconDots, IconPencil, IconPlus, IconTrash } from '../../ui/icons.ts';
import { Card, Empty, Failure, IconButton, Loading, Page } from '../../ui/kit.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useMay } from '../../ui/root.tsx';
import { CatalogTabs, catalogWords, inOrder, type Shelf } from './catalog.tsx';
import en from './Categories.en.ts';

export const categoryWords = words('Categories', en);
const Dialogs = lazy(() => import('./CategoryForm.tsx'));

const Tree = graphql(`query CategoryTree { categories { id name description position parent { id } } }`);
export const Save = graphql(`mutation SaveCategory($input: SaveCategoryInput!, $key: String!) {
  saveCategory(input: $input) @idempotent(key: $key) { category { id name description position parent { id } } userErrors { field code message } } }`);
export type Category = ResultOf<typeof Tree>['categories'][number];
export type AskedCategory = { what: 'make'; below?: string } | { what: 'edit' | 'remove'; category: Category };

/** The categories as a tree: made, renamed, moved, put in order, taken away. */
export default function Categories() {
  const t = categoryWords.use();
  const c = catalogWords.use();
  const may = useMay();
  const tell = useTell();
  const key = useKey();
  const [{ data, error }, load] = useQuery({ query: Tree });
  const again = () => load({ requestPolicy: 'network-only' });
  const [asked, ask] = useState<AskedCategory | null>(null);
  const [save, busy] = useAction(Save);
  const edits = may('category.save');
  const all = data?.categories ?? [];
  const tree = inOrder(all);
  const beside = (x: Shelf) => tree.filter((y) => y.parent === x.parent);
  // Neighbours get their places from 1 on, and only those that change are sent.
  const move = async (x: Shelf, by: number) => {
    const list = beside(x);
    const i = list.indexOf(x);
    list.splice(i, 1);
    list.splice(i + by, 0, x);
    for (const [n, y] of list.entries()) {
      if (y.position === n + 1) continue;
      const input = { id: y.id, position: n + 1 };
      if (!tell(await save({ input, key: key({ input, from: y.position }) }))) break;
    }
    again();
  };
  return (
    <Page title={c.categories} actions={edits && <Button leftSection={<IconPlus size={16} />} onClick={() => ask({ what: 'make' })}>{t.make}</Button>}>
      <CatalogTabs at="categories" />
      {error && !data ? <Failure error={error} retry={again} /> : !data ? <Loading card rows={8} /> : (
        <Card flush>
          {!tree.length ? <Empty icon={<IconBox size={22} />} title={t.none} text={t.noneText} action={edits && <Button onClick={() => ask({ what: 'make' })}>{t.make}</Button>} /> : (
            <ul className="ca-tree" aria-label={c.categories}>
              {tree.map((x) => {
                const category = all.find((y) => y.id === x.id)!;
                const list = beside(x);
                const i = list.indexOf(x);
                return (
                  <li key={x.id} style={{ '--level': x.level } as CSSProperties}>
                    <div className="ca-row">
                      <span><Link href={`/products?category=${x.id}`}>{x.name}</Link>{x.level > 0 && <span className="vh"> {t.belowOf(x.path)}</span>}{category.description && <small>{category.description}</small>}</span>
                      {edits && <span style={{ display: 'flex', alignItems: 'center' }}>
                        <IconButton label={t.up(x.name)} disabled={i === 0 || busy} onClick={() => void move(x, -1)}><IconChevronDown size={17} style={{ rotate: '180deg' }} /></IconButton>
                        <IconButton label={t.down(x.name)} disabled={i === list.length - 1 || busy} onClick={() => void move(x, 1)}><IconChevronDown size={17} /></IconButton>
                        <Menu label={t.actionsOf(x.name)} button={<IconDots size={17} />} items={[
                          { label: t.edit, icon: <IconPencil size={16} />, run: () => ask({ what: 'edit', category }) },
                          { label: t.addBelow, icon: <IconPlus size={16} />, run: () => ask({ what: 'make', below: x.id }) },
                          ...(may('category.delete') ? [{ label: '', divider: true }, { label: t.remove, icon: <IconTrash size={16} />, danger: true, run: () => ask({ what: 'remove', category }) }] : []),
                        ]} />
                      </span>}
                    </div>
                  </li>
                );
              })}
            </ul>
          )}
        </Card>
      )}
      {asked && <Suspense fallback={null}><Dialogs asked={asked} tree={tree} again={again} onClose={() => ask(null)} /></Suspense>}
    </Page>
  );
}
