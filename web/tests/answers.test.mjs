// The answers of an attempt: what is typed is kept whatever the server answers and when,
// and only what another window has done is told as such.
import assert from 'node:assert/strict';
import { before, describe, mock, test } from 'node:test';
import { load } from './sources.mjs';

let keeper;
before(async () => {
  globalThis.document ??= { documentElement: { dataset: {} } };
  globalThis.location ??= { pathname: '/', search: '', hash: '' };
  globalThis.addEventListener ??= () => undefined;
  [{ keeper }] = await load('/src/portal/training/attempt.ts');
});

const moments = async () => { for (let i = 0; i < 20; i++) await null; };
const conflict = { graphQLErrors: [{ extensions: { code: 'CONFLICT' } }] };

/** An attempt with a text, a number and a match, on a server that keeps answers as Foyer does. */
function world() {
  const kinds = ['TEXT', 'NUMBER', 'MATCH'];
  const server = { version: 1, status: 'OPEN', answers: new Map(), offline: false, asked: [] };
  const attempt = () => ({
    __typename: 'Attempt', id: 'a', version: server.version, status: server.status,
    questions: kinds.map((kind, i) => ({ place: i + 1, kind, choices: [], left: ['x', 'y'], right: ['1', '2'], answer: server.answers.get(i + 1) ?? null })),
  });
  const kept = ({ number, text, places }) => {
    const x = { number: number?.trim() || null, text: text?.trim() || null, places: places ?? [] };
    return x.number || x.text || x.places.some((p) => p) ? x : null;
  };
  const does = (submit, { version, answers }) => {
    if (version !== server.version) return { error: conflict };
    const bad = answers.flatMap((a, i) => (a.number && !/^\d+$/.test(a.number) ? [{ field: ['input', 'answers', String(i), 'number'], code: 'NOT_A_NUMBER', message: 'no number' }] : []));
    if (!bad.length) { for (const a of answers) server.answers.set(a.question, kept(a)); server.version++; if (submit) server.status = 'SUBMITTED'; }
    return { data: { [submit ? 'submitAttempt' : 'saveAnswers']: { attempt: bad.length ? null : attempt(), userErrors: bad } } };
  };
  /** Answers at once, unless the test takes the answer into its own hands. */
  const reply = (make) => ({ toPromise: () => { const x = server.offline ? { error: { graphQLErrors: [] } } : server.code ? { error: { graphQLErrors: [{ message: 'You may not.', extensions: { code: server.code } }] } } : make(); return server.hold ? server.hold(x) : Promise.resolve(x); } });
  const client = {
    query: () => reply(() => ({ data: { node: server.gone ? null : attempt() } })),
    mutation: (document, { input }) => { const submit = JSON.stringify(document).includes('SubmitAttempt'); server.asked.push(submit ? 'submit' : 'save'); return reply(() => does(submit, input)); },
  };
  let shown, over = null;
  const k = keeper(client, attempt(), (next) => { shown = next; }, (a) => { over = a; });
  shown = k.shown();
  const given = (x) => ({ places: [], number: '', text: '', ...x });
  return {
    server, k, over: () => over, shown: () => shown,
    change: (place, x) => k.change(place, given(x)),
    pass: async (ms) => { await moments(); mock.timers.tick(ms); await moments(); },
    elsewhere: (place, x) => { server.answers.set(place, kept(given(x))); server.version++; },
  };
}

