/** Which fields, arguments and types of the API ask for a permission, and what leads to
 * what, as far as the documents of the application that runs can meet it. Each
 * application has a table of its own, made by tools/permissions.mjs, and says so when it
 * begins: one for both would be in the first load of every page. */
export let types: Record<string, string> = {};
export let fields: Record<string, string> = {};
export let closed: Record<string, string> = {};
/** Types with an id, by which the cache keeps their records. */
export let keyed: ReadonlySet<string> = new Set();

// As text, by what repeats: a permission and what asks for it; a type and what leads to it.
const read = (text: string): Record<string, string> => Object.fromEntries(text.split('\n').flatMap((line) => {
  const [value, ...keys] = line.split(' ');
  return keys.map((key) => [key, value!]);
}));

interface Table { types: string; fields: string; closed: string; keyed: string }
/** Says which application runs. */
export function meet(table: Table): void { types = {}; fields = {}; closed = {}; keyed = new Set(); add(table); }

/** Says what pages behind a door of their own can meet besides. */
export function add(table: Table): void {
  types = { ...types, ...read(table.types) };
  fields = { ...fields, ...read(table.fields) };
  closed = { ...closed, ...read(table.closed) };
  keyed = new Set([...keyed, ...table.keyed.split(' ')]);
}
