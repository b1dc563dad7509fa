import { useState } from 'react';
import { Checkbox, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useVersioned } from '../../ui/form.tsx';
import { IconChevronDown, IconX } from '../../ui/icons.ts';
import { Dialog, IconButton, Notice } from '../../ui/kit.tsx';
import { OrganizationPicker } from '../../ui/OrganizationPicker.tsx';
import { useMay } from '../../ui/root.tsx';
import { AttributeFields, changesOf, refusedAttribute, valuesOf } from './AttributeFields.tsx';
import { ProductPicker } from '../ProductPicker.tsx';
import { catalogWords, shelfChoices, useShelves } from './catalog.tsx';
import { ProductFields, productWords, SaveProduct, type Asked, type ConsoleProduct } from './productFields.ts';
import { VariantForm } from './VariantForm.tsx';

const Types = graphql(`query TypesOfProducts { productTypes { id name } }`);
const Segments = graphql(`query SegmentsToChoose { segments @_optional { id name organizationCount } }`);
const SetAudience = graphql(`mutation SetAudience($input: SetProductAudienceInput!, $key: String!) {
  setProductAudience(input: $input) @idempotent(key: $key) { product { ...ConsoleProduct } userErrors { field code message } } }`, [ProductFields]);

interface Props { product: ConsoleProduct; again: () => void; onClose: () => void }

/** The dialogs of a product's page, loaded with the first of them. */
export default function ProductDialogs({ asked, ...p }: Props & { asked: Asked }) {
  const t = productWords.use();
  const title = asked.what === 'variant' ? (asked.variant ? t.editVariant(asked.variant.sku) : t.addVariant)
    : asked.what === 'status' ? { ACTIVE: t.offerTitle, RETIRED: t.retireTitle, DRAFT: t.draftTitle }[asked.status](p.product.name)
      : { texts: t.editTexts, attributes: t.editAttributes, audience: t.editAudience, related: t.editRelated }[asked.what];
  return (
    <Dialog open onClose={p.onClose} title={title} wide={asked.what === 'variant' || asked.what === 'texts' || asked.what === 'related'}>
      {asked.what === 'texts' ? <Texts {...p} /> : asked.what === 'attributes' ? <Attributes {...p} /> : asked.what === 'audience' ? <Audience {...p} />
        : asked.what === 'related' ? <Related {...p} /> : asked.what === 'status' ? <Status {...p} status={asked.status} /> : asked.what === 'variant' ? <VariantForm {...p} variant={asked.variant} /> : null}
    </Dialog>
  );
}

function Texts({ product: p, again, onClose }: Props) {
  const t = productWords.use();
  const c = catalogWords.use();
  const { form, busy, send } = useVersioned(p.version, again);
  const [{ data }] = useQuery({ query: Types });
  const shelves = useShelves();
  const [save] = useAction(SaveProduct);
  const [v, put] = useState({ name: p.name, description: p.description ?? '', keywords: p.keywords ?? '', internalText: p.internalText ?? '', taxCategory: p.taxCategory, categoryId: p.category?.id ?? '', typeId: p.type?.id ?? '' });
  const set = (change: Partial<typeof v>) => put((now) => ({ ...now, ...change }));
  const [tried, setTried] = useState(false);
  const submit = async () => {
    setTried(true);
    if (!v.name.trim()) return;
    const { categoryId, typeId, ...texts } = v;
    // What is as it was is not sent, so that it is not looked at anew.
    const input = { ...texts, name: v.name.trim(), ...(categoryId && categoryId !== p.category?.id ? { categoryId } : {}), ...(typeId && typeId !== p.type?.id ? { typeId } : {}) };
    if (await send(input, (version, key) => save({ input: { id: p.id, version, ...input }, key }), t.saved)) onClose();
  };
  const lost = v.typeId !== (p.type?.id ?? '') && !!p.attributes?.length;
  return (
    <Form form={form} names={['name', 'description', 'keywords', 'internalText', 'taxCategory', 'categoryId', 'typeId']} onSubmit={() => void submit()}>
      <TextInput label={t.name} autoFocus maxLength={300} value={v.name} onChange={(e) => set({ name: e.currentTarget.value })} error={(tried && !v.name.trim() && c.nameless) || form.error('name')} />
      <Textarea label={t.description} rows={5} value={v.description} onChange={(e) => set({ description: e.currentTarget.value })} error={form.error('description')} />
      <div className="f-two">
        <NativeSelect label={t.category} value={v.categoryId} onChange={(e) => set({ categoryId: e.currentTarget.value })} error={form.error('categoryId')} data={[...(p.category ? [] : [{ value: '', label: c.noCategory }]), ...shelfChoices(shelves)]} />
        <NativeSelect label={t.type} value={v.typeId} onChange={(e) => set({ typeId: e.currentTarget.value })} error={form.error('typeId')}
          data={[...(p.type ? [] : [{ value: '', label: c.noType }]), ...(data?.productTypes ?? []).map((x) => ({ value: x.id, label: x.name }))]} />
      </div>
      {lost && <Notice tone="warn">{t.typeLoses}</Notice>}
      <TextInput label={t.keywords} description={t.keywordsHint} value={v.keywords} onChange={(e) => set({ keywords: e.currentTarget.value })} error={form.error('keywords')} />
      <Textarea label={`${t.internalText} (${c.internal})`} description={t.internalHint} rows={3} value={v.internalText} onChange={(e) => set({ internalText: e.currentTarget.value })} error={form.error('internalText')} />
      <TextInput label={t.taxCategory} description={t.taxHint} spellCheck={false} value={v.taxCategory} onChange={(e) => set({ taxCategory: e.currentTarget.value.toUpperCase() })} error={form.error('taxCategory')} />
      <FormEnd label={t.save} busy={busy} onCancel={onClose} />
    </Form>
  );
}

