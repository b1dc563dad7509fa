import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'vite';
import { parse, Kind } from 'graphql';

const root = new URL('../', import.meta.url);

/** All files below a folder of src, by path. */
export const sources = (folder) => readdirSync(new URL(`src/${folder}`, root), { recursive: true, withFileTypes: true })
  .filter((f) => f.isFile() && /\.tsx?$/.test(f.name))
  .map((f) => ({ path: `${f.parentPath}/${f.name}`.replace(root.pathname, ''), text: readFileSync(`${f.parentPath}/${f.name}`, 'utf8') }));

/** Loads a module of src as the browser would run it. */
export async function load(...paths) {
  const server = await createServer({ root: root.pathname, logLevel: 'error', server: { middlewareMode: true, hmr: false, ws: false }, appType: 'custom', optimizeDeps: { noDiscovery: true } });
  try { return await Promise.all(paths.map((p) => server.ssrLoadModule(p))); } finally { await server.close(); }
}

/** All documents of an application, each operation with the fragments that it
 * uses; texts of the session module come as they are. */
export function documents(folders) {
  const files = folders.flatMap(sources);
  const definitions = files.flatMap((f) => [...f.text.matchAll(/graphql\(\s*`([^`]*)`/g)].flatMap((m) => parse(m[1], { noLocation: true }).definitions.map((d) => ({ d, path: f.path }))));
  const plain = files.flatMap((f) => [...f.text.matchAll(/'((?:query|mutation|subscription) [^']*)'/g)].flatMap((m) => parse(m[1], { noLocation: true }).definitions.map((d) => ({ d, path: f.path, plain: true }))));
  const fragments = new Map(definitions.flatMap(({ d }) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d]] : [])));
  const uses = (node, seen = new Set()) => {
    const look = (x) => {
      if (!x || typeof x !== 'object') return;
      if (x.kind === Kind.FRAGMENT_SPREAD && !seen.has(x.name.value)) { seen.add(x.name.value); uses(fragments.get(x.name.value), seen); }
      for (const v of Object.values(x)) if (typeof v === 'object') look(v);
    };
    look(node);
    return seen;
  };
  return [...definitions, ...plain].filter(({ d }) => d.kind === Kind.OPERATION_DEFINITION).map(({ d, path, plain: text }) => ({
    name: d.name?.value ?? '', path, plain: !!text,
    document: { kind: Kind.DOCUMENT, definitions: [d, ...[...uses(d)].map((n) => fragments.get(n))] },
  }));
}

/** The schema as a role meets it, in SDL. */
export const golden = (role) => readFileSync(new URL(`../graph/golden/${role.toLowerCase().replaceAll('_', '-')}.graphql`, root), 'utf8');
