import { useState } from 'react';
import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { Form, useAction, useVersioned } from '../../ui/form.tsx';
import { Card, IconButton } from '../../ui/kit.tsx';
import { IconX } from '../../ui/icons.ts';
import { OrganizationPicker } from '../../ui/OrganizationPicker.tsx';
import { written, wrote } from '../../ui/ownWrites.ts';
import type { Choice } from '../../ui/Picker.tsx';
import { Tick, Whole } from '../models/fields.tsx';
import type { PickedProduct } from '../ProductPicker.tsx';
import { ProductsPicker } from '../ProductsPicker.tsx';
import { VariantPicker } from '../VariantPicker.tsx';
import { SaveCourse, type Course } from './draft.ts';
import { courseWords, Ticks } from './fields.tsx';

const Segments = graphql(`query SegmentsForCourse { segments @_optional { id name } }`);
interface Named { id: string; name: string }

/** For whom a course is, what a place costs, and who is enrolled without asking: what holds at once, without a new version. */
export default function Settings({ course: c, version, done, again }: { course: Course; version: number; done: (version: number) => void; again: () => void }) {
  const t = courseWords.use();
  const { form, busy, send } = useVersioned(version, again, (seen) => written(c.id, seen));
  const [save] = useAction(SaveCourse);
  const [{ data }] = useQuery({ query: Segments });
  const a = c.audience!, r = c.rules!;
  const [seats, setSeats] = useState<number | null>(c.seats ?? null);
  const [sold, setSold] = useState(!c.isFree);
  const [variant, setVariant] = useState<Choice | null>(c.variant ? { id: c.variant.id, label: [c.variant.product?.name, c.variant.name].filter(Boolean).join(', ') || c.variant.sku, hint: c.variant.sku } : null);
  const [restricted, restrict] = useState(!!c.restricted);
  const [organizations, setOrganizations] = useState<Named[]>([...a.organizations]);
  const [segments, setSegments] = useState<string[]>((a.segments ?? []).map((s) => s.id));
  const [owners, setOwners] = useState<PickedProduct[]>([...a.owners]);
  const [products, setProducts] = useState<PickedProduct[]>([...r.products]);
  const [requiredFor, setRequiredFor] = useState<PickedProduct[]>([...r.requiredFor]);
  const [dueDays, setDueDays] = useState<number | null>(r.dueDays);
  const [renewDays, setRenewDays] = useState<number | null>(r.renewDays);
  const [tried, setTried] = useState(false);
  const nobody = restricted && !organizations.length && !segments.length && !owners.length;
  const submit = async () => {
    setTried(true);
    if (sold && !variant) return;
    const ids = (list: readonly { id: string }[]) => list.map((x) => x.id);
    const input = {
      id: c.id, seats: seats ?? 0, ...(sold ? { variantId: variant!.id } : { isFree: true }),
      audience: { isRestricted: restricted, organizations: ids(organizations), segments, owners: ids(owners) },
      rules: { products: ids(products), dueDays, renewDays, requiredFor: ids(requiredFor) },
    };
    const saved = await send(input, async (v, key) => {
      const outcome = await save({ input: { ...input, version: v }, key });
      if (outcome.ok) wrote(c.id, v, outcome.payload.course!.version!);
      return outcome;
    }, t.settingsSaved);
    if (saved?.course) done(saved.course.version!);
  };
  return (
    <Form form={form} names={['seats', 'variantId', 'organizations', 'segments', 'owners', 'products', 'dueDays', 'renewDays', 'requiredFor']} onSubmit={() => void submit()} label={t.part.settings}>
      <div className="f-stack">
        <Card title={t.placesTitle}><div className="f-form">
          <p className="mo-hint">{t.settingsHint}</p>
          <div className="f-two mo-top">
            <Whole label={t.seats} description={t.seatsHint} value={seats} error={form.error('seats')} onChange={setSeats} />
            <NativeSelect label={t.price} value={sold ? 'sold' : 'free'} onChange={(e) => setSold(e.currentTarget.value === 'sold')} data={[{ value: 'free', label: t.freePlace }, { value: 'sold', label: t.soldPlace }]} />
          </div>
          {sold && <VariantPicker label={t.variant} placeholder={t.variantHint} value={variant} onChange={setVariant} error={(tried && !variant && t.variantNeeded) || form.error('variantId')} />}
        </div></Card>
        <Card title={t.audience}><div className="f-form">
          <Tick label={t.restricted} hint={t.restrictedHint} checked={restricted} onChange={restrict} />
          {restricted && <>
            <div><OrganizationPicker label={t.forCustomers} value={undefined} error={form.error('organizations')} onChange={(_, x) => x && !organizations.some((o) => o.id === x.id) && setOrganizations([...organizations, { id: x.id, name: x.label }])} />
              {organizations.length > 0 && <ul className="tr-picked" aria-label={t.forCustomers}>{organizations.map((o) => <li key={o.id}><span>{o.name}</span><IconButton label={t.remove(o.name)} onClick={() => setOrganizations(organizations.filter((x) => x.id !== o.id))}><IconX size={16} /></IconButton></li>)}</ul>}</div>
            {!!data?.segments?.length && <Ticks label={t.forSegments} error={form.error('segments')}>{data.segments.map((s) => <Tick key={s.id} label={s.name} checked={segments.includes(s.id)} onChange={(on) => setSegments(on ? [...segments, s.id] : segments.filter((x) => x !== s.id))} />)}</Ticks>}
            <ProductsPicker label={t.forOwners} description={t.forOwnersHint} value={owners} onChange={setOwners} most={100} error={form.error('owners')} />
            {nobody && <p className="mo-wrong" role="status">{t.nobodyHint}</p>}
          </>}
        </div></Card>
        <Card title={t.rulesTitle}><div className="f-form">
          <ProductsPicker label={t.ruleProducts} description={t.ruleProductsHint} value={products} onChange={setProducts} most={100} error={form.error('products')} />
          <div className="f-two mo-top">
            <Whole label={t.dueDays} description={t.dueDaysHint} value={dueDays} error={form.error('dueDays')} onChange={setDueDays} />
            <Whole label={t.renewDays} description={t.renewDaysHint} value={renewDays} error={form.error('renewDays')} onChange={setRenewDays} />
          </div>
          <ProductsPicker label={t.requiredFor} description={t.requiredForHint} value={requiredFor} onChange={setRequiredFor} most={100} error={form.error('requiredFor')} />
        </div></Card>
        <div className="tr-end"><Button type="submit" loading={busy}>{t.saveSettings}</Button></div>
      </div>
    </Form>
  );
}
