import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'node:test';
import { chromium } from 'playwright-core';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const arguments_ = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Where the pictures of a run go. */
export const shots = process.env.FOYER_SHOTS ?? new URL('../shots/', import.meta.url).pathname;

/** The databases to test on: SQLite always, PostgreSQL where there is somebody
 * to ask for an empty database, as run_test.go has it. */
export const databases = [
  { name: 'SQLite', url: async (dir) => `sqlite://${dir}/foyer.db` },
  ...(process.env.FOYER_E2E_DATABASES ? [{ name: 'PostgreSQL', url: async () => (await fetch(process.env.FOYER_E2E_DATABASES)).text() }] : []),
];

/** Starts the real program on a port of its own with a demo company of its own.
 * A machine that has little time takes long for a password, which is no reason to refuse it. */
export async function serve(database, ...flags) {
  const dir = mkdtempSync(path.join(tmpdir(), 'foyer-e2e-'));
  const program = process.env.FOYER ?? new URL('../../foyer', import.meta.url).pathname;
  const child = spawn(program, ['--database-url', await database.url(dir), '--listen', '127.0.0.1:0', '--log-level', 'warn', '--timeout', '1m', ...flags],
    { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'], env: process.env });
  let output = '';
  const url = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      output += chunk;
      const ready = /Foyer is ready at (\S+)/.exec(output);
      if (ready && /password/.test(output.slice(ready.index) + (flags.includes('--no-demo') ? 'password' : ''))) resolve(ready[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => reject(new Error(`foyer ended with ${code}:\n${output}`)));
    child.on('error', reject);
  });
  return {
    url, output: () => output,
    async stop() { child.removeAllListeners('exit'); const gone = once(child, 'exit'); child.kill('SIGTERM'); await gone; rmSync(dir, { recursive: true, force: true }); },
  };
}

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: arguments_ });

export const desktop = { width: 1360, height: 900 };
export const phone = { width: 390, height: 844 };

/** How many times slower than this machine the pages are to be, over a line on which
 * requests take long and overtake each other: what waits for nothing but luck fails
 * then, as it does on a machine that has little time. */
const slow = Number(process.env.FOYER_E2E_SLOW ?? 0);
async function slowDown(context, page) {
  // Held before they are sent: what is given up meanwhile has never reached the server.
  await context.route('**/graphql', async (route) => {
    await new Promise((r) => setTimeout(r, Math.random() * 100 * slow));
    await route.continue().catch(() => undefined);
  });
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slow });
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 25 * slow, downloadThroughput: -1, uploadThroughput: -1 });
}

/** The pages that are open, and those that were before the test began. */
const open = new Set();
let older = new Set();
beforeEach(() => { older = new Set(open); });
/** Of a test that has failed: what the page was like, in words beside the reason and in a picture. */
afterEach(async (t) => {
  const cause = t.error?.cause ?? t.error;
  for (const page of t.passed ? [] : [...open]) {
    const words = await state(page, t.name).catch((e) => `cannot be seen: ${e.message}`);
    if (cause instanceof Error) cause.stack += `\n    The page ${words}`;
    else console.error(`${t.name}: the page ${words}`);
    if (!older.has(page)) await page.context().close().catch(() => undefined); // the next tests are not to meet it
  }
});
async function state(page, name) {
  const texts = async (selector) => (await page.locator(selector).allInnerTexts()).map((x) => x.replaceAll(/\s+/g, ' ').trim().slice(0, 300)).filter(Boolean);
  const file = `failed-${name}-${Date.now() % 1e7}`.replaceAll(/[^\w-]+/g, '-');
  const at = page.url();
  const [headings, notices, pending] = [await texts('h1, dialog[open] h2, [role=dialog] h2'), await texts('[role=alert], .f-toast'), [...page.pending].map((r) => r.url())];
  await shoot(page, file, false).catch(() => undefined);
  return [`was at ${at}`, `headings: ${JSON.stringify(headings)}`, `alerts: ${JSON.stringify(notices)}`, `picture: ${path.join(shots, `${file}.png`)}`,
    ...(pending.length ? [`still asked for: ${pending.join(' ')}`] : []), ...(page.said.length ? [`it said: ${page.said.join(' | ')}`] : [])].join('\n      ');
}

/** A fresh person at a fresh browser. What the console says in anger ends up in
 * page.said, and done() throws it. */