describe('the answers of an attempt', () => {
  before(() => { mock.timers.enable({ apis: ['setTimeout'] }); });

  test('a blank at the end stays where it was typed, and is nobody else\'s doing', async () => {
    const w = world();
    w.change(1, { text: 'safety ' });
    w.change(2, { number: ' 12' });
    w.change(3, { places: [0, 0] }); // chosen, and taken back
    await w.pass(500);
    assert.equal(w.server.answers.get(1).text, 'safety');
    assert.deepEqual([w.shown().answers.get(1).text, w.shown().answers.get(2).number, w.shown().elsewhere, w.shown().saving], ['safety ', ' 12', null, 'saved']);
    w.elsewhere(2, { number: '13' });
    await w.k.back();
    assert.deepEqual([w.shown().answers.get(1).text, w.shown().answers.get(2).number, w.shown().elsewhere], ['safety ', '13', []]);
  });

  test('what another window did meanwhile is told, and what is typed here stands', async () => {
    const w = world();
    w.elsewhere(1, { text: 'theirs' });
    w.elsewhere(2, { number: '5' });
    w.change(1, { text: 'mine' });
    await w.pass(500);
    assert.deepEqual([w.shown().answers.get(1).text, w.shown().answers.get(2).number, w.shown().elsewhere], ['mine', '5', [1]]);
    assert.equal(w.server.answers.get(1).text, 'mine');
  });

  test('an old look that comes late does not undo what was saved since', async () => {
    const w = world();
    let late;
    w.server.hold = (x) => new Promise((resolve) => { late = () => resolve(x); });
    const back = w.k.back();
    w.server.hold = null;
    w.change(1, { text: 'blue' });
    await w.pass(500);
    late();
    await back;
    assert.deepEqual([w.shown().answers.get(1).text, w.shown().elsewhere], ['blue', null]);
    w.change(1, { text: 'blue sky' });
    await w.pass(500);
    assert.deepEqual([w.server.answers.get(1).text, w.shown().elsewhere], ['blue sky', null]);
  });

  test('what cannot be saved is tried again by itself, also where only the look fails', async () => {
    const w = world();
    w.elsewhere(2, { number: '5' });
    w.server.hold = (x) => { w.server.hold = null; w.server.offline = true; return Promise.resolve(x); }; // the conflict arrives, then the connection is gone
    w.change(1, { text: 'blue' });
    await w.pass(500);
    assert.equal(w.shown().saving, 'offline');
    w.server.offline = false;
    await w.pass(4_000);
    assert.deepEqual([w.shown().saving, w.server.answers.get(1)?.text], ['saved', 'blue']);
  });

  test('an answer that is refused is not left out when all is handed in', async () => {
    const w = world();
    w.change(1, { text: 'blue' });
    w.change(2, { number: '12' });
    await w.pass(500);
    w.change(2, { number: '12abc' });
    await w.pass(500);
    assert.deepEqual([[...w.shown().refused], w.shown().saving], [[[2, 'no number']], 'refused']);
    assert.deepEqual(await w.k.submit(), { message: 'no number', place: 2 });
    assert.deepEqual([w.server.status, w.over()], ['OPEN', null]);
    w.change(2, { number: '13' });
    assert.equal(await w.k.submit(), null);
    assert.deepEqual([w.server.status, w.server.answers.get(2).number, w.over().status], ['SUBMITTED', '13', 'SUBMITTED']);
  });

  test('what would fail again is told as what it is, and tried again when something changes', async () => {
    const w = world();
    for (const [code, fault] of [['FORBIDDEN', 'You may not.'], ['NOT_FOUND', '']]) {
      w.server.code = code;
      w.change(1, { text: code });
      await w.pass(500);
      const asked = w.server.asked.length;
      assert.deepEqual([w.shown().saving, w.shown().fault], ['failed', fault], code);
      assert.deepEqual(await w.k.submit(), { message: fault, ...(fault ? {} : { gone: true }) }, code);
      await w.pass(60_000);
      assert.equal(w.server.asked.length, asked + 1, `${code}: only handing in asked again`);
    }
    w.server.code = null;
    w.change(1, { text: 'blue' });
    await w.pass(500);
    assert.deepEqual([w.shown().saving, w.server.answers.get(1).text], ['saved', 'blue']);
    w.server.version++; // somebody else
    w.server.gone = true;
    w.change(1, { text: 'blue sky' });
    await w.pass(500);
    assert.deepEqual([w.shown().saving, w.shown().fault], ['failed', ''], 'an attempt that is not there any more');
  });

  test('a page that is left saves once more, and then no more; one that is shown again does', async () => {
    const w = world();
    w.server.offline = true;
    w.change(1, { text: 'blue' });
    await w.pass(500);
    w.k.leave();
    await w.pass(0);
    assert.equal(w.server.asked.length, 2);
    await w.pass(60_000);
    assert.deepEqual([w.server.asked.length, w.shown().saving], [2, 'offline']);
    w.k.enter();
    void w.k.save();
    await w.pass(0);
    w.server.offline = false;
    await w.pass(4_000);
    assert.deepEqual([w.shown().saving, w.server.answers.get(1)?.text], ['saved', 'blue']);
  });
});
