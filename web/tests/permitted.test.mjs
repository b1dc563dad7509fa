import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { parse, print } from 'graphql';
import { load } from './sources.mjs';

let permitted;
before(async () => { [{ permitted }] = await load('/src/lib/permitted.ts', '/src/portal/permissions.ts'); });

const query = () => parse('query One($n: String!, $k: String!) { order(number: $n) { number total @_optional { amount } ...More } viewer { name } } fragment More on Order { tax @_optional { amount } }');

test('a document that is cut down carries nothing by which it could be taken for the whole one', () => {
  const whole = Object.assign(query(), { __key: 7 });
  assert.deepEqual(Object.keys(permitted(whole, new Set(['order.read']))).sort(), ['definitions', 'kind']);
});

test('what a viewer has is asked for, and not left to the cache as optional', () => {
  const all = print(permitted(query(), new Set(['order.read', 'order.prices'])));
  assert.match(all, /total/);
  assert.match(all, /tax/);
  assert.doesNotMatch(all, /_optional/);
});

test('what a viewer lacks goes, and what then is unused goes with it', () => {
  const some = print(permitted(query(), new Set(['order.read'])));
  assert.doesNotMatch(some, /total|tax|More|\$k/);
  const none = print(permitted(query(), new Set()));
  assert.doesNotMatch(none, /order|\$n/);
});
