import { useState } from 'react';
import { NativeSelect, TextInput } from '@mantine/core';
import { Form, FormEnd, useAction, useVersioned } from '../../ui/form.tsx';
import { AttributeFields, changesOf, refusedAttribute, valuesOf } from './AttributeFields.tsx';
import { catalogWords, decimal } from './catalog.tsx';
import { productWords, SaveVariant, type ConsoleProduct, type Variant } from './productFields.ts';

const names = ['sku', 'name', 'status', 'price', 'currency', 'unit', 'minimumQuantity', 'quantityStep', 'maximumQuantity', 'weightGrams', 'stockPolicy', 'leadDays', 'availableFrom'];

/** A variant: what it is called, what it costs, in which quantities it is sold, and what is promised of it. */
export function VariantForm({ product: p, variant, again, onClose }: { product: ConsoleProduct; variant?: Variant; again: () => void; onClose: () => void }) {
  const t = productWords.use();
  const c = catalogWords.use();
  const { form, busy, send } = useVersioned(p.version, again);
  const [save] = useAction(SaveVariant);
  const defs = p.type?.attributes.filter((d) => d.variant) ?? [];
  const [was] = useState(() => valuesOf(defs, variant?.attributes ?? null));
  const [values, setValues] = useState(was);
  const [v, put] = useState({
    sku: variant?.sku ?? '', name: variant?.name ?? '', status: variant?.status ?? ('DRAFT' as Variant['status']), price: variant?.standardPrice.amount ?? '', currency: variant?.standardPrice.currency ?? p.variants[0]?.standardPrice.currency ?? 'EUR',
    unit: variant?.unit ?? p.variants[0]?.unit ?? 'piece', minimum: String(variant?.minimumQuantity ?? 1), step: String(variant?.quantityStep ?? 1), maximum: variant?.maximumQuantity ? String(variant.maximumQuantity) : '',
    weight: variant?.weightGrams == null ? '' : String(variant.weightGrams), policy: variant?.stockPolicy ?? ('STOCK' as Variant['stockPolicy']), days: variant?.leadDays == null ? '' : String(variant.leadDays), from: variant?.availableFrom ?? '',
  });
  const set = (change: Partial<typeof v>) => put((now) => ({ ...now, ...change }));
  const [tried, setTried] = useState(false);
  const wrong = (text: string, empty = false) => ((empty && !text.trim()) || /^\d+$/.test(text.trim()) ? undefined : t.wholeNumber);
  const mine: Record<string, string | undefined> = !tried ? {} : {
    sku: v.sku.trim() ? undefined : t.skuless, name: v.name.trim() ? undefined : c.nameless, minimumQuantity: wrong(v.minimum), quantityStep: wrong(v.step), maximumQuantity: wrong(v.maximum, true), weightGrams: wrong(v.weight, true),
    leadDays: v.policy === 'BACKORDER' ? wrong(v.days) : undefined, availableFrom: v.policy === 'PREORDER' && !v.from ? t.needDay : undefined,
  };
  const error = (field: string) => mine[field] ?? form.refusals.find((r) => r.field?.[0] === field)?.message;
  const submit = async () => {
    setTried(true);
    if (!v.sku.trim() || !v.name.trim() || wrong(v.minimum) || wrong(v.step) || wrong(v.maximum, true) || wrong(v.weight, true) || (v.policy === 'BACKORDER' && wrong(v.days)) || (v.policy === 'PREORDER' && !v.from)) return;
    const attributes = changesOf(defs, was, values);
    const input = {
      ...(variant ? { id: variant.id } : { productId: p.id }), sku: v.sku.trim(), name: v.name.trim(), unit: v.unit.trim(),
      price: decimal(v.price) || '0', currency: v.currency.trim().toUpperCase(), minimumQuantity: Number(v.minimum), quantityStep: Number(v.step), maximumQuantity: Number(v.maximum) || 0,
      weightGrams: v.weight.trim() ? Number(v.weight) : variant ? -1 : undefined, stockPolicy: v.policy,
      ...(v.policy === 'BACKORDER' ? { leadDays: Number(v.days) } : {}), ...(v.policy === 'PREORDER' ? { availableFrom: v.from } : {}),
      ...(attributes.length ? { attributes } : {}), ...(variant?.status === v.status ? {} : { status: v.status }),
    };
    if (await send(input, (version, key) => save({ input: { ...input, version }, key }), t.savedVariant(input.sku))) onClose();
  };
  return (
    <Form form={form} names={[...names, ...defs.map((d) => d.key)]} onSubmit={() => void submit()}>
      <div className="f-two">
        <TextInput label={t.sku} autoFocus spellCheck={false} maxLength={120} value={v.sku} onChange={(e) => set({ sku: e.currentTarget.value })} error={error('sku')} />
        <TextInput label={t.variantName} description={t.variantNameHint} inputWrapperOrder={['label', 'input', 'description', 'error']} maxLength={300} value={v.name} onChange={(e) => set({ name: e.currentTarget.value })} error={error('name')} />
      </div>
      <NativeSelect label={t.state} value={v.status} onChange={(e) => set({ status: e.currentTarget.value as Variant['status'] })} data={Object.entries(c.status).map(([value, label]) => ({ value, label }))} error={error('status')} />
      {defs.length > 0 && <fieldset className="ca-group"><legend>{t.attributes}</legend><AttributeFields defs={defs} values={values} set={setValues} error={refusedAttribute(form)} /></fieldset>}
      <fieldset className="ca-group"><legend>{t.price}</legend>
        <div className="f-two">
          <TextInput label={t.amount} description={t.priceHint} inputWrapperOrder={['label', 'input', 'description', 'error']} inputMode="decimal" value={v.price} onChange={(e) => set({ price: e.currentTarget.value })} error={error('price')} />
          <TextInput label={t.currency} maxLength={3} spellCheck={false} value={v.currency} onChange={(e) => set({ currency: e.currentTarget.value.toUpperCase() })} error={error('currency')} />
        </div>
      </fieldset>
      <fieldset className="ca-group"><legend>{t.quantities}</legend>
        <div className="f-two">
          <TextInput label={t.unit} value={v.unit} maxLength={60} onChange={(e) => set({ unit: e.currentTarget.value })} error={error('unit')} />
          <TextInput label={t.weightGrams} inputMode="numeric" value={v.weight} onChange={(e) => set({ weight: e.currentTarget.value })} error={error('weightGrams')} />
          <TextInput label={t.minimum} inputMode="numeric" value={v.minimum} onChange={(e) => set({ minimum: e.currentTarget.value })} error={error('minimumQuantity')} />
          <TextInput label={t.step} inputMode="numeric" value={v.step} onChange={(e) => set({ step: e.currentTarget.value })} error={error('quantityStep')} />
          <TextInput label={t.maximum} placeholder={t.noLimit} inputMode="numeric" value={v.maximum} onChange={(e) => set({ maximum: e.currentTarget.value })} error={error('maximumQuantity')} />
        </div>
      </fieldset>
      <fieldset className="ca-group"><legend>{t.policy}</legend>
        <div className="f-two">
          <NativeSelect label={t.policyWhen} value={v.policy} onChange={(e) => set({ policy: e.currentTarget.value as Variant['stockPolicy'] })} data={Object.entries(c.policies).map(([value, label]) => ({ value, label }))} error={error('stockPolicy')} />
          {v.policy === 'BACKORDER' && <TextInput label={t.leadDays} inputMode="numeric" value={v.days} onChange={(e) => set({ days: e.currentTarget.value })} error={error('leadDays')} />}
          {v.policy === 'PREORDER' && <TextInput label={t.availableFrom} type="date" value={v.from} onChange={(e) => set({ from: e.currentTarget.value })} error={error('availableFrom')} />}
        </div>
      </fieldset>
      <FormEnd label={variant ? t.save : t.addVariant} busy={busy} onCancel={onClose} />
    </Form>
  );
}
