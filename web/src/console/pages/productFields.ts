import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import en from './Product.en.ts';

export const productWords = words('Product', en);

/** A product as staff work on it. */
export const ProductFields = graphql(`fragment ConsoleProduct on Product @_unmask {
  id version name description status restricted taxCategory keywords internalText createdAt updatedAt source @_optional externalId @_optional
  category { id name path { id name } }
  type { id key name attributes { key name kind unit options required facet variant internal } }
  attributes { key name value kind values given }
  variants {
    id sku name status unit minimumQuantity quantityStep maximumQuantity stockPolicy leadDays availableFrom weightGrams
    standardPrice { amount currency } attributes { key name value kind values given }
  }
  related { kind product { id name status } }
  replacedBy { id name }
  pictures @_optional { id name text picture(width: 480) { url width height } }
  documents @_optional { id name text size contentType }
  audience @_optional { restricted organizations { id name } segments @_optional { id name } }
}`);
export type ConsoleProduct = ResultOf<typeof ProductFields>;
export type Variant = ConsoleProduct['variants'][number];
export type Definition = NonNullable<ConsoleProduct['type']>['attributes'][number];

export const ReadProduct = graphql(`query ConsoleProduct($id: ID!) { product(id: $id) { ...ConsoleProduct } }`, [ProductFields]);
export const SaveProduct = graphql(`mutation SaveProduct($input: SaveProductInput!, $key: String!) {
  saveProduct(input: $input) @idempotent(key: $key) { product { ...ConsoleProduct } userErrors { field code message } } }`, [ProductFields]);
export const SaveVariant = graphql(`mutation SaveVariant($input: SaveVariantInput!, $key: String!) {
  saveVariant(input: $input) @idempotent(key: $key) { variant { id product { ...ConsoleProduct } } userErrors { field code message } } }`, [ProductFields]);

/** What is asked of the person about a product. */
export type Asked = { what: 'texts' } | { what: 'attributes' } | { what: 'audience' } | { what: 'related' } | { what: 'variant'; variant?: Variant } | { what: 'status'; status: ConsoleProduct['status'] };
