// Lighthouse on pages behind the sign-in, on a throttled phone as it simulates
// one. It is no dependency, for its size: LIGHTHOUSE names where it is installed.
//
//   npm i --prefix DIR lighthouse@12.8.2
//   LIGHTHOUSE=DIR node tools/lighthouse.mjs http://127.0.0.1:8080 EMAIL PASSWORD / order
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const { default: lighthouse } = await import(pathToFileURL(`${process.env.LIGHTHOUSE}/node_modules/lighthouse/core/index.js`).href);
const [base, email, password, ...paths] = process.argv.slice(2);
const port = 9400 + (process.pid % 500);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`] });
// Lighthouse opens its pages in the browser's own context, so that is where the sign-in happens.
const own = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
const context = own.contexts()[0];
const page = await context.newPage();
await page.goto(base);
await page.locator('input[name=email]').fill(email);
await page.locator('input[name=password]').fill(password);
await page.locator('button[type=submit]').click();
await page.locator('input[name=password]').waitFor({ state: 'detached' });
for (const path of paths) {
  let target = path;
  if (path === 'order') { // the first of the list
    await page.goto(`${base}/orders`);
    target = await page.locator('table a').first().getAttribute('href');
  }
  await page.goto('about:blank');
  for (let run = 1; run <= 3; run++) {
    const { lhr } = await lighthouse(base + target, { port, disableStorageReset: true, output: 'json', logLevel: 'error', onlyCategories: ['performance', 'accessibility', 'best-practices'] });
    const score = Object.entries(lhr.categories).map(([name, c]) => `${name} ${Math.round(c.score * 100)}`).join(', ');
    const of = (id) => lhr.audits[id].displayValue;
    console.log(`${path} run ${run}: ${score}; FCP ${of('first-contentful-paint')}, LCP ${of('largest-contentful-paint')}, TBT ${of('total-blocking-time')}, CLS ${of('cumulative-layout-shift')}`);
    if (process.env.WHY) for (const c of Object.values(lhr.categories)) for (const a of c.auditRefs) if (lhr.audits[a.id].score !== null && lhr.audits[a.id].score < 0.9 && a.weight) console.log('   ', a.id, lhr.audits[a.id].displayValue ?? '');
  }
}
await own.close();
await browser.close();
