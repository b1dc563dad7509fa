import { useState } from 'react';
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { number } from '../../lib/format.ts';
import { graphql, type VariablesOf } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useForm, useKey, useTell } from '../../ui/form.tsx';
import type { Choice } from '../../ui/Picker.tsx';
import { stockWords } from './parts.tsx';
import { VariantPicker } from '../VariantPicker.tsx';
import { Whole } from './Whole.tsx';

const AdjustStock = graphql(`mutation AdjustStock($input: AdjustStockInput!, $key: String!) {
  adjustStock(input: $input) @idempotent(key: $key) { stockLevel { variantId onHand available } userErrors { field code message } }
}`);
const There = graphql(`query LevelsThere($filter: StockLevelFilter) { stockLevels(filter: $filter, first: 100) { edges { node { variantId onHand allocated reserved available location { id } } } } }`);

export type Kind = VariablesOf<typeof AdjustStock>['input']['kind'];
export interface PlaceOption { id: string; name: string; status: string }

/** Records that goods were counted, came in, are gone, or lie elsewhere now. Without a variant it asks for one. */
export default function Adjust(p: { kind: Kind; variant?: { id: string; label: string }; at?: string; places: readonly PlaceOption[]; close: () => void; done: () => void }) {
  const t = stockWords.use();
  const form = useForm();
  const tell = useTell();
  const keyFor = useKey();
  const open = p.places.filter((x) => x.status === 'ACTIVE' || x.id === p.at);
  const [variant, setVariant] = useState<Choice | null>(p.variant ?? null);
  const [at, setAt] = useState(p.at ?? open[0]?.id ?? '');
  const [to, setTo] = useState('');
  const [quantity, setQuantity] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [run, busy] = useAction(AdjustStock);
  const [{ data }] = useQuery({ query: There, variables: { filter: { variantIds: variant ? [variant.id] : [] } }, pause: !variant });
  const level = variant && data?.stockLevels.edges.map((e) => e.node).find((l) => l.variantId === variant.id && l.location?.id === at);
  const was = level?.onHand ?? 0;
  const n = quantity ?? NaN;
  const will = p.kind === 'COUNT' ? n : p.kind === 'RECEIVE' ? was + n : was - n;
  const after = will - (level?.allocated ?? 0) - (level?.reserved ?? 0);
  const wrong: Record<string, string> = {
    ...(!variant ? { variantId: t.chooseVariant } : {}), ...(!at ? { locationId: t.choosePlace } : {}),
    ...(p.kind === 'MOVE' && !to ? { toLocationId: t.choosePlace } : {}),
    ...(!Number.isInteger(n) ? { quantity: t.writeQuantity } : {}), ...(!reason.trim() ? { reason: t.writeReason } : {}),
  };
  const submit = async () => {
    setTried(true);
    if (Object.keys(wrong).length) { form.clear(); return; }
    const input = { variantId: variant!.id, locationId: at, kind: p.kind, quantity: n, reason: reason.trim(), ...(p.kind === 'MOVE' ? { toLocationId: to } : {}) };
    const outcome = await run({ input, key: keyFor(input) });
    if (form.take(outcome)) { tell(outcome, t.adjusted[p.kind](number(n), variant!.label)); p.done(); }
  };
  const said = (name: string) => (tried ? wrong[name] : undefined) ?? form.error(name);
  const options = (without?: string) => open.filter((x) => x.id !== without).map((x) => ({ value: x.id, label: x.name }));
  return (
    <Form form={form} names={['variantId', 'locationId', 'toLocationId', 'quantity', 'reason']} onSubmit={() => void submit()}>
      <p className="muted">{t.actText[p.kind]}</p>
      {!p.variant && <VariantPicker label={t.variant} value={variant} onChange={setVariant} error={said('variantId')} placeholder={t.search} />}
      <div className="f-two">
        <NativeSelect label={p.kind === 'MOVE' ? t.from : t.place} value={at} onChange={(e) => { setAt(e.currentTarget.value); if (to === e.currentTarget.value) setTo(''); }} data={options()} error={said('locationId')} />
        {p.kind === 'MOVE' && <NativeSelect label={t.to} value={to} onChange={(e) => setTo(e.currentTarget.value)} data={[{ value: '', label: t.choosePlace }, ...options(at)]} error={said('toLocationId')} />}
        <Whole label={p.kind === 'COUNT' ? t.countedNow : t.quantity} value={quantity} onChange={setQuantity} error={said('quantity')} />
      </div>
      {variant && data && Number.isFinite(will) && <p className="st-preview" role="status">{t.becomes(number(was), number(will))} {after < 0 ? t.willLack(number(-after)) : t.willBeFree(number(after))}</p>}
      <TextInput label={t.reason} description={t.reasonHint[p.kind]} maxLength={500} value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={said('reason')} />
      <FormEnd label={t.acts[p.kind]} busy={busy} danger={p.kind === 'WRITE_OFF'} onCancel={p.close} />
    </Form>
  );
}
