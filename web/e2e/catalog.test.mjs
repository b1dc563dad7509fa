// The catalog, as staff keep it: a type, a category and a product with its
// variants are made and offered, a picture is added, the product is restricted
// to one customer; and what customers find of it.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { databases, launch, overflow, phone, problems, serve, settled, shoot, signIn, until, visit } from './browser.mjs';
import { people } from './pages.mjs';

const editor = people.STAFF_MARKETING;
const colleague = people.STAFF_ADMIN;

for (const database of databases) {
  describe(`catalog on ${database.name}`, () => {
    let server, browser, product;
    before(async () => {
      [server, browser] = await Promise.all([serve(database), launch()]);
      for (const who of [editor, people.STAFF_FULFILLMENT, people.ORG_ADMIN, people.ORG_MANAGER]) await ask(who, 'mutation { changeProfile(input: { language: EN }) { userErrors { code } } }');
    });
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
    const finds = async (email, name) => (await ask(email, 'query($f: ProductFilter) { products(filter: $f) { edges { node { id name } } } }', { f: { search: name } })).products.edges.map((e) => e.node.id);
    const good = async (page, name) => {
      await settled(page);
      assert.deepEqual(await problems(page), []);
      assert.ok((await overflow(page)) <= 0, `${name}: wider than the window`);
      await shoot(page, `catalog-${name}`);
    };

    test('a type with attributes is made, and a taken key is said beside the field', async () => {
      const page = await visit(browser, server);
      await signIn(page, editor, '/console/products/types');
      await page.getByRole('table').waitFor();
      await page.getByRole('button', { name: 'Add a product type' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name', { exact: true }).fill('Bench lamp');
      assert.equal(await dialog.getByLabel('Key').inputValue(), 'bench_lamp', 'the key comes from the name');
      const add = async (name, kind) => {
        await dialog.getByRole('button', { name: 'Add an attribute' }).click();
        const one = dialog.locator('.ca-def').last();
        await one.getByLabel('Name of the attribute').fill(name);
        if (kind) await one.getByLabel('What its values are').selectOption(kind);
        return one;
      };
      const power = await add('Power', 'NUMBER');
      await power.getByLabel('Unit').fill('W');
      await power.getByLabel('A search can be narrowed by it').check();
      await power.getByLabel('Needed before it is offered').check();
      await add('Dimmable', 'BOOLEAN');
      const colour = await add('Colour', 'CHOICE');
      await colour.getByLabel('What there is to choose from').fill('Black\nWhite');
      await colour.getByLabel('Each variant has its own').check();
      const margin = await add('Margin note');
      await margin.getByLabel('Staff only').check();
      await good(page, 'type');
      await dialog.getByRole('button', { name: 'Add a product type' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('row').filter({ hasText: 'bench_lamp' }).waitFor();
      // Again under the same key.
      await page.getByRole('button', { name: 'Add a product type' }).click();
      await dialog.getByLabel('Name', { exact: true }).fill('Bench lamp');
      await dialog.getByRole('button', { name: 'Add a product type' }).click();
      await dialog.getByText('This is taken.').waitFor();
      assert.equal(await dialog.getByLabel('Key').getAttribute('aria-invalid'), 'true');
      await page.keyboard.press('Escape');
      await page.done();
    });

    test('categories are made, moved, put in order and taken away when nothing is in them', async () => {
      const page = await visit(browser, server);
      await signIn(page, editor, '/console/products/categories');
      const tree = page.getByRole('list', { name: 'Categories' });
      await tree.waitFor();
      const make = async (name, below) => {
        await page.getByRole('main').getByRole('button', { name: 'Add a category' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('Name', { exact: true }).fill(name);
        if (below) await dialog.getByLabel('Stands below').selectOption({ label: below });
        await dialog.getByRole('button', { name: 'Add a category' }).click();
        await dialog.waitFor({ state: 'detached' });
        await tree.getByRole('link', { name, exact: true }).waitFor();
      };
      await make('Zz lighting');
      await make('Zz lamps', 'Zz lighting');
      await make('Zz spares', 'Zz lighting');
      const order = async () => (await tree.getByRole('link').allInnerTexts()).filter((x) => x.startsWith('Zz'));
      await until(order, (all) => assert.deepEqual(all, ['Zz lighting', 'Zz lamps', 'Zz spares']));
      await settled(page);
      await tree.getByRole('button', { name: 'Zz spares further up' }).click();
      await until(order, (all) => assert.deepEqual(all, ['Zz lighting', 'Zz spares', 'Zz lamps']));
      await good(page, 'categories');
      const act = async (name, what) => { await tree.getByRole('button', { name: `What to do with ${name}` }).click(); await page.getByRole('menuitem', { name: what }).click(); };
      await act('Zz lighting', 'Take away');
      const dialog = page.getByRole('dialog');
      await dialog.getByText('2 categories in it.').waitFor();
      await dialog.getByRole('button', { name: 'Take away' }).click();
      await dialog.getByText('Put them elsewhere first').waitFor();
      await page.keyboard.press('Escape');
      await act('Zz spares', 'Take away');
      await dialog.getByRole('button', { name: 'Take away' }).click();
      await dialog.waitFor({ state: 'detached' });
      await tree.getByRole('link', { name: 'Zz spares' }).waitFor({ state: 'detached' });
      await act('Zz lamps', 'Rename or move');
      await dialog.getByLabel('Name', { exact: true }).fill('Zz bench lamps');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      await tree.getByRole('link', { name: 'Zz bench lamps' }).waitFor();
      await page.done();
    });

    test('a product is made, described, offered, and found by customers', async () => {
      const page = await visit(browser, server);
      await signIn(page, editor, '/console/products');
      await page.locator('tbody tr').first().waitFor();
      await page.getByRole('button', { name: 'Add a product' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Add the product' }).click();
      await dialog.getByText('Give it a name.').waitFor();
      await dialog.getByLabel('Name').fill('Zz Lumen 40');
      await dialog.getByLabel('Type').selectOption({ label: 'Bench lamp' });
      await dialog.getByLabel('Category').selectOption({ label: '\u2003Zz bench lamps' });
      await dialog.getByRole('button', { name: 'Add the product' }).click();
      await page.getByRole('heading', { level: 1, name: 'Zz Lumen 40' }).waitFor();
      await settled(page);
      product = new URL(page.url()).pathname.split('/').at(-1);
      await page.getByText('Before customers can buy it:').waitFor();
      // Its type wants the power before it is offered.
      await page.getByRole('button', { name: 'Offer', exact: true }).click();
      await dialog.getByRole('button', { name: 'Offer', exact: true }).click();
      await dialog.getByRole('alert').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Edit attributes' }).click();
      await dialog.getByLabel('Power (W)').fill('a lot');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.locator('[aria-invalid="true"]').waitFor();
      await dialog.getByLabel('Power (W)').fill('40,5');
      await dialog.getByLabel('Dimmable').selectOption({ label: 'Yes' });
      await dialog.getByLabel('Margin note').fill('Keep away from Halden');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('40.5 W').waitFor();
      // A variant: a taken sku is said beside the field.
      const { products } = await ask(editor, '{ products(first: 1) { edges { node { name variants { sku } } } } }');
      const takenSku = products.edges[0].node.variants[0].sku;
      await page.getByRole('button', { name: 'Add a variant' }).first().click();
      await dialog.getByLabel('Sku').fill(takenSku);
      await dialog.getByLabel('Name of the variant').fill('Black');
      await dialog.getByLabel('Colour').selectOption('Black');
      await dialog.getByLabel('What is promised').selectOption('UNTRACKED');
      await dialog.getByLabel('State').selectOption('ACTIVE');
      await dialog.getByRole('button', { name: 'Add a variant' }).click();
      await dialog.getByText('This is taken.').waitFor();
      assert.equal(await dialog.getByLabel('Sku').getAttribute('aria-invalid'), 'true');
      await dialog.getByLabel('Sku').fill('ZZ-LUMEN-B');
      await good(page, 'variant');
      await dialog.getByRole('button', { name: 'Add a variant' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('There is no standard price: ZZ-LUMEN-B.').waitFor();
      await page.goto('/console/products?show=noprice&q=Zz');
      await page.getByRole('link', { name: 'Zz Lumen 40' }).waitFor();
      await page.goto(`/console/products/${product}`);
      await page.getByRole('button', { name: /^Details of ZZ-LUMEN-B|ZZ-LUMEN-B/ }).first().click();
      await page.getByRole('button', { name: 'Edit ZZ-LUMEN-B' }).click();
      await dialog.getByLabel('Amount').fill('129,50');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('€129.50').waitFor();
      // What goes with it.
      await page.getByRole('button', { name: 'Edit what goes with it' }).click();
      await dialog.getByRole('combobox', { name: 'Add a product' }).fill(products.edges[0].node.name);
      await page.getByRole('listbox').getByRole('option').filter({ hasText: products.edges[0].node.name }).first().click();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('link', { name: products.edges[0].node.name }).waitFor();
      assert.deepEqual(await finds(people.ORG_ADMIN, 'Zz Lumen'), [], 'nobody sees what is in preparation');
      await page.getByRole('button', { name: 'Offer', exact: true }).click();
      await dialog.getByRole('button', { name: 'Offer', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('Offered', { exact: true }).first().waitFor();
      assert.deepEqual(await finds(people.ORG_ADMIN, 'Zz Lumen'), [product]);
      await page.done();
    });

    test('a picture is added, shown and described; what is none is refused by name', async () => {
      const page = await visit(browser, server);
      await signIn(page, editor, `/console/products/${product}`);
      await settled(page);
      const dir = mkdtempSync(path.join(tmpdir(), 'foyer-pictures-'));
      const shot = path.join(dir, 'lamp.png');
      const wrong = path.join(dir, 'notes.png');
      writeFileSync(shot, await page.screenshot({ clip: { x: 0, y: 0, width: 400, height: 300 } }));
      writeFileSync(wrong, 'This is no picture.');
      const input = page.getByLabel('Add pictures', { exact: true }).and(page.locator('input'));
      await input.setInputFiles([shot, wrong]);
      await page.getByRole('alert').filter({ hasText: 'notes.png' }).waitFor();
      await page.locator('.ca-picture img').waitFor();
      await page.getByRole('button', { name: /^Describe / }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('What it shows').fill('The lamp from the side');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByAltText('The lamp from the side').waitFor();
      writeFileSync(path.join(dir, 'sheet.txt'), 'Power: 40.5 W');
      await page.getByLabel('Add documents', { exact: true }).and(page.locator('input')).setInputFiles(path.join(dir, 'sheet.txt'));
      await page.getByRole('button', { name: 'Save sheet.txt' }).waitFor();
      await good(page, 'product');
      await page.getByRole('button', { name: 'Take sheet.txt away' }).click();
      await dialog.getByRole('button', { name: 'Take away' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Save sheet.txt' }).waitFor({ state: 'detached' });
      await page.done();
    });

    test('restricted to one customer, another one does not find it; whoever was slower is told', async () => {
      const page = await visit(browser, server);
      await signIn(page, editor, `/console/products/${product}`);
      await settled(page);
      await page.getByRole('button', { name: 'Change for whom' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio', { name: 'For chosen customers' }).check();
      await dialog.getByText('Nobody is chosen: only staff see it.').waitFor();
      await dialog.getByRole('combobox', { name: 'Add a customer' }).fill('Halden');
      await page.getByRole('listbox').getByRole('option', { name: /Halden Robotics/ }).first().click();
      await good(page, 'audience');
      // Meanwhile somebody else changes the product.
      const { product: now } = await ask(colleague, 'query($id: ID!) { product(id: $id) { version } }', { id: product });
      await ask(colleague, 'mutation($i: SaveProductInput!) { saveProduct(input: $i) { userErrors { code } } }', { i: { id: product, version: now.version, description: 'A lamp for the bench.' } });
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByRole('alert').waitFor();
      await page.getByText('A lamp for the bench.').waitFor(); // what stands there now was read
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('main').getByRole('link', { name: 'Halden Robotics' }).waitFor();
      page.pardon(/CONFLICT|409/);
      assert.deepEqual(await finds(people.ORG_ADMIN, 'Zz Lumen'), [product], 'its customer');
      assert.deepEqual(await finds(people.ORG_MANAGER, 'Zz Lumen'), [], 'another one');
      assert.deepEqual(await finds(null, 'Zz Lumen'), [], 'nobody in particular');
      const customer = await visit(browser, server);
      await signIn(customer, people.ORG_ADMIN);
      await customer.goto(`/products/${product}`);
      await customer.getByRole('heading', { level: 1, name: 'Zz Lumen 40' }).waitFor();
      await customer.getByText('40.5 W').first().waitFor();
      assert.equal(await customer.getByText('Keep away from Halden').count(), 0, 'what only staff read');
      await shoot(customer, 'catalog-customer');
      await customer.done();
      const other = await visit(browser, server);
      await signIn(other, people.ORG_MANAGER);
      await other.goto(`/products/${product}`);
      await settled(other);
      await other.getByRole('heading', { level: 1 }).waitFor();
      assert.equal(await other.getByText('Zz Lumen 40').count(), 0);
      other.pardon(/404|NOT_FOUND/);
      await other.done();
      await page.done();
    });

    test('a segment is made, gets a customer, and says where it counts', async () => {
      const page = await visit(browser, server);
      await signIn(page, editor, '/console/products/segments');
      await page.getByRole('button', { name: 'Add a segment' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Zz benches');
      await dialog.getByRole('button', { name: 'Add a segment' }).click();
      await page.getByRole('heading', { level: 1, name: 'Zz benches' }).waitFor();
      await page.getByRole('button', { name: 'Add customers' }).first().click();
      const { viewer } = await ask(people.ORG_MANAGER, '{ viewer { membership { organization { name } } } }');
      const { name } = viewer.membership.organization;
      await dialog.getByRole('combobox', { name: 'Customer' }).fill(name);
      await page.getByRole('listbox').getByRole('option', { name }).first().click();
      await dialog.getByRole('button', { name: 'Add customers' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('list', { name: 'Customers' }).getByRole('link', { name }).waitFor();
      const id = new URL(page.url()).pathname.split('/').at(-1);
      const { product: now } = await ask(editor, 'query($id: ID!) { product(id: $id) { version } }', { id: product });
      await ask(editor, 'mutation($i: SetProductAudienceInput!) { setProductAudience(input: $i) { userErrors { code } } }', { i: { productId: product, version: now.version, restricted: true, segmentIds: [id] } });
      await page.reload();
      await page.getByRole('link', { name: 'Zz Lumen 40' }).waitFor();
      await good(page, 'segment');
      assert.deepEqual(await finds(people.ORG_MANAGER, 'Zz Lumen'), [product], 'by the segment');
      await page.getByRole('button', { name: `Take ${name} out` }).click();
      await dialog.getByRole('button', { name: 'Take out' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('Nobody is in it yet').waitFor();
      assert.deepEqual(await finds(people.ORG_MANAGER, 'Zz Lumen'), []);
      await page.done();
    });

    test('many products are changed at once, each with an outcome of its own; on a phone', async () => {
      const page = await visit(browser, server, { viewport: phone, scheme: 'dark' });
      await signIn(page, editor, '/console/products?q=Zz');
      await page.getByRole('link', { name: /Zz Lumen 40/ }).waitFor();
      await good(page, 'list-phone');
      await page.getByRole('checkbox', { name: /Zz Lumen 40/ }).check();
      await page.getByRole('button', { name: 'Offer no longer' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Change 1 product' }).click();
      await dialog.getByText('1 of 1 changed').waitFor();
      await dialog.getByRole('button', { name: 'Close' }).last().click();
      await page.getByText('No longer offered').last().waitFor();
      await page.done();
    });

    test('who may not edit the catalog reads it', async () => {
      const page = await visit(browser, server);
      await signIn(page, people.STAFF_FULFILLMENT, '/console/products');
      await page.locator('tbody a.f-rowlink').first().click();
      await page.getByRole('heading', { name: 'Variants' }).waitFor();
      await settled(page);
      assert.equal(await page.getByRole('button', { name: /^(Edit|Add|Offer|Change)/ }).count(), 0);
      await good(page, 'reader');
      await page.done();
    });
  });
}
