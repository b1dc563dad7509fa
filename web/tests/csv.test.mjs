import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { load } from './sources.mjs';

let cell, csv, words;
before(async () => {
  globalThis.document ??= { documentElement: { dataset: {} } };
  [{ cell, csv }, words] = await load('/src/lib/csv.ts', '/src/lib/words.ts');
});

describe('a CSV file', () => {
  for (const [name, value, want] of [
    ['a text', 'Blech', 'Blech'], ['nothing', null, ''], ['zero', 0, '0'], ['a comma', 'a,b', '"a,b"'], ['quotes', 'say "x"', '"say ""x"""'],
    ['two lines', 'a\nb', '"a\nb"'], ['a formula', '=1+1', "'=1+1"], ['a formula with a comma', '=SUM(A1,B2)', '"\'=SUM(A1,B2)"'],
    ['an at sign', '@cmd', "'@cmd"], ['a tab first', '\t=1', "'\t=1"], ['a negative amount', '-12.50', '-12.50'], ['minus and text', '-x', "'-x"], ['a number', -3, '-3'],
  ]) test(name, () => assert.equal(cell(value, ','), want));
  test('has its mark, its heading, and lines of Windows', async () => {
    const blob = csv(['a', 'b'], [[1, 'x']]);
    assert.deepEqual([...new Uint8Array(await blob.arrayBuffer())].slice(0, 3), [0xef, 0xbb, 0xbf]);
    assert.equal(await blob.text(), 'a,b\r\n1,x\r\n');
  });
  test('German spreadsheets want semicolons', () => assert.equal(cell('a;b', ';'), '"a;b"'));
  test('English is spoken first', () => assert.equal(words.lang(), 'en'));
});
