// What a first visit to each page loads, gzipped: the entry, what it imports,
// the page, and what that imports. Fails above the budget.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budget = 150_000; // bytes of JavaScript
const dist = new URL('../dist/', import.meta.url);
const read = (file) => readFileSync(new URL(file, dist), 'utf8');
const size = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
const imports = (file) => [...read(file).matchAll(/(?:from|^import|;import)\s*"\.\/([\w.-]+\.js)"/g)].map((m) => `assets/${m[1]}`);
const closure = (files, seen = new Set()) => {
  for (const f of files) if (!seen.has(f)) { seen.add(f); closure(imports(f), seen); }
  return seen;
};
const sum = (files) => [...files].reduce((n, f) => n + size(f), 0);
const lazy = (file) => [...read(file).matchAll(/import\(\s*[`"]\.\/([\w.-]+\.js)[`"]\s*\)/g)].map((m) => `assets/${m[1]}`);

let over = false;
for (const app of ['portal', 'console']) {
  const main = closure([`assets/${app}.js`, `assets/${app}-app.js`]);
  console.log(`\n${app}: ${(sum(main) / 1000).toFixed(1)} kB gz before any page`);
  // A door has pages of its own behind it.
  const pages = lazy(`assets/${app}-app.js`).filter((f) => !/german|graphql-ws|Palette|Keyboard/.test(f))
    .flatMap((f) => (/-(Trade|Machines|Training|Kept|Learn)\.js$/.test(f) ? lazy(f).map((page) => [f, page]) : [[f]]));
  for (const way of pages) {
    const page = way.at(-1);
    const first = closure([...main, ...way]);
    const bytes = sum(first);
    if (bytes > budget) over = true;
    console.log(`  ${page.slice(7, -3).padEnd(16)} ${(bytes / 1000).toFixed(1).padStart(6)} kB${bytes > budget ? `  OVER ${budget / 1000} kB` : ''}`);
  }
}
if (over) process.exit(1);
