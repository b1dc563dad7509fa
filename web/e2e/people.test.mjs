// The way in by links from mails, the people of an organization, and the choice
// of whom to act for, as the people concerned do it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { databases, launch, serve, signIn, visit } from './browser.mjs';

const member = 'amina.yusuf@halden.example';
const admin = 'ines.halden@halden.example';
const buyer = 'katrin.voss@nordholm.example'; // who acts for two organizations, and reads German
const good = 'nine brown foxes in rain';

/** The link to a page in the latest mail with this subject to this address; with other, one that is not that. */
async function linkInMail(server, to, subject, place, other = '') {
  for (let i = 0; i < 200; i++) {
    const list = await (await fetch(`${server.url}/mailbox`)).text();
    const row = list.split('<tr>').find((r) => r.includes(to) && subject.test(r));
    const id = row && /href="(\/mailbox\/[^"]+)"/.exec(row)?.[1];
    if (id) {
      const mail = (await (await fetch(server.url + id)).text()).replaceAll('&amp;', '&').replaceAll('&#43;', '+');
      const link = new RegExp(`${place}#([\\w%.+~=-]+)`).exec(mail)?.[0];
      if (link && link !== other) return link;
    }
    await new Promise((r) => setTimeout(r, 500));
  }
  throw new Error(`no mail to ${to}`);
}

/** Invites by the page, and says where the row of the person is. */
async function invite(page, name, email) {
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  await dialog.getByLabel('E-mail address').fill(email);
  await dialog.getByRole('button', { name: 'Send the invitation' }).click();
  await dialog.waitFor({ state: 'detached' });
}

