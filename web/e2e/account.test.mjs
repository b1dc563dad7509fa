// What a person does with their account and their notifications.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { answered, databases, launch, serve, settled, signIn, until, visit } from './browser.mjs';

const buyer = 'tor.eriksen@halden.example'; // who reads English
const member = 'amina.yusuf@halden.example';
const admin = 'ines.halden@halden.example';
const agent = 'jonas.berg@aurelia.example';

/** Signs in by the API and runs operations as that person. */
async function api(server, email, password = 'aurelia-demo') {
  const post = async (query, variables, token) => (await (await fetch(`${server.url}/graphql`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify({ query, variables }),
  })).json()).data;
  const { signIn: got } = await post('mutation($i: SignInInput!) { signIn(input: $i) { accessToken } }', { i: { email, password } });
  return (query, variables) => post(query, variables, got.accessToken);
}

for (const database of databases) {
  describe(`account on ${database.name}`, () => {
    let server, browser;
    before(async () => { [server, browser] = await Promise.all([serve(database), launch()]); });
    after(async () => { await browser?.close(); await server?.stop(); });

    test('a wrong password says so, and too many of them say to wait', async () => {
      const page = await visit(browser, server);
      await page.goto('/');
      await page.getByLabel('E-mail address').fill('solveig.dahl@halden.example');
      const heard = [];
      for (let i = 0; i < 40 && heard.at(-1) === heard[0]; i++) { // tries are counted by the quarter of an hour, which may end meanwhile
        await page.getByLabel('Password', { exact: true }).fill(`wrong-password-${i}`);
        const answer = page.waitForResponse((r) => r.url().endsWith('/graphql') && (r.request().postData() ?? '').includes('SignIn'));
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
        await answer;
        await settled(page);
        heard.push(await page.getByRole('alert').textContent());
      }
      assert.match(heard[0], /do not belong together|not correct|wrong/i);
      assert.notEqual(heard.at(-1), heard[0], 'it never says to wait');
      assert.match(heard.at(-1), /too (many|often)|wait|again/i);
      page.pardon(/429/);
      await page.done();
    });

    test('a session that was ended elsewhere asks to sign in above the page, and what was typed is saved', async () => {
      const page = await visit(browser, server);
      await signIn(page, buyer, '/account/profile');
      await page.getByLabel('Telephone').fill('+49 40 555 0199');
      const as = await api(server, buyer);
      const { viewer } = await as('{ viewer { sessions { id current } } }');
      for (const s of viewer.sessions.filter((x) => !x.current)) await as('mutation($i: EndSessionInput!) { endSession(input: $i) { userErrors { code } } }', { i: { sessionId: s.id } });
      const dialog = page.getByRole('dialog', { name: 'Sign in again to go on' }); // the open page hears of it by itself
      await dialog.getByLabel('E-mail address').fill(buyer);
      await dialog.getByLabel('Password', { exact: true }).fill('aurelia-demo');
      await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved', { exact: true }).waitFor();
      await page.reload();
      assert.equal(await page.getByLabel('Telephone').inputValue(), '+49 40 555 0199');
      page.pardon(/401/);
      await page.done();
    });

    test('one ends a session of another device', async () => {
      const there = await visit(browser, server);
      const here = await visit(browser, server);
      await signIn(there, 'sigrid.aas@halden.example', '/account/profile');
      await signIn(here, 'sigrid.aas@halden.example', '/account/security');
      await here.getByText('This device').waitFor();
      await here.getByRole('button', { name: 'Sign out there' }).first().click();
      await here.getByRole('dialog').getByRole('button', { name: 'Sign out there' }).click();
      await here.getByText('You are signed in on this device alone.').waitFor();
      await there.getByRole('dialog', { name: 'Sign in again to go on' }).waitFor();
      there.pardon(/401/);
      await there.done();
      await here.done();
    });

    test('another language is spoken at once, and stays', async () => {
      const page = await visit(browser, server);
      await signIn(page, member, '/account/profile');
      await page.getByLabel('Language').selectOption('DE');
      await answered(page, 'ChangeProfile', () => page.getByRole('button', { name: 'Save' }).click());
      await page.getByRole('heading', { level: 1, name: 'Ihr Konto' }).waitFor();
      await settled(page);
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'Ihr Konto' }).waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), 'de');
      await page.getByLabel('Sprache').selectOption('EN');
      await page.getByRole('button', { name: 'Speichern' }).click();
      await page.getByRole('heading', { level: 1, name: 'Your account' }).waitFor();
      await settled(page);
      await page.done();
    });

    test('settings of notifications are kept, and a webhook shows its secret once', async () => {
      const page = await visit(browser, server);
      await signIn(page, member, '/account/notifications');
      const box = page.getByRole('checkbox', { name: 'Order placed: Webhook' });
      await box.check();
      await answered(page, 'ChangeNotificationSettings', () => page.getByRole('form', { name: 'What you are told' }).getByRole('button', { name: 'Save' }).click());
      await page.getByText('Saved', { exact: true }).first().waitFor();
      await settled(page);
      const when = page.getByRole('form', { name: 'When and how' });
      await when.getByLabel('Time zone').selectOption('Europe/Oslo');
      await when.getByLabel('Mails').selectOption('DAILY');
      await when.getByLabel('At', { exact: true }).selectOption('6');
      const quiet = when.getByRole('switch', { name: 'Keep quiet hours' });
      if (!(await quiet.isChecked())) await quiet.check({ force: true });
      await when.getByLabel('From').fill('21:30');
      await answered(page, 'ChangeNotificationSettings', () => when.getByRole('button', { name: 'Save' }).click());
      await settled(page);
      const hook = page.getByRole('form', { name: 'Webhook' });
      await hook.getByLabel('Address').fill('http://localhost/x');
      await hook.getByRole('button', { name: 'Save' }).click();
      await hook.getByText('Give an address that begins with https://').waitFor();
      await hook.getByLabel('Address').fill('https://hooks.example.com/foyer');
      await hook.getByRole('button', { name: 'Save' }).click();
      await hook.getByText('The secret that signs the calls').waitFor();
      await page.reload();
      assert.equal(await box.isChecked(), true);
      assert.equal(await when.getByLabel('Time zone').inputValue(), 'Europe/Oslo');
      assert.equal(await when.getByLabel('From').inputValue(), '21:30');
      assert.equal(await when.getByLabel('At', { exact: true }).inputValue(), '6');
      assert.equal(await hook.getByLabel('Address').inputValue(), 'https://hooks.example.com/foyer');
      assert.equal(await page.getByText('The secret that signs the calls').count(), 0);
      await page.done();
    });

    test('the worker for push messages is served at the root', async () => {
      const answer = await fetch(`${server.url}/push.js`);
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get('content-type'), /javascript/);
    });

    /** Makes news that is unread: what of the demo company's is depends on the hour. */
    const news = async (...texts) => {
      const [mine, service] = [await api(server, admin), await api(server, agent)];
      const { orders } = await mine('{ orders(first: 50) { edges { node { id user { email } } } } }');
      const own = orders.edges.find((e) => e.node.user?.email === admin).node;
      const before = (await mine('{ viewer { unreadNotifications } }')).viewer.unreadNotifications;
      for (const text of texts) {
        const { addOrderNote } = await service('mutation($i: AddOrderNoteInput!) { addOrderNote(input: $i) { userErrors { code } } }', { i: { orderId: own.id, text, visibility: 'CUSTOMER' } });
        assert.deepEqual(addOrderNote.userErrors, []);
      }
      await until(async () => (await mine('{ viewer { unreadNotifications } }')).viewer.unreadNotifications, (n) => assert.equal(n, before + texts.length, 'all of them are unread'));
    };

    test('notifications are read one by one and all at once', async () => {
      await news('The crane is booked.', 'The driver calls an hour before.');
      const page = await visit(browser, server);
      await signIn(page, admin, '/notifications');
      const unread = page.getByRole('button', { name: /^Mark as read/ });
      await unread.first().waitFor();
      await settled(page);
      const before = await unread.count();
      const marked = (n) => page.waitForFunction((m) => document.querySelectorAll('button[aria-label^="Mark as read"]').length === m, n);
      // What is marked looks read at once.
      await answered(page, 'ReadNotifications', () => unread.first().click());
      await marked(before - 1);
      await page.getByLabel('Show').selectOption('1');
      await page.waitForURL(/unread=1/);
      await settled(page);
      await marked(before - 1);
      assert.equal(await page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3 }) }).count(), before - 1, 'only those');
      // Whoever leaves before the answer is there gives it up.
      await answered(page, 'ReadNotifications', () => page.getByRole('button', { name: 'Mark all as read' }).click());
      await marked(0);
      await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'All read' }).waitFor();
      await page.done();
    });

    test('who is faster than the answers finds read what they have marked', async () => {
      await news('The first one.', 'The second one.', 'The third one.');
      const page = await visit(browser, server);
      await signIn(page, admin, '/notifications');
      const unread = page.getByRole('button', { name: /^Mark as read/ });
      await unread.first().waitFor();
      await settled(page);
      // What is marked is on its way for longer than anything else.
      await page.route('**/graphql', async (route) => {
        if ((route.request().postData() ?? '').includes('mutation ReadNotifications')) await new Promise((r) => setTimeout(r, 1_500));
        await route.fallback();
      });
      const marked = (n) => page.waitForFunction((m) => document.querySelectorAll('button[aria-label^="Mark as read"]').length === m, n);
      const before = await unread.count();
      const listed = (n) => page.waitForFunction((m) => document.querySelectorAll('.a-note').length === m, n);
      await unread.first().click();
      await marked(before - 1);
      await page.getByLabel('Show').selectOption('1');
      await page.waitForURL(/unread=1/);
      await listed(before - 1); // the list that was asked for comes, and has not what is marked
      await marked(before - 1);
      await page.getByRole('button', { name: 'Mark all as read' }).click();
      await page.getByLabel('Show').selectOption('');
      await page.waitForURL((u) => !u.search.includes('unread'));
      await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor(); // none is counted
      await marked(0);
      await page.getByLabel('Show').selectOption('1');
      await page.getByRole('heading', { name: 'All read' }).waitFor();
      await settled(page);
      await page.getByLabel('Show').selectOption('');
      await page.getByRole('listitem').filter({ hasText: 'The third one.' }).waitFor();
      await settled(page);
      await marked(0);
      await page.done();
    });
  });
}
