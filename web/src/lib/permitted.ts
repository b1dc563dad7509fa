import { Kind, type DocumentNode, type FieldNode, type OperationDefinitionNode, type SelectionNode } from '@0no-co/graphql.web';
import { closed, fields, types } from './permissions.ts';

/** Cuts a document down to what the schema of a viewer with these permissions
 * has: each viewer meets a schema of their own, and one document serves all of
 * them. Fields, arguments and types that the viewer's schema lacks go, and then
 * the variables and fragments that nothing uses any more. Null when nothing is left. */
export function permitted(document: DocumentNode, may: ReadonlySet<string>): DocumentNode | null {
  const open = (key: string) => !closed[key] || may.has(closed[key]);
  const visible = (type: string) => !types[type] || may.has(types[type]);
  const fragments = new Map(document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [])));
  const cut = new Map<string, SelectionNode[]>();
  const variables = new Set<string>();
  const spread = new Set<string>();

  const note = (value: unknown): void => {
    if (!value || typeof value !== 'object') return;
    if ((value as { kind?: string }).kind === Kind.VARIABLE) variables.add((value as { name: { value: string } }).name.value);
    else for (const [key, inner] of Object.entries(value)) if (key !== 'loc') note(inner);
  };

  const field = (node: FieldNode, parent: string): FieldNode[] => {
    const name = node.name.value;
    const key = `${parent}.${name}`;
    const next = fields[key];
    if (!open(key) || (next && !visible(next))) return [];
    const args = node.arguments?.filter((a) => open(`${key}(${a.name.value})`));
    args?.forEach(note);
    // What is optional for others is not for this viewer: the cache would answer without it.
    const directives = node.directives?.filter((d) => !d.name.value.startsWith('_'));
    directives?.forEach(note);
    if (!node.selectionSet) return [{ ...node, arguments: args, directives }];
    // Below a type that is not in the table nothing asks for a permission.
    const selections = walk(node.selectionSet.selections, next ?? '');
    return selections.length ? [{ ...node, arguments: args, directives, selectionSet: { ...node.selectionSet, selections } }] : [];
  };

  const walk = (selections: readonly SelectionNode[], parent: string): SelectionNode[] =>
    selections.flatMap((s): SelectionNode[] => {
      if (s.kind === Kind.FIELD) return field(s, parent);
      if (s.kind === Kind.INLINE_FRAGMENT) {
        const type = s.typeCondition?.name.value ?? parent;
        if (!visible(type)) return [];
        const inner = walk(s.selectionSet.selections, type);
        return inner.length ? [{ ...s, selectionSet: { ...s.selectionSet, selections: inner } }] : [];
      }
      const name = s.name.value;
      const f = fragments.get(name);
      if (!f || !visible(f.typeCondition.name.value)) return [];
      if (!cut.has(name)) {
        cut.set(name, []); // before it is walked, so that a fragment within itself ends
        cut.set(name, walk(f.selectionSet.selections, f.typeCondition.name.value));
      }
      if (!cut.get(name)!.length) return [];
      spread.add(name);
      return [s];
    });

  const roots = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' };
  const operations = document.definitions.flatMap((d): OperationDefinitionNode[] => {
    if (d.kind !== Kind.OPERATION_DEFINITION) return [];
    const selections = walk(d.selectionSet.selections, roots[d.operation]);
    if (!selections.length) return [];
    return [{
      ...d,
      selectionSet: { ...d.selectionSet, selections },
      variableDefinitions: d.variableDefinitions?.filter((v) => variables.has(v.variable.name.value)),
    }];
  });
  if (!operations.length) return null;
  return {
    // A document of its own: urql has put a key into the whole one, by which it would find that one again.
    kind: document.kind,
    definitions: [
      ...operations,
      ...[...fragments].flatMap(([name, f]) =>
        spread.has(name) ? [{ ...f, selectionSet: { ...f.selectionSet, selections: cut.get(name)! } }] : []),
    ],
  };
}
