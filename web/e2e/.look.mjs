import { launch, visit, signIn, settled, desktop, phone } from './browser.mjs';
const server = { url: process.env.AT ?? 'http://127.0.0.1:18091' };
const b = await launch();
const [,, who, scheme, size, ...paths] = process.argv;
const page = await visit(b, server, { scheme, viewport: size === 'phone' ? phone : desktop });
page.setDefaultTimeout(12000);
try {
  if (who !== 'nobody') await signIn(page, who, '/');
  for (const p of paths) {
    const [at, name, click] = p.split('|');
    await page.goto(at); await page.waitForTimeout(1200); await settled(page).catch(() => {});
    if (click) { await page.locator(click).first().click(); await page.waitForTimeout(1200); }
    await page.screenshot({ path: `/tmp/portal-run/${name}.png`, fullPage: true, animations: 'disabled' });
    console.log(name, 'overflow', await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth));
  }
} catch (e) { console.log(String(e)); await page.screenshot({ path: '/tmp/portal-run/error.png' }); }
console.log([...new Set(page.said)].slice(0, 12).join('\n'));
await b.close();
