import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, isStale, useAction, useForm, useKey, useSeen } from '../../ui/form.tsx';
import { toast } from '../../ui/toasts.tsx';
import { fromField, toField } from '../amounts.ts';
import { listWords } from './priceListWords.tsx';

export const SaveList = graphql(`mutation SavePriceList($input: SavePriceListInput!, $key: String!) {
  savePriceList(input: $input) @idempotent(key: $key) { priceList { id version key name currency status validFrom validTo isCurrent updatedAt } userErrors { field code message } }
}`);

/** A list as it is changed. */
export interface Changed { id: string; version: number; key: string; name: string; currency: string; status: 'ACTIVE' | 'RETIRED'; validFrom: string | null; validTo: string | null }

/** Makes a price list, or changes one. */
export default function PriceListForm(p: { list?: Changed; close: () => void; done: (id: string) => void; stale?: () => void }) {
  const t = listWords.use();
  const form = useForm();
  const keyFor = useKey();
  const [save, busy] = useAction(SaveList);
  const l = p.list;
  const [version, refused] = useSeen(l?.version ?? 0);
  const [name, setName] = useState(l?.name ?? '');
  const [key, setKey] = useState(l?.key ?? '');
  const [own, setOwn] = useState(false); // a key that was typed is not made from the name any more
  const [currency, setCurrency] = useState(l?.currency ?? 'EUR');
  const [from, setFrom] = useState(toField(l?.validFrom));
  const [to, setTo] = useState(toField(l?.validTo));
  const submit = async () => {
    const input = {
      ...(l ? { id: l.id, version, status: l.status } : { status: 'ACTIVE' as const }),
      key: key.trim(), name: name.trim(), currency: currency.trim(), validFrom: fromField(from, l?.validFrom), validTo: fromField(to, l?.validTo),
    };
    const outcome = await save({ input, key: keyFor(input) });
    if (isStale(outcome)) { refused(); p.stale?.(); }
    if (!form.take(outcome)) return;
    toast(l ? t.saved : t.made(input.name));
    p.close();
    p.done(outcome.payload.priceList!.id);
  };
  const named = (text: string) => {
    setName(text);
    if (!l && !own) setKey(text.toLowerCase().replace(/ä/g, 'ae').replace(/ö/g, 'oe').replace(/ü/g, 'ue').replace(/ß/g, 'ss').replace(/[^a-z0-9._-]+/g, '-').replace(/^[^a-z0-9]+|-+$/g, '').slice(0, 60));
  };
  return (
    <Form form={form} names={['name', 'key', 'currency', 'validFrom', 'validTo']} onSubmit={() => void submit()} label={l ? t.changeTitle : t.make}>
      <TextInput label={t.name} description={t.nameHint} maxLength={200} value={name} onChange={(e) => named(e.currentTarget.value)} error={form.error('name')} />
      {!l && <div className="f-two">
        <TextInput label={t.key} description={t.keyHint} spellCheck={false} maxLength={60} value={key} onChange={(e) => { setOwn(true); setKey(e.currentTarget.value); }} error={form.error('key')} />
        <TextInput label={t.currency} description={t.currencyHint} spellCheck={false} maxLength={3} value={currency} onChange={(e) => setCurrency(e.currentTarget.value.toUpperCase())} error={form.error('currency')} />
      </div>}
      <div className="f-two">
        <TextInput type="datetime-local" label={t.validFrom} value={from} onChange={(e) => setFrom(e.currentTarget.value)} error={form.error('validFrom')} />
        <TextInput type="datetime-local" label={t.validTo} value={to} onChange={(e) => setTo(e.currentTarget.value)} error={form.error('validTo')} />
      </div>
      <p className="pr-hint">{t.validHint}</p>
      <FormEnd label={l ? t.save : t.create} busy={busy} onCancel={p.close} disabled={!name.trim() || !key.trim() || currency.length !== 3} />
    </Form>
  );
}
