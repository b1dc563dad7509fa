import { useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { graphql } from '../../lib/graphql.ts';
import type { Kept } from '../../ui/configure/documents.ts';
import { Form, FormEnd, useAction, useForm, useKey } from '../../ui/form.tsx';
import { IconCart } from '../../ui/icons.ts';
import { Dialog, Loading } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { toast } from '../../ui/toasts.tsx';
import { savedWords } from './savedWords.ts';

const Carts = graphql(`query CartsForSaved($filter: CartFilter) { carts(filter: $filter, first: 50) @_optional { id name user { id name } lines { id configuration @_optional { id } } } }`);
const People = graphql(`query PeopleForSaved($id: ID!) { organization(id: $id) { id memberships @_optional { id status user { id name } } } }`);
const Put = graphql(`mutation PutSavedIntoCart($input: AddToCartInput!, $key: String!) { addToCart(input: $input) @idempotent(key: $key) { cart { id name lines { id configuration @_optional { id } } } userErrors { field code message } } }`);
const Make = graphql(`mutation CartForSaved($input: CreateCartInput!, $key: String!) { createCart(input: $input) @idempotent(key: $key) { cart { id name } userErrors { field code message } } }`);

/** Into a cart of the customer's, which is made where there is none. */
export default function SavedIntoCart({ c, organizationId }: { c: Kept; organizationId: string }) {
  const t = savedWords.use();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const [{ data }] = useQuery({ query: Carts, variables: { filter: { organizationId } }, requestPolicy: 'cache-and-network' });
  const carts = data?.carts;
  const there = carts?.find((x) => x.lines.some((l) => l.configuration?.id === c.id));
  if (there) return <Button component={Link} href={`/carts/${there.id}`} variant="default" leftSection={<IconCart size={16} />}>{t.inCart}</Button>;
  if (!carts || (!carts.length && !may('cart.create'))) return null;
  return <>
    <Button variant="default" leftSection={<IconCart size={16} />} onClick={() => setOpen(true)}>{t.toCart}</Button>
    <Dialog open={open} onClose={() => setOpen(false)} title={t.toCart}>{open && <Which c={c} organizationId={organizationId} carts={carts} close={() => setOpen(false)} />}</Dialog>
  </>;
}

/** Which cart, or whose a new one is. */
function Which({ c, organizationId, carts, close }: { c: Kept; organizationId: string; carts: readonly { id: string; name: string; user: { id: string; name: string } | null }[]; close: () => void }) {
  const t = savedWords.use();
  const may = useMay();
  const form = useForm();
  const putKey = useKey();
  const makeKey = useKey();
  const [, go] = useLocation();
  const [put, putting] = useAction(Put);
  const [make, making] = useAction(Make);
  const [{ data, fetching }] = useQuery({ query: People, variables: { id: organizationId } });
  const [made, setMade] = useState<string | null>(null);
  const [cart, setCart] = useState(() => (carts.find((x) => x.user && x.user.id === c.user?.id) ?? (c.user && may('cart.create') ? null : carts[0]))?.id ?? ''); // not a colleague's
  const [person, setPerson] = useState(c.user?.id ?? '');
  const [name, setName] = useState(c.name.slice(0, 60));
  const people = (data?.organization?.memberships ?? []).flatMap((m) => (m.status === 'ACTIVE' && m.user ? [m.user] : []));
  if (c.user && !people.some((p) => p.id === c.user!.id)) people.unshift(c.user);
  if (fetching && !people.length) return <Loading rows={2} />;
  const submit = async () => {
    let to = cart || made;
    if (!to) {
      const input = { organizationId, userId: person, name: name.trim() };
      const outcome = await make({ input, key: makeKey(input) });
      if (!form.take(outcome) || !outcome.payload.cart) return;
      to = outcome.payload.cart.id;
      setMade(to); // should what follows be refused, it is not made twice
    }
    const input = { cartId: to, lines: [{ configurationId: c.id, quantity: c.quantity }] };
    const outcome = await put({ input, key: putKey(input) });
    if (!form.take(outcome)) return;
    toast(t.inCart);
    close();
    go(`/carts/${to}`);
  };
  return (
    <Form form={form} names={['userId', 'name']} onSubmit={() => void submit()} label={t.toCart}>
      {carts.length > 0 && <NativeSelect label={t.whichCart} value={cart} onChange={(e) => setCart(e.currentTarget.value)}
        data={[...carts.map((x) => ({ value: x.id, label: [x.name || t.usualCart, x.user?.name].filter(Boolean).join(' · ') })), ...(may('cart.create') ? [{ value: '', label: t.newCart }] : [])]} />}
      {!cart && <>
        <NativeSelect label={t.cartOf} description={t.cartOfHint} value={person} onChange={(e) => { setPerson(e.currentTarget.value); setMade(null); }} error={form.error('userId')} data={[{ value: '', label: t.choosePerson }, ...people.map((p) => ({ value: p.id, label: p.name }))]} />
        <TextInput label={t.cartName} maxLength={60} value={name} onChange={(e) => { setName(e.currentTarget.value); setMade(null); }} error={form.error('name')} />
      </>}
      <FormEnd label={t.toCart} busy={putting || making} onCancel={close} disabled={!cart && (!person || !name.trim())} />
    </Form>
  );
}
