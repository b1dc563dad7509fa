// What administrators of the staff run: imports, background work, the audit.
// Friederike reads German, so these pages speak it here.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { databases, launch, overflow, phone, problems, serve, settled, shoot, signIn, until, visit } from './browser.mjs';
import { people, staff } from './pages.mjs';

const mapping = `source: werkstatt
currency: EUR
files:
  - entity: organizations
    file: kunden.csv
    fields:
      external_id: "{Nr}"
      name: "{Name}"
`;
const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const customers = file('kunden.csv', 'Nr,Name\n1,Zimmerei Quellgrund\n2,\n3,Quellgrund Bau\n');
const open = async (page) => {
  await page.getByRole('button', { name: 'Dateien importieren' }).click();
  return page.getByRole('dialog', { name: 'Dateien importieren' });
};

for (const database of databases) {
  describe(`work on ${database.name}`, () => {
    let server, browser, page;
    before(async () => { [server, browser] = await Promise.all([serve(database), launch()]); });
    after(async () => { await browser?.close(); await server?.stop(); });
    const begin = async (path, options) => {
      page = await visit(browser, server, options);
      await signIn(page, people.STAFF_ADMIN, '/console/');
      await page.goto(`/console${path}`);
      await settled(page);
    };

    test('a mapping that cannot be read, and files that are missing, start nothing', async () => {
      await begin('/imports');
      const dialog = await open(page);
      await dialog.getByRole('button', { name: 'Probelauf starten' }).click();
      await dialog.getByText('Ein Mapping ist nötig.').waitFor();
      await dialog.getByRole('textbox', { name: 'Mapping' }).fill(mapping.replace('organizations', 'planets'));
      await dialog.getByText('noch auszuwählen: kunden.csv').waitFor();
      await dialog.getByLabel('Dateien', { exact: true }).last().setInputFiles(customers);
      await dialog.getByRole('button', { name: 'Probelauf starten' }).click();
      await dialog.getByText(/Zeile 4.*Spalte \d+|4:\d+/).waitFor();
      assert.deepEqual(await problems(page), []);
      await dialog.getByRole('textbox', { name: 'Mapping' }).fill(mapping.replace('kunden.csv', 'andere.csv'));
      await dialog.getByRole('button', { name: 'Probelauf starten' }).click();
      await dialog.getByRole('alert').getByText(/andere\.csv/).waitFor();
      await page.keyboard.press('Escape');
      await page.reload();
      await page.getByText('Noch keine Importe').waitFor();
      await page.done();
    });

    test('a dry run, and then for real', async () => {
      await begin('/imports');
      let dialog = await open(page);
      await dialog.getByRole('textbox', { name: 'Mapping' }).fill(mapping);
      await dialog.locator('input[type=file][multiple]').setInputFiles([customers, file('notizen.txt', 'nichts')]);
      await dialog.getByText('nicht im Mapping').waitFor();
      await shoot(page, 'import-start', false);
      await dialog.getByRole('button', { name: 'Probelauf starten' }).click();
      await page.getByRole('heading', { level: 1, name: 'Probelauf aus werkstatt' }).waitFor();
      await page.getByText('Das war ein Probelauf').waitFor();
      const counts = page.getByRole('row', { name: /^Kunden/ });
      await until(async () => (await counts.innerText()).replaceAll(/\s+/g, ' '), (row) => assert.match(row, /Kunden 2 0 0 0 0 1/));
      const rejected = page.getByRole('table', { name: 'Abgelehnte Zeilen' });
      await rejected.getByRole('row', { name: /kunden\.csv/ }).waitFor();
      assert.match(await rejected.innerText(), /3/, 'the line of the file');
      assert.deepEqual(await problems(page), []);
      await shoot(page, 'import-dry');
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Als CSV ausgeben' }).click();
      const csv = readFileSync(await (await download).path(), 'utf8');
      assert.match(csv, /kunden\.csv;3;/);
      await page.goto('/console/customers?q=Quellgrund');
      await page.getByText('Kein Kunde passt').waitFor(); // nothing was written
      await page.goBack();
      await page.getByText('wählen Sie dafür noch einmal aus').waitFor(); // the visit has begun anew

      await page.getByRole('button', { name: 'Wirklich importieren' }).click();
      dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Mapping' }).fill(mapping);
      await dialog.locator('input[type=file][multiple]').setInputFiles(customers);
      assert.equal(await dialog.getByRole('checkbox', { name: 'Probelauf' }).isChecked(), false);
      await dialog.getByRole('button', { name: 'Wirklich importieren' }).click();
      await page.getByRole('heading', { level: 1, name: 'Import aus werkstatt' }).waitFor();
      await page.getByText('Alles ist übernommen bis auf 1 Zeile').waitFor();
      await page.goto('/console/customers?q=Quellgrund');
      await page.getByRole('link', { name: 'Zimmerei Quellgrund' }).waitFor();

      await page.goto('/console/imports');
      const list = page.getByRole('table', { name: 'Importe' });
      await list.getByRole('row').nth(2).waitFor();
      assert.equal(await list.getByRole('row', { name: /werkstatt.*Fertig.*Friederike Amsel/ }).count(), 2);
      assert.equal(await list.getByRole('row', { name: /Probelauf/ }).count(), 1);
      await page.getByRole('link', { name: 'Gescheitert oder angehalten' }).click();
      await page.getByText('Kein Import hat diesen Stand').waitFor();
      await page.done();
    });

    test('background work: found, unfolded', async () => {
      await begin('/jobs?kind=import');
      const list = page.getByRole('table', { name: 'Hintergrundarbeit' });
      await until(async () => { // the work may still be ending when its import says that it has
        await page.reload();
        await settled(page);
        return list.getByRole('row', { name: /Import.*Erledigt/ }).count();
      }, (n) => assert.equal(n, 2));
      await page.getByRole('button', { name: /^Einzelheiten: Import/ }).first().click();
      await page.getByText('Kein Versuch ist gescheitert.').waitFor();
      assert.deepEqual(await problems(page), []);
      await page.getByLabel('Stand', { exact: true }).selectOption('DISCARDED');
      await page.getByText('Keine Aufgabe passt').waitFor();
      assert.match(page.url(), /kind=import&state=DISCARDED/);
      await page.getByRole('link', { name: 'Mit Fehlern' }).click();
      await page.getByText('Keine Aufgabe hat Fehler').waitFor();
      await page.getByRole('region', { name: 'Warteschlangen' }).getByText('Importe').waitFor();
      await page.done();
    });

    test('the audit: who did what, unfolded, narrowed', async () => {
      await begin('/audit?entity=ImportRun', { viewport: phone, scheme: 'dark' });
      await page.getByRole('main').getByText('Friederike Amsel').first().waitFor();
      await page.getByText('import.start').first().waitFor();
      await page.getByRole('button', { name: /^Einzelheiten: Import, Angelegt/ }).first().click();
      const changes = page.getByRole('table', { name: 'Änderungen' });
      await changes.getByRole('row', { name: /source werkstatt/ }).waitFor();
      assert.deepEqual(await problems(page), []);
      assert.ok((await overflow(page)) <= 0);
      await shoot(page, 'audit-unfolded');
      await page.getByRole('button', { name: 'Nur diese Person' }).click();
      await page.waitForURL(/actor=usr_/);
      await page.goto('/console/audit?entity=Session');
      await page.getByRole('button', { name: /^Einzelheiten: Sitzung/ }).first().click();
      await page.getByText('geheim, nicht aufgehoben').first().waitFor();
      await page.getByLabel('Aktion').fill('order.invent');
      await page.keyboard.press('Enter');
      await page.getByText('Kein Eintrag passt').waitFor();
      await page.done();
    });

    test('nobody else has these pages', async () => {
      for (const role of staff.filter((r) => r !== 'STAFF_ADMIN')) {
        const other = await visit(browser, server);
        await signIn(other, people[role], '/console/');
        await settled(other);
        for (const path of ['imports', 'jobs', 'audit']) {
          assert.equal(await other.locator(`nav a[href="/console/${path}"]`).count(), 0, `${role} has ${path} in the menu`);
          await other.goto(`/console/${path}`);
          await other.getByRole('heading', { level: 1, name: /There is nothing here|Hier ist nichts/ }).waitFor();
        }
        await other.done();
      }
    });
  });
}
