import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A Chromium to test with: an installed one, else Playwright's own download, else Debian's package. Throws when none can be had. */
export function findChromium(): string {
  return installed() ?? downloaded() ?? packaged() ?? refuse();
}

function installed(): string | null {
  const given = process.env['CHROMIUM_PATH'];
  return [given, ...INSTALLED].find((file) => file !== undefined && existsSync(file)) ?? null;
}

function downloaded(): string | null {
  const file = chromium.executablePath();
  if (existsSync(file)) return file;
  console.error('Chromium: asking Playwright to download it …');
  const cli = new URL(import.meta.resolve('@playwright/test/cli'));
  spawnSync(process.execPath, [cli.pathname, 'install', 'chromium'], {
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: 300_000,
  });
  return existsSync(file) ? file : null;
}

function packaged(): string | null {
  if (!existsSync('/usr/bin/apt-get')) return null;
  console.error('Chromium: installing Debian’s package …');
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const [program = '', ...rest] = [...sudo, 'apt-get', '-q', ...args];
    spawnSync(program, rest, {
      stdio: 'ignore',
      timeout: 600_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  return installed();
}

function refuse(): never {
  throw new Error(
    'No Chromium was found and none could be installed. Install one and set CHROMIUM_PATH to it.',
  );
}
