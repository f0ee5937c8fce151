import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

// The security analyst looks at what there is, at one thing in full, and at what the rules say of it.
const KEY = 'oauth://login.meridian.example/clients/harbor-crm';
const output = () => process.env['E2E_OUTPUT'] ?? '';
const url = (path: string) => `${process.env['E2E_URL'] ?? ''}${path}`;

async function signIn(page: Page, role: string): Promise<void> {
  const [, email = '', password = ''] = new RegExp(`${role}\\s+(\\S+@\\S+)\\s+(\\S+)`).exec(output()) ?? [];
  await page.goto(url('/sign-in'));
  await page.getByLabel(/mail/i).fill(email);
  await page
    .getByLabel(/password/i)
    .first()
    .fill(password);
  await page
    .getByRole('button', { name: /sign in/i })
    .first()
    .click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}

test('every number of the overview opens the list that it counts', async ({ page }) => {
  await signIn(page, 'security');
  await page.goto(url('/overview'));
  await expect(page.getByRole('heading', { name: 'Widest blast radii' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Widest blast radii' }).getByRole('row')).toHaveCount(11);
  await expectAccessible(page);
  const standing = page.getByRole('link', { name: /^Standing credentials/ });
  const count = (await standing.textContent())?.match(/credentials([\d,]+?)(?=\d+ short)/)?.[1];
  await standing.click();
  await expect(page.getByText(`of ${count ?? ''}`)).toBeVisible();
});

test('a node is found by its key, and its card answers the four questions', async ({ page }) => {
  await signIn(page, 'security');
  await page.goto(url('/inventory'));
  await page.getByRole('searchbox', { name: 'Search identities' }).fill(KEY);
  await page.getByRole('link', { name: 'harbor-crm', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'harbor-crm' })).toBeVisible();
  for (const question of [
    /bound to a workload/,
    /credential short-lived/,
    /decided at run time/,
    /without breaking/,
  ])
    await expect(page.getByRole('heading', { name: question })).toBeVisible();
  await expect(page.getByRole('link', { name: 'users interface' }).first()).toBeVisible();
  await expectAccessible(page);
});

test('the exposed key is found, accepted with a reason, and opened again', async ({ page }) => {
  await signIn(page, 'security');
  await page.goto(url('/findings?rule=exposed-credential'));
  await page.getByRole('link', { name: 'Exposed credential' }).click();
  await expect(page.getByText('203.0.113.77')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Accept the risk' }).click();
  await page.getByLabel('Reason').fill('Replaced today');
  await page.getByRole('button', { name: /^Accept until/ }).click();
  await expect(page.getByText('Replaced today').first()).toBeVisible();
  await page.getByRole('button', { name: 'Open it again' }).click();
  await page.getByLabel('Reason').fill('It was not replaced after all');
  await page.getByRole('dialog').getByRole('button', { name: 'Open it again' }).click();
  await expect(page.getByText('Open', { exact: true })).toBeVisible();
});

test('an owner does not see what others own', async ({ page }) => {
  await signIn(page, 'owner');
  await page.goto(url(`/inventory/node?${new URLSearchParams({ key: KEY }).toString()}`));
  await expect(page.getByText(/no such node, or you may not see it/)).toBeVisible();
});
