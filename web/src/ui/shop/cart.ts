import { useRef } from 'react';
import { useQuery } from 'urql';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { codeOf } from '../../lib/client.ts';
import { useAction, type Outcome } from '../../ui/form.tsx';
import { wrote } from '../ownWrites.ts';

/** A cart as its page and the checkout show it. */
export const CartFields = graphql(`fragment CartFields on Cart @_unmask {
  id name status version currency purchaseOrderNumber requestedDate remark shippingMethod isPlaceable availableActions
  discountPercent @_optional discountReason @_optional
  organization { id name addresses @_optional { name line1 line2 postalCode city region country } address { name line1 line2 postalCode city region country } }
  shipTo { name line1 line2 postalCode city region country }
  billTo { name line1 line2 postalCode city region country }
  amounts @_optional {
    lines { amount currency } discount { amount currency } shipping { amount currency } tax { amount currency } total { amount currency }
    taxes { name percent net { amount currency } tax { amount currency } } reverseCharge
  }
  shippingOffers { key name description days carrier price @_optional { amount currency } }
  problems { code lineId message isBlocking course { id key title } }
  approval { reason limit { amount currency } spent { amount currency } approver { id name } }
  attachments @_optional { id name size }
  order { id number }
  lines {
    id position quantity note
    unitPrice @_optional { amount currency } previousUnitPrice @_optional { amount currency } discountPercent @_optional total @_optional { amount currency }
    supply { isInStock available @_optional promisedFor isCertain }
    configuration @_optional { id name status state { isComplete leadTime { days } price { lines { kind title detail } } } }
    variant { id sku name unit minimumQuantity quantityStep maximumQuantity product { id name pictures @_optional { id text picture(width: 160) { width height url } } } }
  }
}`);
export type CartData = ResultOf<typeof CartFields>;
export type CartLine = CartData['lines'][number];

const Usual = graphql(`query UsualCart { viewer { cart @_optional { ...CartFields } } }`, [CartFields]);
const Named = graphql(`query NamedCart($id: ID!) { cart(id: $id) { ...CartFields } }`, [CartFields]);
const Change = graphql(`mutation ChangeCart($input: ChangeCartInput!) {
  changeCart(input: $input) { cart { ...CartFields } userErrors { field code message } }
}`, [CartFields]);

/** The usual cart, or one by its id. */
export function useCart(id: string | undefined) {
  const [usual, askUsual] = useQuery({ query: Usual, pause: !!id });
  const [named, askNamed] = useQuery({ query: Named, variables: { id: id ?? '' }, pause: !id });
  const state = id ? named : usual;
  const cart: CartData | null | undefined = id ? named.data?.cart : usual.data ? usual.data.viewer.cart ?? null : undefined;
  const reload = () => (id ? askNamed : askUsual)({ requestPolicy: 'network-only' });
  return { cart: state.data ? cart ?? null : undefined, error: state.error, reload, stale: state.stale || state.fetching };
}

type Input = Omit<VariablesOf<typeof Change>['input'], 'cartId' | 'version'>;

/** Changes a cart, one change after another. Each says what is to be and not by
 * how much, so one that meets a newer version of the cart is said once more. */
export function useChange(cart: CartData | null | undefined, reload: () => void) {
  const [run, busy] = useAction(Change);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const seen = useRef({ id: '', version: 0 });
  if (cart && (seen.current.id !== cart.id || cart.version > seen.current.version)) seen.current = { id: cart.id, version: cart.version };
  const change = (input: Input): Promise<Outcome<{ cart: CartData | null }>> => {
    const next = queue.current.then(async () => {
      const base = seen.current;
      const outcome = await run({ input: { ...input, cartId: base.id, version: base.version } });
      if (outcome.ok && outcome.payload.cart) {
        seen.current = { id: outcome.payload.cart.id, version: outcome.payload.cart.version };
        wrote(base.id, base.version, seen.current.version);
      }
      if (!outcome.ok && codeOf(outcome.error) === 'CONFLICT') reload();
      return outcome;
    });
    queue.current = next.catch(() => undefined);
    return next;
  };
  /** Takes in the cart as another mutation has left it, before the page is drawn again. */
  const know = (c: { id: string; version: number } | null | undefined) => { if (c && (c.id !== seen.current.id || c.version > seen.current.version)) seen.current = { id: c.id, version: c.version }; };
  return { change, busy, know, settled: () => queue.current, version: () => seen.current.version };
}