function Attributes({ product: p, again, onClose }: Props) {
  const t = productWords.use();
  const { form, busy, send } = useVersioned(p.version, again);
  const [save] = useAction(SaveProduct);
  const defs = p.type?.attributes.filter((d) => !d.variant) ?? [];
  const [was] = useState(() => valuesOf(defs, p.attributes));
  const [values, set] = useState(was);
  const submit = async () => {
    const attributes = changesOf(defs, was, values);
    if (!attributes.length) { onClose(); return; }
    if (await send(attributes, (version, key) => save({ input: { id: p.id, version, attributes }, key }), t.saved)) onClose();
  };
  return (
    <Form form={form} names={defs.map((d) => d.key)} onSubmit={() => void submit()}>
      <AttributeFields defs={defs} values={values} set={set} error={refusedAttribute(form)} />
      <FormEnd label={t.save} busy={busy} onCancel={onClose} />
    </Form>
  );
}

function Status({ product: p, again, onClose, status }: Props & { status: ConsoleProduct['status'] }) {
  const t = productWords.use();
  const { form, busy, send } = useVersioned(p.version, again);
  const [save] = useAction(SaveProduct);
  const said = { ACTIVE: t.offered, RETIRED: t.retired, DRAFT: t.drafted }[status](p.name);
  const submit = async () => {
    if (await send({ status }, (version, key) => save({ input: { id: p.id, version, status }, key }), said)) onClose();
  };
  return (
    <Form form={form} onSubmit={() => void submit()}>
      <p className="muted">{{ ACTIVE: p.restricted ? t.offerChosen : t.offerText, RETIRED: t.retireText, DRAFT: t.draftText }[status]}</p>
      <FormEnd label={{ ACTIVE: t.offer, RETIRED: t.retire, DRAFT: t.toDraft }[status]} busy={busy} danger={status === 'RETIRED'} onCancel={onClose} />
    </Form>
  );
}

