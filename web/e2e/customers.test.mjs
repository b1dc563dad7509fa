// What staff do with customers, unknown parcels and the palette, and who meets
// which door at the console.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { databases, launch, serve, settled, signIn, visit } from './browser.mjs';
import { people } from './pages.mjs';

/** Asks the API itself, so that a page is compared with what the API says. */
async function ask(server, token, query, variables = {}) {
  const answer = await fetch(`${server.url}/graphql`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}
const tokenOf = async (server, email) => (await ask(server, null, 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }', { input: { email, password: 'aurelia-demo' } })).signIn.accessToken;
const nodes = (list) => list.edges.map((e) => e.node);
const euros = (n) => new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 }).format(n);
const sales = people.STAFF_SALES; // reads English

for (const database of databases) {
  describe(`customers on ${database.name}`, () => {
    let server, browser, admin, customer;
    before(async () => {
      [server, browser] = await Promise.all([serve(database), launch()]);
      admin = await tokenOf(server, people.STAFF_ADMIN);
      // The signed-in pages speak the person's language: these people read German in the demo company.
      for (const role of ['STAFF_AGENT', 'STAFF_FULFILLMENT', 'STAFF_MARKETING', 'STAFF_ADMIN'])
        await ask(server, await tokenOf(server, people[role]), 'mutation { changeProfile(input: { language: EN }) { userErrors { code } } }');
      customer = nodes((await ask(server, admin, '{ organizations(filter: { search: "Halden Robotics" }, first: 5) { edges { node { id name } } } }')).organizations).find((o) => o.name === 'Halden Robotics');
    });
    after(async () => { await browser?.close(); await server?.stop(); });

    test('the figures of a customer are what their orders add up to', async () => {
      const orders = [];
      for (let after = null; ;) {
        const page = (await ask(server, await tokenOf(server, sales), 'query($filter: OrderFilter, $after: Cursor) { orders(filter: $filter, first: 100, after: $after) { pageInfo { hasNextPage endCursor } edges { node { status placedAt isLate total { amount currency } } } } }', { filter: { organizationId: customer.id }, after })).orders;
        orders.push(...nodes(page));
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      const now = new Date();
      const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 11, 1)).toISOString();
      const counted = orders.filter((o) => !['CANCELLED', 'DRAFT'].includes(o.status) && o.placedAt >= from);
      const open = orders.filter((o) => ['AWAITING_APPROVAL', 'PLACED', 'CONFIRMING', 'CONFIRMED'].includes(o.status));
      const cents = counted.reduce((n, o) => n + Math.round(Number(o.total.amount) * 100), 0);
      assert.ok(counted.length > 0 && open.length > 0, 'the demo company has orders of this customer');

      const page = await visit(browser, server);
      await signIn(page, sales, '/console/customers');
      await page.getByRole('link', { name: 'Atelier Delorme' }).waitFor();
      await page.getByRole('textbox', { name: 'Beginning of a word' }).fill('robotics');
      await page.getByRole('link', { name: 'Atelier Delorme' }).waitFor({ state: 'detached' }); // rows that move are not clicked
      await page.getByRole('link', { name: 'Halden Robotics', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Halden Robotics' }).waitFor();
      const figure = (name) => page.getByRole('term').filter({ hasText: name }).locator('xpath=..');
      await figure('Orders of 12 months').getByText(euros(cents / 100)).waitFor();
      await figure('Orders of 12 months').getByText(`${counted.length} order`).waitFor();
      await figure('Open orders').getByText(String(open.length), { exact: true }).waitFor();
      await figure('Late orders').getByText(String(orders.filter((o) => o.isLate).length), { exact: true }).waitFor();

      // The way to the orders leads to this customer's and to nobody else's.
      await page.getByRole('link', { name: 'All orders' }).click();
      await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
      await page.getByText(`${orders.length} entries`).waitFor();
      await page.done();
    });

    test('a note appears, stays, and is not for the customer', async () => {
      const text = `Asked for a call before noon, ${database.name}`;
      const page = await visit(browser, server);
      await signIn(page, sales, `/console/customers/${customer.id}`);
      // While the server has not answered, the note is there already.
      let release;
      const held = new Promise((resolve) => { release = resolve; });
      await page.route('**/graphql', async (route) => { if (route.request().postData()?.includes('AddOrganizationNote')) await held; await route.continue(); });
      await page.getByLabel('Write a note about this customer').fill(text);
      await page.keyboard.press('Control+Enter');
      await page.getByRole('listitem').filter({ hasText: text }).getByText('Being saved').waitFor();
      release();
      await page.getByText('The note is there.').waitFor();
      await page.getByRole('listitem').filter({ hasText: text }).getByText('Being saved').waitFor({ state: 'detached' });
      await page.reload();
      await page.getByText(text).waitFor();
      assert.equal(await page.getByText(text).count(), 1);
      await page.done();

      const theirs = await ask(server, await tokenOf(server, people.ORG_ADMIN), 'query($id: ID!) { organization(id: $id) { timeline(first: 100) { edges { node { __typename key } } } } }', { id: customer.id });
      assert.ok(theirs.organization.timeline.edges.length > 0);
      assert.ok(theirs.organization.timeline.edges.every((e) => e.node.__typename === 'OrganizationOrderEvent'), 'the customer is told of orders alone');
    });

    test('the timeline by kind, and page by page', async () => {
      const page = await visit(browser, server);
      await signIn(page, sales, `/console/customers/${customer.id}`);
      const timeline = page.getByRole('region', { name: 'Timeline' });
      await timeline.getByRole('listitem').first().waitFor();
      const narrow = async (kind) => { // what was there before stays until the answer is there
        await timeline.getByRole('button', { name: kind, exact: true }).click();
        await settled(page);
        await timeline.getByRole('listitem').first().waitFor();
      };
      await narrow('Orders');
      assert.equal(await timeline.getByRole('listitem').count(), 20);
      await timeline.getByRole('button', { name: 'Show more' }).click();
      await timeline.getByRole('listitem').nth(20).waitFor();
      const more = await timeline.getByRole('listitem').allInnerTexts();
      assert.ok(more.length > 20 && more.every((x) => /^\s*Order /.test(x)), 'only orders, and more of them');
      await narrow('Notes');
      for (const x of await timeline.getByRole('listitem').allInnerTexts()) assert.match(x, /^\s*Note/);
      await timeline.getByRole('button', { name: 'People', exact: true }).click();
      await timeline.getByText(/invited|accepted|Nothing of this kind/).first().waitFor();
      await page.done();
    });

    test('the palette finds an order by its purchase order number, by keyboard alone', async () => {
      const order = nodes((await ask(server, admin, '{ orders(first: 50) { edges { node { number purchaseOrderNumber } } } }')).orders).find((o) => o.purchaseOrderNumber);
      const page = await visit(browser, server);
      await signIn(page, people.STAFF_AGENT, '/console/customers');
      await settled(page);
      await page.keyboard.press('Control+k');
      const field = page.getByRole('combobox', { name: /^Order, customer/ });
      await field.and(page.locator(':focus')).waitFor();
      await page.keyboard.type(order.purchaseOrderNumber);
      await page.getByRole('option', { name: order.number, selected: true }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/console/orders/${encodeURIComponent(order.number)}`);
      await field.waitFor({ state: 'detached' });
      // What was opened is offered again, and Escape leaves without going anywhere.
      await page.keyboard.press('/');
      await page.getByRole('group', { name: 'Recently opened' }).getByText(order.number).waitFor();
      await page.keyboard.press('Escape');
      await field.waitFor({ state: 'detached' });
      // What is typed and not found says so.
      await page.keyboard.press('/');
      await field.and(page.locator(':focus')).waitFor();
      await page.keyboard.type('zzzz');
      await page.getByText('Nothing begins with “zzzz”.').waitFor();
      await page.keyboard.press('Escape');
      await page.done();
    });

    test('letters lead to pages, and a question mark explains them', async () => {
      const page = await visit(browser, server);
      await signIn(page, people.STAFF_AGENT, '/console/customers');
      await settled(page);
      await page.keyboard.press('g');
      await page.keyboard.press('p');
      await page.getByRole('heading', { level: 1, name: 'Unknown parcels' }).waitFor();
      await page.keyboard.press('g');
      await page.keyboard.press('c');
      await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard' }).getByText('Going to a page').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog', { name: 'Keyboard' }).waitFor({ state: 'detached' });
      // A letter that is typed is only a letter.
      await page.getByRole('textbox', { name: 'Beginning of a word' }).fill('');
      await page.getByRole('textbox', { name: 'Beginning of a word' }).press('g');
      await page.keyboard.press('p');
      assert.equal(await page.getByRole('textbox', { name: 'Beginning of a word' }).inputValue(), 'gp');
      assert.match(page.url(), /\/console\/customers/);
      await page.done();
    });

    /** A report of a parcel that nobody knows, and an order with a shipment of the same carrier. */
    async function stray(number, message) {
      const order = nodes((await ask(server, admin, '{ orders(filter: { fulfillmentStatus: [SHIPPED] }, first: 50) { edges { node { number shipments { id status carrier { code } } } } } }')).orders)
        .find((o) => o.shipments.length === 1 && o.shipments[0].carrier.code === 'DHL');
      const at = new Date(Date.now() - 60_000).toISOString();
      const { reportTracking } = await ask(server, admin, 'mutation($input: ReportTrackingInput!) { reportTracking(input: $input) { results { outcome } userErrors { message } } }',
        { input: { carrier: 'DHL', reports: [{ trackingNumber: number, status: 'IN_TRANSIT', at, message, location: 'Leipzig, DE' }] } });
      assert.deepEqual(reportTracking.userErrors, []);
      return order;
    }

    test('a report of an unknown parcel finds its shipment', async () => {
      const order = await stray('QX900100200DE', 'Passed the airport');
      const page = await visit(browser, server);
      await signIn(page, people.STAFF_FULFILLMENT, '/console/parcels');
      await page.getByRole('link', { name: /QX900100200DE/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Parcel QX900100200DE' });
      await dialog.getByText('Passed the airport').waitFor();
      await dialog.getByRole('button', { name: 'Record it there' }).click();
      await dialog.getByText('Choose a shipment first.').waitFor();
      await dialog.getByRole('textbox', { name: 'Which shipment is it?' }).fill(order.number);
      await dialog.getByRole('link', { name: order.number }).waitFor();
      await settled(page);
      await dialog.getByRole('radio').check();
      await dialog.getByRole('button', { name: 'Record it there' }).click();
      await page.getByText(`The report is recorded on order ${order.number}.`).waitFor();
      await page.getByRole('link', { name: /QX900100200DE/ }).waitFor({ state: 'detached' });
      const told = await ask(server, admin, 'query($n: String!) { order(number: $n) { shipments { trackingEvents { message } } } }', { n: order.number });
      assert.ok(told.order.shipments[0].trackingEvents.some((e) => e.message === 'Passed the airport'), 'the order tells of it');
      await page.done();
    });

    test('what somebody else has dealt with is refused, and reports are dismissed together', async () => {
      await stray('QX900100301DE', 'Sorted');
      const order = await stray('QX900100302DE', 'Sorted again');
      await stray('QX900100303DE', 'Sorted once more');
      const page = await visit(browser, server);
      await signIn(page, people.STAFF_FULFILLMENT, '/console/parcels');
      await page.getByRole('link', { name: /QX900100302DE/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Parcel QX900100302DE' });
      await dialog.getByRole('textbox', { name: 'Which shipment is it?' }).fill(order.number);
      await dialog.getByRole('link', { name: order.number }).waitFor();
      await settled(page);
      await dialog.getByRole('radio').check();
      const waiting = nodes((await ask(server, admin, '{ parcelReports(filter: { trackingNumber: "QX900100302DE" }, first: 1) { edges { node { id } } } }')).parcelReports)[0];
      await ask(server, admin, 'mutation($input: DismissParcelReportInput!) { dismissParcelReport(input: $input) { userErrors { code } } }', { input: { parcelReportId: waiting.id } });
      await dialog.getByRole('button', { name: 'Record it there' }).click();
      await dialog.getByText('This report has been recorded or dismissed already.').waitFor();
      await page.keyboard.press('Escape');

      await page.getByRole('checkbox', { name: /QX900100301DE/ }).check();
      await page.getByRole('checkbox', { name: /QX900100303DE/ }).check();
      await page.getByRole('button', { name: 'Dismiss 2 reports' }).click();
      const sure = page.getByRole('dialog', { name: 'Dismiss 2 reports?' });
      await sure.getByLabel('Why').fill('Not ours');
      await sure.getByRole('button', { name: 'Dismiss 2 reports' }).click();
      await page.getByText('2 reports are dismissed.').waitFor();
      await page.getByRole('link', { name: /QX90010030/ }).first().waitFor({ state: 'detached' });
      await page.getByRole('navigation', { name: /views/i }).getByRole('link', { name: 'Dealt with' }).click();
      await page.getByText('Not ours').first().waitFor();
      await page.getByRole('textbox', { name: 'Tracking number' }).fill('nobody-has-this');
      await page.getByText('No report matches').waitFor();
      await page.done();
    });

    test('the door: nobody, a customer, staff', async () => {
      const page = await visit(browser, server);
      await page.goto('/console/customers');
      await page.getByRole('heading', { level: 1, name: 'Staff console' }).waitFor();
      await page.getByLabel('E-mail address').fill(people.ORG_ADMIN);
      await page.getByLabel('Password', { exact: true }).fill('wrong-password');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('alert').waitFor();
      await page.getByLabel('Password', { exact: true }).fill('aurelia-demo');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'This is for our staff' }).waitFor();
      assert.equal(await page.getByRole('link', { name: 'To the customer portal' }).getAttribute('href'), '/');
      await page.getByRole('button', { name: 'Sign in with another account' }).click();
      // The page that was asked for is what a member of staff sees next.
      await page.getByLabel('E-mail address').fill(sales);
      await page.getByLabel('Password', { exact: true }).fill('aurelia-demo');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor();
      await page.done();
    });

    test('roles that lack something do not see it', async () => {
      const page = await visit(browser, server);
      await signIn(page, people.STAFF_MARKETING, '/console/customers');
      await page.getByRole('link', { name: 'Halden Robotics', exact: true }).waitFor();
      assert.equal(await page.getByRole('columnheader', { name: 'People' }).count(), 0);
      assert.equal(await page.getByText('Those that I look after').count(), 0);
      await page.getByRole('link', { name: 'Halden Robotics', exact: true }).click();
      await page.getByRole('heading', { level: 2, name: 'Looked after by' }).waitFor();
      for (const name of ['Timeline', 'Open orders', 'People', 'By month']) assert.equal(await page.getByRole('heading', { level: 2, name }).count(), 0, `marketing has no ${name}`);
      assert.equal(await page.getByRole('link', { name: 'Unknown parcels' }).count(), 0);
      await page.done();

      const analyst = await visit(browser, server);
      await signIn(analyst, people.STAFF_ANALYST, `/console/customers/${customer.id}`);
      await analyst.getByRole('heading', { level: 2, name: 'By month' }).waitFor();
      await analyst.getByRole('region', { name: 'Timeline' }).getByRole('listitem').first().waitFor();
      assert.equal(await analyst.getByLabel('Write a note about this customer').count(), 0);
      assert.equal(await analyst.getByRole('heading', { level: 2, name: 'People' }).count(), 0);
      assert.equal(await analyst.getByRole('button', { name: 'Notes' }).count(), 0);
      await analyst.done();
    });

    test('an administrator assigns and invites', async () => {
      const page = await visit(browser, server);
      await signIn(page, people.STAFF_ADMIN, `/console/customers/${customer.id}`);
      const care = page.getByRole('region', { name: 'Looked after by' });
      await care.getByRole('combobox', { name: 'Add somebody' }).fill('Deniz');
      await page.getByRole('option', { name: /Deniz Aydin/ }).click();
      await care.getByText('Deniz Aydin', { exact: true }).waitFor();
      await care.getByRole('button', { name: /Deniz Aydin no longer/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
      await care.getByText('Deniz Aydin', { exact: true }).waitFor({ state: 'detached' });

      const team = page.getByRole('region', { name: 'People' });
      await team.getByRole('button', { name: 'Invite' }).click();
      const dialog = page.getByRole('dialog', { name: 'Invite a person' });
      await dialog.getByLabel('Name').fill('Oda Nilsen');
      await dialog.getByLabel('E-mail address').fill('not an address');
      await dialog.getByRole('button', { name: 'Send the invitation' }).click();
      await dialog.locator('[aria-invalid="true"]').waitFor();
      await dialog.getByLabel('E-mail address').fill('oda.nilsen@halden.example');
      await dialog.getByRole('button', { name: 'Send the invitation' }).click();
      await team.getByRole('listitem').filter({ hasText: 'Oda Nilsen' }).getByText('Invited').waitFor();
      await team.getByRole('button', { name: 'Actions for Oda Nilsen' }).click();
      await page.getByRole('menuitem', { name: 'Disable' }).click();
      await page.getByRole('dialog', { name: 'Disable Oda Nilsen?' }).getByRole('button', { name: 'Disable' }).click();
      await team.getByRole('listitem').filter({ hasText: 'Oda Nilsen' }).getByText('Disabled').waitFor();
      await page.done();
    });
  });
}
