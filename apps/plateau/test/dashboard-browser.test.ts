import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startDashboard, type Dashboard } from '../src/dashboard/start-dashboard.js';
import type { RunLine } from '../src/monitor/run-event.js';
import { writeRun } from './run-folder.js';
import { epochOf, png, startOf } from './run-lines.js';
import { temporaryFolder } from './temporary-folder.js';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

const start: RunLine = { event: 'start', ...startOf() };
const epoch = (number: number): RunLine => ({ event: 'epoch', ...epochOf(number) });

describe.skipIf(!executablePath)('the dashboard in a browser (needs chromium in /usr/bin)', () => {
  let browser: Browser;
  let dashboard: Dashboard | undefined;
  let complaints: string[];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await dashboard?.close();
  });

  /** Opens the page; errors, dialogs and what the content security policy refuses become complaints. */
  async function visit(directory: string, path = '', options: BrowserContextOptions = {}): Promise<Page> {
    dashboard = await startDashboard({ directory, interval: 20 });
    complaints = [];
    const page = await (await browser.newContext(options)).newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(`${dashboard.url}${path}`);
    await live(page);
    return page;
  }

  const live = (page: Page) => page.locator('#state', { hasText: 'live' }).waitFor();
  const shown = (page: Page) => page.locator('.frame.shown').getAttribute('data-epoch');

  it('moves along the epochs with the keyboard', async () => {
    const page = await visit(writeRun(temporaryFolder(), [start, epoch(0), epoch(1), epoch(2)]));
    const slider = page.locator('#film-slider');
    expect(await shown(page)).toBe('2');
    await slider.press('ArrowLeft');
    expect(await shown(page)).toBe('1');
    expect(await slider.getAttribute('aria-valuetext')).toBe('epoch 1');
    await slider.press('Home');
    expect(await shown(page)).toBe('0');
    const picture = "document.querySelector('.frame.shown img')";
    expect(await page.evaluate(`${picture}.decode().then(() => ${picture}.naturalWidth)`)).toBe(4);
    await slider.press('End');
    expect(await shown(page)).toBe('2');
    expect(complaints).toEqual([]);
  });

  it('follows a run: at the end it shows what is new, elsewhere it stays, and the keyboard keeps its place', async () => {
    const run = writeRun(temporaryFolder(), [start, epoch(0), epoch(1)]);
    const page = await visit(run);
    const add = async (line: RunLine, told: string) => {
      if (line.event === 'epoch') writeFileSync(join(run, line.sheet!), png);
      appendFileSync(join(run, 'metrics.jsonl'), `${JSON.stringify(line)}\n`);
      await page.getByText(told).first().waitFor();
    };
    await add(epoch(2), 'Epoch 2 was scored last');
    await page.waitForFunction("document.querySelectorAll('.frame').length === 3");
    expect(await shown(page)).toBe('2');
    await page.locator('#film-slider').press('Home');
    await add(epoch(3), 'Epoch 3 was scored last');
    await page.waitForFunction("document.querySelectorAll('.frame').length === 4");
    expect(await shown(page)).toBe('0');
    expect(await page.evaluate('document.activeElement.id')).toBe('film-slider');
    expect(complaints).toEqual([]);
  });

  it('runs no script that a name holds', async () => {
    const root = temporaryFolder();
    const evil = '<img src=x onerror=alert(1)><script>alert(2)<\\script>';
    writeRun(join(root, evil), [
      { ...start, title: evil } as RunLine,
      { ...epoch(0), suspicion: evil, logs: { [evil]: 1 } } as RunLine,
    ]);
    const page = await visit(root);
    await page.getByRole('link').first().click();
    await live(page);
    expect(await page.locator('h1').textContent()).toBe(evil);
    expect(await page.locator('img[src="x"], script:not([src])').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('fits narrow screens and follows light and dark', async () => {
    const run = writeRun(temporaryFolder(), [start, epoch(0), epoch(1)]);
    const backgrounds = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await visit(run, '', { colorScheme, viewport: { width: 360, height: 700 } });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      backgrounds.push(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
      await page.context().close();
      await dashboard!.close();
    }
    expect(backgrounds).toEqual(['rgb(245, 246, 248)', 'rgb(18, 22, 28)']);
  });
});
