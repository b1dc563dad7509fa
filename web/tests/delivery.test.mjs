// What was learned waits on the device until the server has answered for it: what can
// never be taken does not hold up the rest, and nothing else is given up.
import assert from 'node:assert/strict';
import { before, beforeEach, describe, test } from 'node:test';
import { load } from './sources.mjs';

let note, deliver, waiting, place, enter, stored, room;
before(async () => {
  globalThis.document ??= { documentElement: { dataset: {} }, getElementById: () => null };
  globalThis.location ??= { pathname: '/', search: '', hash: '' };
  globalThis.addEventListener ??= () => undefined;
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, value: {
    get length() { return stored.size; }, key: (i) => [...stored.keys()][i] ?? null, getItem: (k) => stored.get(k) ?? null,
    setItem: (k, v) => { if (!room) throw new Error('QuotaExceededError'); stored.set(k, v); }, removeItem: (k) => { stored.delete(k); },
  } });
  globalThis.navigator ??= { language: 'en' };
  globalThis.sessionStorage = { removeItem: () => undefined };
  [{ note, deliver, waiting, place }, { enter }] = await load('/src/portal/training/learned.ts', '/src/lib/session.ts');
});
beforeEach(() => { stored = new Map(); room = true; });

const failing = (code, more = {}) => ({ error: { graphQLErrors: [{ message: `It is ${code}.`, path: ['variable', 'input', 'events'], extensions: { code } }], ...more } });
const refusing = { data: { recordLearning: { userErrors: [{ field: ['input', 'events'], code: 'INVALID', message: 'No.' }] } } };

/** A server that answers a batch with a lesson of that name as given, and takes all others. */
function world(bad, answer) {
  const taken = [], said = [];
  let asked = 0;
  const client = { mutation: (_, { input: { events } }) => ({ toPromise: () => {
    asked++;
    if (events.some((e) => e.lesson === bad)) return Promise.resolve(answer);
    taken.push(...events.map((e) => e.lesson));
    return Promise.resolve({ data: { recordLearning: { userErrors: [] } } });
  } }) };
  return { taken, said, asked: () => asked, deliver: () => deliver(client, (x) => said.push(x)) };
}
const learn = (...lessons) => { for (const lesson of lessons) note({ enrollmentId: 'e', lesson, kind: 'READ', seconds: 1 }); };
const left = () => waiting().map((e) => e.lesson);

describe('what was learned', () => {
  for (const [name, answer, why] of [['as a whole', refusing, 'No.'], ['by an error that lasts', failing('BAD_USER_INPUT'), 'It is BAD_USER_INPUT.']]) {
    test(`one event that is refused ${name} does not hold up the others, and is told`, async () => {
      const w = world('bad', answer);
      learn('a', 'b', 'bad', 'c', 'd');
      await w.deliver();
      assert.deepEqual([w.taken.sort(), left()], [['a', 'b', 'c', 'd'], []]);
      assert.equal(w.said.length, 1);
      assert.match(w.said[0], /^1 record of what you learned .*\. /);
      assert.ok(w.said[0].endsWith(why), w.said[0]);
      await w.deliver();
      assert.equal(w.said.length, 1);
    });
  }

  const lost = { error: { networkError: new Error('away'), graphQLErrors: [] } };
  for (const [name, answer] of [
    ['the network', lost], ['the server', failing('INTERNAL')], ['a broken server', failing('BAD_USER_INPUT', { response: { status: 502 } })], ['a limit', failing('RATE_LIMITED')],
    ['what took too long', failing('LIMIT_EXCEEDED')], ['a permission', failing('FORBIDDEN')], ['an answer without a word', {}],
    ['a schema without it', { error: { graphQLErrors: [{ message: 'Cannot query field', extensions: { code: 'BAD_USER_INPUT' } }] } }],
  ]) {
    test(`nothing is given up for ${name}`, async () => {
      const w = world('a', answer);
      learn('a', 'b');
      await w.deliver();
      assert.deepEqual([left().sort(), w.said, w.asked()], [['a', 'b'], [], 1]);
    });
  }

  test('it is sent also where the device has no room for it, and tried again', async () => {
    const w = world('away', lost);
    room = false;
    learn('away');
    await w.deliver();
    assert.deepEqual([left(), stored.size], [['away'], 0]);
    const back = world();
    await back.deliver();
    assert.deepEqual([back.taken, left()], [['away'], []]);
  });

  test('what was learned for one organization waits until one acts for it again', async (t) => {
    const act = async (organization) => {
      t.mock.method(globalThis, 'fetch', () => Promise.resolve({ json: () => Promise.resolve({ data: { viewer: { id: 'me', kind: 'CUSTOMER', name: 'Me', language: 'EN', permissions: [], organization: { id: organization, name: organization } } } }) }));
      await enter({ accessToken: organization, expiresAt: new Date(Date.now() + 60_000).toISOString() });
    };
    await act('A');
    const a = place();
    learn('for A', 'late');
    await act('B');
    note({ enrollmentId: 'e', lesson: 'for A, still', kind: 'READ', seconds: 1 }, a);
    learn('for B');
    const w = world();
    await w.deliver();
    assert.deepEqual([w.taken, left()], [['for B'], []]);
    await act('A');
    assert.deepEqual(left().sort(), ['for A', 'for A, still', 'late']);
    // Who turns to another one while something is on its way sends the rest later, too.
    let asked = 0;
    await deliver({ mutation: () => ({ toPromise: async () => { asked++; await act('B'); return refusing; } }) }, () => assert.fail('nothing is lost'));
    assert.deepEqual([asked, left()], [1, []]);
    const under = world();
    await act('A');
    await under.deliver();
    assert.deepEqual([under.taken.sort(), left()], [['for A', 'for A, still', 'late'], []]);
  });
});
