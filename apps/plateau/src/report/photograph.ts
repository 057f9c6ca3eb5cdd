import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A Chromium or Chrome: the one that CHROME_PATH names, else one in a usual place; undefined where there is none. */
export function findBrowser(): string | undefined {
  const named = process.env.CHROME_PATH;
  return named === undefined ? usual.find((path) => existsSync(path)) : existsSync(named) ? named : undefined;
}

/**
 * Draws an SVG as PNG, at twice its size, with a headless browser. Nothing in npm without native code sets text as browsers
 * do.
 * @throws Error when the browser fails or takes more than half a minute
 */
export async function photograph(browser: string, svg: string, file: string): Promise<void> {
  const [, width, height] = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  if (width === undefined) throw new RangeError('the SVG has no width and height');
  const folder = await mkdtemp(join(dirname(file), '.photograph-'));
  try {
    const page = join(folder, 'plot.svg');
    const picture = join(folder, 'plot.png');
    await writeFile(page, svg);
    const words = [
      '--headless',
      '--disable-gpu',
      '--hide-scrollbars',
      '--no-first-run',
      '--disable-background-networking',
      '--force-device-scale-factor=2',
      // As root, Chromium refuses to start with its sandbox; the page is our own drawing.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${join(folder, 'profile')}`,
      `--window-size=${Math.ceil(Number(width))},${Math.ceil(Number(height))}`,
      `--screenshot=${picture}`,
      pathToFileURL(page).href,
    ];
    await promisify(execFile)(browser, words, { timeout: 30_000 });
    await rename(picture, file);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
