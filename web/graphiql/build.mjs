// Writes dist. Its files have plain names and depend on nothing but the sources and the lock file: dist is
// committed, and CI builds it again and compares (check.sh).
import { build } from 'esbuild';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const dist = 'dist';

/** GraphiQL's style sheet carries 34 fonts as data: URLs, 270 kB compressed. The page uses the system's. */
const withoutFonts = {
  name: 'without-fonts',
  setup(b) {
    b.onLoad({ filter: /graphiql[\\/]dist[\\/]style\.css$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, 'utf8')).replaceAll(/@font-face\s*\{[^}]*\}/g, ''),
      loader: 'css',
    }));
  },
};

const result = await build({
  entryPoints: { graphiql: 'src/main.tsx' },
  outdir: dist,
  bundle: true,
  minify: true,
  // One file: chunks would need hashed names, and on a local server they win nothing.
  splitting: false,
  format: 'esm',
  target: ['chrome125', 'firefox128', 'safari18'],
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none', // They are in licenses.txt, whole.
  charset: 'utf8',
  metafile: true,
  write: false,
  // The toolkit's other transport, which this page does not use: it is not installed here, and must not be
  // taken from a node_modules further up when there happens to be one.
  external: ['graphql-ws'],
  plugins: [withoutFonts],
  logLevel: 'warning',
});

const files = new Map(result.outputFiles.map((file) => [path.basename(file.path), file.contents]));
files.set('index.html', await readFile('src/index.html'));
files.set('icon.svg', await readFile('src/icon.svg'));
files.set('examples.json', await examples());
files.set('licenses.txt', await licenses(Object.keys(result.metafile.inputs)));

// Only now, when nothing can fail any more: without dist the Go package does not compile.
await rm(dist, { recursive: true, force: true });
await mkdir(dist);
for (const [name, contents] of files) await writeFile(path.join(dist, name), contents);

/** src/examples.ts as JSON for the Go test, by name, so that moving one in the menu changes nothing here. */
async function examples() {
  const { outputFiles } = await build({ entryPoints: ['src/examples.ts'], bundle: true, format: 'esm', write: false, charset: 'utf8' });
  const { examples: list } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
  const names = new Set(list.map((example) => example.name));
  if (names.size !== list.length) throw new Error('src/examples.ts: two examples have the same name');
  const plain = list
    .map(({ name, role, query, variables }) => ({ name, role, query, variables }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return JSON.stringify(plain, null, 2) + '\n';
}

/** The licences of the packages that ended up in the bundle; most of them ask to be kept with every copy. */
async function licenses(inputs) {
  const folders = new Set();
  for (const input of inputs) {
    const found = /^(?:.*[\\/])?node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(input.replaceAll('\\', '/'));
    if (found) folders.add(found[0]);
  }
  const byText = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).sort().find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? (await readFile(path.join(folder, file), 'utf8')).replaceAll('\r\n', '\n').trim() : '';
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const blocks = [...byText].map(([text, packages]) => `${packages.sort().join('\n')}\n\n${text || 'The package has no licence file of its own.'}\n`);
  return `Software in graphiql.js and graphiql.css\n\n${blocks.join(`\n${'-'.repeat(72)}\n\n`)}`;
}
