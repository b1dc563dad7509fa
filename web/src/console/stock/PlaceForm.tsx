import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, isStale, useAction, useForm, useKey, useSeen, useTell } from '../../ui/form.tsx';
import type { Place } from '../pages/StockPlaces.tsx';
import { stockWords } from './parts.tsx';
import { Whole } from './Whole.tsx';

const SavePlace = graphql(`mutation SavePlace($input: SaveStockLocationInput!, $key: String!) {
  saveStockLocation(input: $input) @idempotent(key: $key) { stockLocation { id key name status priority version address { name line1 line2 postalCode city region country } } userErrors { field code message } }
}`);
const parts = ['name', 'line1', 'line2', 'postalCode', 'city', 'country'] as const;

/** Makes a place where goods lie, or changes one. */
export default function PlaceForm({ place, again, done, close }: { place?: Place; again: () => void; done: () => void; close: () => void }) {
  const t = stockWords.use();
  const form = useForm();
  const tell = useTell();
  const keyFor = useKey();
  const [version, refused] = useSeen(place?.version ?? 0);
  const [name, setName] = useState(place?.name ?? '');
  const [key, setKey] = useState('');
  const [priority, setPriority] = useState<number | null>(place?.priority ?? 100);
  const [address, setAddress] = useState<Record<string, string>>(Object.fromEntries([...parts, 'region'].map((f) => [f, place?.address?.[f as 'line1'] ?? ''])));
  const [tried, setTried] = useState(false);
  const [save, busy] = useAction(SavePlace);
  const wrong: Record<string, string> = { ...(!name.trim() ? { name: t.writeName } : {}), ...(!place && !key ? { key: t.writeKey } : {}), ...(priority === null ? { priority: t.writePriority } : {}) };
  const missing = tried ? wrong : {};
  const submit = async () => {
    setTried(true);
    if (Object.keys(wrong).length) { form.clear(); return; }
    const input = { ...(place ? { id: place.id, version } : { key }), name: name.trim(), priority: priority!, address };
    const outcome = await save({ input, key: keyFor(input) });
    if (form.take(outcome)) { tell(outcome, (place ? t.saved : t.made)(input.name)); done(); } else if (isStale(outcome)) { refused(); again(); }
  };
  // The address has a name of its own, so these are looked up by their whole path.
  const said = (field: string) => missing[field] ?? form.refusals.find((r) => r.field?.at(-1) === field && !r.field.includes('address'))?.message;
  const label = { name: t.addressName, line1: t.line1, line2: t.line2, postalCode: t.postalCode, city: t.city, country: t.country };
  return (
    <Form form={form} names={['name', 'key', 'priority']} onSubmit={() => void submit()}>
      <TextInput label={t.name} value={name} maxLength={200} onChange={(e) => setName(e.currentTarget.value)} error={said('name')} />
      <div className="f-two" style={{ alignItems: 'start' }}>
        {!place && <TextInput label={t.key} description={t.keyHint} inputWrapperOrder={['label', 'input', 'description', 'error']} spellCheck={false} value={key} maxLength={60} onChange={(e) => setKey(e.currentTarget.value.toLowerCase().replace(/[^a-z0-9-]/g, '-'))} error={said('key')} />}
        <Whole label={t.priority} description={t.priorityHint} inputWrapperOrder={['label', 'input', 'description', 'error']} value={priority} onChange={setPriority} error={said('priority')} />
      </div>
      <fieldset style={{ border: 0, padding: 0, margin: 0 }}><legend style={{ fontWeight: 560, padding: 0, marginBottom: 8 }}>{t.address}</legend>
        <div className="f-two">{parts.map((f) => <TextInput key={f} label={label[f]} maxLength={200} value={address[f]} onChange={(e) => { const { value } = e.currentTarget; setAddress((a) => ({ ...a, [f]: value })); }} />)}</div>
        {form.refusals.filter((r) => r.field?.includes('address')).map((r) => <p role="alert" key={r.message} style={{ color: 'var(--bad-text)' }}>{r.message}</p>)}
      </fieldset>
      <FormEnd label={place ? t.save : t.make} busy={busy} onCancel={close} />
    </Form>
  );
}
