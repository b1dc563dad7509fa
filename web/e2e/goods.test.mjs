// Stock, searches without hits and guides: what staff do, and what customers
// then see of it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { databases, launch, overflow, phone, problems, serve, settled, shoot, signIn, until, visit } from './browser.mjs';
import { people } from './pages.mjs';

for (const database of databases) {
  describe(`goods on ${database.name}`, () => {
    let server, browser;
    const tokens = {};
    const ask = async (email, query, variables = {}) => {
      const post = async (body, token) => (await fetch(`${server.url}/graphql`, {
        method: 'POST', headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify(body),
      })).json();
      if (email) tokens[email] ??= (await post({ query: 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }', variables: { input: { email, password: 'aurelia-demo' } } })).data.signIn.accessToken;
      const answer = await post({ query, variables }, email && tokens[email]);
      assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
      return answer.data;
    };
    const { ORG_ADMIN: customer, STAFF_FULFILLMENT: keeper, STAFF_ADMIN: root, STAFF_MARKETING: writer, STAFF_AGENT: agent } = people;
    const english = (email) => ask(email, 'mutation { changeProfile(input: { language: EN }) { userErrors { code } } }');
    /** Somebody of the staff, at a page of the console. */
    const at = async (email, path, options) => {
      const page = await visit(browser, server, options);
      await signIn(page, email, '/console/');
      await page.goto(`/console${path}`);
      await settled(page);
      return page;
    };
    /** Searches are counted beside the requests: waits until these have been. */
    const counted = (...words) => until(async () => (await ask(agent, '{ searchMisses(first: 100) { edges { node { term } } } }')).searchMisses.edges.map((e) => e.node.term),
      (known) => { for (const w of words) assert.ok(known.includes(w), `${w} is counted, of ${known.join(', ')}`); });
    const said = (page, text) => page.getByRole('status').getByText(text).last().waitFor();
    /** Variants that customers see. */
    const variants = async () => (await ask(customer, '{ search(query: "", first: 100) { hits { product { id name variants { id sku name minimumQuantity price { amount } availability { status quantity } } } } } }'))
      .search.hits.flatMap((h) => h.product?.variants.map((v) => ({ ...v, product: h.product })) ?? []);
    const sound = async (page, what) => {
      assert.deepEqual(await problems(page), [], what);
      assert.ok((await overflow(page)) <= 0, `${what}: wider than the window`);
    };

    before(async () => {
      [server, browser] = await Promise.all([serve(database), launch()]);
      for (const email of [keeper, root, writer, agent, customer]) await english(email);
    });
    after(async () => { await browser?.close(); await server?.stop(); });

    test('goods are received, and the customer can order them', async () => {
      const gone = (await variants()).find((v) => v.price && v.availability.status === 'OUT_OF_STOCK');
      assert.ok(gone, 'something of which there is none');
      const theirs = await visit(browser, server);
      await signIn(theirs, customer);
      await theirs.goto(`/products/${gone.product.id}?v=${encodeURIComponent(gone.sku)}`);
      await theirs.getByText('Not available').first().waitFor();

      const page = await at(keeper, '/stock');
      await page.getByRole('textbox', { name: 'Product name or sku' }).fill(gone.sku);
      await page.waitForURL(/q=/);
      await settled(page);
      await page.locator('tbody tr').filter({ has: page.getByText(gone.sku, { exact: true }) }).locator('.f-rowlink').first().click(); // one of its places
      await page.getByRole('heading', { name: 'What moved' }).waitFor();
      await settled(page);
      await page.getByRole('button', { name: 'Receive goods' }).click();
      const dialog = page.getByRole('dialog', { name: 'Receive goods' });
      await dialog.getByRole('button', { name: 'Receive goods' }).click();
      await dialog.getByText('Write how many, as a whole number.').waitFor();
      await dialog.getByText('Write why, for colleagues.').waitFor();
      await dialog.getByLabel('How many').fill('25');
      await dialog.getByText(/There: .*then/).waitFor();
      await dialog.getByLabel('Why').fill('Delivery note 4711');
      await sound(page, 'receiving');
      await shoot(page, 'goods-receive', false);
      await dialog.getByRole('button', { name: 'Receive goods' }).click();
      await said(page, /^Received: 25 of/);
      await page.getByText('Delivery note 4711').waitFor();
      await page.getByText('Deniz Aydin').first().waitFor(); // who it was
      await sound(page, 'a variant');

      await theirs.reload();
      await settled(theirs);
      await theirs.getByRole('button', { name: 'Add to cart' }).first().click();
      await theirs.getByRole('link', { name: 'Cart, 1 item' }).waitFor(); // an empty one is named, too
      await theirs.goto('/cart/checkout');
      await settled(theirs);
      await shoot(theirs, 'goods-checkout');
      await theirs.getByRole('button', { name: /^(Place order|Send for approval)$/ }).click();
      await theirs.getByRole('heading', { level: 1, name: /^(Thank you|Your order waits)/ }).waitFor();
      await theirs.done();

      // More cannot be written off than lies there; a count says what is true, a move leaves the sum.
      const act = async (name) => {
        await page.getByRole('button', { name: /^Change what lies in Jena/ }).click();
        await page.getByRole('menuitem', { name }).click();
        return page.getByRole('dialog', { name });
      };
      const off = await act('Write off');
      await off.getByLabel('How many').fill('9999');
      await off.getByLabel('Why').fill('Broken');
      await off.getByRole('button', { name: 'Write off' }).click();
      await off.getByText(/^Only \d+ lie there\./).waitFor();
      await off.getByLabel('How many').fill('1');
      await off.getByRole('button', { name: 'Write off' }).click();
      await said(page, /^Written off: 1 of/);
      const count = await act('Count');
      await count.getByLabel('How many lie there').fill('20');
      await count.getByLabel('Why').fill('Yearly count');
      await count.getByRole('button', { name: 'Count', exact: true }).click();
      await said(page, /^Counted: 20 of/);
      const move = await act('Move');
      await move.getByLabel('To', { exact: true }).selectOption({ label: 'Lyon, spare parts' });
      await move.getByLabel('How many').fill('5');
      await move.getByLabel('Why').fill('For the fair');
      await move.getByRole('button', { name: 'Move' }).click();
      await said(page, /^Moved: 5 of/);
      await page.getByText('For the fair').first().waitFor();
      const { stockLevels } = await ask(keeper, 'query($v: [ID!]) { stockLevels(filter: { variantIds: $v }) { edges { node { onHand location { key } } } } }', { v: [gone.id] });
      assert.deepEqual(Object.fromEntries(stockLevels.edges.map((e) => [e.node.location.key, e.node.onHand])), { jena: 15, lyon: 5 });
      assert.equal(await page.getByRole('button', { name: 'When there is none' }).count(), 0); // that is others' business
      await page.done();
    });

    test('what is promised when there is none is changed, and customers read it', async () => {
      const v = (await variants()).find((x) => x.price && x.availability.status === 'IN_STOCK');
      const page = await at(root, `/stock/${v.id}`);
      await page.getByRole('button', { name: 'When there is none' }).click();
      const dialog = page.getByRole('dialog', { name: 'When there is none' });
      await dialog.getByLabel('When there is none').selectOption({ label: 'Ordered ahead' });
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('Choose a day.').waitFor();
      const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
      await dialog.getByLabel('First day').fill(day);
      await sound(page, 'the policy');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await said(page, 'Changed. Customers see it at once.');
      await dialog.waitFor({ state: 'detached' });
      await page.getByText(/^Ordered ahead, from/).first().waitFor();
      await settled(page);
      const { node } = await ask(customer, 'query($id: ID!) { node(id: $id) { ... on ProductVariant { availability { status promise } } } }', { id: v.id });
      assert.deepEqual(node.availability, { status: 'PREORDER', promise: day });
      // Somebody else changes it while the dialog is open: it says so, and goes on from there.
      await page.getByRole('button', { name: 'When there is none' }).click();
      const { node: now } = await ask(root, 'query($id: ID!) { node(id: $id) { ... on ProductVariant { product { version } } } }', { id: v.id });
      await ask(root, 'mutation($input: SaveVariantInput!) { saveVariant(input: $input) { userErrors { code } } }', { input: { id: v.id, version: now.product.version, stockPolicy: 'STOCK' } });
      await dialog.getByLabel('When there is none').selectOption({ label: 'Sold and sent later' });
      await dialog.getByLabel('Days until it can be sent').fill('12');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText(/Somebody else has changed this/).waitFor();
      await settled(page); // what stands there now is read
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      await said(page, 'Changed. Customers see it at once.');
      await page.getByText('Sent 12 days later').first().waitFor();
      await page.done();
    });

    test('a place is made, renamed and closed', async () => {
      const page = await at(keeper, '/stock/places');
      const make = async (key) => {
        await page.getByRole('button', { name: 'Make a place' }).click();
        const dialog = page.getByRole('dialog', { name: 'Make a place' });
        await dialog.getByLabel('Name', { exact: true }).fill('Gera, returns');
        await dialog.getByLabel('Key').fill(key);
        await dialog.getByLabel('Town').fill('Gera');
        await dialog.getByRole('button', { name: 'Make it' }).click();
        return dialog;
      };
      const refused = await make('jena');
      await refused.getByText('There is another place with this key.').waitFor();
      await sound(page, 'a place');
      await refused.getByLabel('Key').fill('gera');
      await refused.getByRole('button', { name: 'Make it' }).click();
      await said(page, 'Gera, returns is made');
      await page.getByRole('button', { name: 'Change: Gera, returns' }).click();
      const dialog = page.getByRole('dialog', { name: 'Change Gera, returns' });
      await dialog.getByLabel('Name', { exact: true }).fill('Gera');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await said(page, 'Gera is saved');
      await page.getByRole('button', { name: 'Close the place: Gera' }).click();
      await page.getByRole('dialog', { name: 'Close Gera?' }).getByRole('button', { name: 'Close the place' }).click();
      await said(page, 'Gera is closed');
      await page.getByRole('button', { name: 'Open it again: Gera' }).click();
      await said(page, 'Gera is open again');
      await page.done();
    });

    test('a search without hits is answered with another word; it then finds, and the customer is told', async () => {
      const found = (await variants()).find((v) => v.product.name.split(' ')[0].length > 3);
      const word = found.product.name.split(' ')[0];
      const theirs = await visit(browser, server);
      await signIn(theirs, customer);
      for (const q of ['quuxflansch', 'quuxflansche']) {
        await theirs.goto(`/products?q=${q}`);
        await theirs.getByRole('heading', { name: /^Nothing was found/ }).waitFor();
      }
      await theirs.goto('/products?q=quuxflansch');
      await theirs.getByRole('button', { name: 'Tell me' }).click();
      await theirs.getByRole('button', { name: 'Take that back' }).waitFor();
      await counted('quuxflansch', 'quuxflansche');

      const page = await at(agent, '/searches');
      await page.getByText('One person waits').waitFor();
      // Two that are one are merged.
      await page.getByLabel('Select quuxflansch', { exact: true }).check();
      await page.getByLabel('Select quuxflansche', { exact: true }).check();
      await page.getByRole('button', { name: 'Merge' }).click();
      const merge = page.getByRole('dialog', { name: 'Merge these searches' });
      await merge.getByRole('radio', { name: /^quuxflansch \d/ }).check();
      await sound(page, 'merging');
      await merge.getByRole('button', { name: 'Merge' }).click();
      await said(page, '1 search counts as “quuxflansch” now');
      await page.getByRole('link', { name: 'quuxflansch', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: '“quuxflansch”' });
      await dialog.getByText('Ines Halden').waitFor(); // who has asked for it
      await dialog.getByRole('radio', { name: 'Another word' }).check();
      await dialog.getByLabel('Search for this in its place').fill('zzqqxxyy');
      await dialog.getByRole('button', { name: /^Save, and tell/ }).click();
      await dialog.getByText('The synonym finds nothing itself.').waitFor();
      await dialog.getByLabel('Search for this in its place').fill(word);
      await dialog.getByText(`Showing results for “${word}”`).waitFor();
      await sound(page, 'an answer');
      await shoot(page, 'goods-answer', false);
      await dialog.getByRole('button', { name: 'Save, and tell 1 person' }).click();
      await said(page, '“quuxflansch” is answered, and 1 person is told');
      await page.getByRole('link', { name: 'Answered' }).click();
      await page.getByText(`as “${word}”`).waitFor();

      for (const q of ['quuxflansch', 'quuxflansche']) { // the merged one finds it, too
        await theirs.goto(`/products?q=${q}`);
        await theirs.locator('.s-card').filter({ hasText: word }).first().waitFor();
      }
      for (let i = 0; ; i++) { // told by the background work
        const { notifications } = await ask(customer, '{ notifications(first: 5) { edges { node { title text } } } }');
        if (notifications.edges.some((e) => `${e.node.title} ${e.node.text}`.includes('quuxflansch'))) break;
        assert.ok(i < 120, 'the customer is told');
        await new Promise((r) => setTimeout(r, 500));
      }
      await page.done();
      await theirs.done();
    });

    test('a search is answered with a product and a text, and another one dismissed', async () => {
      const v = (await variants())[0];
      for (const q of ['wobbelflansch', 'knarzdings']) await ask(null, 'query($q: String!) { search(query: $q) { totalCount } }', { q });
      await counted('wobbelflansch', 'knarzdings');
      const page = await at(writer, '/searches');
      await page.getByRole('link', { name: 'wobbelflansch' }).click();
      const dialog = page.getByRole('dialog', { name: '“wobbelflansch”' });
      await dialog.getByRole('button', { name: 'Save the answer' }).click();
      await dialog.getByText('Choose a product.').waitFor();
      await dialog.getByRole('combobox', { name: 'Products that are meant' }).fill(v.product.name.slice(0, 6));
      await dialog.getByRole('option').filter({ hasText: v.product.name }).first().click();
      await dialog.getByLabel(/^Text in English/).fill('We call it something else.');
      await dialog.getByRole('button', { name: 'Save the answer' }).click();
      await dialog.getByText('A text is needed in both languages.').waitFor();
      await dialog.getByLabel(/^Text in German/).fill('Bei uns heißt es anders.');
      await dialog.getByRole('button', { name: 'Save the answer' }).click();
      await said(page, '“wobbelflansch” is answered');
      await page.getByLabel('Select knarzdings').check();
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await page.getByRole('dialog', { name: 'Dismiss 1 search?' }).getByRole('button', { name: 'Dismiss' }).click();
      await said(page, '1 search is dismissed');
      const theirs = await visit(browser, server);
      await theirs.goto('/products?q=wobbelflansch');
      await theirs.getByText('We call it something else.').waitFor();
      await theirs.locator('.s-card').filter({ hasText: v.product.name }).first().waitFor();
      await theirs.done();
      await page.done();
    });

    test('a guide is written, previewed and published, and leads the customer to a product', async () => {
      const v = (await variants()).find((x) => x.price);
      const page = await at(writer, '/guides/new');
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.getByText('The title is needed in both languages.').first().waitFor();
      await page.getByText('The answer leads nowhere.').first().waitFor();
      await sound(page, 'what is missing');
      const fill = async (label, text) => page.getByLabel(label, { exact: true }).fill(text);
      await fill('Title, English', 'Which lens?');
      await fill('Title, German', 'Welche Linse?');
      await fill('Name in links', 'which-lens');
      await fill('Question, English', 'How thick is it?');
      await fill('Question, German', 'Wie dick ist es?');
      const answer = (n) => page.getByRole('region', { name: `Answer ${n}`, exact: true });
      await answer(1).getByLabel('Answer, English').fill('Thin');
      await answer(1).getByLabel('Answer, German').fill('Dünn');
      await answer(1).getByLabel('Leads to').selectOption({ label: '+ a new result' });
      await answer(2).getByLabel('Answer, English').fill('Thick');
      await answer(2).getByLabel('Answer, German').fill('Dick');
      await answer(2).getByLabel('Leads to').selectOption({ label: '+ a new question' });
      await answer(2).getByRole('button', { name: 'Go there' }).click();
      await fill('Question, English', 'How often?');
      await fill('Question, German', 'Wie oft?');
      await answer(1).getByLabel('Answer, English').fill('Often');
      await answer(1).getByLabel('Answer, German').fill('Oft');
      // A circle and a dead end are named at their place.
      await answer(1).getByLabel('Leads to').selectOption({ label: '1. Question: How thick is it?' });
      await answer(1).getByText('This answer leads back in a circle.').waitFor();
      await answer(1).getByLabel('Leads to').selectOption({ index: 2 }); // the result
      await page.getByRole('button', { name: 'Remove answer 2' }).click();
      await page.getByRole('navigation', { name: 'Questions and results' }).getByRole('button', { name: /Nothing written yet/ }).click();
      await page.getByText('The result leads to nothing').first().waitFor();
      await fill('What to say about it (optional), English', 'This one fits.');
      await fill('What to say about it (optional), German', 'Diese passt.');
      await page.getByRole('combobox', { name: 'Products that fit' }).fill(v.product.name.slice(0, 6));
      await page.getByRole('option').filter({ hasText: v.product.name }).first().click();
      await page.getByRole('list', { name: 'Products that fit' }).getByText(v.product.name).waitFor();
      await settled(page);
      await sound(page, 'the editor');
      await shoot(page, 'goods-guide-editor');

      await page.getByRole('button', { name: 'Preview' }).click();
      const preview = page.getByRole('dialog', { name: 'Preview' });
      await preview.getByText('Question 1 of at most 2').waitFor();
      await preview.getByRole('button', { name: 'Thick' }).click();
      await preview.getByRole('heading', { name: 'How often?' }).waitFor();
      await preview.getByRole('button', { name: 'Often' }).click();
      await preview.getByText('This one fits.').waitFor();
      await preview.getByText(v.product.name).waitFor();
      await sound(page, 'the preview');
      await shoot(page, 'goods-guide-preview', false);
      await preview.getByLabel('In', { exact: true }).selectOption({ label: 'German' });
      await preview.getByText('Diese passt.').waitFor();
      await preview.getByRole('button', { name: 'Close' }).click();

      await page.getByRole('button', { name: 'Save the draft' }).click();
      await said(page, '“Which lens?” is saved');
      await page.waitForURL(/\/guides\/gde_/);
      const theirs = await visit(browser, server);
      await theirs.goto('/guides/which-lens');
      await theirs.getByRole('heading', { level: 1, name: 'No such guide' }).waitFor(); // a draft is nobody's yet
      theirs.pardon(/404/);
      await settled(page);
      await page.getByRole('button', { name: 'Publish' }).click();
      await said(page, '“Which lens?” is published');
      await theirs.reload();
      await theirs.getByRole('button', { name: 'Thin' }).click();
      await theirs.getByText('This one fits.').waitFor();
      await theirs.locator('.s-card').filter({ hasText: v.product.name }).getByRole('link').first().click();
      await theirs.getByRole('heading', { level: 1, name: v.product.name }).waitFor();

      // Somebody else changes it meanwhile: what was typed stays.
      const id = new URL(page.url()).pathname.split('/').pop();
      await settled(page);
      const { guide } = await ask(root, 'query($id: ID) { guide(id: $id) { version } }', { id });
      await fill('Title, English', 'Which lens fits?');
      await ask(root, 'mutation($input: SaveGuideInput!) { saveGuide(input: $input) { userErrors { code } } }', { input: { id, version: guide.version, status: 'PUBLISHED' } });
      await page.getByRole('button', { name: 'Save for customers' }).click();
      await page.getByText('Somebody else has changed this guide').waitFor();
      await settled(page); // what they have saved is read
      assert.equal(await page.getByLabel('Title, English', { exact: true }).inputValue(), 'Which lens fits?');
      await page.getByRole('button', { name: 'Keep mine' }).click();
      await page.getByRole('button', { name: 'Save for customers' }).click();
      await said(page, '“Which lens fits?” is saved');
      await settled(page);
      await page.getByRole('button', { name: 'Retire' }).click();
      await page.getByRole('dialog', { name: /^Retire/ }).getByRole('button', { name: 'Retire' }).click();
      await said(page, /is retired$/);
      await theirs.goto('/guides/which-lens');
      await theirs.getByRole('heading', { level: 1, name: 'No such guide' }).waitFor();
      await theirs.done();
      await page.done();
    });

    test('the home names what is short and what is searched for in vain', async () => {
      const { stockLevels } = await ask(keeper, '{ stockLevels(first: 100) { edges { node { variantId allocated location { id } } } } }');
      const sold = stockLevels.edges.map((e) => e.node).find((l) => l.allocated > 0);
      const { adjustStock } = await ask(keeper, 'mutation($input: AdjustStockInput!) { adjustStock(input: $input) { userErrors { code } } }', { input: { variantId: sold.variantId, locationId: sold.location.id, kind: 'COUNT', quantity: 0, reason: 'they are gone' } });
      assert.deepEqual(adjustStock.userErrors, []);
      const one = await at(keeper, '/');
      await one.getByRole('region', { name: 'Short on the shelves' }).getByRole('link', { name: /missing/ }).first().waitFor();
      assert.equal(await one.getByRole('region', { name: 'Searched for in vain' }).count(), 0);
      await one.done();
      await ask(null, '{ search(query: "flimmerdraht") { totalCount } }');
      await counted('flimmerdraht');
      const other = await at(writer, '/');
      await other.getByRole('region', { name: 'Searched for in vain' }).getByRole('link', { name: /flimmerdraht/ }).click();
      await other.getByRole('dialog', { name: '“flimmerdraht”' }).waitFor();
      await other.done();
    });

    test('who may only read finds nothing to press; on a phone, too', async () => {
      const page = await at(people.STAFF_ANALYST, '/stock', { viewport: phone, scheme: 'dark' });
      await page.locator('.f-rowlink').first().waitFor();
      assert.equal(await page.getByRole('button', { name: /^(Receive goods|Wareneingang)$/ }).count(), 0);
      await sound(page, 'stock');
      await page.goto('/console/guides');
      await page.locator('.f-rowlink').first().click();
      await page.locator('.gu-answers button').first().click();
      await settled(page);
      assert.equal(await page.getByRole('textbox').count(), 0);
      await sound(page, 'a guide');
      await page.goto('/console/guides/new');
      await page.getByRole('heading', { level: 1, name: /There is nothing here|Hier ist nichts/ }).waitFor();
      await page.done();
    });
  });
}
