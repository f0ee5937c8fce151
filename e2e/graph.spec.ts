import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { signInAs } from './sign-in.ts';

// Story step 2 on the sample: find a node, see its blast radius, read why, and where to cut. docs/sample.md tells story 7.

const REPOSITORY = 'github://repos/meridian-freight/label-templates';
const BROKER = 'arn:aws:iam::111122223333:role/release-broker';
const WIDE = 'aws://111122223333/root-user';

const address = (path: string) => `${process.env['E2E_URL'] ?? ''}${path}`;
const graph = (params: Record<string, string>) => address(`/graph?${new URLSearchParams(params).toString()}`);

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

test('a node is found by its key, its blast radius drawn and listed, and each reached node says why', async ({
  page,
}) => {
  await signInAs(page, 'security');
  await page.goto(address('/graph'));
  await expect(page.getByRole('heading', { name: 'Widest blast radii' })).toBeVisible();
  await expect(page.getByRole('button', { name: /reached/ }).first()).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('combobox', { name: 'Find a start' }).click();
  await page.getByPlaceholder('Search…').fill(REPOSITORY);
  await page
    .getByRole('option', { name: /label-templates/ })
    .first()
    .click();
  await expect(page).toHaveURL(/key=github/);
  await expect(page.getByRole('application')).toBeVisible();
  const reached = page.getByRole('tab', { name: /Reached/ });
  const granted = await reached.innerText();

  await page.getByRole('combobox', { name: 'Order' }).selectOption('sensitivity');
  await page.getByRole('button', { name: /^Why Resource payment-signing/ }).click();
  const why = page.getByRole('region', { name: 'Why' });
  await expect(why.getByRole('listitem')).toHaveCount(7);
  await expect(why).toContainText('ci-label-templates can become artifact-promoter');
  await expect(why).toContainText('release-broker can become svc-payment-signer');
  await expectAccessible(page);

  await page.reload();
  await expect(why.getByRole('listitem')).toHaveCount(7);

  await page.getByRole('radio', { name: 'Exercised', exact: true }).click();
  await expect(why).toContainText('not reached');
  await expect(reached).not.toHaveText(granted);
});

test('a choke point can be taken away to see what it saves, and be asked to be revoked', async ({ page }) => {
  await signInAs(page, 'security');
  await page.goto(graph({ key: REPOSITORY, panel: 'choke' }));
  const broker = page.getByRole('listitem').filter({ hasText: 'Role release-broker' });
  await broker.getByRole('switch').click();
  await expect(page.getByRole('tabpanel').getByRole('status')).toContainText(
    /\d+ of \d+ would no longer be reached/,
  );
  await expect(broker.getByRole('link', { name: 'Ask for revocation' })).toHaveAttribute(
    'href',
    `/revocations/new?${new URLSearchParams({ node: BROKER }).toString()}`,
  );
  await expect(page).toHaveURL(/withoutNodes=\d+/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page).not.toHaveURL(/withoutNodes/);
});

test('a view that is cut says by what, and shows more at a press', async ({ page }) => {
  await signInAs(page, 'security');
  await page.goto(graph({ key: WIDE }));
  await expect(page.getByText(/Showing 240 of \d+, hidden by:/)).toBeVisible();
  await page.getByRole('button', { name: /^draw/ }).click();
  await expect(page.getByText(/Showing 480 of \d+/)).toBeVisible();
  await page.goto(graph({ key: WIDE, kinds: 'role', hops: '1' }));
  await page.getByRole('button', { name: 'lift' }).click();
  await page.getByRole('button', { name: 'clear' }).click();
  await expect(page).toHaveURL(graph({ key: WIDE }));
});

test('paths between two nodes are told in sentences, and can be turned round', async ({ page }) => {
  await signInAs(page, 'auditor');
  await page.goto(graph({ key: REPOSITORY, view: 'paths', to: BROKER }));
  const first = page.getByRole('list', { name: 'Paths' }).getByRole('listitem').first();
  await expect(first).toContainText('label-templates runs code as label-templates release');
  await expect(first).toContainText('artifact-promoter may act as release-broker');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Swap start and end' }).click();
  await expect(page.getByText('There is no path')).toBeVisible();
});

test('the neighbours of a node come and go, many of one kind as one group', async ({ page }) => {
  await signInAs(page, 'security');
  await page.goto(graph({ key: WIDE, view: 'expand' }));
  const shown = page.getByRole('region', { name: 'In the drawing' });
  await shown.getByRole('button', { name: /\d+ resources/ }).click();
  await expect(shown.getByRole('button', { name: /Resource$/ }).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Collapse outward' }).click();
  await expect(shown.getByRole('button', { name: /Resource$/ })).toHaveCount(0);
});

test('the drawing is walked by the arrow keys', async ({ page }) => {
  await signInAs(page, 'security');
  await page.goto(graph({ key: REPOSITORY }));
  const drawing = page.getByRole('application');
  await drawing.focus();
  await drawing.press('ArrowDown');
  await drawing.press('ArrowDown');
  await expect(page.getByRole('region', { name: 'Why' }).getByRole('listitem').first()).toBeVisible();
  await drawing.press('Escape');
  await expect(page).not.toHaveURL(/selected=/);
});

test('what is not an owner’s looks like what does not exist', async ({ page }) => {
  await signInAs(page, 'owner');
  await page.goto(graph({ key: 'no such key' }));
  const message = await page.getByRole('alert').filter({ hasText: /\S/ }).first().innerText();
  await page.goto(graph({ key: WIDE }));
  const foreign = page.getByRole('alert').filter({ hasText: /\S/ }).first();
  const text = (shown: string) => shown.replace(/req_\w+/g, '');
  await expect.poll(async () => text(await foreign.innerText())).toBe(text(message));
});
