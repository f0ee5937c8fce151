import { defineConfig } from '@playwright/test';

/** Plain HTTP by the thousand: after the screens, as its refusals fill the audit log. */
const OVER_HTTP = /(permissions|hardening|hostile-input)\.spec\.ts$/;

/** The production build with the sample organisation; e2e/start-bailiwick.ts starts it on a port and a home of its own. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/start-bailiwick.ts',
  outputDir: 'test-results/browser',
  reporter: [['list'], ['json']],
  projects: [
    { name: 'screens', testIgnore: OVER_HTTP },
    { name: 'http', testMatch: OVER_HTTP, timeout: 240_000 },
  ],
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env['CHROMIUM_PATH'] ? { executablePath: process.env['CHROMIUM_PATH'] } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
