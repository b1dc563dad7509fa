// When what was read is told of, and which moment a day stands for.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { load } from './sources.mjs';

let isTold, endOfDay, dayOf;
before(async () => {
  [{ isTold }, { endOfDay, dayOf }] = await load('/src/portal/training/reading.ts', '/src/ui/training/days.ts');
});

describe('learning', () => {
  test('what is enough is told of at once, and then no more often than before', () => {
    let read = 0, pending = 0;
    const told = [];
    for (let second = 1; second <= 60; second++) { // of which the server hears nothing
      read++;
      if (isTold(read, pending, 20)) { pending += read; read = 0; told.push(second); }
    }
    assert.deepEqual(told, [15, 20, 35, 50]);
    assert.deepEqual([isTold(14, 0, null), isTold(15, 0, null), isTold(1, 0, 0)], [false, true, false]);
  });

  test('a day stands for its last second, and for the moment that it was where it is not changed', () => {
    assert.equal(dayOf(endOfDay('2026-12-01')), '2026-12-01');
    const elsewhere = new Date(2026, 11, 1, 17, 59, 59).toISOString(); // the end of a day in another zone
    assert.equal(endOfDay('2026-12-01', elsewhere), elsewhere);
    assert.equal(endOfDay('2026-12-02', elsewhere), new Date(2026, 11, 2, 23, 59, 59).toISOString());
    assert.deepEqual([endOfDay(''), endOfDay('', elsewhere), endOfDay('no day'), endOfDay('2026-12-01', null)], [null, null, null, endOfDay('2026-12-01')]);
  });
});
