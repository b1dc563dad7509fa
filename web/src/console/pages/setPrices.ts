import { graphql } from '../../lib/graphql.ts';

/** Sets prices of a list, all of them or none. */
export const SetPrices = graphql(`mutation SetPrices($input: SetPricesInput!, $key: String!) {
  setPrices(input: $input) @idempotent(key: $key) { priceList { id version variantCount updatedAt } userErrors { field code message } }
}`);
