// English and German are complete: each catalog has its other half, the same
// keys (the types see to that), a name of its own, and the pages hold no text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sources } from './sources.mjs';

const all = ['portal', 'console', 'ui', 'words', 'lib'].flatMap(sources);
const catalogs = (ending) => all.filter((f) => f.path.endsWith(ending)).map((f) => f.path.slice(0, -ending.length));

test('each English catalog has a German one, and the other way round', () => {
  assert.deepEqual(catalogs('.en.ts').sort(), catalogs('.de.ts').sort());
});

test('names are unique within an application, since German catalogs are found by them', () => {
  for (const app of ['portal', 'console']) {
    const names = catalogs('.en.ts').filter((p) => p.startsWith(`src/${app}/`) || p.startsWith('src/words/') || p.startsWith('src/ui/')).map((p) => p.split('/').at(-1));
    assert.deepEqual(names.filter((n, i) => names.indexOf(n) !== i), [], app);
  }
});

test('each catalog is asked for by its own name', () => {
  for (const f of all)
    for (const [, name, english] of f.text.matchAll(/words\('(\w+)', (\w+)\)/g)) {
      const from = new RegExp(`import ${english} from '([^']+)\\.en\\.ts'`).exec(f.text);
      assert.ok(from, `${f.path}: ${name} comes from no catalog`);
      assert.equal(from[1].split('/').at(-1), name, f.path);
    }
});

test('German catalogs are found by the applications that show them', () => {
  for (const p of catalogs('.de.ts')) assert.match(p, /^src\/(portal|console|words|ui)\//);
});

test('pages hold no text of their own', () => {
  const found = [];
  for (const f of all.filter((x) => x.path.endsWith('.tsx')))
    for (const [, text] of f.text.replaceAll('Ctrl K', '').matchAll(/>\s*([A-Za-zÄÖÜäöüß][a-zäöüß]{2,}(?: [A-Za-zÄÖÜäöüß]+)+[.!?]?)\s*</g)) found.push(`${f.path}: ${text}`);
  for (const f of all.filter((x) => x.path.endsWith('.tsx')))
    for (const [, what, text] of f.text.matchAll(/(aria-label|title|placeholder|alt|label)="([^"]*[a-z]{3}[^"]*)"/g)) found.push(`${f.path}: ${what} ${text}`);
  assert.deepEqual(found, []);
});
