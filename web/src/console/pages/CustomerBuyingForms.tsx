import { useState } from 'react';
import { NativeSelect, TextInput } from '@mantine/core';
import { useLocation } from 'wouter';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, isStale, useAction, useForm, useKey } from '../../ui/form.tsx';
import { Loading, Notice, useFailure } from '../../ui/kit.tsx';
import { AddressForm, type Place } from '../../ui/shop/AddressForm.tsx';
import { toast } from '../../ui/toasts.tsx';
import { kitWords } from '../../words/index.ts';
import { buyingWords, SetAddresses } from './buyingForms.ts';
import type { Buyer } from './CustomerBuying.tsx';

const SetTerms = graphql(`mutation SetTradeTerms($input: SetTradeTermsInput!, $key: String!) {
  setTradeTerms(input: $input) @idempotent(key: $key) { organization { id currency vatId @_optional } userErrors { field code message } }
}`);
const AllSegments = graphql(`query CustomerSegments { segments { id name description version } }`);
const Members = graphql(`mutation SetSegmentOfCustomer($input: SetSegmentMembersInput!, $key: String!) {
  setSegmentMembers(input: $input) @idempotent(key: $key) { segment { id version organizationCount } userErrors { field code message } }
}`);
const MakeCart = graphql(`mutation CreateCartFor($input: CreateCartInput!, $key: String!) {
  createCart(input: $input) @idempotent(key: $key) { cart { id version } userErrors { field code message } }
}`);

interface Common { o: Buyer; close: () => void; done: () => void }
type Props = Common & ({ form: 'terms' } | { form: 'segments'; segments: string[] } | { form: 'address'; at: number } | { form: 'cart'; people: { userId: string; name: string }[] });

/** What is changed of how a customer buys, each in a dialog. */
export default function CustomerBuyingForms(p: Props) {
  if (p.form === 'terms') return <Terms {...p} />;
  if (p.form === 'segments') return <Segments {...p} />;
  if (p.form === 'address') return <Address {...p} />;
  return <CartFor {...p} />;
}

function Terms({ o, close, done }: Common) {
  const t = buyingWords.use();
  const form = useForm();
  const keyFor = useKey();
  const [set, busy] = useAction(SetTerms);
  const [currency, setCurrency] = useState(o.currency ?? '');
  const [vatId, setVatId] = useState(o.vatId ?? '');
  const submit = async () => {
    const input = { organizationId: o.id, currency: currency.trim(), vatId: vatId.trim() };
    const outcome = await set({ input, key: keyFor(input) });
    if (form.take(outcome)) { toast(t.termsSaved); close(); done(); }
  };
  return (
    <Form form={form} names={['currency', 'vatId']} onSubmit={() => void submit()} label={t.termsTitle}>
      <TextInput label={t.currency} description={t.currencyHint} maxLength={3} spellCheck={false} value={currency} onChange={(e) => setCurrency(e.currentTarget.value.toUpperCase())} error={form.error('currency')} />
      <TextInput label={t.vatId} description={t.vatHint} maxLength={40} spellCheck={false} value={vatId} onChange={(e) => setVatId(e.currentTarget.value)} error={form.error('vatId')} />
      <FormEnd label={t.save} busy={busy} onCancel={close} />
    </Form>
  );
}

