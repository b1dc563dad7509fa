// Writes src/portal/permissions.ts, src/console/permissions.ts and what the pages of
// training add to that from the schema:
// which fields and arguments ask for a permission, and what is needed to walk a
// document. With it a document can be cut down to what a viewer's own schema has,
// see src/lib/permitted.ts.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { buildASTSchema, Kind, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

const sdl = parse(readFileSync(new URL('../../graph/golden/schema.graphql', import.meta.url), 'utf8'));
const schema = buildASTSchema(sdl, { assumeValid: true });
const named = (type) => (type.type ? named(type.type) : type.name.value);
const asks = (node) => node.directives?.find((d) => d.name.value === 'requires')?.arguments[0].value.value;

// The table is in the first load of every page: it has what some document of the
// application names, and nothing else.
// A document that names more makes the table anew, see `npm run types`.
const src = new URL('../src/', import.meta.url);
/** The pages of training, which come behind a door with a table of their own. */
const training = /^console\/(training\/|pages\/(Training|Courses?|Learners?|Submissions?|Certificates)\.tsx)/;
function write(app, { to = app, besides, base } = {}) {
  const texts = ['lib', 'ui', app].flatMap((folder) => readdirSync(new URL(`${folder}/`, src), { recursive: true }).map((f) => `${folder}/${f}`))
    .filter((f) => /\.tsx?$/.test(f) && !/permissions\.ts|graphql-env/.test(f) && !besides?.test(f))
    .flatMap((f) => [...readFileSync(new URL(f, src), 'utf8').matchAll(/graphql\(\s*`([^`]*)`|'((?:query|mutation|subscription) [^']*)'/g)])
    .map((m) => m[1] ?? m[2]);
  const mentioned = new Set(texts.flatMap((text) => text.match(/\w+/g) ?? []));
  // Which field of which type: names such as status are those of many.
  const asked = new Set();
  const info = new TypeInfo(schema);
  for (const text of texts) visit(parse(text), visitWithTypeInfo(info, { Field(node) { asked.add(`${info.getParentType()?.name}.${node.name.value}`); } }));

  const composite = new Set();
  for (const d of sdl.definitions)
    if ([Kind.OBJECT_TYPE_DEFINITION, Kind.INTERFACE_TYPE_DEFINITION, Kind.UNION_TYPE_DEFINITION].includes(d.kind)) composite.add(d.name.value);

  const types = {}; // permission of a type
  const fields = {}; // type -> field -> type that it leads to
  const closed = {}; // "Type.field", "Type.field(argument)" -> permission
  const reached = new Set(); // types that some document can meet
  const keyless = []; // types without an id: the cache keeps them inside their parent
  for (const d of sdl.definitions) {
    if (d.kind !== Kind.OBJECT_TYPE_DEFINITION && d.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const type = d.name.value;
    if (asks(d)) types[type] = asks(d);
    if (d.kind === Kind.OBJECT_TYPE_DEFINITION && !d.fields.some((f) => f.name.value === 'id') && !['Query', 'Mutation', 'Subscription'].includes(type)) keyless.push(type);
    for (const f of d.fields) {
      const name = f.name.value;
      if (!asked.has(`${type}.${name}`)) continue;
      reached.add(named(f.type));
      if (asks(f)) closed[`${type}.${name}`] = asks(f);
      for (const a of f.arguments) if (asks(a)) closed[`${type}.${name}(${a.name.value})`] = asks(a);
      if (composite.has(named(f.type))) (fields[type] ??= {})[name] = named(f.type);
    }
  }
  // What leads to nothing that asks is left out, too.
  const leads = (type, seen = new Set()) => {
    if (types[type] || Object.keys(closed).some((key) => key.startsWith(`${type}.`))) return true;
    if (seen.has(type)) return false;
    seen.add(type);
    return Object.values(fields[type] ?? {}).some((t) => leads(t, seen));
  };
  for (const [type, all] of Object.entries(fields)) {
    for (const [field, to] of Object.entries(all)) if (!leads(to)) delete all[field];
    if (!Object.keys(all).length) delete fields[type];
  }
  for (const type of Object.keys(types)) if (!reached.has(type) && !mentioned.has(type)) delete types[type];
  for (const type of Object.keys(fields)) if (!reached.has(type) && !['Query', 'Mutation', 'Subscription'].includes(type) && !mentioned.has(type)) delete fields[type];
  // Types with an id are fewer than those without.
  const without = new Set(keyless);
  const keyed = sdl.definitions.flatMap((d) => (d.kind === Kind.OBJECT_TYPE_DEFINITION && !without.has(d.name.value) && (reached.has(d.name.value) || d.interfaces?.length) ? [d.name.value] : []));
  // As text, by what repeats: a permission and what asks for it; a type and what leads to it. The pages read it once.
  const grouped = (pairs) => {
    const by = {};
    for (const [key, value] of pairs) (by[value] ??= []).push(key);
    return Object.entries(by).map(([value, keys]) => `${value} ${keys.join(' ')}`).join('\n');
  };
  const paths = Object.entries(fields).flatMap(([type, all]) => Object.entries(all).map(([field, to]) => [`${type}.${field}`, to]));
  const table = { types: Object.entries(types), fields: paths, closed: Object.entries(closed), keyed };
  const print = (name) => `  ${name}: ${'`'}${grouped(base ? table[name].filter(([key]) => !base[name].some(([k]) => k === key)) : table[name])}${'`'},\n`;
  const verb = base ? 'add' : 'meet';
  writeFileSync(
    new URL(`${to}/permissions.ts`, src),
    `// Generated by tools/permissions.mjs from the schema, not to be edited.
import { ${verb} } from '${'../'.repeat(to.split('/').length)}lib/permissions.ts';

export const table = {
${print('types')}${print('fields')}${print('closed')}  keyed: '${(base ? keyed.filter((k) => !base.keyed.includes(k)) : keyed).join(' ')}',
};
${verb}(table);
`,
  );
  return table;
}

write('portal');
const base = write('console', { besides: training });
write('console', { to: 'console/training', base });
