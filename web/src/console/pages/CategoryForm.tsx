import { useState } from 'react';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useForm, useKey, useTell } from '../../ui/form.tsx';
import { Dialog, Notice } from '../../ui/kit.tsx';
import { catalogWords, shelfChoices, type Shelf } from './catalog.tsx';
import { categoryWords, Save, type AskedCategory, type Category } from './Categories.tsx';

const Delete = graphql(`mutation DeleteCategory($input: DeleteCategoryInput!) { deleteCategory(input: $input) { deletedId userErrors { field code message } } }`);
const Inside = graphql(`query CategoryInside($filter: ProductFilter) { products(filter: $filter, first: 1) { totalCount } }`);

interface Props { tree: Shelf[]; again: () => void; onClose: () => void }

export default function CategoryDialogs({ asked, ...p }: Props & { asked: AskedCategory }) {
  const t = categoryWords.use();
  return (
    <Dialog open onClose={p.onClose} title={asked.what === 'make' ? t.make : asked.what === 'edit' ? t.editTitle(asked.category.name) : t.removeTitle(asked.category.name)}>
      {asked.what === 'remove' ? <Removal {...p} category={asked.category} /> : <Edit {...p} category={asked.what === 'edit' ? asked.category : undefined} below={asked.what === 'make' ? asked.below : undefined} />}
    </Dialog>
  );
}

function Edit({ tree, again, onClose, category, below }: Props & { category?: Category; below?: string }) {
  const t = categoryWords.use();
  const c = catalogWords.use();
  const form = useForm();
  const tell = useTell();
  const key = useKey();
  const [save, busy] = useAction(Save);
  const was = category?.parent?.id ?? '';
  const [name, setName] = useState(category?.name ?? '');
  const [description, setDescription] = useState(category?.description ?? '');
  const [parent, setParent] = useState(category ? was : (below ?? ''));
  const [tried, setTried] = useState(false);
  // A category cannot stand below itself, nor below what is below it.
  const own = tree.find((x) => x.id === category?.id);
  const places = tree.filter((x) => !own || (x.path !== own.path && !x.path.startsWith(`${own.path} / `)));
  const submit = async () => {
    setTried(true);
    if (!name.trim()) return;
    const input = {
      name: name.trim(), description: description.trim(),
      ...(category ? { id: category.id, ...(parent === was ? {} : parent ? { parentId: parent } : { top: true }) }
        // The last of its neighbours.
        : { ...(parent ? { parentId: parent } : {}), position: Math.max(0, ...tree.filter((x) => (x.parent ?? '') === parent).map((x) => x.position)) + 1 }),
    };
    const outcome = await save({ input, key: key(input) });
    if (form.take(outcome)) { tell(outcome, t.saved(input.name)); onClose(); }
    again();
  };
  return (
    <Form form={form} names={['name', 'description', 'parentId', 'top']} onSubmit={() => void submit()}>
      <TextInput label={t.name} autoFocus maxLength={200} value={name} onChange={(e) => setName(e.currentTarget.value)} error={(tried && !name.trim() && c.nameless) || form.error('name')} />
      <Textarea label={t.description} description={t.descriptionHint} rows={3} value={description} onChange={(e) => setDescription(e.currentTarget.value)} error={form.error('description')} />
      <NativeSelect label={t.parent} value={parent} onChange={(e) => setParent(e.currentTarget.value)} error={form.error('parentId') ?? form.error('top')} data={[{ value: '', label: t.top }, ...shelfChoices(places)]} />
      <FormEnd label={category ? t.save : t.make} busy={busy} onCancel={onClose} />
    </Form>
  );
}

function Removal({ tree, again, onClose, category }: Props & { category: Category }) {
  const t = categoryWords.use();
  const c = catalogWords.use();
  const form = useForm();
  const tell = useTell();
  const [remove, busy] = useAction(Delete);
  const [{ data }] = useQuery({ query: Inside, variables: { filter: { categoryId: category.id } }, requestPolicy: 'network-only' });
  const inside = data?.products.totalCount ?? 0;
  const below = tree.filter((x) => x.parent === category.id).length;
  const submit = async () => {
    const outcome = await remove({ input: { id: category.id } });
    if (form.take(outcome)) { tell(outcome, t.removed(category.name)); onClose(); }
    again();
  };
  return (
    <Form form={form} onSubmit={() => void submit()}>
      <Notice tone="warn">{t.removeText}</Notice>
      {(inside > 0 || below > 0) && <p>{[inside > 0 && c.productsOf(inside), below > 0 && t.categoriesOf(below)].filter(Boolean).join(', ')} {t.inIt}</p>}
      {inside > 0 && <p><Button component={Link} href={`/products?category=${category.id}`} size="compact-sm" variant="default">{t.look}</Button></p>}
      <FormEnd label={t.remove} busy={busy} danger onCancel={onClose} />
    </Form>
  );
}
