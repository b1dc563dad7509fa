// Prices as staff keep them: lists and their prices, rules, what a customer pays
// and why, spending limits, and carts for customers. What is made here is looked
// at with the customers' eyes, too.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { answered, databases, launch, overflow, phone, problems, serve, settled, shoot, signIn, visit } from './browser.mjs';
import { people } from './pages.mjs';

for (const database of databases) {
  describe(`prices on ${database.name}`, () => {
    let server, browser, staff;
    const tokens = {};
    const ask = async (email, query, variables = {}) => {
      const post = async (body, token) => (await fetch(`${server.url}/graphql`, {
        method: 'POST', headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify(body),
      })).json();
      tokens[email] ??= (await post({ query: 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }', variables: { input: { email, password: 'aurelia-demo' } } })).data.signIn.accessToken;
      const answer = await post({ query, variables }, tokens[email]);
      assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
      return answer.data;
    };
    const admin = people.STAFF_ADMIN;
    const said = (text, page = staff) => page.getByRole('status').getByText(text).first().waitFor();
    const dialogOf = (name, page = staff) => page.getByRole('dialog', { name });
    /** Two articles that are sold in euros, and a customer that buys in them. */
    let first, second, halden;
    const listUrl = {};

    before(async () => {
      [server, browser] = await Promise.all([serve(database), launch()]);
      for (const who of [admin, people.STAFF_SALES, people.ORG_ADMIN, people.ORG_MANAGER, people.ORG_MEMBER]) await ask(who, 'mutation { changeProfile(input: { language: EN }) { userErrors { code } } }');
      const { search } = await ask(people.ORG_ADMIN, '{ search(query: "", first: 60) { hits { product { id name variants { id sku minimumQuantity price { amount currency } availability { status } } } } } }');
      const all = search.hits.flatMap((h) => h.product.variants.map((v) => ({ ...v, product: h.product }))).filter((v) => v.price?.currency === 'EUR' && Number(v.price.amount) < 900 && ['IN_STOCK', 'UNTRACKED'].includes(v.availability.status));
      [first, second] = all;
      halden = (await ask(people.ORG_ADMIN, '{ viewer { organization { id name } } }')).viewer.organization;
      staff = await visit(browser, server);
      await signIn(staff, admin, '/console/');
    });
    after(async () => { await staff?.done().catch((e) => { throw e; }); await browser?.close(); await server?.stop(); });

    /** Picks in a combobox. */
    const pick = async (where, label, typed, option) => {
      const box = where.getByRole('combobox', { name: label });
      await box.click();
      await box.fill(typed);
      await where.getByRole('option', { name: option }).first().click();
    };

    test('a list is made; a wrong row writes nothing and is shown, the right ones are set', async () => {
      await staff.goto('/console/price-lists');
      await staff.getByRole('button', { name: 'Make a list' }).click();
      const make = dialogOf('Make a list');
      await make.getByLabel('Name').fill('Halden framework 2027');
      assert.equal(await make.getByLabel('Key').inputValue(), 'halden-framework-2027');
      await make.getByLabel('Key').fill('nordholm'); // there is one
      await make.getByRole('button', { name: 'Make the list' }).click();
      await make.getByText('There is a price list with this key already.').waitFor();
      await make.getByLabel('Key').fill('halden-2027');
      await make.getByRole('button', { name: 'Make the list' }).click();
      await said('The list Halden framework 2027 is made');
      await staff.getByRole('heading', { level: 1, name: 'Halden framework 2027' }).waitFor();
      listUrl.path = new URL(staff.url()).pathname;
      listUrl.id = listUrl.path.split('/').at(-1);
      await staff.getByText('Nobody has this list yet').waitFor();
      await staff.getByRole('button', { name: 'Paste many' }).click();
      const paste = dialogOf('Set many prices');
      await paste.getByLabel('Table').fill(`sku;from;price\n${first.sku};1;7,50\n${first.sku};10;6,90\nNO-SUCH-SKU;1;3,00\n${second.sku};1;free`);
      await paste.getByRole('button', { name: 'Check and set' }).click();
      await paste.getByText('1 row was refused, and nothing was written').first().waitFor(); // what cannot be read
      assert.equal(await paste.getByRole('row').filter({ hasText: 'Write an amount' }).count(), 1);
      await paste.getByRole('button', { name: 'Back to the table' }).click();
      await paste.getByLabel('Table').fill(`sku;from;price\n${first.sku};1;7,50\n${first.sku};10;6,90\nNO-SUCH-SKU;1;3,00\n${second.sku};1;4,00`);
      await paste.getByRole('button', { name: 'Check and set' }).click();
      const row = paste.getByRole('row').filter({ hasText: 'NO-SUCH-SKU' });
      await row.getByText('4', { exact: true }).waitFor(); // the row of the table that was pasted
      await row.getByText('There is no variant with the sku').waitFor();
      assert.deepEqual(await problems(staff), []);
      await shoot(staff, 'prices-refused', false);
      const { priceList } = await ask(admin, 'query($id: ID!) { priceList(id: $id) { variantCount } }', { id: listUrl.id });
      assert.equal(priceList.variantCount, 0, 'nothing was written');
      await paste.getByRole('button', { name: 'Back to the table' }).click();
      await paste.getByLabel('Table').fill(`sku;from;price\n${first.sku};1;7,50\n${first.sku};10;6,90\n${second.sku};1;4,00`);
      await paste.getByText('3 prices of 2 articles').waitFor();
      await paste.getByRole('button', { name: 'Check and set' }).click();
      await said('3 prices set');
      await staff.getByRole('row').filter({ hasText: first.sku }).getByText('€6.90').waitFor();
      assert.deepEqual(await problems(staff), []);
    });

    test('one article’s prices are changed, refused at their field, and taken out', async () => {
      await staff.goto(listUrl.path);
      await staff.getByRole('button', { name: `Change the prices of ${second.sku}` }).click();
      const tiers = dialogOf(`Prices of ${second.sku}`);
      await tiers.getByRole('button', { name: 'Add a quantity' }).click();
      const rows = tiers.getByRole('group');
      await rows.nth(1).getByLabel('From quantity').fill('1');
      await rows.nth(1).getByLabel('Price of one, EUR').fill('3.555');
      await tiers.getByRole('button', { name: 'Save' }).click();
      await rows.nth(1).getByText(/decimal|another price/i).waitFor();
      await rows.nth(1).getByLabel('From quantity').fill('20');
      await rows.nth(1).getByLabel('Price of one, EUR').fill('3.55');
      await tiers.getByRole('button', { name: 'Save' }).click();
      await said(`The prices of ${second.sku} are set`);
      await staff.getByRole('row').filter({ hasText: second.sku }).getByText('€3.55').waitFor();
      await staff.getByRole('button', { name: `Take it out of the list: ${second.sku}` }).click();
      await dialogOf('Take it out of the list?').getByRole('button', { name: 'Take it out of the list' }).click();
      await said(`${second.sku} is out of the list`);
      await staff.getByRole('row').filter({ hasText: second.sku }).waitFor({ state: 'detached' });
    });

    test('it is assigned; its customer sees the price and why, another does not', async () => {
      await staff.goto(listUrl.path);
      await staff.getByRole('region', { name: 'For whom it is' }).getByRole('button', { name: 'Change' }).click();
      const dialog = dialogOf('For whom is the list?');
      await dialog.getByRole('button', { name: 'Add' }).click();
      await pick(dialog, 'Customer', halden.name.slice(0, 6), halden.name);
      await dialog.getByLabel('Priority').fill('80');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await said('It is said for whom the list is');
      await staff.getByRole('region', { name: 'For whom it is' }).getByRole('link', { name: halden.name, exact: true }).waitFor();
      await shoot(staff, 'prices-list');

      const customer = await visit(browser, server);
      await signIn(customer, people.ORG_ADMIN);
      await customer.goto(`/products/${first.product.id}?v=${encodeURIComponent(first.sku)}`);
      await settled(customer);
      await customer.getByText('€7.50').first().waitFor();
      await customer.getByRole('button', { name: 'Why this price?' }).click();
      await customer.getByText('Halden framework 2027').first().waitFor();
      await customer.done();
      const other = await ask(people.ORG_MANAGER, 'query($q: String!) { search(query: $q, first: 1) { hits { product { variants { sku price { amount } priceExplanation { text } } } } } }', { q: first.sku });
      const theirs = other.search.hits[0].product.variants.find((v) => v.sku === first.sku);
      assert.notEqual(theirs.price.amount, '7.50');
      assert.ok(!theirs.priceExplanation.text.includes('Halden'));

      await staff.goto(`/console/prices?customer=${halden.id}&item=${encodeURIComponent(`${first.sku}*12`)}`);
      await staff.getByText('€6.90').first().waitFor();
      await staff.getByRole('link', { name: 'From the price list “Halden framework 2027”' }).waitFor();
      await staff.getByText('Why no other price').click();
      await staff.getByText('holds only where no list has a price').waitFor();
      assert.deepEqual(await problems(staff), []);
      await shoot(staff, 'prices-why');
    });

    test('a list that somebody else has changed is told, and then changed', async () => {
      await staff.goto(listUrl.path);
      await staff.getByRole('button', { name: 'Change', exact: true }).first().click();
      const dialog = dialogOf('Change the list');
      const { priceList: l } = await ask(admin, 'query($id: ID!) { priceList(id: $id) { id key name currency version } }', { id: listUrl.id });
      await ask(people.STAFF_SALES, 'mutation($i: SavePriceListInput!) { savePriceList(input: $i) { userErrors { code } } }', { i: { ...l, name: 'Changed by sales' } });
      await dialog.getByLabel('Name').fill('Halden framework 2027, second');
      await dialog.getByLabel('Until').fill('2020-01-01T00:00');
      await dialog.getByLabel('From').fill('2021-01-01T00:00');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('The list ends before it begins.').waitFor();
      await dialog.getByLabel('Until').fill('');
      await dialog.getByLabel('From').fill('');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('Somebody else has changed this').waitFor();
      await staff.locator('h1', { hasText: 'Changed by sales' }).waitFor(); // it has been loaded again
      await dialog.getByRole('button', { name: 'Save' }).click();
      await staff.getByRole('heading', { level: 1, name: 'Halden framework 2027, second' }).waitFor();
    });

    test('a rule of tax is refused at its cell, saved as a version, and changes what the checkout says', async () => {
      await staff.goto('/console/rules/tax');
      await settled(staff);
      await staff.getByRole('button', { name: 'Change the rules' }).click();
      await staff.getByRole('button', { name: 'Add a rule' }).click();
      const rows = staff.getByRole('table', { name: 'Taxes' }).locator('tbody tr');
      const at = await rows.count();
      await rows.nth(at - 1).getByLabel(`Rule ${at}: Name`).fill('Halden test tax');
      await rows.nth(at - 1).getByLabel(`Rule ${at}: Key`).fill('test-tax');
      await rows.nth(at - 1).getByLabel(`Rule ${at}: Countries`).fill('NO, SE, DE');
      await rows.nth(at - 1).getByLabel(`Rule ${at}: Percent`).fill('150');
      await staff.getByRole('button', { name: /^Save as version/ }).click();
      await rows.nth(at - 1).getByText(/from 0 to 100/).waitFor();
      assert.deepEqual(await problems(staff), []);
      await shoot(staff, 'prices-rules-refused');
      await rows.nth(at - 1).getByLabel(`Rule ${at}: Percent`).fill('33');
      await staff.getByRole('button', { name: /^Save as version/ }).click();
      await rows.nth(at - 1).getByText('This rule can never decide').waitFor(); // the last one covers everything
      for (let n = at; n > 1; n--) await staff.getByRole('button', { name: `Move rule ${n} up` }).click();
      await staff.getByLabel('Why it is changed').fill('For the test');
      const save = async () => { await answered(staff, 'SaveRuleTable', () => staff.getByRole('button', { name: /^Save as version/ }).click()); await settled(staff); };
      await save();
      await staff.getByText(/This rule can never decide|is in force/).first().waitFor();
      // What the first rule now covers wholly can never decide: such rules go.
      for (let n = 0; n < 6 && await staff.getByText('This rule can never decide').first().isVisible(); n++) {
        const wrong = rows.filter({ hasText: 'This rule can never decide' }).first();
        await wrong.getByRole('button', { name: /^Remove rule/ }).click();
        await save();
      }
      await said(/^Version 2 is in force/);
      await staff.getByText('For the test').waitFor();
      const customer = await visit(browser, server);
      const { carts } = await ask(people.ORG_ADMIN, '{ carts(first: 50) { id version } }');
      for (const c of carts) await ask(people.ORG_ADMIN, 'mutation($i: DiscardCartInput!) { discardCart(input: $i) { userErrors { code } } }', { i: { cartId: c.id, version: c.version } });
      await ask(people.ORG_ADMIN, 'mutation($i: AddToCartInput!) { addToCart(input: $i) { userErrors { code message } } }', { i: { lines: [{ sku: first.sku, quantity: Math.max(12, first.minimumQuantity) }] } });
      await signIn(customer, people.ORG_ADMIN, '/cart/checkout');
      await customer.goto('/cart/checkout');
      await customer.getByText('Halden test tax').first().waitFor();
      await customer.done();
      // Tried out, the rule that decides is marked; the version before can be seen.
      const tryIt = staff.getByRole('region', { name: 'Try it' });
      await pick(tryIt, 'Customer', halden.name.slice(0, 6), halden.name);
      await pick(tryIt, 'Article', first.sku, first.sku);
      await staff.getByRole('row').filter({ hasText: 'Halden test tax' }).getByText('Decides').waitFor();
      assert.deepEqual(await problems(staff), []);
      await shoot(staff, 'prices-rules');
      await staff.getByRole('link', { name: 'Show version 1' }).click();
      await staff.getByText('This is version 1, as it was.').waitFor();
    });

    test('rules that somebody else has saved are told before they are replaced', async () => {
      await staff.goto('/console/rules/discounts');
      await settled(staff);
      await staff.getByRole('button', { name: 'Change the rules' }).click();
      await staff.getByRole('button', { name: 'Save as version 2' }).waitFor(); // the ones that are there are being changed
      await settled(staff);
      await ask(admin, 'mutation($i: SaveRuleTableInput!) { saveRuleTable(input: $i) { userErrors { code } } }', { i: { kind: 'DISCOUNT', basedOn: 1, note: 'In between', discountRules: [] } });
      await staff.getByRole('button', { name: 'Add a rule' }).click();
      const row = staff.getByRole('table', { name: 'Discounts' }).locator('tbody tr').last();
      await row.getByLabel(/: Name$/).fill('For Halden');
      await row.getByLabel(/: Key$/).fill('for-halden');
      await row.getByLabel(/: Percent$/).fill('5');
      await row.getByRole('button', { name: /^For whom and what/ }).click();
      const whom = dialogOf(/^For whom and what/);
      await pick(whom, 'Customers', halden.name.slice(0, 6), halden.name);
      await whom.getByRole('button', { name: `Take ${halden.name} out` }).waitFor();
      assert.deepEqual(await problems(staff), []);
      await whom.getByRole('button', { name: 'Done' }).click();
      await staff.getByRole('button', { name: 'Save as version 2' }).click();
      await staff.getByText('Somebody saved version 2 in the meantime.').waitFor();
      await staff.getByRole('button', { name: 'Save as version 3' }).click();
      await said('Version 3 is in force');
      await staff.getByText('For Halden').first().waitFor();
      await shoot(staff, 'prices-discounts');
    });

    test('terms and addresses of a customer are changed, and refused at their field', async () => {
      await staff.goto(`/console/customers/${halden.id}`);
      await staff.getByRole('navigation', { name: 'Pages of the customer' }).getByRole('link', { name: 'Prices and buying' }).click();
      await settled(staff);
      await staff.getByRole('region', { name: 'Terms' }).getByRole('button', { name: 'Change', exact: true }).click();
      const dialog = dialogOf('How the customer buys');
      const before = await dialog.getByLabel('VAT number').inputValue();
      await dialog.getByLabel('VAT number').fill('DE1');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.locator('[aria-invalid="true"]').waitFor();
      await dialog.getByLabel('VAT number').fill(before);
      await dialog.getByLabel('Currency').fill('EUR');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await said('The terms are changed');
      const addresses = staff.getByRole('region', { name: 'Delivery addresses' });
      await addresses.getByRole('button', { name: 'Add' }).click();
      const address = dialogOf('New delivery address');
      await address.getByRole('button', { name: 'Save' }).click();
      await address.getByText('Recipient, street, town and country are needed.').waitFor();
      await address.getByLabel('Recipient').fill('Halden, gate 7');
      await address.getByLabel('Street and number').fill('Havnegata 7');
      await address.getByLabel('Town').fill('Halden');
      await address.getByLabel('Country').selectOption('NO');
      await address.getByRole('button', { name: 'Save' }).click();
      await said('The addresses are changed');
      await addresses.getByText('Halden, gate 7').first().waitFor();
      await staff.getByRole('button', { name: 'Change the segments' }).click();
      const segments = dialogOf('In which segments is it?');
      await segments.getByRole('checkbox').first().check();
      await segments.getByRole('button', { name: 'Save' }).click();
      await said('The segments are changed');
      assert.deepEqual(await problems(staff), []);
      await shoot(staff, 'prices-buying');
    });

    test('a limit that staff set makes an order wait, and staff see it', async () => {
      const { viewer } = await ask(people.ORG_MEMBER, '{ viewer { name } }');
      await staff.goto(`/console/customers/${halden.id}/buying`);
      await settled(staff);
      const limits = staff.getByRole('region', { name: 'Spending limits' });
      await limits.getByRole('button', { name: 'Set a limit' }).click();
      const dialog = dialogOf('Set a limit');
      await dialog.getByLabel('For whom').selectOption({ label: viewer.name });
      await dialog.getByLabel('Up to').fill('much');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('Write an amount').waitFor();
      await dialog.getByLabel('Up to').fill('1');
      await dialog.getByLabel('Currency').fill('EUR');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await said('The limit holds from now on.');
      await limits.getByText(viewer.name).first().waitFor();
      const { carts } = await ask(people.ORG_MEMBER, '{ carts(first: 50) { id version } }');
      for (const c of carts) await ask(people.ORG_MEMBER, 'mutation($i: DiscardCartInput!) { discardCart(input: $i) { userErrors { code } } }', { i: { cartId: c.id, version: c.version } });
      await ask(people.ORG_MEMBER, 'mutation($i: AddToCartInput!) { addToCart(input: $i) { userErrors { code message } } }', { i: { lines: [{ sku: first.sku, quantity: first.minimumQuantity }] } });
      const member = await visit(browser, server);
      await signIn(member, people.ORG_MEMBER);
      await member.goto('/cart/checkout');
      await settled(member);
      await member.getByRole('button', { name: /^(Place order|Send for approval)$/ }).click();
      await member.getByRole('heading', { level: 1, name: 'Your order waits for approval' }).waitFor();
      await member.done();
      await staff.goto(`/console/approvals?customer=${halden.id}`);
      const row = staff.getByRole('row').filter({ hasText: viewer.name }).first();
      await row.getByText(/Over the limit of €1.00/).waitFor();
      assert.deepEqual(await problems(staff), []);
      await shoot(staff, 'prices-approvals');
      await row.getByRole('link').first().click();
      await staff.waitForURL(/\/console\/orders\//);
    });

    test('staff fill a cart for a person, give a discount and order it', async () => {
      await staff.goto(`/console/customers/${halden.id}/buying`);
      await settled(staff);
      await staff.getByRole('region', { name: 'Carts' }).getByRole('button', { name: 'Order for' }).click();
      const whom = dialogOf('For whom do you order?');
      await whom.getByLabel('Person').selectOption({ index: 1 });
      await whom.getByRole('button', { name: 'Make the cart' }).click();
      await staff.waitForURL(/\/console\/carts\//);
      await pick(staff.getByRole('main'), 'Article', first.sku, first.sku);
      await staff.getByRole('button', { name: 'Add', exact: true }).click();
      const line = staff.getByRole('row').filter({ hasText: first.sku });
      await line.waitFor();
      const many = line.getByLabel(`Quantity of ${first.sku}`);
      await many.fill(String(first.minimumQuantity * 2));
      await answered(staff, 'ChangeCart', () => many.press('Enter'));
      await settled(staff);
      await staff.getByRole('button', { name: 'Give a discount' }).click();
      const discount = dialogOf('Discount on the cart');
      await discount.getByLabel('Percent').fill('12.5');
      await discount.getByLabel('Why').fill('For the wait');
      await discount.getByRole('button', { name: 'Give it' }).click();
      await said('The discount is given');
      await staff.getByText('For the wait').first().waitFor();
      assert.deepEqual(await problems(staff), []);
      await shoot(staff, 'prices-cart');
      await staff.getByRole('button', { name: 'Place the order' }).click();
      await staff.getByRole('dialog').getByRole('button', { name: 'Place the order' }).click();
      await staff.waitForURL(/\/console\/orders\//);
      await said(/^Order .* is placed/);
    });

    test('a list is retired, and its prices stop counting', async () => {
      await staff.goto(listUrl.path);
      await staff.getByRole('button', { name: 'More actions' }).click();
      await staff.getByRole('menuitem', { name: 'Retire the list' }).click();
      await dialogOf('Retire this list?').getByRole('button', { name: 'Retire' }).click();
      await said('The list is retired');
      await staff.getByText('its prices do not count').waitFor();
      const { search } = await ask(people.ORG_ADMIN, 'query($q: String!) { search(query: $q, first: 1) { hits { product { variants { sku price { amount } } } } } }', { q: first.sku });
      assert.notEqual(search.hits[0].product.variants.find((v) => v.sku === first.sku).price.amount, '7.50');
    });

    test('on a phone, in the dark', async () => {
      const page = await visit(browser, server, { viewport: phone, scheme: 'dark' });
      await signIn(page, admin, '/console/');
      for (const [at, name] of [[listUrl.path, 'list'], ['/console/rules/shipping', 'shipping'], [`/console/prices?customer=${halden.id}&item=${encodeURIComponent(first.sku)}*3`, 'why'], [`/console/customers/${halden.id}/buying`, 'buying']]) {
        await page.goto(at);
        await settled(page);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await settled(page);
        assert.ok((await overflow(page)) <= 0, `${name}: wider than the window`);
        assert.deepEqual(await problems(page), [], name);
        await shoot(page, `prices-phone-${name}`);
      }
      await page.goto('/console/rules/shipping');
      await page.getByRole('button', { name: 'Change the rules' }).click();
      await page.getByRole('button', { name: /^Save as version/ }).waitFor();
      assert.ok((await overflow(page)) <= 0, 'the rules being changed: wider than the window');
      await shoot(page, 'prices-phone-edit');
      await page.done();
    });
  });
}
