import { useRef, useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useClient, useQuery } from 'urql';
import { atMost } from '../../lib/bulk.ts';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, idempotencyKey, isStale, useAction, useForm, useKey, useTell } from '../../ui/form.tsx';
import { Dialog, Notice, useFailure } from '../../ui/kit.tsx';
import { kitWords } from '../../words/index.ts';
import { catalogWords, shelfChoices, type Shelf } from './catalog.tsx';
import { productsWords, type BulkAct, type ProductRow } from './Products.tsx';

const Types = graphql(`query TypesToChoose { productTypes { id name } }`);
const Make = graphql(`mutation MakeProduct($input: SaveProductInput!, $key: String!) {
  saveProduct(input: $input) @idempotent(key: $key) { product { id name version } userErrors { field code message } } }`);
const Change = graphql(`mutation ChangeProduct($input: SaveProductInput!, $key: String!) {
  saveProduct(input: $input) @idempotent(key: $key) { product { id name version status category { id name } } userErrors { field code message } } }`);
const Now = graphql(`query ProductNow($id: ID!) { product(id: $id) { id version status } }`);

/** Adds a product: its name, and where it belongs. The rest is said on its own page. */
export default function MakeForm({ shelves, category, onClose, onMade }: { shelves: Shelf[]; category?: string; onClose: () => void; onMade: (id: string) => void }) {
  const t = productsWords.use();
  const c = catalogWords.use();
  const form = useForm();
  const tell = useTell();
  const key = useKey();
  const [{ data }] = useQuery({ query: Types });
  const [make, busy] = useAction(Make);
  const [tried, setTried] = useState(false);
  const [name, setName] = useState('');
  const [type, setType] = useState('');
  const [shelf, setShelf] = useState(category ?? '');
  const submit = async () => {
    setTried(true);
    if (!name.trim()) return;
    const input = { name: name.trim(), typeId: type || undefined, categoryId: shelf || undefined };
    const outcome = await make({ input, key: key(input) });
    if (form.take(outcome) && outcome.payload.product) { tell(outcome, t.made(input.name)); onMade(outcome.payload.product.id); }
  };
  return (
    <Form form={form} names={['name', 'typeId', 'categoryId']} onSubmit={() => void submit()}>
      <p className="muted">{t.makeText}</p>
      <TextInput label={t.name} autoFocus maxLength={300} value={name} onChange={(e) => setName(e.currentTarget.value)} error={(tried && !name.trim() && c.nameless) || form.error('name')} />
      <NativeSelect label={t.type} description={t.typeHint} value={type} onChange={(e) => setType(e.currentTarget.value)} error={form.error('typeId')}
        data={[{ value: '', label: c.noType }, ...(data?.productTypes ?? []).map((x) => ({ value: x.id, label: x.name }))]} />
      <NativeSelect label={t.category} value={shelf} onChange={(e) => setShelf(e.currentTarget.value)} error={form.error('categoryId')} data={[{ value: '', label: c.noCategory }, ...shelfChoices(shelves)]} />
      <FormEnd label={t.create} busy={busy} onCancel={onClose} />
    </Form>
  );
}

type Came = { is: 'done' } | { is: 'working' } | { is: 'bad'; why: string };

/** The same change of many products: each is a mutation of its own, a few at a
 * time, with an outcome of its own. Those that did not go can be tried again. */
export function ProductsBulk({ act, products, shelves, onClose }: { act: BulkAct; products: ProductRow[]; shelves: Shelf[]; onClose: (left: string[]) => void }) {
  const t = productsWords.use();
  const c = catalogWords.use();
  const k = kitWords.use();
  const say = useFailure();
  const client = useClient();
  const form = useForm();
  const [chosen] = useState(products);
  const [shelf, setShelf] = useState(shelves[0]?.id ?? '');
  const [came, setCame] = useState<Record<string, Came> | null>(null);
  const [running, setRunning] = useState(false);
  const versions = useRef(new Map(chosen.map((p) => [p.id, p.version])));
  const keys = useRef(new Map<string, string>());
  const [change] = useAction(Change);
  const what = { ACTIVE: t.offer, RETIRED: t.retire, DRAFT: t.draft, MOVE: t.move }[act];
  const work = async (those: ProductRow[]) => {
    setRunning(true);
    const put = (id: string, x: Came) => setCame((all) => ({ ...all, [id]: x }));
    for (const p of those) put(p.id, { is: 'working' });
    await atMost(4, those, async (p) => {
      const version = versions.current.get(p.id)!;
      const wish = `${p.id} ${version}`; // after a lost answer the same key: the effect is had once
      if (!keys.current.has(wish)) keys.current.set(wish, idempotencyKey());
      const outcome = await change({ input: { id: p.id, version, ...(act === 'MOVE' ? { categoryId: shelf } : { status: act }) }, key: keys.current.get(wish)! });
      if (outcome.ok) put(p.id, { is: 'done' });
      else if (isStale(outcome)) {
        const now = await client.query(Now, { id: p.id }, { requestPolicy: 'network-only' }).toPromise();
        if (now.data?.product) versions.current.set(p.id, now.data.product.version);
        put(p.id, { is: 'bad', why: t.bulkStale });
      } else {
        if (!outcome.error) keys.current.delete(wish); // a refusal is remembered under its key
        put(p.id, { is: 'bad', why: outcome.error ? say(outcome.error) : outcome.refusals.map((r) => r.message).join(' ') });
      }
    }, new AbortController().signal);
    setRunning(false);
  };
  const left = chosen.filter((p) => came?.[p.id]?.is !== 'done');
  const close = () => onClose(left.map((p) => p.id));
  return (
    <Dialog open onClose={close} fixed={running} title={t.bulkTitle(what, chosen.length)}>
      {!came ? (
        <Form form={form} onSubmit={() => void work(chosen)}>
          {act === 'MOVE' ? <NativeSelect label={t.category} value={shelf} onChange={(e) => setShelf(e.currentTarget.value)} data={shelfChoices(shelves)} /> : <p className="muted">{t.bulkText[act]}</p>}
          <FormEnd label={t.bulkGo(chosen.length)} busy={false} danger={act === 'RETIRED'} disabled={act === 'MOVE' && !shelf} onCancel={close} />
        </Form>
      ) : (
        <div className="f-form">
          <Notice tone={running ? 'info' : left.length ? 'warn' : 'good'}><span role="status">{t.bulkDone(chosen.length - left.length, chosen.length)}</span></Notice>
          <ul className="ca-outcomes" tabIndex={0} aria-label={c.products}>
            {chosen.map((p) => { const x = came[p.id]; return <li key={p.id}>{p.name} <span className="muted">{x?.is === 'done' ? t.changed : x?.is === 'working' ? t.working : ''}</span>{x?.is === 'bad' && <small>{x.why}</small>}</li>; })}
          </ul>
          <div className="f-form-end">
            {!running && left.length > 0 && <Button variant="default" onClick={() => void work(left)}>{t.bulkRetry(left.length)}</Button>}
            <Button disabled={running} onClick={close}>{k.close}</Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
