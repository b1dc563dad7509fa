// From catalog to order, as people do it: a product is found, put into the cart
// and ordered, with everything that can come between.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { answered, databases, launch, overflow, phone, problems, serve, settled, shoot, signIn, visit } from './browser.mjs';
import { people } from './pages.mjs';

for (const database of databases) {
  describe(`ordering on ${database.name}`, () => {
    let server, browser;
    before(async () => { [server, browser] = await Promise.all([serve(database), launch()]); });
    after(async () => { await browser?.close(); await server?.stop(); });

    const tokens = {};
    /** Asks the public API as a person; by its own words, as any client would. */
    const ask = async (email, query, variables = {}) => {
      const post = async (body, token) => (await fetch(`${server.url}/graphql`, {
        method: 'POST', headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify(body),
      })).json();
      if (email) tokens[email] ??= (await post({ query: 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }', variables: { input: { email, password: 'aurelia-demo' } } })).data.signIn.accessToken;
      const answer = await post({ query, variables }, email && tokens[email]);
      assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
      return answer.data;
    };
    const admin = people.ORG_ADMIN;
    const variants = async (email) => (await ask(email, '{ search(query: "", first: 100) { hits { product { id name variants { id sku name minimumQuantity quantityStep price { amount currency } availability { status } } } } } }'))
      .search.hits.flatMap((h) => h.product?.variants.map((v) => ({ ...v, product: h.product })) ?? []);
    /** Something that can be ordered now. */
    const wanted = async (email = admin) => {
      const all = await variants(email);
      return all.find((v) => v.price && ['IN_STOCK', 'UNTRACKED'].includes(v.availability.status)) ?? all.find((v) => v.price);
    };
    const empty = async (email) => {
      const { carts } = await ask(email, '{ carts(first: 50) { id version } }');
      for (const c of carts) await ask(email, 'mutation($input: DiscardCartInput!) { discardCart(input: $input) { userErrors { code } } }', { input: { cartId: c.id, version: c.version } });
    };
    const put = async (email, v, quantity = v.minimumQuantity) => {
      const { addToCart } = await ask(email, 'mutation($input: AddToCartInput!) { addToCart(input: $input) { cart { id version } userErrors { code message } } }', { input: { lines: [{ variantId: v.id, quantity }] } });
      assert.deepEqual(addToCart.userErrors, []);
      return addToCart.cart;
    };
    /** Puts the cart together and stops before the last button. */
    const checkout = async (page) => {
      await page.goto('/cart/checkout');
      await settled(page);
      await page.getByRole('heading', { level: 1, name: 'Checkout' }).waitFor();
      return page.getByRole('button', { name: /^(Place order|Send for approval)$/ });
    };

    test('who has not signed in looks through the catalog, and signs in from there', async () => {
      const page = await visit(browser, server);
      await page.goto('/products');
      await page.locator('.s-card').first().waitFor();
      await settled(page);
      assert.deepEqual(await problems(page), []);
      await shoot(page, 'journey-public');
      await page.locator('.s-card a').first().click();
      await page.locator('.pd-price').waitFor();
      const at = new URL(page.url()).pathname;
      await page.getByRole('link', { name: 'Sign in to order' }).click();
      await page.getByLabel('E-mail address').fill(admin);
      await page.getByLabel('Password', { exact: true }).fill('aurelia-demo');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.waitForURL((u) => u.pathname === at);
      await page.getByRole('heading', { name: 'Your price' }).waitFor();
      await page.done();
    });

    test('a product is found with a typo, put into the cart and ordered', async () => {
      await empty(admin);
      const v = await wanted();
      const word = v.product.name.split(' ')[0];
      const typo = word.length > 4 ? word.slice(0, 2) + word.slice(3) : word;
      const page = await visit(browser, server);
      await signIn(page, admin);
      await page.goto('/products');
      const box = page.getByRole('combobox', { name: 'Search for products' });
      await box.fill(typo);
      await box.press('Enter');
      await page.getByRole('status').filter({ hasText: /products? for/ }).waitFor();
      await page.locator('.s-card').filter({ hasText: v.product.name }).getByRole('link').first().click();
      await page.getByRole('heading', { level: 1, name: v.product.name }).waitFor();
      await settled(page);
      await page.getByRole('button', { name: 'Why this price?' }).click();
      await page.getByRole('heading', { name: 'How this price comes about' }).waitFor();
      assert.deepEqual(await problems(page), []);
      await shoot(page, 'journey-product');
      await page.getByRole('button', { name: 'Add to cart' }).first().click();
      await page.getByRole('link', { name: 'Cart, 1 item' }).waitFor(); // the header knows at once
      await page.getByRole('link', { name: 'To the cart' }).click();
      await page.getByRole('heading', { level: 1, name: 'Cart' }).waitFor();
      await settled(page);
      await answered(page, 'ChangeCart', () => page.getByRole('button', { name: /^More: Quantity of/ }).click());
      await page.getByText('Total', { exact: true }).waitFor();
      await settled(page);
      assert.deepEqual(await problems(page), []);
      await shoot(page, 'journey-cart');
      const order = await checkout(page);
      await page.getByLabel(/Your order number/).fill('PO-E2E-1');
      await page.getByLabel(/Anything else/).fill('Please ring twice.');
      assert.deepEqual(await problems(page), []);
      await shoot(page, 'journey-checkout');
      await order.click();
      await page.getByRole('heading', { level: 1, name: /^(Thank you|Your order waits)/ }).waitFor();
      await shoot(page, 'journey-done');
      await page.getByRole('link', { name: 'Follow the order' }).click();
      await page.getByRole('heading', { level: 1, name: v.product.name }).waitFor();
      await page.getByText('PO-E2E-1').first().waitFor();
      await page.getByText('Please ring twice.').first().waitFor();
      await page.done();
    });

    test('prices that change between look and order are shown, and accepted or not', async () => {
      await empty(admin);
      const root = people.STAFF_ADMIN;
      const priceNow = async (id) => (await ask(admin, 'query($id: ID!) { node(id: $id) { ... on ProductVariant { price { amount currency } } } }', { id })).node.price;
      const reprice = async (id, price, currency) => {
        const { node } = await ask(root, 'query($id: ID!) { node(id: $id) { ... on ProductVariant { product { version } } } }', { id });
        const { saveVariant } = await ask(root, 'mutation($input: SaveVariantInput!) { saveVariant(input: $input) { userErrors { code message } } }', { input: { id, version: node.product.version, price, currency } });
        assert.deepEqual(saveVariant.userErrors, []);
      };
      // Something of which the customer pays the standard price: of the others a list decides.
      let v;
      for (const x of await variants(admin)) {
        if (!x.price || !['IN_STOCK', 'UNTRACKED'].includes(x.availability.status)) continue;
        await reprice(x.id, '321.00', x.price.currency);
        if (Number((await priceNow(x.id)).amount) === 321) { v = x; break; }
      }
      assert.ok(v, 'a variant at the standard price');
      await put(admin, v);
      const page = await visit(browser, server);
      await signIn(page, admin, '/cart');
      const order = await checkout(page);
      await reprice(v.id, '345.50', v.price.currency); // in this moment
      await order.click();
      const dialog = page.getByRole('dialog', { name: 'Prices have changed' });
      await dialog.getByText('€321.00').waitFor();
      await dialog.getByText('€345.50').first().waitFor();
      assert.deepEqual(await problems(page), []);
      await shoot(page, 'journey-price-changed', false);
      await dialog.getByRole('button', { name: 'Close' }).click(); // not at that price
      await settled(page);
      await reprice(v.id, '350.00', v.price.currency); // and once more
      await order.click();
      await dialog.getByText('€350.00').first().waitFor();
      await dialog.getByRole('button', { name: /^Order for/ }).click();
      await page.getByRole('heading', { level: 1, name: /^(Thank you|Your order waits)/ }).waitFor();
      const { orders } = await ask(admin, '{ orders(first: 1, orderBy: { field: PLACED_AT, direction: DESC }) { edges { node { lines { sku unitPrice { amount } } } } } }');
      assert.equal(Number(orders.edges[0].node.lines.find((l) => l.sku === v.sku).unitPrice.amount), 350);
      await page.done();
    });

    test('somebody else buys the last one between look and order', async () => {
      await empty(admin);
      const keeper = people.STAFF_FULFILLMENT;
      const other = people.ORG_MANAGER;
      const all = (await variants(admin)).filter((v) => v.price && v.availability.status === 'IN_STOCK' && v.minimumQuantity === 1);
      const v = all.find((x) => all.some((y) => y.id !== x.id && y.product.id === x.product.id));
      assert.ok(v, 'something with another variant that is there');
      const { stockLevels } = await ask(keeper, 'query($v: [ID!]) { stockLevels(filter: { variantIds: $v }) { edges { node { allocated reserved location { id } } } } }', { v: [v.id] });
      for (const [i, { node: l }] of stockLevels.edges.entries()) {
        const { adjustStock } = await ask(keeper, 'mutation($input: AdjustStockInput!) { adjustStock(input: $input) { userErrors { code message } } }',
          { input: { variantId: v.id, locationId: l.location.id, kind: 'COUNT', quantity: l.allocated + l.reserved + (i === 0 ? 1 : 0), reason: 'one is left' } });
        assert.deepEqual(adjustStock.userErrors, []);
      }
      await put(admin, v, 1);
      const page = await visit(browser, server);
      await signIn(page, admin, '/cart');
      const order = await checkout(page);
      const count = async () => (await ask(admin, '{ orders(first: 1) { totalCount } }')).orders.totalCount;
      const before = await count();
      await empty(other);
      const cart = await put(other, v, 1);
      const { placeOrder } = await ask(other, 'mutation($input: PlaceOrderInput!) { placeOrder(input: $input) { order { number } userErrors { code message } } }', { input: { cartId: cart.id, version: cart.version, acceptPriceChanges: true } });
      assert.ok(placeOrder.order, JSON.stringify(placeOrder));
      await order.click();
      const dialog = page.getByRole('dialog', { name: 'There is not enough' });
      await dialog.getByText('You want 1, 0 can be had').waitFor();
      await dialog.getByText('Or take in its place').waitFor();
      assert.equal(await count(), before); // nothing is ordered
      assert.deepEqual(await problems(page), []);
      assert.ok((await overflow(page)) <= 0);
      await shoot(page, 'journey-short', false);
      await dialog.getByRole('button', { name: /^Take (?!it out)/ }).first().click();
      await dialog.waitFor({ state: 'detached' });
      await settled(page);
      await order.click();
      await page.getByRole('heading', { level: 1, name: /^(Thank you|Your order waits)/ }).waitFor();
      assert.equal(await count(), before + 1);
      await page.done();
    });

    test('two tabs order one cart: it is ordered once, and the other is led to the order', async () => {
      await empty(admin);
      await put(admin, await wanted());
      const one = await visit(browser, server);
      await signIn(one, admin, '/cart');
      const first = await checkout(one);
      const other = await visit(browser, server);
      await signIn(other, admin, '/cart');
      const second = await checkout(other);
      await first.click();
      await one.getByRole('heading', { level: 1, name: /^(Thank you|Your order waits)/ }).waitFor();
      await second.click();
      await other.getByText('This cart has been ordered already').waitFor();
      await other.getByRole('link', { name: 'To the order' }).click();
      await other.waitForURL(/\/orders\//);
      await one.done();
      await other.done();
    });

    test('a list is read line by line before it is taken in', async () => {
      await empty(admin);
      const v = await wanted();
      const page = await visit(browser, server);
      await signIn(page, admin, '/cart');
      await page.getByRole('button', { name: 'Quick order' }).click();
      const dialog = page.getByRole('dialog', { name: 'Quick order' });
      await dialog.getByLabel('List').fill(`${v.sku}\t${v.minimumQuantity}\nNO-SUCH-SKU 2\n${v.sku};0`);
      await dialog.getByRole('button', { name: 'Check the list' }).click();
      await dialog.getByRole('table').waitFor();
      assert.equal(await dialog.getByText('Stays out').count(), 2);
      assert.equal(await dialog.getByText('Goes in').count(), 1);
      assert.deepEqual(await problems(page), []);
      await shoot(page, 'journey-quick-order', false);
      await dialog.getByRole('button', { name: 'Put 1 line into the cart' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'Cart, 1 item' }).waitFor();
      await page.done();
    });

    test('what finds nothing is noted, with consent only', async () => {
      const page = await visit(browser, server);
      await signIn(page, admin);
      await page.goto('/products?q=quuxflansch');
      await page.getByRole('heading', { name: /^Nothing was found/ }).waitFor();
      await page.getByText('with your name').waitFor();
      await page.getByRole('button', { name: 'Tell me' }).click();
      await page.getByRole('button', { name: 'Take that back' }).click();
      await page.getByRole('button', { name: 'Tell me' }).waitFor();
      await page.done();
    });

    test('an order over a limit waits; it is approved elsewhere, and both see it at once', async () => {
      const member = people.ORG_MEMBER;
      await empty(member);
      const { viewer } = await ask(admin, '{ viewer { organization { id memberships { id user { email } } } } }');
      const membership = viewer.organization.memberships.find((m) => m.user?.email === member);
      const { saveSpendingLimit } = await ask(admin, 'mutation($input: SaveSpendingLimitInput!) { saveSpendingLimit(input: $input) { userErrors { code message } } }',
        { input: { membershipId: membership.id, period: 'ORDER', amount: '0.01', currency: 'EUR' } });
      assert.ok(saveSpendingLimit.userErrors.every((e) => e.code === 'TAKEN'), JSON.stringify(saveSpendingLimit.userErrors));
      await put(member, await wanted(member));
      const boss = await visit(browser, server);
      await signIn(boss, admin, '/approvals');
      await settled(boss);
      const page = await visit(browser, server);
      await signIn(page, member, '/cart');
      const order = await checkout(page);
      await page.getByText(/for approval\./).first().waitFor();
      await order.click();
      await page.getByRole('heading', { level: 1, name: 'Your order waits for approval' }).waitFor();
      await page.getByRole('link', { name: 'Follow the order' }).click();
      await page.locator('.op-ask').waitFor();
      const number = decodeURIComponent(new URL(page.url()).pathname.split('/').pop());
      await boss.getByRole('button', { name: `Approve: ${number}`, exact: true }).click(); // it came by itself
      await settled(boss);
      assert.deepEqual(await problems(boss), []);
      const dialog = boss.getByRole('dialog', { name: /^Approve order/ });
      await dialog.getByLabel('Comment (optional)').fill('Fine.');
      await dialog.getByRole('button', { name: 'Approve' }).click();
      await boss.getByText(/is approved and placed/).waitFor();
      await page.getByText('“Fine.”').waitFor(); // and so did the answer
      await shoot(page, 'journey-approved');
      await boss.done();
      await page.done();
    });

    test('the whole way by keyboard', async () => {
      await empty(admin);
      const v = await wanted();
      const page = await visit(browser, server);
      await signIn(page, admin);
      await page.goto(`/products/${v.product.id}?v=${encodeURIComponent(v.sku)}`);
      await settled(page);
      const walk = async (name, role = 'button') => { // Tab until it is there
        for (let i = 0; i < 80; i++) {
          if (await page.evaluate(([n]) => (document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '').trim().startsWith(n), [name])) return;
          await page.keyboard.press('Tab');
        }
        assert.fail(`the keyboard does not reach ${role} ${name}`);
      };
      await walk('Add to cart');
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'Cart, 1 item' }).waitFor();
      await walk('To the cart', 'link');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Cart' }).waitFor();
      await settled(page);
      await walk('To the checkout');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Checkout' }).waitFor();
      await settled(page);
      await walk('Place order');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: /^Thank you/ }).waitFor();
      await page.done();
    });

    test('on a phone', async () => {
      await empty(admin);
      const v = await wanted();
      const page = await visit(browser, server, { viewport: phone, scheme: 'dark' });
      await signIn(page, admin);
      await page.goto('/products');
      await page.locator('.s-card').first().waitFor();
      await page.getByRole('button', { name: 'Filter' }).click();
      await page.getByRole('dialog', { name: 'Filters' }).getByRole('link', { name: 'All products' }).waitFor();
      assert.deepEqual(await problems(page), []);
      await page.goto(`/products/${v.product.id}?v=${encodeURIComponent(v.sku)}`);
      await settled(page);
      assert.ok((await overflow(page)) <= 0);
      await shoot(page, 'journey-phone-product', false);
      await page.getByRole('button', { name: 'Add to cart' }).click();
      await page.getByRole('link', { name: 'Cart, 1 item' }).click();
      await settled(page);
      assert.ok((await overflow(page)) <= 0);
      await shoot(page, 'journey-phone-cart');
      const order = await checkout(page);
      assert.ok((await overflow(page)) <= 0);
      assert.deepEqual(await problems(page), []);
      await shoot(page, 'journey-phone-checkout');
      await order.click();
      await page.getByRole('heading', { level: 1, name: /^Thank you/ }).waitFor();
      await page.done();
    });

    test('an order is ordered again, and changed with a look before', async () => {
      await empty(admin);
      const { orders } = await ask(admin, 'query($filter: OrderFilter) { orders(filter: $filter, first: 50) { edges { node { number availableActions } } } }', { filter: { status: ['PLACED', 'CONFIRMING'] } });
      const order = orders.edges.map((e) => e.node).find((o) => o.availableActions.includes('CHANGE'));
      assert.ok(order, 'an order that can be changed');
      const page = await visit(browser, server);
      await signIn(page, admin, `/orders/${order.number}`);
      await settled(page);
      await page.getByRole('button', { name: 'Order again' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Stay here' }).click();
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Change the order' }).click();
      const dialog = page.getByRole('dialog', { name: /^Change order/ });
      await dialog.getByLabel('Your order number').fill('PO-CHANGED');
      assert.deepEqual(await problems(page), []);
      await dialog.getByRole('button', { name: 'See what would change' }).click();
      const preview = page.getByRole('dialog', { name: 'What would change' });
      await preview.getByText('Another order number of yours').waitFor();
      await preview.getByRole('button', { name: 'Change the order so' }).click();
      await page.getByText('PO-CHANGED').first().waitFor();
      await page.done();
    });

    test('what a colleague changes behind an open dialog is told, and not overwritten', async () => {
      const buyer = 'tor.eriksen@halden.example';
      await empty(buyer);
      const cheap = (await variants(buyer)).filter((v) => v.price && ['IN_STOCK', 'UNTRACKED'].includes(v.availability.status)).sort((a, b) => a.price.amount * a.minimumQuantity - b.price.amount * b.minimumQuantity)[0];
      const cart = await put(buyer, cheap);
      const { placeOrder } = await ask(buyer, 'mutation($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id number availableActions } userErrors { code message } } }', { input: { cartId: cart.id, version: cart.version, acceptPriceChanges: true } });
      const order = placeOrder.order;
      assert.ok(order?.availableActions.includes('CHANGE'), JSON.stringify(placeOrder));
      const stored = async () => { const { order: o } = await ask(admin, 'query($id: ID) { order(id: $id) { purchaseOrderNumber remark } }', { id: order.id }); return [o.purchaseOrderNumber, o.remark]; };
      const change = async (page) => {
        await page.getByRole('button', { name: 'More actions' }).click();
        await page.getByRole('menuitem', { name: 'Change the order' }).click();
        return page.getByRole('dialog', { name: /^Change order/ });
      };
      const look = async (page, dialog) => { await dialog.getByRole('button', { name: 'See what would change' }).click(); return page.getByRole('dialog', { name: 'What would change' }); };
      const page = await visit(browser, server);
      await signIn(page, admin, `/orders/${order.number}`);
      await page.getByText(/^Live ·/).waitFor();
      const dialog = await change(page);
      await dialog.getByLabel('Your order number').fill('PO-MINE');

      const colleague = await visit(browser, server);
      await signIn(colleague, buyer, `/orders/${order.number}`);
      const theirs = await change(colleague);
      await theirs.getByLabel('Your order number').fill('PO-THEIRS');
      await theirs.getByLabel('Remark').fill('Gate 4, please.');
      const shown = await look(colleague, theirs);
      await shown.getByRole('button', { name: 'Change the order so' }).click();
      await shown.waitFor({ state: 'detached' });
      assert.deepEqual(await stored(), ['PO-THEIRS', 'Gate 4, please.']);
      await colleague.done();

      // The page behind the dialog has the new order by itself; what was typed is still about the old one.
      const told = dialog.getByRole('status').filter({ hasText: 'the order has changed' });
      await told.getByText('Tor Eriksen').waitFor();
      await told.getByText(/the remark/).waitFor();
      assert.equal(await dialog.getByLabel('Your order number').inputValue(), 'PO-MINE');
      assert.equal(await dialog.getByLabel('Remark').inputValue(), 'Gate 4, please.', 'what was not touched is as it stands');
      assert.deepEqual(await problems(page), []);
      await shoot(page, 'journey-order-meanwhile', false);
      await dialog.getByRole('button', { name: 'See what would change' }).click();
      await dialog.getByRole('alert').getByText('Somebody else has changed this in the meantime.').waitFor();
      assert.deepEqual(await stored(), ['PO-THEIRS', 'Gate 4, please.']);
      // Who has looked goes on, and changes what they touched and nothing else.
      await settled(page);
      const preview = await look(page, dialog);
      await preview.getByText('Another order number of yours').waitFor();
      assert.equal(await preview.getByText('Another remark').count(), 0);
      await preview.getByRole('button', { name: 'Change the order so' }).click();
      await preview.waitFor({ state: 'detached' });
      assert.deepEqual(await stored(), ['PO-MINE', 'Gate 4, please.']);
      page.pardon(/CONFLICT|409/);
      await page.done();
    });
  });
}