function Segments({ o, segments, close, done }: Common & { segments: string[] }) {
  const t = buyingWords.use();
  const form = useForm();
  const keyFor = useKey();
  const [set, busy] = useAction(Members);
  const [{ data }, load] = useQuery({ query: AllSegments, requestPolicy: 'network-only' });
  const [now, setNow] = useState(segments);
  const [was, setWas] = useState(segments);
  const submit = async () => {
    let had = was;
    for (const s of data?.segments ?? []) {
      if (had.includes(s.id) === now.includes(s.id)) continue;
      const input = { segmentId: s.id, version: s.version, add: now.includes(s.id) ? [o.id] : [], remove: now.includes(s.id) ? [] : [o.id] };
      const outcome = await set({ input, key: keyFor(input) });
      if (isStale(outcome)) load({ requestPolicy: 'network-only' });
      if (!form.take(outcome)) { setWas(had); done(); return; }
      had = now.includes(s.id) ? [...had, s.id] : had.filter((x) => x !== s.id);
    }
    toast(t.segmentsSaved);
    close();
    done();
  };
  return (
    <Form form={form} onSubmit={() => void submit()} label={t.segmentsTitle}>
      <p className="pr-hint">{t.segmentsText}</p>
      {!data ? <Loading rows={2} /> : !data.segments.length ? <p className="muted">{t.noSegmentsYet}</p> : <ul className="pr-rows">{data.segments.map((s) => (
        <li key={s.id}><label className="pr-choice"><input type="checkbox" className="f-check" checked={now.includes(s.id)} onChange={() => setNow((all) => (all.includes(s.id) ? all.filter((x) => x !== s.id) : [...all, s.id]))} /><span>{s.name}{s.description && <small>{s.description}</small>}</span></label></li>
      ))}</ul>}
      <FormEnd label={t.save} busy={busy} onCancel={close} disabled={!data?.segments.length} />
    </Form>
  );
}

function Address({ o, at, close, done }: Common & { at: number }) {
  const t = buyingWords.use();
  const k = kitWords.use();
  const say = useFailure();
  const keyFor = useKey();
  const [set, busy] = useAction(SetAddresses);
  const [wrong, setWrong] = useState<{ field: string; text: string }[]>([]);
  const all = o.addresses ?? [];
  const save = async (a: Place) => {
    const next = [...all.slice(0, at), a, ...all.slice(at + 1)];
    const input = { organizationId: o.id, addresses: next.map((x) => ({ name: x.name ?? '', line1: x.line1 ?? '', line2: x.line2 || undefined, postalCode: x.postalCode || undefined, city: x.city ?? '', region: x.region || undefined, country: x.country ?? '' })) };
    const outcome = await set({ input, key: keyFor(input) });
    if (outcome.ok) { toast(t.addressSaved); close(); done(); return; }
    setWrong(outcome.error ? [{ field: '', text: say(outcome.error) }] : outcome.refusals.map((r) => ({ field: r.field?.at(-1) ?? '', text: r.message })));
  };
  const known = ['name', 'line1', 'line2', 'postalCode', 'city', 'region', 'country'];
  return <>
    {wrong.filter((w) => !known.includes(w.field)).map((w) => <div key={w.text} style={{ marginBottom: 12 }}><Notice tone="bad">{w.text}</Notice></div>)}
    <AddressForm value={all[at] ?? null} label={t.addressTitle} submit={t.save} busy={busy} error={(f) => wrong.find((w) => w.field === f)?.text} onSave={(a) => void save(a)} onCancel={close} cancel={k.cancel} />
  </>;
}

function CartFor({ o, people, close }: Common & { people: { userId: string; name: string }[] }) {
  const t = buyingWords.use();
  const form = useForm();
  const keyFor = useKey();
  const [, go] = useLocation();
  const [make, busy] = useAction(MakeCart);
  const [person, setPerson] = useState(people.length === 1 ? people[0]!.userId : '');
  const [name, setName] = useState(t.phone);
  if (!people.length) return <p>{t.noPeople}</p>;
  const submit = async () => {
    const input = { organizationId: o.id, userId: person, name: name.trim() };
    const outcome = await make({ input, key: keyFor(input) });
    if (form.take(outcome)) { close(); go(`/carts/${outcome.payload.cart!.id}`); }
  };
  return (
    <Form form={form} names={['userId', 'name']} onSubmit={() => void submit()} label={t.orderForTitle}>
      <p className="pr-hint">{t.orderForText}</p>
      <NativeSelect label={t.person} value={person} onChange={(e) => setPerson(e.currentTarget.value)} error={form.error('userId')} data={[{ value: '', label: t.choose }, ...people.map((x) => ({ value: x.userId, label: x.name }))]} />
      <TextInput label={t.cartName} description={t.cartNameHint} maxLength={60} value={name} onChange={(e) => setName(e.currentTarget.value)} error={form.error('name')} />
      <FormEnd label={t.makeCart} busy={busy} onCancel={close} disabled={!person || !name.trim()} />
    </Form>
  );
}
