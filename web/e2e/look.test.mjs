// What belongs to no page: the house's name and colours, both schemes, being
// offline, being lost, going on after a reload, several tabs.
import assert from 'node:assert/strict';
import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { databases, launch, phone, problems, serve, settled, shoot, signIn, until, visit } from './browser.mjs';
import { people } from './pages.mjs';

for (const database of databases) {
  describe(`the house on ${database.name}`, () => {
    let server, browser;
    before(async () => {
      const logo = path.join(mkdtempSync(path.join(tmpdir(), 'foyer-logo-')), 'logo.svg');
      writeFileSync(logo, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 28" width="120" height="28"><rect width="28" height="28" rx="6" fill="#f4c20d"/><text x="36" y="20" font-size="17" fill="#888">Nordlicht</text></svg>');
      [server, browser] = await Promise.all([
        serve(database, '--brand-name', 'Nordlicht Portal', '--brand-accent', '#f4c20d', '--brand-logo', logo, '--contact-email', 'hilfe@nordlicht.example',
          '--contact-phone', '+49 30 1234', '--link', 'Imprint|Impressum|https://nordlicht.example/impressum'),
        launch(),
      ]);
    });
    after(async () => { await browser?.close(); await server?.stop(); });

    test('white label: name, accent that can be read, logo, contact, links', async () => {
      for (const scheme of ['light', 'dark']) {
        const page = await visit(browser, server, { scheme });
        await page.goto('/');
        await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
        assert.match(await page.title(), /Nordlicht Portal/);
        await page.getByRole('img', { name: 'Nordlicht Portal' }).first().waitFor();
        assert.equal(await page.getByRole('link', { name: 'Imprint' }).getAttribute('href'), 'https://nordlicht.example/impressum');
        assert.equal(await page.getByRole('link', { name: 'hilfe@nordlicht.example' }).getAttribute('href'), 'mailto:hilfe@nordlicht.example');
        assert.deepEqual(await problems(page), []);
        await shoot(page, `white-label-${scheme}`, false);
        await page.done();
      }
    });

    test('German by the browser, and by the switch', async () => {
      const page = await visit(browser, server, { locale: 'de-DE' });
      await page.goto('/');
      await page.getByRole('button', { name: 'Anmelden', exact: true }).waitFor();
      await page.getByRole('link', { name: 'Impressum' }).waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), 'de');
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
      await page.done();
    });

    test('the scheme that was chosen stays', async () => {
      const page = await visit(browser, server);
      await signIn(page, people.ORG_ADMIN);
      // What is painted follows within a frame or two.
      const painted = (colour) => page.waitForFunction((c) => getComputedStyle(document.body).backgroundColor === c, colour);
      await painted('rgb(246, 246, 249)');
      await page.getByRole('button', { name: 'Dark colours' }).click();
      await painted('rgb(12, 13, 17)');
      await page.reload();
      await page.getByRole('button', { name: 'Light colours' }).waitFor();
      await painted('rgb(12, 13, 17)');
      await page.getByRole('button', { name: 'Light colours' }).click();
      await painted('rgb(246, 246, 249)');
      await page.done();
    });

    test('the page that was asked for is there after the sign-in', async () => {
      const page = await visit(browser, server);
      await signIn(page, people.ORG_ADMIN, '/orders?show=late');
      await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
      assert.equal(new URL(page.url()).search, '?show=late');
      await page.done();
    });

    test('reloading again and again, and in several tabs, ends no session', async () => {
      const page = await visit(browser, server);
      await signIn(page, people.ORG_BUYER, '/orders');
      for (let i = 0; i < 6; i++) await page.reload({ waitUntil: 'commit' }).catch(() => undefined); // each leaves a refresh unanswered
      const tabs = await Promise.all([1, 2, 3].map(() => page.context().newPage()));
      await Promise.all(tabs.map((t) => t.goto('/orders')));
      for (const t of [page, ...tabs]) await t.getByRole('table').waitFor();
      page.pardon(/aborted|ERR_ABORTED|Failed to fetch/);
      await page.done();
    });

    test('an address without a page says so, and its status too', async () => {
      const page = await visit(browser, server);
      await signIn(page, people.ORG_ADMIN);
      const answer = await page.goto('/no/such/page');
      assert.equal(answer.status(), 404);
      await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
      assert.deepEqual(await problems(page), []);
      page.pardon(/404/);
      await page.done();
    });

    test('offline is said, and ends by itself', async () => {
      const page = await visit(browser, server);
      await signIn(page, people.ORG_ADMIN, '/orders');
      await settled(page);
      await page.context().setOffline(true);
      await page.getByText('You are offline').waitFor();
      await page.context().setOffline(false);
      await page.getByText('You are offline').waitFor({ state: 'detached' });
      page.pardon(/ERR_INTERNET_DISCONNECTED|WebSocket/);
      await page.done();
    });

    test('a server that does not answer is said, and can be asked again', async () => {
      const page = await visit(browser, server);
      await signIn(page, people.ORG_ADMIN, '/orders');
      await page.route('**/graphql', (r) => r.abort());
      await page.reload();
      await page.getByText('The portal does not answer').waitFor();
      await page.unroute('**/graphql');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('table').waitFor();
      page.pardon(/ERR_FAILED|WebSocket/);
      await page.done();
    });

    test('a failure shows the request to name', async () => {
      const page = await visit(browser, server);
      await signIn(page, people.ORG_ADMIN);
      await page.route('**/graphql', async (route) => {
        if (!route.request().postData()?.includes('query Orders')) return route.continue();
        return route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify({ data: null, errors: [{ message: 'Something went wrong.', extensions: { code: 'INTERNAL', requestId: 'req-4711' } }] }) });
      });
      await page.getByRole('banner').getByRole('link', { name: 'Orders' }).click();
      await page.getByText('req-4711').waitFor();
      assert.deepEqual(await problems(page), []);
      await page.done();
    });

    test('by keyboard alone: skip to the content, menu, sign out', async () => {
      const page = await visit(browser, server);
      await signIn(page, people.ORG_ADMIN);
      await page.reload();
      await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
      await settled(page);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL(/#main$/);
      const focused = (which) => which.and(page.locator(':focus')).waitFor();
      const account = page.getByRole('button', { name: /Your account/ });
      await account.focus();
      await page.keyboard.press('Enter');
      await focused(page.getByRole('menuitem').first());
      await page.keyboard.press('Escape');
      await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
      await focused(account);
      await page.keyboard.press('Enter');
      await focused(page.getByRole('menuitem').first());
      await page.keyboard.press('End');
      await focused(page.getByRole('menuitem').last());
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
      await until(async () => (await page.context().cookies()).filter((c) => c.value), (all) => assert.deepEqual(all, []));
      page.pardon(/401/); // what was still being asked for when the session ended
      await page.done();
    });

    test('on a phone the menu leads everywhere', async () => {
      const page = await visit(browser, server, { viewport: phone });
      await signIn(page, people.ORG_ADMIN);
      await page.getByRole('button', { name: 'Menu' }).click();
      const menu = page.getByRole('dialog', { name: 'Menu' });
      await menu.getByRole('link', { name: 'Orders' }).click();
      await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
      await menu.waitFor({ state: 'hidden' });
      await page.done();
    });
  });
}
