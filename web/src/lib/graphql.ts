import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './graphql-env.d.ts';

/** Makes a typed document. A field that some roles do not have is marked
 * `@_optional`: it is cut out for them before the document is sent, and null here. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { ID: string; Time: string; Date: string; Decimal: string; CurrencyCode: string; Cursor: string; Upload: File };
}>();

export { readFragment } from 'gql.tada';
export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';
