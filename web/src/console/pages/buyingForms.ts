import { graphql } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import en from './Buying.en.ts';

export const buyingWords = words('Buying', en);

/** Says where a customer has things delivered: all its addresses. */
export const SetAddresses = graphql(`mutation SetDeliveryAddresses($input: SetDeliveryAddressesInput!, $key: String!) {
  setDeliveryAddresses(input: $input) @idempotent(key: $key) { organization { id addresses @_optional { name line1 line2 postalCode city region country } } userErrors { field code message } }
}`);
