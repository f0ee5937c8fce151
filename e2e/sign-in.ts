import type { Page } from '@playwright/test';
import { demoSignIn, signIn, type RoleName } from './http/sign-in.ts';

/** Signs the browser in as one of the sample's people, past the form, which has a test of its own. */
export async function signInAs(page: Page, role: RoleName): Promise<void> {
  const url = process.env['E2E_URL'];
  if (url === undefined) throw new Error('E2E_URL names the installation under test.');
  const header = await signIn(demoSignIn(role));
  const cookies = header.split('; ').map((pair) => {
    const split = pair.indexOf('=');
    return { name: pair.slice(0, split), value: pair.slice(split + 1), url };
  });
  await page.context().addCookies(cookies);
}
