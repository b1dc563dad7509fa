import { useState } from 'react';
import { NativeSelect, TextInput } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useVersioned } from '../../ui/form.tsx';
import { kitWords } from '../../words/index.ts';
import type { StockedVariant } from '../pages/StockVariant.tsx';
import { stockWords } from './parts.tsx';
import { Whole } from './Whole.tsx';

const SavePolicy = graphql(`mutation SaveStockPolicy($input: SaveVariantInput!, $key: String!) {
  saveVariant(input: $input) @idempotent(key: $key) { variant { id stockPolicy @_optional leadDays @_optional availableFrom product { id version } } userErrors { field code message } }
}`);

/** What is promised of a variant when there is none. */
export default function Policy({ variant: v, again, close, done }: { variant: StockedVariant; again: () => void; close: () => void; done: () => void }) {
  const t = stockWords.use();
  const k = kitWords.use();
  const { form, busy, send } = useVersioned(v.product!.version, again);
  const [policy, setPolicy] = useState(v.stockPolicy ?? 'STOCK');
  const [lead, setLead] = useState<number | null>(v.leadDays ?? null);
  const [from, setFrom] = useState(v.availableFrom ?? '');
  const [tried, setTried] = useState(false);
  const [save] = useAction(SavePolicy);
  const wrong: Record<string, string> = {
    ...(policy === 'BACKORDER' && !lead ? { leadDays: t.writeLead } : {}),
    ...(policy === 'PREORDER' && !from ? { availableFrom: t.writeDay } : {}),
  };
  const missing = tried ? wrong : {};
  const submit = async () => {
    setTried(true);
    if (Object.keys(wrong).length) return;
    const wish = { id: v.id, stockPolicy: policy, ...(policy === 'BACKORDER' ? { leadDays: lead! } : {}), ...(policy === 'PREORDER' ? { availableFrom: from } : {}) };
    if (await send(wish, (version, key) => save({ input: { ...wish, version }, key }), t.policySaved)) done();
  };
  return (
    <Form form={form} names={['stockPolicy', 'leadDays', 'availableFrom']} onSubmit={() => void submit()}>
      <NativeSelect label={t.policy} description={t.policyText[policy]} inputWrapperOrder={['label', 'input', 'description', 'error']} value={policy} onChange={(e) => setPolicy(e.currentTarget.value as typeof policy)}
        data={Object.entries(t.policies).map(([value, label]) => ({ value, label }))} error={form.error('stockPolicy')} />
      {policy === 'BACKORDER' && <Whole label={t.leadDays} description={t.leadHint} value={lead} onChange={setLead} error={missing.leadDays ?? form.error('leadDays')} />}
      {policy === 'PREORDER' && <TextInput type="date" label={t.availableFrom} value={from} onChange={(e) => setFrom(e.currentTarget.value)} error={missing.availableFrom ?? form.error('availableFrom')} />}
      <FormEnd label={k.save} busy={busy} onCancel={close} />
    </Form>
  );
}
