// What an administrator does with people, roles and access, as a person does it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { databases, launch, serve, settled, signIn, visit } from './browser.mjs';
import { people } from './pages.mjs';

for (const database of databases) {
  describe(`administration on ${database.name}`, () => {
    let server, browser, admin;
    const api = async (query, variables, token) => {
      const answer = await fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify({ query, variables }) });
      return (await answer.json()).data;
    };
    const tokenOf = async (email) => (await api('mutation($e: String!) { signIn(input: { email: $e, password: "aurelia-demo" }) { accessToken } }', { e: email })).signIn.accessToken;
    const open = async (name) => {
      await admin.goto('/console/people');
      await admin.getByRole('textbox', { name: /Beginning of a word/ }).fill(name);
      await admin.waitForURL(/q=/);
      await admin.getByRole('link', { name }).click();
      await admin.getByRole('heading', { level: 1, name }).waitFor();
    };
    const said = (text) => admin.getByRole('status').getByText(text).waitFor();

    before(async () => {
      [server, browser] = await Promise.all([serve(database), launch()]);
      await api('mutation { changeProfile(input: { language: EN }) { userErrors { code } } }', {}, await tokenOf(people.STAFF_ADMIN));
      admin = await visit(browser, server);
      await signIn(admin, people.STAFF_ADMIN, '/console/');
    });
    after(async () => { await browser?.close(); await server?.stop(); });

    test('staff are invited, and asked for what is missing', async () => {
      await admin.goto('/console/people');
      await admin.getByRole('button', { name: 'Invite staff' }).click();
      const dialog = admin.getByRole('dialog', { name: 'Invite staff' });
      await dialog.getByRole('button', { name: 'Send the invitation' }).click();
      await dialog.getByText('Write the name.').waitFor();
      await dialog.getByLabel('Name', { exact: true }).fill('Nora Lindgren');
      await dialog.getByLabel('E-mail address').fill('nora.lindgren@aurelia.example');
      await dialog.getByLabel('Role').selectOption({ label: 'Sales' });
      await dialog.getByLabel('Language of the mail').selectOption({ label: 'English' });
      await dialog.getByRole('button', { name: 'Send the invitation' }).click();
      await said('Nora Lindgren is invited');
      await open('Nora Lindgren');
      await admin.getByRole('main').getByText('Invited', { exact: true }).waitFor();
      await admin.getByRole('button', { name: /membership of Our team/ }).click();
      await admin.getByRole('menuitem', { name: 'Send the invitation again' }).click();
      await said('A new invitation is on its way');
    });

    test('somebody for a customer needs a customer', async () => {
      await admin.goto('/console/people');
      await admin.getByRole('button', { name: 'Invite a customer’s person' }).click();
      const dialog = admin.getByRole('dialog');
      await dialog.getByLabel('Name', { exact: true }).fill('Per Olsen');
      await dialog.getByLabel('E-mail address').fill('per.olsen@halden.example');
      await dialog.getByRole('button', { name: 'Send the invitation' }).click();
      await dialog.getByText('Choose a customer.').waitFor();
      await dialog.getByRole('combobox', { name: 'Customer' }).fill('Halden Rob');
      await dialog.getByRole('option', { name: 'Halden Robotics' }).first().click();
      await dialog.getByRole('button', { name: 'Send the invitation' }).click();
      await said('Per Olsen is invited');
    });

    test('a member of staff gets another role', async () => {
      await open('Clara Wittmann');
      await admin.getByRole('button', { name: /membership of Our team/ }).click();
      await admin.getByRole('menuitem', { name: 'Change the role' }).click();
      const dialog = admin.getByRole('dialog');
      await dialog.getByLabel('Role').selectOption({ label: 'Analyst' });
      await dialog.getByRole('button', { name: 'Change the role' }).click();
      await said('The role is changed');
      await admin.getByRole('main').getByText('Analyst').waitFor();
    });

    test('whoever looks after a customer sees their orders', async () => {
      const mine = async () => (await api('{ orders(first: 1) { totalCount } }', {}, await tokenOf(people.STAFF_SALES))).orders.totalCount;
      const at = await mine();
      const root = await tokenOf(people.STAFF_ADMIN);
      const cared = (await api('{ users(filter: { search: "Mara Lindqvist" }) { edges { node { assignments { organization { name } } } } } }', {}, root)).users.edges[0].node.assignments.map((a) => a.organization.name);
      const all = (await api('{ orders(first: 100) { edges { node { organization { name } } } } }', {}, root)).orders.edges.map((e) => e.node.organization.name);
      const other = all.find((name) => !cared.includes(name));
      await open('Mara Lindqvist');
      await admin.getByRole('button', { name: 'Add a customer' }).click();
      const dialog = admin.getByRole('dialog');
      await dialog.getByRole('combobox', { name: 'Customer' }).fill(other);
      await dialog.getByRole('option', { name: other }).first().click();
      await dialog.getByRole('button', { name: 'Add a customer' }).click();
      await said('Mara Lindqvist looks after that customer now');
      assert.ok((await mine()) > at);
      await admin.getByRole('button', { name: `End looking after ${other}`, exact: true }).click();
      await admin.getByRole('dialog').getByRole('button', { name: 'End' }).click();
      await said(`That ends: ${other}`);
      assert.equal(await mine(), at);
    });

    test('whoever is disabled is signed out, and cannot sign in', async () => {
      const theirs = await visit(browser, server);
      await signIn(theirs, people.STAFF_TRAINER, '/console/');
      await open('Henrik Solberg');
      await admin.getByRole('button', { name: 'Disable sign-in' }).click();
      const dialog = admin.getByRole('dialog', { name: 'Disable Henrik Solberg?' });
      await dialog.getByText('All sessions of Henrik Solberg end at once').waitFor();
      await dialog.getByRole('button', { name: 'Disable sign-in' }).click();
      await said('Henrik Solberg is disabled and signed out everywhere');
      await theirs.goto('/console/customers');
      await theirs.getByLabel(/E-mail address|E-Mail-Adresse/).first().waitFor();
      assert.equal(await tokenOf(people.STAFF_TRAINER), null);
      await theirs.context().close(); // what it said of the refused request is no matter
      await admin.getByRole('button', { name: 'Enable sign-in' }).click();
      await said('Henrik Solberg can sign in again');
      assert.ok(await tokenOf(people.STAFF_TRAINER));
    });

    test('a role is copied, and one that exists is not made again', async () => {
      await admin.goto('/console/roles?role=STAFF_ANALYST');
      await admin.getByText('comes with the system').waitFor();
      const make = async (key) => {
        await admin.getByRole('button', { name: 'Copy' }).click();
        const dialog = admin.getByRole('dialog', { name: 'Make a role' });
        await dialog.getByLabel('Name', { exact: true }).fill('Auditor');
        await dialog.getByLabel('Key', { exact: true }).fill(key);
        await dialog.getByRole('button', { name: 'Make the role' }).click();
        return dialog;
      };
      const refused = await make('STAFF_ANALYST');
      await refused.getByText('There is a role with this key already.').waitFor();
      await refused.getByRole('button', { name: 'Close' }).click();
      await make('AUDITOR');
      await said('The role Auditor is made');
      await admin.getByRole('button', { name: 'Change', exact: true }).click();
      const dialog = admin.getByRole('dialog', { name: 'Change Auditor' });
      await dialog.getByLabel('Also sees: Prices').selectOption({ label: 'Not' });
      await dialog.getByRole('button', { name: 'Save' }).click();
      await said('The role Auditor is changed');
      await settled(admin);
      await admin.getByRole('region', { name: 'Also sees' }).getByText('Prices').waitFor({ state: 'detached' });
    });

    test('why somebody sees an order, and why not', async () => {
      const root = await tokenOf(people.STAFF_ADMIN);
      const { users, orders } = await api('{ users(filter: { search: "Amina Yusuf" }) { edges { node { id } } } orders(first: 100) { edges { node { number user { id } organization { name } } } } }', {}, root);
      const amina = users.edges[0].node.id;
      const mine = (await api('{ orders(first: 1) { edges { node { number } } } }', {}, await tokenOf(people.ORG_MEMBER))).orders.edges[0].node.number;
      const theirs = orders.edges.map((e) => e.node).find((o) => o.user?.id !== amina).number;
      const ask = async (record) => {
        await admin.getByLabel('Record').fill(record);
        await admin.getByRole('button', { name: 'Explain' }).click();
      };
      await admin.goto(`/console/access?user=${amina}`);
      await ask('nonsense');
      await admin.getByText('There is no order with this number').waitFor();
      await ask(theirs);
      await admin.getByText('No, Amina Yusuf does not see this').waitFor();
      await ask(mine);
      await admin.getByText('Yes, Amina Yusuf sees this').waitFor();
      assert.ok((await admin.getByRole('listitem').filter({ hasText: 'ORG_MEMBER' }).count()) > 0);
    });

    test('nobody else has these pages', async () => {
      await admin.done();
      const page = await visit(browser, server);
      await signIn(page, people.STAFF_FULFILLMENT, '/console/');
      for (const path of ['people', 'roles', 'access']) {
        await page.goto(`/console/${path}`);
        await settled(page);
        await page.getByRole('heading', { level: 1, name: /There is nothing here|Hier ist nichts/ }).waitFor();
        assert.equal(await page.locator(`a[href="/console/${path}"]`).count(), 0);
      }
      await page.done();
    });
  });
}