for (const database of databases) {
  describe(`people on ${database.name}`, () => {
    let server, browser;
    before(async () => { [server, browser] = await Promise.all([serve(database), launch()]); });
    after(async () => { await browser?.close(); await server?.stop(); });

    test('somebody is invited, accepts by the mail, and is in the list', async () => {
      const page = await visit(browser, server);
      await signIn(page, admin, '/organization');
      await page.getByRole('button', { name: 'Invite somebody' }).click();
      const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
      await dialog.getByLabel('Name', { exact: true }).fill('Liv Sandvik');
      await dialog.getByLabel('E-mail address').fill(admin);
      await dialog.getByRole('button', { name: 'Send the invitation' }).click();
      await dialog.getByText('This person is a member already.').waitFor();
      await dialog.getByLabel('E-mail address').fill('liv.sandvik@halden.example');
      await dialog.getByRole('button', { name: 'Send the invitation' }).click();
      const row = page.getByRole('row', { name: /Liv Sandvik/ });
      await row.getByText('Invited', { exact: true }).waitFor();

      const guest = await visit(browser, server);
      const link = await linkInMail(server, 'liv.sandvik@halden.example', /invited/, '/invitation');
      await guest.goto(link);
      await guest.getByText('liv.sandvik@halden.example').waitFor();
      assert.equal(new URL(guest.url()).hash, '', 'the token is still in the address');
      await guest.getByLabel('New password', { exact: true }).fill('password123');
      await guest.getByRole('button', { name: 'Accept the invitation' }).click();
      await guest.locator('[aria-invalid="true"], [role="alert"]').first().waitFor();
      await guest.getByLabel('New password', { exact: true }).fill(good);
      await guest.getByRole('button', { name: 'Accept the invitation' }).click();
      await guest.getByRole('button', { name: /Liv Sandvik/ }).waitFor();
      await guest.done();

      await page.reload();
      await row.getByText('Active', { exact: true }).waitFor();
      await row.getByRole('button', { name: 'Actions for Liv Sandvik' }).click();
      await page.getByRole('menuitem', { name: 'Disable access' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Disable access' }).click();
      await row.getByText('Disabled', { exact: true }).waitFor();
      await page.done();

      const late = await visit(browser, server);
      await late.goto(link);
      await late.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
      await late.done();
    });

    test('a forgotten password is set by the mail', async () => {
      const page = await visit(browser, server);
      await page.goto('/');
      await page.getByRole('link', { name: 'Forgotten your password?' }).click();
      await page.getByLabel('E-mail address').fill('amina.yusuf@halden.example');
      await page.getByRole('button', { name: 'Send the link' }).click();
      await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
      await page.goto(await linkInMail(server, member, /new password/, '/password'));
      await page.getByLabel('New password', { exact: true }).fill(good);
      await page.getByRole('button', { name: 'Set the password' }).click();
      await page.getByRole('button', { name: /Amina Yusuf/ }).waitFor();
      await page.done();
    });

    test('a link without its token says what to do', async () => {
      const page = await visit(browser, server);
      await page.goto('/invitation');
      await page.getByRole('heading', { name: 'This link is not complete' }).waitFor();
      await page.done();
    });

    test('an invitation is sent again, and withdrawn: its links are dead', async () => {
      const page = await visit(browser, server);
      await signIn(page, admin, '/organization');
      await invite(page, 'Odd Berg', 'odd.berg@halden.example');
      const row = page.getByRole('row', { name: /Odd Berg/ });
      await row.getByText('odd.berg@halden.example').waitFor();
      const first = await linkInMail(server, 'odd.berg@halden.example', /invited/, '/invitation');
      await row.getByRole('button', { name: 'Actions for Odd Berg' }).click();
      await page.getByRole('menuitem', { name: 'Send the invitation again' }).click();
      await page.getByText('The invitation is sent again.').waitFor();
      const second = await linkInMail(server, 'odd.berg@halden.example', /invited/, '/invitation', first);
      const guest = await visit(browser, server);
      await guest.goto(second);
      await guest.getByRole('heading', { name: 'You are invited' }).waitFor();
      await row.getByRole('button', { name: 'Actions for Odd Berg' }).click();
      await page.getByRole('menuitem', { name: 'Withdraw the invitation' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Withdraw the invitation' }).click();
      await row.getByText('Disabled', { exact: true }).waitFor();
      await guest.getByLabel('New password', { exact: true }).fill(good);
      await guest.getByRole('button', { name: 'Accept the invitation' }).click();
      await guest.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
      await guest.done();
      await page.done();
    });

    test('whoever has an account accepts, and signs in as always; whoever else is signed in is told', async () => {
      const page = await visit(browser, server);
      await signIn(page, admin, '/organization');
      await invite(page, 'Birte Claasen', 'birte.claasen@nordholm.example');
      const link = await linkInMail(server, 'birte.claasen@nordholm.example', /./, '/invitation');
      await page.goto(link);
      await page.getByText(/You are signed in here as Ines Halden/).waitFor();
      assert.equal(await page.getByLabel('New password').count(), 0);
      await page.getByRole('button', { name: 'Accept the invitation' }).click();
      await page.getByRole('heading', { name: 'That worked' }).waitFor();
      await page.getByRole('button', { name: 'To the sign-in page' }).click();
      await page.getByLabel('E-mail address').waitFor(); // whoever leaves before is still signed in
      // Now she has two to act for, and is asked; the page that she asked for comes next.
      await page.goto('/orders');
      await page.getByLabel('E-mail address').fill('birte.claasen@nordholm.example');
      await page.getByLabel('Password', { exact: true }).fill('aurelia-demo');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: /^(Whom do you act for|Für wen handeln Sie)\?$/ }).waitFor();
      await page.getByRole('button', { name: /Halden Robotics/ }).click();
      await page.getByRole('heading', { level: 1, name: /Orders|Bestellungen/ }).waitFor();
      await page.getByRole('button', { name: /Birte Claasen/ }).getByText('Halden Robotics').waitFor();
      await page.done();
    });

    test('another role, and access again', async () => {
      const page = await visit(browser, server);
      await signIn(page, admin, '/organization');
      const row = page.getByRole('row', { name: /Amina Yusuf/ });
      const open = async (item) => { await row.getByRole('button', { name: 'Actions for Amina Yusuf' }).click(); await page.getByRole('menuitem', { name: item }).click(); };
      await open('Change the role');
      await page.getByRole('dialog').getByLabel('Role', { exact: true }).selectOption('Buyer');
      await page.getByRole('dialog').getByRole('button', { name: 'Change', exact: true }).click();
      await row.getByText('Buyer', { exact: true }).waitFor();
      await open('Disable access');
      await page.getByRole('dialog').getByRole('button', { name: 'Disable access' }).click();
      await row.getByText('Disabled', { exact: true }).waitFor();
      await open('Enable access');
      await page.getByRole('dialog').getByRole('button', { name: 'Enable access' }).click();
      await row.getByText('Active', { exact: true }).waitFor();
      assert.equal(await page.getByRole('button', { name: 'Actions for Ines Halden' }).count(), 0, 'nobody locks themselves out');
      await page.done();
    });

    test('who may not manage people sees them alone', async () => {
      const page = await visit(browser, server);
      await signIn(page, 'sigrid.aas@halden.example', '/organization');
      await page.getByText('Ines Halden').first().waitFor();
      assert.equal(await page.getByRole('button', { name: /^Actions for|Invite somebody/ }).count(), 0);
      await page.done();
    });

    test('whom to act for is asked once on a device, and again when one likes', async () => {
      const page = await visit(browser, server);
      await signIn(page, buyer, '/', { choose: true });
      await page.getByRole('heading', { level: 1, name: 'Für wen handeln Sie?' }).waitFor();
      await page.getByRole('button', { name: /Halden Automation/ }).click();
      const account = page.getByRole('button', { name: /Katrin Voss/ });
      await account.getByText('Halden Automation').waitFor();
      await page.reload();
      await account.getByText('Halden Automation').waitFor();
      await page.goto('/choose');
      await page.getByRole('button', { name: /Nordholm Metallbau/ }).click();
      await account.getByText('Nordholm Metallbau').waitFor();
      await page.done();
    });

    test('the mail that a password was changed leads to another link', async () => {
      const page = await visit(browser, server);
      await page.goto('/password');
      await page.getByRole('link', { name: 'Ask for a link' }).click();
      await page.getByRole('button', { name: 'Send the link' }).click();
      await page.getByText('Enter your e-mail address.').waitFor();
      await page.getByLabel('E-mail address').fill('nobody at all');
      await page.getByRole('button', { name: 'Send the link' }).click();
      await page.getByText('This is not an e-mail address.').waitFor();
      await page.getByLabel('E-mail address').fill('nobody@nowhere.example');
      await page.getByRole('button', { name: 'Send the link' }).click();
      await page.getByText(/If somebody signs in with nobody@nowhere.example/).waitFor();
      await page.done();
    });
  });

  describe(`the first administrator on ${database.name}`, { skip: database.name !== 'SQLite' }, () => {
    let server, browser;
    before(async () => { [server, browser] = await Promise.all([serve(database, '--no-demo'), launch()]); });
    after(async () => { await browser?.close(); await server?.stop(); });

    test('the link that the server prints makes one', async () => {
      const link = await (async () => {
        for (let i = 0; i < 240; i++) { const m = /\S+\/setup#\S+/.exec(server.output()); if (m) return m[0]; await new Promise((r) => setTimeout(r, 250)); }
        throw new Error(server.output());
      })();
      const page = await visit(browser, server);
      await page.goto(link);
      await page.getByLabel('Your name').fill('Ada Amsel');
      await page.getByLabel('E-mail address').fill('ada@example.com');
      await page.getByLabel('New password', { exact: true }).fill(good);
      await page.getByRole('button', { name: 'Make the administrator' }).click();
      await page.waitForURL(/\/console\//);
      await page.done();
      const late = await visit(browser, server);
      await late.goto(link);
      await late.getByLabel('Your name').fill('Eve');
      await late.getByLabel('E-mail address').fill('eve@example.com');
      await late.getByLabel('New password', { exact: true }).fill(good);
      await late.getByRole('button', { name: 'Make the administrator' }).click();
      await late.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
      await late.done();
    });
  });
}
