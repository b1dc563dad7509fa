// Roles, and what they may do, are called by names in both languages, and not by
// their keys: in lists, in dialogs, and where access is explained.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { load } from './sources.mjs';

const access = readFileSync(new URL('../../schema/access.go', import.meta.url), 'utf8');
const roles = [...access.matchAll(/^\t\{"([A-Z_]+)", Role\w+, "/gm)].map((m) => m[1]);
const things = [...access.slice(access.indexOf('const matrix = `')).matchAll(/^(?:read|do|may) (\S+) *\|/gm)].map((m) => m[1]);

let roleNames, admin;
before(async () => {
  globalThis.document ??= { documentElement: { dataset: {} } };
  const modules = await load('/src/words/roleNames.en.ts', '/src/words/roleNames.de.ts', '/src/console/admin.en.ts', '/src/console/admin.de.ts');
  [roleNames, admin] = [modules.slice(0, 2), modules.slice(2)].map((two) => two.map((m) => m.default));
});

describe('names', () => {
  test('the schema says which roles there are, and what they may do', () => {
    assert.ok(roles.includes('ORG_BUYER') && roles.includes('INTEGRATION'), roles.join(' '));
    for (const known of ['Order', 'order.cancel', 'order.prices']) assert.ok(things.includes(known), known);
    assert.ok(things.length > 150, `${things.length}`);
  });
  for (const [i, language] of ['English', 'German'].entries()) {
    test(`each role has its ${language} name`, () => assert.deepEqual(roles.filter((r) => !roleNames[i][r]), []));
    test(`each entity, action and permission has its ${language} name`, () => assert.deepEqual(things.filter((x) => admin[i].name(x) === x), []));
  }
  test('no two actions or permissions have the same name', () => {
    for (const { name } of admin) {
      const all = things.map(name);
      assert.deepEqual(all.filter((x, n) => all.indexOf(x) !== n), []);
    }
  });
});
