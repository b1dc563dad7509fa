import { graphql } from '../../lib/graphql.ts';

/** Says where a customer has things delivered: all its addresses. */
export const SetAddresses = graphql(`mutation SetDeliveryAddresses($input: SetDeliveryAddressesInput!, $key: String!) {
  setDeliveryAddresses(input: $input) @idempotent(key: $key) { organization { id addresses @_optional { name line1 line2 postalCode city region country } } userErrors { field code message } }
}`);
