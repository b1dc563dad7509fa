// Writes dist/licenses.txt: the licences of what the bundles carry.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const lock = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'));
const parts = Object.entries(lock.packages)
  .filter(([path, p]) => path && !p.dev && !p.optional)
  .map(([path, p]) => {
    const dir = new URL(`${path}/`, root);
    const file = existsSync(dir) && readdirSync(dir).find((f) => /^licen[cs]e/i.test(f));
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return `${name} ${p.version} (${p.license})\n\n${file ? readFileSync(new URL(file, dir), 'utf8').trim() : ''}\n`;
  })
  .sort();
writeFileSync(new URL('dist/licenses.txt', root), parts.join('\n----\n\n'));
