import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { Form, useAction, useForm, useKey } from '../../ui/form.tsx';
import { IconPlus } from '../../ui/icons.ts';
import { CartFields, type CartData } from '../../ui/shop/cart.ts';
import { SkuPicker } from '../VariantPicker.tsx';
import { text } from './StaffCart.tsx';

const Add = graphql(`mutation AddToCartFor($input: AddToCartInput!, $key: String!) { addToCart(input: $input) @idempotent(key: $key) { cart { ...CartFields } userErrors { field code message } } }`, [CartFields]);

/** Puts an article into the cart. */
export default function StaffCartAdd({ cart: c, reload }: { cart: CartData; reload: () => void }) {
  const t = text.use();
  const form = useForm();
  const keyFor = useKey();
  const [add, busy] = useAction(Add);
  const [sku, setSku] = useState('');
  const [quantity, setQuantity] = useState('1');
  const [round, setRound] = useState(0);
  const right = /^[1-9]\d{0,6}$/.test(quantity.trim());
  const submit = async () => {
    if (!right) return;
    const input = { cartId: c.id, lines: [{ sku, quantity: Number(quantity) }] };
    const outcome = await add({ input, key: keyFor({ ...input, round }) });
    if (!form.take(outcome)) return;
    setSku(''); setQuantity('1'); setRound((n) => n + 1);
    reload();
  };
  return (
    <div className="sc-add">
      <Form form={form} names={['sku', 'quantity', 'lines']} onSubmit={() => void submit()} label={t.addTitle}>
        <div className="sc-row">
          <SkuPicker label={t.article} placeholder={t.hint} value={sku} onChange={(x) => { setSku(x); form.clear(); }} error={form.error('lines')} />
          <TextInput label={t.quantity} inputMode="numeric" value={quantity} onChange={(e) => { setQuantity(e.currentTarget.value); form.clear(); }} error={right ? undefined : t.wrong} />
          <Button type="submit" variant="default" loading={busy} disabled={!sku} leftSection={<IconPlus size={15} />}>{t.add}</Button>
        </div>
      </Form>
    </div>
  );
}
