// A machine is put together, by a customer and a salesperson at the same time:
// what does not go says why and what does, and what was chosen is ordered.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { databases, launch, overflow, phone, problems, serve, settled, shoot, signIn, visit } from './browser.mjs';
import { people } from './pages.mjs';

for (const database of databases) {
  describe(`configuring on ${database.name}`, () => {
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
    const machine = async () => (await ask(admin, '{ configurationModels { product { id name } current { id } } }')).configurationModels[0];
    const empty = async (email) => {
      const { carts } = await ask(email, '{ carts(first: 50) { id version } }');
      for (const c of carts) await ask(email, 'mutation($input: DiscardCartInput!) { discardCart(input: $input) { userErrors { code } } }', { input: { cartId: c.id, version: c.version } });
    };
    const save = async (email, input) => {
      const { saveConfiguration: s } = await ask(email, 'mutation($input: SaveConfigurationInput!) { saveConfiguration(input: $input) { configuration { id version status choices { group option } } userErrors { code message } } }', { input });
      assert.deepEqual(s.userErrors, []);
      return s.configuration;
    };
    const kept = async (id) => (await ask(admin, 'query($id: ID!) { configuration(id: $id) { id version status choices { group option number absent negate } } }', { id })).configuration;
    const option = (page, name) => page.getByRole('radio', { name });
    const saved = (page) => page.getByText('All changes are saved').waitFor();
    /** Comes when the page follows a configuration: what happens before has nobody's name. To be asked for before the page has its socket. */
    const follows = (page) => new Promise((resolve) => { page.on('websocket', (socket) => socket.on('framereceived', (f) => { if (String(f.payload).includes('"configurationUpdated"')) resolve(); })); });
    const air = { group: 'cooling', option: 'air' };

    test('the product leads to its configuration, and the address keeps what was chosen', async () => {
      const { product } = await machine();
      const page = await visit(browser, server);
      await signIn(page, admin);
      await page.goto(`/products/${product.id}`);
      await page.locator('.pd-price').waitFor();
      await page.getByRole('link', { name: 'Configure' }).first().click();
      await page.getByRole('heading', { level: 1, name: /^Configure your/ }).waitFor();
      await page.getByText('Can be built').waitFor();
      const price = () => page.locator('.cf-price').innerText();
      const before = await price();
      await option(page, /^200 W fibre/).click();
      await page.waitForFunction((was) => document.querySelector('.cf-price')?.textContent !== was, before);
      await page.waitForURL((u) => u.search.includes('fibre200'));
      const cheaper = await price();
      await page.reload();
      await page.locator('.cf-price').waitFor();
      assert.equal(await price(), cheaper);
      assert.ok(await option(page, /^200 W fibre/).isChecked());
      await option(page, /^500 W fibre/).click();
      await page.waitForURL((u) => u.search.includes('fibre500'));
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.waitForURL((u) => u.search.includes('fibre200'));
      assert.equal(await price(), cheaper);
      assert.deepEqual(await problems(page), []);
      await page.done();
    });

    test('what is not possible says why, and one click makes it possible', async () => {
      const { product } = await machine();
      const page = await visit(browser, server);
      await signIn(page, admin);
      await page.goto(`/products/${product.id}/configure?c=cooling.air`);
      await page.locator('.cf-price').waitFor();
      const wanted = option(page, /^500 W fibre/);
      await wanted.click();
      await page.getByText('500 W needs liquid cooling', { exact: false }).first().waitFor();
      assert.equal(await wanted.isChecked(), false); // nothing has changed
      assert.ok(new URL(page.url()).search.includes('cooling.air'));
      assert.deepEqual(await problems(page), []);
      assert.ok((await overflow(page)) <= 0);
      await shoot(page, 'journey-configure-conflict', false);
      await page.getByRole('button', { name: /^Switch: / }).first().click();
      await page.waitForURL((u) => u.search.includes('fibre500'));
      await page.locator('.cf-clash').waitFor({ state: 'detached' });
      assert.ok(await wanted.isChecked());
      await page.locator('.cf-along').getByText(/Cooling: /).waitFor(); // and says what came along
      await page.done();
    });

    test('a customer and a salesperson on one configuration, blocked, repaired and ordered', async () => {
      await empty(admin);
      const { current } = await machine();
      const { viewer } = await ask(admin, '{ viewer { organization { id } } }');
      const { organization } = await ask(people.STAFF_ADMIN, 'query($id: ID!) { organization(id: $id) { id } }', { id: viewer.organization.id });
      assert.ok(organization);
      const made = await save(admin, { versionId: current.id, name: 'Hall 7', choices: [air], quantity: 1 });
      const page = await visit(browser, server);
      const following = follows(page);
      await signIn(page, admin);
      await page.goto('/configurations');
      await page.getByRole('link', { name: /Hall 7/ }).click();
      await page.getByRole('heading', { level: 1, name: 'Hall 7' }).waitFor();
      await saved(page);
      await following;
      // The salesperson chooses something; the customer sees it, and whose word it was.
      await save(people.STAFF_ADMIN, { id: made.id, version: made.version, choices: [air, { group: 'colour', option: 'ocean' }] });
      await page.getByText('Friederike Amsel changed this').waitFor();
      await page.waitForFunction(() => [...document.querySelectorAll('.cf-lines dt')].some((x) => /Ocean/.test(x.textContent)));
      await shoot(page, 'journey-configure-live', false);
      // The customer wants what does not go, reads why, and takes the first way out.
      await option(page, /^500 W fibre/).click();
      await page.getByText('500 W needs liquid cooling', { exact: false }).first().waitFor();
      await saved(page);
      assert.deepEqual((await kept(made.id)).choices.map((c) => c.option), ['air', 'ocean']); // nothing was written
      await page.getByRole('button', { name: /^Switch: / }).first().click();
      await page.locator('.cf-clash').waitFor({ state: 'detached' });
      await page.getByText('Still to choose:').waitFor(); // a stronger laser wants a stronger plug
      await option(page, /^400 V, 16 A, CEE/).click();
      await page.getByText('Can be built').waitFor();
      await saved(page);
      const now = await kept(made.id);
      assert.ok(now.choices.some((c) => c.option === 'fibre500') && now.choices.some((c) => c.option === 'ocean'), JSON.stringify(now.choices));
      assert.equal(now.status, 'COMPLETE');
      assert.deepEqual(await problems(page), []);
      await page.getByRole('button', { name: 'Add to cart' }).first().click();
      await page.getByText('It is in your cart').waitFor();
      await page.goto('/cart');
      await page.getByRole('link', { name: 'Change Hall 7' }).waitFor();
      await page.getByText(/500 W fibre/).first().waitFor();
      await settled(page);
      await shoot(page, 'journey-configure-cart');
      await page.goto('/cart/checkout');
      await settled(page);
      await page.getByRole('button', { name: /^(Place order|Send for approval)$/ }).click();
      await page.getByRole('heading', { level: 1, name: /^(Thank you|Your order waits)/ }).waitFor();
      await page.getByRole('link', { name: 'Follow the order' }).click();
      await page.getByText('How it was configured').first().click();
      await page.locator('.cd-ordered').getByText('500 W fibre', { exact: true }).waitFor();
      assert.deepEqual(await problems(page), []);
      await shoot(page, 'journey-configure-ordered');
      // What was ordered does not change any more.
      await page.goto(`/configurations/${made.id}`);
      await page.getByText('It has been ordered and does not change any more.').waitFor();
      assert.ok(await option(page, /^200 W fibre/).isDisabled());
      await page.done();
    });

    test('a salesperson changes it with the customer looking on, and puts it into a cart that was not there', async () => {
      await empty(admin);
      const { current } = await machine();
      const made = await save(admin, { versionId: current.id, name: 'For hall 9', choices: [air], quantity: 1 });
      const customer = await visit(browser, server);
      const following = follows(customer);
      await signIn(customer, admin);
      await customer.goto(`/configurations/${made.id}`);
      await saved(customer);
      await following;
      await ask(people.STAFF_ADMIN, 'mutation { changeProfile(input: { language: EN }) { userErrors { code } } }');
      const sales = await visit(browser, server);
      const hears = follows(sales);
      await signIn(sales, people.STAFF_ADMIN, '/console/');
      await sales.goto(`/console/configurations/${made.id}`);
      await saved(sales);
      await hears;
      await sales.getByText('Margin', { exact: true }).waitFor();
      // What does not go says so with the rules, which customers never see.
      await option(sales, /^500 W fibre/).click();
      const clash = sales.getByRole('region', { name: '500 W fibre does not go with your other choices' });
      await clash.getByRole('list', { name: 'Rules' }).waitFor();
      await settled(sales);
      assert.deepEqual(await problems(sales), []);
      await shoot(sales, 'journey-configure-sales', false);
      await clash.getByRole('button', { name: 'Close' }).click();
      await option(sales, /^200 W fibre/).click();
      await customer.getByText('Friederike Amsel changed this').waitFor();
      await customer.getByText('Friederike Amsel changed this').locator('..').getByText('200 W fibre', { exact: false }).waitFor();
      await saved(sales);
      await saved(customer);
      assert.ok(await option(customer, /^200 W fibre/).isChecked());
      assert.equal(await customer.getByText('Margin', { exact: true }).count(), 0);
      // And the other way round.
      await option(customer, /^Ocean/).click();
      await sales.getByText('Ines Halden changed this').waitFor();
      await saved(customer);
      await saved(sales);
      assert.ok(await option(sales, /^Ocean/).isChecked());
      assert.deepEqual((await kept(made.id)).choices.map((c) => c.option), ['air', 'fibre200', 'ocean']);
      // The customer has no cart open; one is made for them.
      await sales.getByRole('button', { name: 'Put into the cart' }).click();
      const dialog = sales.getByRole('dialog', { name: 'Put into the cart' });
      assert.equal(await dialog.getByLabel('Name of the cart').inputValue(), 'For hall 9');
      assert.deepEqual(await problems(sales), []);
      await dialog.getByRole('button', { name: 'Put into the cart' }).click();
      await sales.waitForURL(/\/console\/carts\//);
      await sales.getByRole('heading', { level: 1, name: 'For hall 9' }).waitFor();
      const { carts } = await ask(admin, '{ carts(first: 50) { name lines { configuration { id } } } }');
      assert.deepEqual(carts.filter((x) => x.lines.some((l) => l.configuration?.id === made.id)).map((x) => x.name), ['For hall 9']);
      await empty(admin);
      await sales.done();
      await customer.done();
    });

    // What the other one does is there before this one's answer, or after it: the same comes of both.
    for (const first of ['news', 'answer']) {
      test(`two who change at once: the later one sees what came before, and says it again (the ${first} first)`, async () => {
        const { current } = await machine();
        const made = await save(admin, { versionId: current.id, name: `Both at once, ${first}`, choices: [air], quantity: 1 });
        const page = await visit(browser, server);
        let tell, answer;
        const news = new Promise((r) => { tell = r; }), answered = new Promise((r) => { answer = r; });
        await page.routeWebSocket(/graphql/, (socket) => {
          const server = socket.connectToServer();
          server.onMessage(async (message) => {
            if (!String(message).includes('"cloud"')) return socket.send(message);
            if (first === 'answer') await answered;
            socket.send(message);
            tell();
          });
        });
        await signIn(page, admin);
        await page.goto(`/configurations/${made.id}`);
        await saved(page);
        let met = false;
        await page.route('**/graphql', async (route) => {
          const body = route.request().postDataJSON();
          if (met || body?.operationName !== 'SaveConfiguration') return route.continue();
          met = true;
          await save(people.STAFF_ADMIN, { id: made.id, version: made.version, choices: [air, { group: 'colour', option: 'cloud' }] });
          if (first === 'news') { await news; await page.waitForTimeout(300); }
          const response = await route.fetch();
          await route.fulfill({ response });
          return answer();
        });
        await option(page, /^200 W fibre/).click();
        await page.getByText('Somebody else was faster.', { exact: false }).waitFor();
        await saved(page);
        assert.deepEqual((await kept(made.id)).choices.map((c) => c.option), ['air', 'cloud']);
        assert.ok(!(await option(page, /^200 W fibre/).isChecked())); // as it stands
        assert.ok(await option(page, /^Cloud/).isChecked());
        await page.getByRole('button', { name: 'Make my change again' }).click();
        await saved(page);
        assert.ok(await option(page, /^200 W fibre/).isChecked());
        assert.deepEqual((await kept(made.id)).choices.map((c) => c.option), ['air', 'cloud', 'fibre200']); // and what the other one chose stays
        page.pardon(/409|CONFLICT/);
        await page.done();
      });
    }

    test('a link shows it to whoever has it, until it is taken back', async () => {
      const { current } = await machine();
      const made = await save(admin, { versionId: current.id, name: 'For the architect', choices: [air], quantity: 1 });
      const page = await visit(browser, server);
      await signIn(page, admin);
      await page.goto(`/configurations/${made.id}`);
      await page.getByRole('button', { name: 'Share' }).click();
      const dialog = page.getByRole('dialog', { name: 'Share this configuration' });
      await dialog.getByRole('button', { name: 'Make a link' }).click();
      const link = await dialog.getByLabel('The link', { exact: true }).inputValue();
      assert.match(link, /\/shared\/\S+$/);
      assert.deepEqual(await problems(page), []);
      const anybody = await visit(browser, server, { viewport: phone, scheme: 'dark' });
      await anybody.goto(link);
      await anybody.getByRole('heading', { level: 1, name: 'For the architect' }).waitFor();
      await anybody.getByRole('heading', { name: 'List price' }).waitFor();
      assert.deepEqual(await problems(anybody), []);
      assert.ok((await overflow(anybody)) <= 0);
      await shoot(anybody, 'journey-configure-shared');
      await anybody.getByRole('link', { name: 'Configure from here' }).click();
      await anybody.waitForURL((u) => u.pathname.endsWith('/configure')); // both pages have a price
      await anybody.locator('.cf-price').waitFor();
      await dialog.getByRole('button', { name: /^Take back the link/ }).click();
      await dialog.getByText('not good any more').waitFor();
      await anybody.goto(link);
      await anybody.getByRole('heading', { level: 1, name: 'This link is not good' }).waitFor();
      assert.equal(await anybody.getByText('For the architect').count(), 0);
      await anybody.done();
      await page.done();
    });

    test('it is called otherwise, handed over, copied, compared and deleted', async () => {
      const { current } = await machine();
      const made = await save(admin, { versionId: current.id, name: 'First thought', choices: [air], quantity: 1 });
      const page = await visit(browser, server);
      await signIn(page, admin);
      await page.goto(`/configurations/${made.id}`);
      await saved(page);
      const act = async (name) => { await page.locator('.f-head').getByRole('button', { name: 'More actions' }).click(); await page.getByRole('menuitem', { name }).click(); };
      await act('Change the name');
      let dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name', { exact: true }).fill('Second thought');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { level: 1, name: 'Second thought' }).waitFor();
      await page.getByRole('button', { name: 'Hand over to sales' }).click();
      dialog = page.getByRole('dialog');
      await dialog.getByLabel('Message (optional)').fill('Does it fit through our door?');
      await dialog.getByRole('button', { name: 'Hand over to sales' }).click();
      await page.getByText('It is with sales at present.', { exact: false }).waitFor();
      await act('Make a copy');
      dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Make a copy' }).click();
      await page.getByRole('heading', { level: 1, name: 'Second thought (copy)' }).waitFor();
      await option(page, /^200 W fibre/).click();
      await saved(page);
      await page.goto('/configurations?q=Second');
      for (const name of ['Second thought', 'Second thought (copy)']) await page.getByRole('checkbox', { name: new RegExp(`${name.replace(/[()]/g, '\\$&')}$`) }).check();
      await page.getByRole('button', { name: /^Compare/ }).click();
      await page.getByRole('table').getByText('200 W fibre').waitFor();
      assert.equal(await page.getByRole('rowheader', { name: /^Scanner/ }).count(), 0); // it is the same
      await page.getByRole('switch', { name: 'Show only what differs' }).press('Space');
      await page.getByRole('rowheader', { name: /^Scanner/ }).waitFor();
      assert.deepEqual(await problems(page), []);
      await shoot(page, 'journey-configure-compare');
      await page.goto(`/configurations/${made.id}`);
      await act('Delete');
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await page.waitForURL(/\/configurations$/);
      await page.goto(`/configurations/${made.id}`);
      await page.getByRole('heading', { level: 1, name: 'No such configuration' }).waitFor();
      await page.done();
    });

    test('on a phone, by keyboard, without having signed in', async () => {
      const { product } = await machine();
      const page = await visit(browser, server, { viewport: phone, scheme: 'dark' });
      await page.goto(`/products/${product.id}/configure`);
      await page.locator('.cf-price').waitFor();
      await settled(page);
      assert.ok((await overflow(page)) <= 0);
      assert.deepEqual(await problems(page), []);
      await shoot(page, 'journey-configure-phone', false);
      await option(page, /^350 W fibre/).focus();
      await page.keyboard.press('ArrowLeft');
      await page.waitForURL((u) => u.search.includes('fibre200'));
      assert.ok(await option(page, /^200 W fibre/).isChecked());
      await page.getByRole('link', { name: 'Sign in to order' }).first().click();
      await page.getByLabel('E-mail address').fill(admin);
      await page.getByLabel('Password', { exact: true }).fill('aurelia-demo');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.waitForURL((u) => u.pathname.endsWith('/configure') && u.search.includes('fibre200')); // the choices came along
      await page.locator('.cf-price').waitFor();
      assert.ok(await option(page, /^200 W fibre/).isChecked());
      await page.done();
    });

    // Last, since it publishes another version.
    test('a new version: one costs more now, one cannot be built any more and its customer chooses anew', async () => {
      const { product, current } = await machine();
      const dear = await save(admin, { versionId: current.id, name: 'Costs more now', choices: [{ group: 'colour', option: 'ocean' }], quantity: 1 });
      const gone = await save(admin, { versionId: current.id, name: 'Not like this', choices: [{ group: 'cooling', option: 'air' }, { group: 'source', option: 'fibre350' }], quantity: 1 });
      const staff = people.STAFF_ADMIN;
      const { configurationModel: m } = await ask(staff, `query($id: ID!) { configurationModel(productId: $id) { id version draft {
        title { en de } intro { en de } baseDays steps { key title { en de } help { en de } groups when }
        groups { key title { en de } help { en de } min max default repairable options { key title { en de } help { en de } swatch sku amounts { amount currency } costs { amount currency } days validFrom validTo replaces }
          number { min max step scale unit of default amounts { amount currency } } }
        rules { key text message { en de } internal note validFrom validTo } prices { key title { en de } when amounts { amount currency } per percent of fromQuantity priceLists }
        leadTimes { key title { en de } when days added } parts { sku name quantity per when costs { amount currency } } golden { key choices { group option number absent negate } impossible } } } }`, { id: product.id });
      const document = structuredClone(m.draft);
      const cloud = document.groups.find((g) => g.key === 'colour').options.find((o) => o.key === 'ocean');
      cloud.amounts = [{ amount: '777.00', currency: 'EUR' }, { amount: '777.00', currency: 'USD' }];
      document.rules.push({ key: 'test-air', text: 'cooling.air -> !source.fibre350', message: { en: 'Air is not enough for 350 W any more.', de: 'Luft reicht für 350 W nicht mehr.' }, internal: false, note: '', validFrom: null, validTo: null });
      document.golden = [];
      const { saveConfigurationModel: drafted } = await ask(staff, 'mutation($i: SaveConfigurationModelInput!) { saveConfigurationModel(input: $i) { model { id version } problems { message } userErrors { code message } } }', { i: { id: m.id, version: m.version, document } });
      assert.deepEqual([drafted.userErrors, drafted.problems], [[], []]);
      const page = await visit(browser, server);
      await signIn(page, admin);
      await page.goto(`/configurations/${gone.id}`);
      await saved(page);
      const { publishConfigurationModel: published } = await ask(staff, 'mutation($i: PublishConfigurationModelInput!) { publishConfigurationModel(input: $i) { findings { severity message } userErrors { code message } } }', { i: { id: m.id, version: drafted.model.version, note: 'Dearer, and safer' } });
      assert.deepEqual(published.userErrors, [], JSON.stringify(published.findings));
      // The customer has it before them, and reads what has changed and what could be done.
      await page.getByText('The model has changed, and you have to choose').waitFor();
      await page.getByText('Air is not enough for 350 W any more.').first().waitFor();
      await settled(page);
      assert.deepEqual(await problems(page), []);
      await shoot(page, 'journey-configure-needs', false);
      await page.getByRole('button', { name: /^Switch: / }).first().click();
      await page.locator('.cf-clash').waitFor({ state: 'detached' });
      await page.getByText('The model has changed, and you have to choose').waitFor({ state: 'detached' });
      await saved(page);
      assert.notEqual((await kept(gone.id)).status, 'NEEDS_CUSTOMER');
      // The other one is as it was, at another price, until it is understood.
      await page.goto(`/configurations/${dear.id}`);
      await page.getByText('The price has changed.').waitFor();
      await page.getByText(/^Price of one: .* before, .* now\.$/).waitFor();
      await settled(page);
      assert.deepEqual(await problems(page), []);
      await shoot(page, 'journey-configure-repriced', false);
      await page.getByRole('button', { name: 'Understood' }).click();
      await page.getByText('The price has changed.').waitFor({ state: 'detached' });
      await page.reload();
      await saved(page);
      assert.equal(await page.getByText('The price has changed.').count(), 0);
      assert.deepEqual((await kept(dear.id)).choices.map((c) => c.option), ['ocean']);
      await page.done();
    });
  });
}
