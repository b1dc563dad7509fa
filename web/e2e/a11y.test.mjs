// Every page for each role that has it: nothing that axe-core finds, nothing
// said in anger by the console, nothing wider than the window, at two widths
// and in two schemes.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { databases, desktop, launch, overflow, phone, problems, serve, settled, shoot, signIn, visit } from './browser.mjs';
import { pages, people } from './pages.mjs';

const all = [
  { scheme: 'light', viewport: desktop, look: 'desktop-light' }, { scheme: 'dark', viewport: phone, look: 'phone-dark' },
  { scheme: 'dark', viewport: desktop, look: 'desktop-dark' }, { scheme: 'light', viewport: phone, look: 'phone-light' },
];
/** Those who see most are looked at in every way, others in the two that differ
 * most; a database changes what is there and not how it looks. */
const looks = (role, database) => (database.name !== 'SQLite' ? all.slice(0, 1) : [null, 'ORG_ADMIN', 'STAFF_ADMIN'].includes(role) ? all : all.slice(0, 2));

for (const database of databases) {
  describe(`pages on ${database.name}`, () => {
    let server, browser;
    before(async () => { [server, browser] = await Promise.all([serve(database), launch()]); });
    after(async () => { await browser?.close(); await server?.stop(); });

    const roles = [...new Set(pages.flatMap((p) => p.roles))];
    for (const role of roles) {
      const mine = pages.filter((p) => p.roles.includes(role));
      test(`${role ?? 'nobody'}: ${mine.length} pages`, async () => {
        for (const { scheme, viewport, look } of looks(role, database)) {
          const page = await visit(browser, server, { scheme, viewport });
          if (role) await signIn(page, people[role], mine[0].path.startsWith('/console') ? '/console/' : '/');
          for (const p of mine) {
            await page.goto(p.path);
            await settled(page);
            if (p.find) { await page.locator(p.find).first().click(); await settled(page); }
            if (p.then) { await page.locator(p.then).first().click(); await settled(page); }
            await page.getByRole('heading', { level: 1 }).first().waitFor();
            if (p.ready) { await page.locator(p.ready).first().waitFor(); await settled(page); }
            assert.deepEqual(await problems(page), [], `${p.name} as ${role}, ${look}`);
            assert.ok((await overflow(page)) <= 0, `${p.name} as ${role}, ${look}: wider than the window`);
            await shoot(page, `${p.name}-${look}${role ? `-${role}` : ''}`);
          }
          await page.done();
        }
      });
    }
  });
}
