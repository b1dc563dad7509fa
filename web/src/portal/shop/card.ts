import { graphql, type ResultOf } from '../../lib/graphql.ts';

/** What a product's card shows. */
export const ProductCardFields = graphql(`fragment ProductCardFields on Product @_unmask {
  id name description category { id name }
  pictures @_optional { id text picture(width: 480) { width height url } }
  variants { id sku unit price { amount currency } availability { status promise } }
}`);
export type CardData = ResultOf<typeof ProductCardFields>;
