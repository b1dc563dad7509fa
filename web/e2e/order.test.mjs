// The heart of the portal: the first page, an order, and an order for guests.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { answered, databases, launch, phone, problems, serve, settled, shoot, signIn, visit } from './browser.mjs';
import { people } from './pages.mjs';

for (const database of databases) {
  describe(`orders on ${database.name}`, () => {
    let server, browser;
    before(async () => { [server, browser] = await Promise.all([serve(database), launch()]); });
    after(async () => { await browser?.close(); await server?.stop(); });

    const tokens = {};
    /** Asks the public API as a person; by its own words, as any client would. */
    const ask = async (email, query, variables = {}) => {
      const post = async (body, token) => (await fetch(`${server.url}/graphql`, {
        method: 'POST', headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify(body),
      })).json();
      tokens[email] ??= (await post({ query: 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }', variables: { input: { email, password: 'aurelia-demo' } } })).data.signIn.accessToken;
      const answer = await post({ query, variables }, tokens[email]);
      assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
      return answer.data;
    };
    const admin = people.ORG_ADMIN;
    const find = async (filter, email = admin, n = 1) => {
      const { orders } = await ask(email, `query($filter: OrderFilter, $n: Int) { orders(filter: $filter, first: $n) { edges { node {
        id number version status cancelReason purchaseOrderNumber user { email } lines { name } shipments { id status trackingNumber } delay { reason } availableActions } } } }`, { filter, n });
      return n === 1 ? orders.edges[0].node : orders.edges.map((e) => e.node);
    };
    const open = async (order, options) => {
      const page = await visit(browser, server, options);
      await signIn(page, admin, `/orders/${order.number}`);
      await page.getByRole('heading', { level: 1, name: order.number }).waitFor();
      await page.getByRole('region', { name: 'Items' }).getByRole('table').waitFor();
      return page;
    };
    const step = (page, name) => page.getByRole('list', { name: 'How far the order is' }).getByRole('listitem').filter({ hasText: name });

    test('a delivered order says when, and what was in it', async () => {
      const order = await find({ fulfillmentStatus: ['DELIVERED'] });
      const page = await open(order);
      await page.getByRole('heading', { name: /^Delivered \w+day/ }).waitFor();
      assert.match(await step(page, 'Delivered').innerText(), /Delivered\s*\(done\)/);
      for (const l of order.lines) await page.getByRole('table', { name: 'Items' }).getByText(l.name, { exact: true }).first().waitFor();
      const link = page.getByRole('link', { name: new RegExp(order.shipments[0].trackingNumber) });
      assert.match(await link.getAttribute('href'), /^https:/);
      await page.done();
    });

    test('a late order says so first, and why', async () => {
      const order = await find({ isLate: true });
      const page = await open(order);
      await page.getByText('Late', { exact: true }).waitFor();
      await page.getByText(order.delay.reason).waitFor();
      await page.done();
    });

    test('a cancelled order ends with its reason', async () => {
      const order = await find({ status: ['CANCELLED'] });
      const page = await open(order, { viewport: phone });
      await page.getByRole('heading', { name: /^Cancelled \w+day/ }).waitFor();
      assert.match(await step(page, 'Cancelled').innerText(), new RegExp(order.cancelReason.slice(0, 20).replace(/[.*+?^${}()|[\]\\]/g, '.')));
      assert.equal(await page.getByRole('region', { name: 'Shipments' }).count(), 0);
      await page.done();
    });

    test('an order that is not there', async () => {
      const page = await visit(browser, server);
      await signIn(page, admin, '/orders/FO-NOTHING');
      await page.getByRole('heading', { level: 1, name: 'No such order' }).waitFor();
      assert.deepEqual(await problems(page), []);
      await page.getByRole('link', { name: 'To your orders' }).click();
      await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
      await page.done();
    });

    test('a note stands there at once, while the server is still thinking', async () => {
      const order = await find({ fulfillmentStatus: ['SHIPPED'] });
      const page = await open(order);
      let go;
      const held = new Promise((resolve) => { go = resolve; });
      await page.route('**/graphql', async (route) => { if (/addOrderNote/.test(route.request().postData() ?? '')) await held; await route.continue(); });
      await page.getByLabel('Write a note to us').fill('Please ring at gate 4.');
      await page.getByRole('button', { name: 'Send the note' }).click();
      const history = page.getByRole('list', { name: 'History' });
      await history.getByText('is being sent').waitFor();
      await history.getByText('Please ring at gate 4.').waitFor();
      assert.equal(await page.getByLabel('Write a note to us').inputValue(), '');
      go();
      await history.getByText('is being sent').waitFor({ state: 'detached' });
      await settled(page);
      assert.equal(await history.getByText('Please ring at gate 4.').count(), 1);
      await page.done();
    });

    test('a note that is not taken goes again, and its words come back', async () => {
      const order = await find({ fulfillmentStatus: ['SHIPPED'] });
      const page = await open(order);
      await page.route('**/graphql', (route) => (/addOrderNote/.test(route.request().postData() ?? '') ? route.abort() : route.continue()));
      await page.getByLabel('Write a note to us').fill('Never arrives.');
      await page.getByRole('button', { name: 'Send the note' }).click();
      await page.getByRole('alert').filter({ hasText: 'does not answer' }).waitFor();
      assert.equal(await page.getByLabel('Write a note to us').inputValue(), 'Never arrives.');
      assert.equal(await page.getByRole('list', { name: 'History' }).getByText('Never arrives.').count(), 0);
      page.pardon(/ERR_FAILED/);
      await page.done();
    });

    test('an order is cancelled after a question; one that has changed meanwhile is refused', async () => {
      const [first, second] = await find({ status: ['PLACED', 'CONFIRMING'] }, admin, 2);
      const page = await open(first);
      const cancel = async () => {
        await page.getByRole('button', { name: 'More actions' }).click();
        await page.getByRole('menuitem', { name: 'Cancel the order' }).click();
        const dialog = page.getByRole('dialog', { name: /^Cancel order/ });
        await dialog.getByLabel('Why?').fill('Ordered twice.');
        return dialog;
      };
      let dialog = await cancel();
      assert.deepEqual(await problems(page), []);
      await dialog.getByRole('button', { name: 'Cancel this order' }).click();
      await page.getByText(`Order ${first.number} is cancelled.`).waitFor();
      await page.getByRole('heading', { name: /^Cancelled \w+day/ }).waitFor();
      await page.getByRole('button', { name: 'More actions' }).waitFor({ state: 'detached' });
      // Somebody else is faster: the live message is held back, so that this page has the old version.
      await page.routeWebSocket('**/graphql', () => undefined);
      await page.goto(`/orders/${second.number}`);
      await page.getByRole('heading', { level: 1, name: second.number }).waitFor();
      dialog = await cancel();
      await ask(people.STAFF_AGENT, 'mutation($input: CancelOrderInput!) { cancelOrder(input: $input) { userErrors { message } } }', { input: { orderId: second.id, version: second.version, reason: 'By telephone.' } });
      await dialog.getByRole('button', { name: 'Cancel this order' }).click();
      await dialog.getByRole('alert').waitFor();
      await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
      await page.getByRole('heading', { name: /^Cancelled \w+day/ }).waitFor(); // loaded again
      await page.done();
    });

    test('what the carrier reports appears on the open page by itself', async () => {
      const order = (await find({ fulfillmentStatus: ['SHIPPED'] }, admin, 10)).find((o) => o.shipments.some((s) => s.status === 'IN_TRANSIT'));
      const page = await open(order);
      await page.getByText(/^Live ·/).waitFor();
      await ask(people.STAFF_FULFILLMENT, 'mutation($input: AddTrackingEventInput!) { addTrackingEvent(input: $input) { userErrors { message } } }',
        { input: { shipmentId: order.shipments.find((s) => s.status === 'IN_TRANSIT').id, status: 'OUT_FOR_DELIVERY', at: new Date().toISOString(), location: 'Halden, NO', message: 'With the driver' } });
      await page.getByRole('region', { name: 'Shipments' }).getByText('With the driver').waitFor();
      await page.getByRole('status').filter({ hasText: 'New: With the driver, Halden, NO' }).waitFor({ state: 'attached' });
      assert.match(await step(page, 'Out for delivery').innerText(), /Out for delivery\s*\(now\)/);
      await page.done();
    });

    test('printed, an order is a sheet of paper', async () => {
      const order = await find({ fulfillmentStatus: ['PARTIALLY_SHIPPED'] });
      const page = await open(order);
      await page.emulateMedia({ media: 'print' });
      await page.getByRole('heading', { name: `Order ${order.number}` }).waitFor();
      assert.equal(await page.getByRole('button', { name: 'Print' }).isVisible(), false);
      await page.getByRole('columnheader', { name: 'Article' }).waitFor();
      await shoot(page, 'order-print');
      await page.emulateMedia({ media: 'screen' });
      await page.getByRole('button', { name: 'Print' }).waitFor();
      await page.done();
    });

    test('each number of the first page is that of its list', async () => {
      const page = await visit(browser, server);
      await signIn(page, admin);
      const tiles = page.getByRole('main').getByRole('link', { name: /^(Late|Delivery problems|Will be late|Awaiting approval|On their way) \d+$/ });
      await tiles.first().waitFor();
      await settled(page);
      const seen = await tiles.evaluateAll((all) => all.map((a) => ({ href: a.getAttribute('href'), n: Number(/\d+$/.exec(a.textContent)[0]) })));
      assert.ok(seen.length >= 3, JSON.stringify(seen));
      for (const { href, n } of seen) {
        await page.goto(href);
        await page.getByRole('table', { name: 'Orders' }).waitFor();
        await page.getByText(new RegExp(`^${n} entr(y|ies)`)).waitFor();
      }
      const { viewer } = await ask(admin, '{ viewer { attention { lateOrders ordersUnderway } } }');
      assert.equal(seen.find((s) => s.href.endsWith('late')).n, viewer.attention.lateOrders);
      assert.equal(seen.find((s) => s.href.endsWith('underway')).n, viewer.attention.ordersUnderway);
      await page.done();
    });

    test('the first page is calm when there is nothing to do', async () => {
      const page = await visit(browser, server);
      await page.route('**/graphql', async (route) => {
        const answer = await route.fetch();
        const body = await answer.json();
        if (body.data?.viewer?.attention?.approvalsToDecide) body.data.viewer.attention.approvalsToDecide = 0;
        if (/query Home/.test(route.request().postData() ?? '')) for (const k of ['late', 'delayed', 'problems', 'approval']) Object.assign(body.data[k], { totalCount: 0, edges: [] });
        return route.fulfill({ response: answer, json: body });
      });
      await signIn(page, admin);
      await page.getByRole('heading', { name: 'Nothing needs your attention' }).waitFor();
      await page.done();
    });

    test('a guest reads one order by a code from the mail, sees it move, and leaves', async () => {
      const order = (await find({ fulfillmentStatus: ['SHIPPED'] }, admin, 20)).find((o) => o.user?.email && o.shipments.some((s) => s.status === 'IN_TRANSIT'));
      const page = await visit(browser, server, { viewport: phone });
      await page.goto(`/track?number=${order.number}&email=${encodeURIComponent(order.user.email)}`);
      await page.getByRole('heading', { level: 1, name: 'Track an order' }).waitFor();
      assert.equal(await page.getByLabel('Order number').inputValue(), order.number);
      await page.getByRole('button', { name: 'Send me a code' }).click();
      await page.getByText(/good for 15 minutes/).waitFor();
      const code = page.getByLabel('Code from the e-mail');
      await code.fill('123');
      await page.getByRole('button', { name: 'Show the order' }).click();
      await page.getByText('The code has 8 digits.').waitFor();
      await code.fill('00000000');
      await answered(page, 'OpenOrder', () => page.getByRole('button', { name: 'Show the order' }).click());
      await page.getByText(/belong together|expired/).last().waitFor();
      await code.fill(await codeFor(order.number));
      await page.getByRole('button', { name: 'Show the order' }).click();
      await page.getByRole('heading', { level: 1, name: order.number }).waitFor();
      await settled(page);
      assert.deepEqual(await problems(page), []);
      for (const closed of ['Summary', 'Delivery address']) assert.equal(await page.getByRole('region', { name: closed }).count(), 0, closed);
      assert.equal(await page.getByLabel('Write a note to us').count(), 0);
      await page.getByText(/^Live ·/).waitFor();
      await ask(people.STAFF_FULFILLMENT, 'mutation($input: AddTrackingEventInput!) { addTrackingEvent(input: $input) { userErrors { message } } }',
        { input: { shipmentId: order.shipments.find((s) => s.status === 'IN_TRANSIT').id, status: 'IN_TRANSIT', at: new Date().toISOString(), message: 'Seen by a guest' } });
      await page.getByRole('region', { name: 'Shipments' }).getByText('Seen by a guest').waitFor();
      await page.reload(); // the code is good once, the visit lasts for its hour
      await page.getByRole('heading', { level: 1, name: order.number }).waitFor();
      await page.getByRole('button', { name: 'Track another order' }).click();
      await page.getByRole('heading', { level: 1, name: 'Track an order' }).waitFor();
      await page.done();
    });

    test('a stranger to the order is told the same, and a guest whose hour is over is asked for a new code', async () => {
      const order = (await find({ fulfillmentStatus: ['DELIVERED'] }, admin, 20)).find((o) => o.user?.email);
      const page = await visit(browser, server);
      await page.goto('/track');
      await page.getByRole('button', { name: 'Send me a code' }).click();
      await page.getByText('This is needed.').nth(1).waitFor();
      assert.equal(await page.getByText('This is needed.').count(), 2);
      await page.getByLabel('Order number').fill('FO-NOTHING');
      await page.getByLabel('E-mail address').fill('nobody@nowhere.example');
      await page.getByRole('button', { name: 'Send me a code' }).click();
      await page.getByText('If order FO-NOTHING and nobody@nowhere.example belong together, a code is on its way').waitFor();
      await page.getByRole('button', { name: /Change number or address/ }).click();
      await page.getByLabel('Order number').fill(order.number);
      await page.getByLabel('E-mail address').fill(order.user.email);
      await page.getByRole('button', { name: 'Send me a code' }).click();
      const code = await codeFor(order.number);
      await page.clock.install();
      await page.getByLabel('Code from the e-mail').fill(code);
      await page.getByRole('button', { name: 'Show the order' }).click();
      await page.getByRole('heading', { level: 1, name: order.number }).waitFor();
      await page.clock.fastForward('01:00:05');
      await page.getByText(/has ended after an hour/).waitFor();
      page.pardon(/^CloseEvent/); // an hour in one step: the connection has missed all its signs of life
      assert.equal(await page.getByLabel('Order number').inputValue(), order.number);
      await page.done();
    });

    /** The newest code for an order, read where the demo company's mails are kept. */
    async function codeFor(number) {
      for (let i = 0; i < 400; i++) {
        const list = await (await fetch(`${server.url}/mailbox`)).text();
        for (const [, href] of list.matchAll(/href="(\/mailbox\/\d+)"/g)) {
          const mail = (await (await fetch(server.url + href)).text()).replace(/<[^>]+>/g, ' ');
          const code = mail.includes(number) && /\b(\d{4} \d{4})\b/.exec(mail)?.[1];
          if (code) return code;
        }
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      throw new Error(`no mail with a code for ${number}`);
    }
  });
}