export async function visit(browser, server, { scheme = 'light', viewport = desktop, locale = 'en-GB' } = {}) {
  const context = await browser.newContext({ baseURL: server.url, viewport, colorScheme: scheme, locale, timezoneId: 'Europe/Berlin', reducedMotion: 'reduce', acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(Number(process.env.FOYER_E2E_WAIT ?? 60_000));
  page.pending = new Set();
  page.asked = 0; // how often something was asked for
  page.on('request', (r) => {
    if (r.isNavigationRequest() && r.frame() === page.mainFrame()) page.pending.clear(); // what the page before it had asked for is nobody's any more
    page.asked++;
    page.pending.add(r);
  });
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (r) => page.pending.delete(r));
  if (slow) await slowDown(context, page);
  open.add(page);
  page.on('close', () => open.delete(page));
  page.said = [];
  page.on('console', (m) => { if (m.type() === 'error' || m.type() === 'warning') page.said.push(`${m.text()} (${m.location().url})`); });
  page.on('pageerror', (e) => page.said.push(String(e)));
  /** What a test expects to be said, such as a refused request; whenever it comes. */
  const pardoned = [];
  page.pardon = (pattern) => { pardoned.push(pattern); };
  const goto = page.goto.bind(page);
  page.goto = async (...to) => { await sent(page); return goto(...to); };
  page.done = async () => {
    await sent(page);
    const at = page.url();
    await page.unrouteAll({ behavior: 'ignoreErrors' }); // what is still being answered by a test is nobody's any more
    await context.close();
    const said = page.said.filter((s) => !pardoned.some((p) => p.test(s)));
    if (said.length) throw new Error(`The page said, at ${at}:\n${said.join('\n')}`);
  };
  return page;
}

/** Waits until what the page has sent to be changed is answered: whoever closes a window
 * before takes it back, and a test that does so is at the mercy of who is faster. Tests
 * that hold an answer back themselves are not waited for longer than ten seconds. */
async function sent(page) {
  await page.evaluate(() => new Promise((r) => setTimeout(r))).catch(() => undefined); // what a click has just begun is on its way
  const changes = () => [...page.pending].some((r) => r.method() === 'POST' && (r.postData() ?? '').includes('"query":"mutation '));
  for (const end = Date.now() + 10_000; changes() && Date.now() < end;) await new Promise((r) => setTimeout(r, 20));
}

/** Signs in by the page, as a person does. With choose it stays where whom to act for is asked. */
export async function signIn(page, email, at = '/', { choose = false } = {}) {
  await page.goto(at);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('aurelia-demo');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor({ state: 'detached' }); // the sign-in page has a heading, too; and others speak of passwords
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  // Whoever has several to act for is asked once on each device; these go on with the first.
  const asked = page.getByRole('heading', { level: 1, name: /^(Whom do you act for|Für wen handeln Sie)\?$/ });
  if (!choose && await asked.isVisible()) {
    await page.getByRole('main').getByRole('listitem').getByRole('button').first().click();
    await asked.waitFor({ state: 'detached' });
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  }
}

/** Waits until nothing is loading any more: nothing is asked for, nothing stands
 * for what is still to come, and the page has nothing left to do. The browser's own
 * "networkidle" is said once for a document, and no more of what follows a click. */
export async function settled(page) {
  await page.waitForLoadState('load');
  const until = Date.now() + 60_000;
  for (let calm = 0; calm < 3;) {
    const before = page.asked;
    const idle = await page.evaluate(() => new Promise((done) => {
      requestIdleCallback(() => requestAnimationFrame(() => done(!document.querySelector('.f-skeleton'))), { timeout: 5_000 });
    })).catch(() => false); // another document has come
    calm = idle && !page.pending.size && page.asked === before ? calm + 1 : 0;
    if (Date.now() > until) throw new Error(`${page.url()} is still loading: ${[...page.pending].map((r) => `${r.url()} ${(r.postData() ?? '').slice(0, 120)}`).join(', ') || 'it shows so'}`);
    await new Promise((r) => setTimeout(r, 20));
  }
}

/** Reads until it is what it is to be, and lets the last reading be judged. */
export async function until(read, judge) {
  const end = Date.now() + 60_000;
  for (;;) {
    const value = await read();
    try { judge(value); return value; } catch (cause) { if (Date.now() > end) throw cause; }
    await new Promise((r) => setTimeout(r, 100));
  }
}

/** Does what sends a mutation and waits for its answer: pages show some of what they
 * ask for before it is so, and whoever leaves then takes it back. */
export async function answered(page, mutation, act) {
  const answer = page.waitForResponse((r) => (r.request().postData() ?? '').includes(`mutation ${mutation}`));
  await Promise.all([answer, act()]);
  await (await answer).finished();
}

/** The accessibility problems that axe-core finds on the page as it now stands, one line each. */
export async function problems(page) {
  // Colours that are on their way to others are judged when they are there.
  await page.evaluate(() => Promise.all(document.getAnimations().filter((a) => a.effect?.getComputedTiming().endTime !== Infinity).map((a) => a.finished.catch(() => undefined))));
  await page.evaluate(axe);
  // From the top: what has been scrolled under the head of the page is in its way for as long as one likes.
  const found = await page.evaluate(async (options) => {
    const at = scrollY;
    scrollTo({ top: 0, behavior: 'instant' });
    await new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)));
    const result = await globalThis.axe.run(document, options);
    scrollTo({ top: at, behavior: 'instant' });
    return result;
  }, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
  return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.any[0]?.message ?? v.help}`));
}

/** Whether the page is wider than its window, which it must never be. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Keeps a picture. */
export async function shoot(page, name, fullPage = true) {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage, animations: 'disabled' });
}