function Audience({ product: p, again, onClose }: Props) {
  const t = productWords.use();
  const c = catalogWords.use();
  const may = useMay();
  const { form, busy, send } = useVersioned(p.version, again);
  const [{ data }] = useQuery({ query: Segments });
  const [save] = useAction(SetAudience);
  const a = p.audience!;
  const [restricted, setRestricted] = useState(a.restricted);
  const [customers, setCustomers] = useState(a.organizations.map((o) => ({ id: o.id, name: o.name })));
  const [segments, setSegments] = useState((a.segments ?? []).map((s) => s.id));
  const many = a.organizations.length >= 100; // the API shows no more, and what is not sent is gone
  const submit = async () => {
    const input = { restricted, organizationIds: restricted ? customers.map((o) => o.id) : [], segmentIds: restricted ? segments : [] };
    if (await send(input, (version, key) => save({ input: { productId: p.id, version, ...input }, key }), restricted ? t.nowChosen : t.nowAll)) onClose();
  };
  return (
    <Form form={form} names={['organizationIds', 'segmentIds']} onSubmit={() => void submit()}>
      {many && <Notice tone="warn">{t.tooMany}</Notice>}
      <Radio.Group label={t.audience} value={restricted ? 'chosen' : 'all'} onChange={(x) => setRestricted(x === 'chosen')}>
        <div className="ca-boxes" style={{ marginTop: 8 }}>
          <Radio value="all" label={t.forAll} />
          <Radio value="chosen" label={c.restricted} description={t.chosenHint} />
        </div>
      </Radio.Group>
      {restricted && <>
        <OrganizationPicker label={t.addCustomer} placeholder={t.pickCustomer} value={undefined} error={form.error('organizationIds')}
          onChange={(id, choice) => { if (id && choice && !customers.some((o) => o.id === id)) setCustomers([...customers, { id, name: choice.label }]); }} />
        {customers.length > 0 && <ul className="ca-picked" aria-label={t.forCustomers}>{customers.map((o) => (
          <li key={o.id}><span>{o.name}</span><IconButton label={t.without(o.name)} onClick={() => setCustomers(customers.filter((x) => x.id !== o.id))}><IconX size={16} /></IconButton></li>
        ))}</ul>}
        {may('segment.read') && !!data?.segments?.length && (
          <Checkbox.Group label={t.forSegments} value={segments} onChange={setSegments} error={form.error('segmentIds')}>
            <div className="ca-boxes" style={{ marginTop: 8 }}>{data.segments.map((s) => <Checkbox key={s.id} value={s.id} label={s.name} description={c.customersOf(s.organizationCount)} />)}</div>
          </Checkbox.Group>
        )}
        {!customers.length && !segments.length && <Notice tone="warn">{t.forNobody}</Notice>}
      </>}
      <FormEnd label={t.save} busy={busy} disabled={many} onCancel={onClose} />
    </Form>
  );
}

type Kind = ConsoleProduct['related'][number]['kind'];
function Related({ product: p, again, onClose }: Props) {
  const t = productWords.use();
  const c = catalogWords.use();
  const { form, busy, send } = useVersioned(p.version, again);
  const [save] = useAction(SaveProduct);
  const [rows, setRows] = useState(p.related.flatMap((r) => (r.product ? [{ kind: r.kind as Kind, id: r.product.id, name: r.product.name }] : [])));
  const [kind, setKind] = useState<Kind>('ACCESSORY');
  const kinds = Object.entries(c.relations).map(([value, label]) => ({ value, label }));
  const move = (i: number, by: number) => { const next = [...rows]; const [x] = next.splice(i, 1); next.splice(i + by, 0, x!); setRows(next); };
  const submit = async () => {
    const related = rows.map((r) => ({ kind: r.kind, productId: r.id }));
    if (await send(related, (version, key) => save({ input: { id: p.id, version, related }, key }), t.saved)) onClose();
  };
  return (
    <Form form={form} onSubmit={() => void submit()}>
      <p className="muted">{t.relatedText}</p>
      <div className="f-two">
        <NativeSelect label={t.relation} value={kind} onChange={(e) => setKind(e.currentTarget.value as Kind)} data={kinds} />
        <ProductPicker label={t.addRelated} description={undefined} value={null} without={[p.id]} onChange={(x) => { if (x && !rows.some((r) => r.id === x.id && r.kind === kind)) setRows([...rows, { kind, id: x.id, name: x.label }]); }} />
      </div>
      {rows.length > 0 && <ul className="ca-picked" aria-label={t.related}>{rows.map((r, i) => (
        <li key={`${r.kind} ${r.id}`}><span>{r.name}</span>
          <NativeSelect size="xs" aria-label={t.relationOf(r.name)} value={r.kind} onChange={(e) => setRows(rows.map((x, n) => (n === i ? { ...x, kind: e.currentTarget.value as Kind } : x)))} data={kinds} />
          <span style={{ display: 'flex' }}>
            <IconButton label={t.up(r.name)} disabled={i === 0} onClick={() => move(i, -1)}><IconChevronDown size={16} style={{ rotate: '180deg' }} /></IconButton>
            <IconButton label={t.down(r.name)} disabled={i === rows.length - 1} onClick={() => move(i, 1)}><IconChevronDown size={16} /></IconButton>
            <IconButton label={t.without(r.name)} onClick={() => setRows(rows.filter((_, n) => n !== i))}><IconX size={16} /></IconButton>
          </span></li>
      ))}</ul>}
      <FormEnd label={t.save} busy={busy} onCancel={onClose} />
    </Form>
  );
}
