import { useState } from 'react';
import { NativeSelect } from '@mantine/core';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useForm, useKey } from '../../ui/form.tsx';
import type { Choice } from '../../ui/Picker.tsx';
import { toast } from '../../ui/toasts.tsx';
import { ProductPicker } from '../ProductPicker.tsx';
import { firstDraft, SaveModel } from './draft.ts';
import { modelWords } from './fields.tsx';

const Variants = graphql(`query VariantsToConfigure($id: ID!) { product(id: $id) { id name variants { id sku name } } }`);

/** Begins the model of a product. */
export default function NewModel({ close, done }: { close: () => void; done: (id: string) => void }) {
  const t = modelWords.use();
  const form = useForm();
  const keyFor = useKey();
  const [save, busy] = useAction(SaveModel);
  const [product, setProduct] = useState<Choice | null>(null);
  const [picked, pick] = useState('');
  const [{ data }] = useQuery({ query: Variants, variables: { id: product?.id ?? '' }, pause: !product });
  const variants = (product && data?.product?.id === product.id && data.product.variants) || [];
  const variant = variants.some((v) => v.id === picked) ? picked : variants[0]?.id ?? '';
  const submit = async () => {
    const name = product!.label;
    const input = { productId: product!.id, variantId: variant, document: firstDraft({ en: name, de: name }) };
    const outcome = await save({ input, key: keyFor(input) });
    if (form.take(outcome)) { toast(t.made(name)); close(); done(outcome.payload.model!.id); }
  };
  return (
    <Form form={form} names={['productId', 'variantId']} onSubmit={() => void submit()} label={t.make}>
      <p className="mo-hint">{t.makeText}</p>
      <ProductPicker label={t.chooseProduct} value={product} onChange={(c) => { setProduct(c); form.clear(); }} error={form.error('productId')} />
      <NativeSelect label={t.chooseVariant} description={t.chooseVariantHint} disabled={!variants.length} value={variant} onChange={(e) => pick(e.currentTarget.value)} error={form.error('variantId')} data={variants.map((v) => ({ value: v.id, label: [v.sku, v.name].filter(Boolean).join(' · ') }))} />
      <FormEnd label={t.makeDo} busy={busy} onCancel={close} disabled={!product || !variant} />
    </Form>
  );
}
