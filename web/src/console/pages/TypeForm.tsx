import { useState } from 'react';
import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useVersioned } from '../../ui/form.tsx';
import { IconChevronDown, IconPlus, IconTrash } from '../../ui/icons.ts';
import { IconButton, Notice } from '../../ui/kit.tsx';
import { catalogWords } from './catalog.tsx';
import { keyOf } from './keyOf.ts';
import { typesWords, type ProductType } from './ProductTypes.tsx';

const Save = graphql(`mutation SaveProductType($input: SaveProductTypeInput!, $key: String!) {
  saveProductType(input: $input) @idempotent(key: $key) {
    productType { id key name version attributes { key name kind unit options required facet variant internal } } userErrors { field code message } } }`);

type Kind = ProductType['attributes'][number]['kind'];
interface Row { id: number; old: boolean; key: string; touched: boolean; name: string; kind: Kind; unit: string; options: string; required: boolean; facet: boolean; variant: boolean; internal: boolean }
let last = 0;
const row = (a?: ProductType['attributes'][number]): Row => ({
  id: ++last, old: !!a, key: a?.key ?? '', touched: !!a, name: a?.name ?? '', kind: a?.kind ?? 'TEXT', unit: a?.unit ?? '', options: a?.options?.join('\n') ?? '',
  required: a?.required ?? false, facet: a?.facet ?? false, variant: a?.variant ?? false, internal: a?.internal ?? false,
});
/** Makes a type of products, or changes one: its attributes in the order in which they are shown. */
export default function TypeForm({ type, again, onClose }: { type?: ProductType; again: () => void; onClose: () => void }) {
  const t = typesWords.use();
  const c = catalogWords.use();
  const { form, busy, send } = useVersioned(type?.version ?? 0, again);
  const [save] = useAction(Save);
  const [name, setName] = useState(type?.name ?? '');
  const [key, setKey] = useState(type?.key ?? '');
  const [touched, setTouched] = useState(!!type);
  const [rows, setRows] = useState<Row[]>(() => type?.attributes.map((a) => row(a)) ?? []);
  const [tried, setTried] = useState(false);
  const put = (i: number, change: Partial<Row>) => setRows(rows.map((r, n) => (n === i ? { ...r, ...change } : r)));
  const move = (i: number, by: number) => { const next = [...rows]; const [x] = next.splice(i, 1); next.splice(i + by, 0, x!); setRows(next); };
  const gone = type?.attributes.filter((a) => !rows.some((r) => r.old && r.key === a.key)) ?? [];
  const error = (i: number, field: string) => form.refusals.find((r) => r.field?.[0] === 'attributes' && r.field[1] === String(i) && r.field[2] === field)?.message;
  const own = (field: string) => form.refusals.find((r) => r.field?.[0] === field)?.message;
  const submit = async () => {
    setTried(true);
    if (!name.trim() || !key.trim() || rows.some((r) => !r.name.trim())) return;
    const attributes = rows.map((r) => {
      const options = r.options.split('\n').map((o) => o.trim()).filter(Boolean);
      return {
        key: r.key.trim(), name: r.name.trim(), kind: r.kind, required: r.required, facet: r.facet && !r.internal, variant: r.variant, internal: r.internal,
        ...(r.kind === 'NUMBER' && r.unit.trim() ? { unit: r.unit.trim() } : {}), ...(r.kind === 'CHOICE' || r.kind === 'CHOICES' ? { options } : {}),
      };
    });
    const input = { name: name.trim(), attributes, ...(type ? { id: type.id } : { key: key.trim() }) };
    if (await send(input, (version, k) => save({ input: { ...input, ...(type ? { version } : {}) }, key: k }), t.saved(input.name))) onClose();
  };
  return (
    <Form form={form} names={['name', 'key', ...rows.map((_, i) => String(i))]} onSubmit={() => void submit()}>
      <div className="f-two">
        <TextInput label={t.name} autoFocus maxLength={200} value={name} onChange={(e) => { setName(e.currentTarget.value); if (!touched) setKey(keyOf(e.currentTarget.value)); }} error={(tried && !name.trim() && c.nameless) || own('name')} />
        {!type && <TextInput label={t.key} description={c.keyHint} inputWrapperOrder={['label', 'input', 'description', 'error']} spellCheck={false} maxLength={60} value={key} onChange={(e) => { setTouched(true); setKey(e.currentTarget.value); }} error={(tried && !key.trim() && c.keyless) || own('key')} />}
      </div>
      <p className="ca-h">{t.attributes}</p>
      {rows.map((r, i) => (
        <section className="ca-def" key={r.id} aria-label={r.name || t.newAttribute}>
          <header><b>{r.name || t.newAttribute}</b><span style={{ display: 'flex' }}>
            <IconButton label={t.up(r.name)} disabled={i === 0} onClick={() => move(i, -1)}><IconChevronDown size={16} style={{ rotate: '180deg' }} /></IconButton>
            <IconButton label={t.down(r.name)} disabled={i === rows.length - 1} onClick={() => move(i, 1)}><IconChevronDown size={16} /></IconButton>
            <IconButton label={t.without(r.name)} onClick={() => setRows(rows.filter((_, n) => n !== i))}><IconTrash size={16} /></IconButton>
          </span></header>
          <div className="f-two">
            <TextInput label={t.attributeName} maxLength={100} value={r.name} onChange={(e) => put(i, { name: e.currentTarget.value, ...(r.touched ? {} : { key: keyOf(e.currentTarget.value) }) })} error={(tried && !r.name.trim() && c.nameless) || error(i, 'name')} />
            {!r.old && <TextInput label={t.key} spellCheck={false} maxLength={60} value={r.key} onChange={(e) => put(i, { key: e.currentTarget.value, touched: true })} error={error(i, 'key')} />}
            <NativeSelect label={t.kind} disabled={r.old} value={r.kind} onChange={(e) => put(i, { kind: e.currentTarget.value as Kind })} data={Object.entries(c.kinds).map(([value, label]) => ({ value, label }))} error={error(i, 'kind')} />
            {r.kind === 'NUMBER' && <TextInput label={t.unit} maxLength={20} placeholder={t.unitExample} value={r.unit} onChange={(e) => put(i, { unit: e.currentTarget.value })} error={error(i, 'unit')} />}
          </div>
          {(r.kind === 'CHOICE' || r.kind === 'CHOICES') && <Textarea label={t.options} description={t.optionsHint} rows={4} value={r.options} onChange={(e) => put(i, { options: e.currentTarget.value })} error={error(i, 'options')} />}
          <div className="ca-checks">
            <Checkbox label={t.variant} disabled={r.old} checked={r.variant} onChange={(e) => put(i, { variant: e.currentTarget.checked })} />
            <Checkbox label={c.required} checked={r.required} onChange={(e) => put(i, { required: e.currentTarget.checked })} />
            <Checkbox label={c.internal} checked={r.internal} onChange={(e) => put(i, { internal: e.currentTarget.checked })} />
            <Checkbox label={t.facet} disabled={r.internal} checked={r.facet && !r.internal} onChange={(e) => put(i, { facet: e.currentTarget.checked })} error={error(i, 'facet')} />
          </div>
        </section>
      ))}
      <div><Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setRows([...rows, row()])}>{t.addAttribute}</Button></div>
      {gone.length > 0 && <Notice tone="warn">{t.gone(gone.map((a) => a.name).join(', '))}</Notice>}
      <FormEnd label={type ? t.save : t.make} busy={busy} onCancel={onClose} />
    </Form>
  );
}
