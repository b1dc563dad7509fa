// The staff's work with orders: the home page's queues, the order desk with its
// views and bulk work, one order with shipments and reports.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { databases, launch, phone, serve, settled, signIn, until, visit } from './browser.mjs';
import { people } from './pages.mjs';

/** The API as somebody uses it, for what a test needs to know or has others do. */
async function api(server, email) {
  const ask = async (query, variables, token) => {
    const r = await fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify({ query, variables }) });
    const { data, errors } = await r.json();
    assert.equal(errors, undefined, JSON.stringify(errors));
    return data;
  };
  const { signIn: { accessToken } } = await ask('mutation($e: String!) { signIn(input: { email: $e, password: "aurelia-demo" }) { accessToken } }', { e: email });
  return (query, variables) => ask(query, variables, accessToken);
}
const some = async (who, filter, n = 5) => (await who(`query($f: OrderFilter, $n: Int) { orders(filter: $f, first: $n, orderBy: { field: PLACED_AT, direction: ASC }) { totalCount edges { node { id number version status } } } }`, { f: filter, n })).orders.edges.map((e) => e.node);
const inDays = (n) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);

for (const database of databases) {
  describe(`order desk on ${database.name}`, () => {
    let server, browser, mara, deniz;
    before(async () => {
      [server, browser] = await Promise.all([serve(database), launch()]);
      [mara, deniz] = await Promise.all([api(server, people.STAFF_SALES), api(server, people.STAFF_FULFILLMENT)]);
    });
    after(async () => { await browser?.close(); await server?.stop(); });
    const enter = async (role, at, options) => {
      const page = await visit(browser, server, options);
      await signIn(page, people[role]);
      await page.goto(at);
      await settled(page);
      return page;
    };
    const row = (page, number) => page.getByRole('row').filter({ has: page.getByRole('link', { name: new RegExp(`^${number}`) }) });
    const total = async (page) => Number((await page.getByText(/^[\d,.]+ (entry|entries|Eintrag|Einträge)$/).textContent()).replace(/\D/g, ''));

    test('each queue of the home page leads to a list of that many', async () => {
      const page = await enter('STAFF_SALES', '/console/');
      const queues = page.getByRole('navigation', { name: 'What waits' }).getByRole('link');
      const names = await queues.allInnerTexts();
      assert.equal(names.length, 4, 'sales has nothing to ship and no parcels');
      for (let i = 0; i < names.length; i++) {
        const n = Number(names[i].match(/\d+/)[0]);
        await page.goto('/console/');
        await queues.nth(names.length - 1).waitFor();
        await queues.nth(i).click();
        await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
        await settled(page);
        if (n === 0) await page.getByText('Nothing waits here').waitFor();
        else assert.equal(await total(page), n, names[i]);
      }
      await page.done();
    });

    test('what happens to an order appears on the home page by itself', async () => {
      const page = await enter('STAFF_SALES', '/console/');
      await page.getByText('Live', { exact: true }).waitFor();
      const [order] = await some(mara, { status: ['CONFIRMED'] }, 1);
      const feed = page.getByRole('region', { name: 'Latest activity' });
      // The subscription may still be on its way: say it until it is heard.
      for (let i = 0; i < 40 && !(await feed.getByText(order.number).count()); i++) {
        await mara('mutation($i: AddOrderNoteInput!) { addOrderNote(input: $i) { userErrors { code } } }', { i: { orderId: order.id, text: `Called ${i}` } });
        await feed.getByText(order.number).first().waitFor({ timeout: 1500 }).catch(() => undefined);
      }
      await feed.getByText(order.number).first().waitFor();
      await page.done();
    });

    test('a role without orders has a home, and a role without actions sees none', async () => {
      const trainer = await enter('STAFF_TRAINER', '/console/');
      await trainer.getByRole('heading', { name: 'Customers', level: 2 }).waitFor();
      assert.equal(await trainer.getByRole('navigation', { name: 'What waits' }).count(), 0);
      await trainer.done();
      const analyst = await enter('STAFF_ANALYST', '/console/orders');
      assert.equal(await analyst.getByRole('checkbox').count(), 0);
      assert.equal(await analyst.getByRole('link', { name: /^To confirm/ }).count(), 0);
      const [order] = await some(deniz, { isToShip: true }, 1);
      await analyst.goto(`/console/orders/${order.number}`);
      await analyst.getByRole('heading', { name: order.number }).waitFor();
      for (const name of ['Confirm', 'Create shipment', 'Change promised day', 'Add note', /^Add report/]) assert.equal(await analyst.getByRole('button', { name, exact: true }).count(), 0, String(name));
      await analyst.done();
    });

    test('an order is confirmed; a stale version is refused, said, and can be repeated', async () => {
      const [order] = await some(mara, { status: ['PLACED'] }, 1);
      const page = await enter('STAFF_SALES', `/console/orders/${order.number}`);
      await page.getByRole('button', { name: 'Confirm', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: `Confirm order ${order.number}` });
      await dialog.getByLabel('Promised day').fill(inDays(20));
      // somebody else is faster
      await mara('mutation($i: SetPromisedDateInput!) { setPromisedDate(input: $i) { userErrors { code } } }', { i: { orderId: order.id, version: order.version, date: inDays(30), reason: 'Other plans' } });
      await dialog.getByRole('button', { name: 'Confirm' }).click();
      await dialog.getByText('Somebody else has changed this in the meantime.').waitFor();
      await page.getByText('Other plans').first().waitFor();
      await dialog.getByRole('button', { name: 'Confirm' }).click();
      await page.getByText(`${order.number} is confirmed`).waitFor();
      await page.getByText('The order was confirmed').waitFor();
      await page.getByRole('button', { name: 'Confirm', exact: true }).waitFor({ state: 'detached' });
      await page.done();
    });

    test('a note for the team is marked as such', async () => {
      const [order] = await some(mara, { status: ['CONFIRMED'] }, 1);
      const page = await enter('STAFF_SALES', `/console/orders/${order.number}`);
      await page.getByRole('button', { name: 'Add note' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Save note' }).click();
      await dialog.getByText('Write the note.').waitFor();
      await dialog.getByLabel('Note').fill('Ask about the crane');
      await dialog.getByLabel('Who can read it').selectOption('INTERNAL');
      await dialog.getByRole('button', { name: 'Save note' }).click();
      const entry = page.getByRole('listitem').filter({ hasText: 'Ask about the crane' });
      await entry.getByText('Only for the team').waitFor();
      await page.done();
    });

    test('many are confirmed at once; each has its outcome, and the stale one can be tried again', async () => {
      const all = await some(mara, { status: ['PLACED', 'CONFIRMING'] }, 3);
      const [other] = await some(mara, { status: ['CONFIRMED'] }, 1);
      assert.equal(all.length, 3);
      const page = await enter('STAFF_SALES', '/console/orders?status=waits&sort=PLACED_AT&dir=ASC');
      for (const o of all) await row(page, o.number).getByRole('checkbox').check();
      const bar = page.getByRole('group', { name: 'Selected orders' });
      await bar.getByText('3 orders selected').waitFor();
      await bar.getByRole('button', { name: 'Confirm' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Promised day').fill(inDays(25));
      await mara('mutation($i: SetPromisedDateInput!) { setPromisedDate(input: $i) { userErrors { code } } }', { i: { orderId: all[1].id, version: all[1].version, date: inDays(40), reason: 'Later' } });
      await dialog.getByRole('button', { name: 'Start with 3 orders' }).click();
      await dialog.getByText('2 of 3 orders done').waitFor();
      await dialog.getByRole('listitem').filter({ hasText: all[1].number }).getByText(/changed by somebody else/).waitFor();
      await dialog.getByRole('button', { name: 'Try again: 1' }).click();
      await dialog.getByText('3 of 3 orders done').waitFor();
      await dialog.getByRole('button', { name: 'Close' }).last().click();
      for (const o of all) assert.equal((await mara('query($id: ID) { order(id: $id) { status } }', { id: o.id })).order.status, 'CONFIRMED');

      // one that it is not possible with is named, and left out
      await page.goto(`/console/orders?q=${other.number}`);
      await row(page, other.number).getByRole('checkbox').check();
      await page.getByRole('group', { name: 'Selected orders' }).getByRole('button', { name: 'Confirm' }).click();
      await page.getByRole('dialog').getByText('With none of the chosen orders this is possible').waitFor();
      await page.done();
    });

    test('a view is saved, there after a reload, renamed and deleted', async () => {
      const page = await enter('STAFF_SALES', '/console/orders');
      const views = page.getByRole('navigation', { name: 'Views' });
      assert.equal(await views.getByRole('button', { name: 'Save view' }).count(), 0);
      await page.getByLabel('Delivery', { exact: true }).selectOption('DELIVERED');
      await views.getByRole('button', { name: 'Save view' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await page.getByRole('dialog').getByText('Give the view a name.').waitFor();
      await page.getByRole('dialog').getByLabel('Name').fill('All arrived');
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await views.getByRole('link', { name: 'All arrived' }).waitFor();
      await page.goto('/console/orders');
      await views.getByRole('link', { name: 'All arrived' }).click();
      await until(() => page.getByLabel('Delivery', { exact: true }).inputValue(), (v) => assert.equal(v, 'DELIVERED'));
      // changed, and the change kept
      await page.getByLabel('Status', { exact: true }).selectOption('COMPLETED');
      await views.getByRole('button', { name: 'View “All arrived”' }).click();
      await page.getByRole('menuitem', { name: 'Save the changes' }).click();
      await views.getByRole('link', { name: 'All arrived' }).and(page.locator('[aria-current=page]')).waitFor();
      await views.getByRole('button', { name: 'View “All arrived”' }).click();
      await page.getByRole('menuitem', { name: 'Rename' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('Done');
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await views.getByRole('link', { name: 'Done', exact: true }).waitFor();
      await views.getByRole('link', { name: 'All arrived' }).waitFor({ state: 'detached' });
      await views.getByRole('button', { name: 'View “Done”' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await views.getByRole('link', { name: 'Done', exact: true }).waitFor({ state: 'detached' });
      await page.done();
    });

    test('the list is found by customer, and exported as it is filtered, with formulas disarmed', async () => {
      const page = await visit(browser, server);
      await signIn(page, people.STAFF_SALES);
      await page.route('**/graphql', async (route) => {
        const answer = await route.fetch();
        const text = await answer.text();
        await route.fulfill({ response: answer, body: text.replace(/"purchaseOrderNumber":"[^"]*"/, '"purchaseOrderNumber":"=SUM(1;2)"') });
      });
      await page.goto('/console/orders');
      await settled(page);
      const before = await total(page);
      const customer = page.getByRole('combobox', { name: 'Customer' });
      const name = 'Odense Laser';
      await customer.fill('odens');
      await page.getByRole('listbox', { name: 'Customer' }).getByRole('option', { name }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(/customer=/);
      await settled(page);
      await page.waitForFunction((n) => [...document.querySelectorAll('tbody tr')].every((r) => r.textContent.includes(n)), name);
      const n = await total(page);
      assert.ok(n > 0 && n < before);
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export as CSV' }).click()]);
      const text = readFileSync(await file.path(), 'utf8');
      const rows = text.replace(/^\ufeff/, '').trim().split('\r\n').map((l) => [...l.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((m) => m[1].replace(/^"|"$/g, '')));
      assert.equal(rows.length - 1, n);
      assert.equal(rows[0][0], 'Order');
      const shown = await page.locator('tbody tr td:nth-child(2) a').allInnerTexts();
      assert.deepEqual(rows.slice(1, 1 + shown.length).map((r) => r[0]), shown.map((s) => s.split('\n')[0]));
      assert.equal(await customer.inputValue(), name);
      assert.ok(rows.slice(1).every((r) => r[2] === name), 'only that customer');
      assert.match(text, /'=SUM\(1;2\)/);
      assert.doesNotMatch(text, /[,\n]"?=SUM/);
      await page.unrouteAll({ behavior: 'wait' });
      await page.done();
    });

    test('by keyboard alone: j j o opens the second order, x chooses', async () => {
      const page = await enter('STAFF_SALES', '/console/orders');
      await page.locator('tbody tr').nth(1).waitFor();
      const second = (await page.locator('tbody tr').nth(1).getByRole('link').first().innerText()).split('\n')[0];
      await page.keyboard.press('j');
      await page.keyboard.press('x');
      await page.getByText('1 order selected').waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('o');
      await page.getByRole('heading', { level: 1, name: second }).waitFor();
      await page.done();
    });

    test('a shipment and its reports are seen by the customer without a reload', async () => {
      const ines = await api(server, people.ORG_ADMIN);
      const mine = new Set((await some(ines, { status: ['CONFIRMED'] }, 50)).map((o) => o.number));
      const order = (await some(deniz, { isToShip: true }, 100)).find((o) => mine.has(o.number));
      assert.ok(order, 'the customer has something that is not sent');
      const customer = await enter('ORG_ADMIN', `/orders/${order.number}`);
      await customer.getByText('Live').first().waitFor();
      const page = await enter('STAFF_FULFILLMENT', `/console/orders/${order.number}`);
      await page.getByRole('button', { name: 'Sendung anlegen' }).first().click();
      const ship = page.getByRole('dialog');
      await ship.getByRole('button', { name: /versenden$/ }).click();
      await ship.getByText('Wählen Sie den Versanddienstleister.').waitFor();
      await ship.getByLabel('Versanddienstleister').selectOption('DHL');
      await ship.getByLabel('Sendungsnummer').fill('00340434161094022115');
      await ship.getByRole('button', { name: /versenden$/ }).click();
      await page.getByText(`Die Sendung zu ${order.number} ist angelegt`).waitFor();
      await customer.getByText('00340434161094022115').first().waitFor();
      await page.getByRole('button', { name: /DHL 00340434161094022115$/ }).click();
      const report = page.getByRole('dialog');
      await report.getByLabel('Was gemeldet wird').selectOption('IN_TRANSIT');
      await report.getByLabel('Wo').fill('Leipzig, DE');
      await report.getByLabel('Text').fill('Left the hub');
      await report.getByRole('button', { name: 'Meldung speichern' }).click();
      await page.getByText('Die Meldung ist gespeichert').waitFor();
      await customer.getByText('Left the hub').first().waitFor();
      await Promise.all([page.done(), customer.done()]);
    });

    test('an unknown number is said to be unknown', async () => {
      const page = await enter('STAFF_SALES', '/console/orders/NO-SUCH', { viewport: phone });
      await page.getByRole('heading', { name: 'No such order', level: 1 }).waitFor();
      await page.getByRole('link', { name: 'To the orders' }).click();
      await page.getByRole('heading', { name: 'Orders', level: 1 }).waitFor();
      await page.done();
    });
  });
}
