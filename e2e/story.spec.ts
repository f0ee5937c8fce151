import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { expectAccessible } from './expect-accessible.ts';
import { signInAs } from './sign-in.ts';
import type { RoleName } from './http/sign-in.ts';
import { EXPORTER, harbour, harbourUse, LEGACY, mixedInputs } from './story-files.ts';

// The main job from end to end: import, blast radius, owner, attestation, revocation with proof, evidence.

test.describe.configure({ mode: 'serial' });
test.setTimeout(180_000);

const address = (inside: string) => `${process.env['E2E_URL'] ?? ''}${inside}`;
const CAMPAIGN = 'Harbour quarterly';

async function as(browser: Browser, role: RoleName): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signInAs(page, role);
  return page;
}

async function importFiles(page: Page, files: ReturnType<typeof mixedInputs>): Promise<void> {
  await page.goto(address('/sources/import'));
  await page.getByLabel('Files to import').setInputFiles(files);
  await page.getByRole('button', { name: 'Import now' }).click();
  await page.waitForURL(/\/sources\/runs\//);
}

test('1. the analyst sees the overview and imports; the same file again changes nothing', async ({
  browser,
}) => {
  const page = await as(browser, 'security');
  await page.goto(address('/'));
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await expect(page.getByText('Widest blast radii')).toBeVisible();
  await expectAccessible(page);

  await importFiles(page, [harbour('first')]);
  await expect(page.getByText('What happened')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('row', { name: /^Nodes/ })).toContainText('4');
  await expectAccessible(page);

  await importFiles(page, [harbour('first')]);
  await expect(page.getByText('Nothing new').first()).toBeVisible({ timeout: 60_000 });

  await importFiles(page, mixedInputs());
  await expect(page.getByText('What happened')).toBeVisible({ timeout: 60_000 });
  await importFiles(page, [harbourUse(EXPORTER, 2)]);
  await expect(page.getByText('What happened')).toBeVisible({ timeout: 60_000 });
  await page.goto(address('/sources'));
  for (const name of ['harbour', 'harbour log'])
    await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
  await expectAccessible(page);
});

test('1b. a file that is nothing known is refused with a reason, and the server goes on', async ({
  browser,
}) => {
  const page = await as(browser, 'security');
  await page.goto(address('/sources/import'));
  await page
    .getByLabel('Files to import')
    .setInputFiles([
      { name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('{"Records": [{"eventID":') },
    ]);
  await page.getByRole('button', { name: 'Import now' }).click();
  await expect(page.getByText(/Nothing was imported/).first()).toBeVisible({ timeout: 60_000 });
});

test('2. the graph shows what the account reaches, and why', async ({ browser }) => {
  const page = await as(browser, 'security');
  await page.goto(address(`/graph?${new URLSearchParams({ key: EXPORTER }).toString()}`));
  await expect(page.getByRole('tab', { name: /Reached/ })).toContainText('1');
  await page.getByRole('button', { name: /^Why Resource harbour-ledger/ }).click();
  await expect(page.getByRole('region', { name: 'Why' })).toContainText(
    'harbour-exporter may write to harbour-ledger',
  );
  await page.getByRole('radio', { name: 'Exercised', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Why' })).toContainText('called');
});

test('3. nobody’s accounts get the owner that the evidence suggests', async ({ browser }) => {
  const page = await as(browser, 'security');
  await page.goto(address('/ownership?q=harbour'));
  await expect(page.getByRole('link', { name: /harbour-legacy/ })).toBeVisible();
  await expect(page.getByText(/Register of the harbour team/).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('checkbox', { name: /all/i }).first().check();
  await page.getByRole('button', { name: /^Accept 2 suggested/ }).click();
  await page.getByLabel('Reason').fill('The register is theirs');
  await page.getByRole('dialog').getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(page.getByText('2 owners accepted')).toBeVisible();
});

test('4. a campaign asks the owner, who attests one and asks for the revocation of the other', async ({
  browser,
}) => {
  const page = await as(browser, 'security');
  await page.goto(address('/campaigns/new'));
  await page.getByLabel('Name', { exact: true }).fill(CAMPAIGN);
  await page.getByLabel(/Name or key contains/).fill('harbour-');
  await expect(page.getByRole('button', { name: 'Launch: ask about 2', exact: true })).toBeEnabled();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Launch: ask about 2', exact: true }).click();
  await page.waitForURL(/\/campaigns\/cmp_/);

  const owner = await as(browser, 'owner');
  await owner.goto(address('/reviews'));
  await expect(owner.getByRole('link', { name: /harbour-legacy/ })).toBeVisible();
  await expectAccessible(owner);
  await owner.getByRole('link', { name: /harbour-exporter/ }).click();
  await expect(owner.getByText(/harbour-ledger/).first()).toBeVisible();
  await expectAccessible(owner);
  await owner.getByRole('button', { name: /^Still needed/ }).click();
  await owner.getByLabel('Reason').fill('Exports the books each night');
  await owner.getByRole('dialog').getByRole('button', { name: 'Attest', exact: true }).click();
  await expect(owner.getByText(/Attested/).first()).toBeVisible();

  await owner.goto(address('/reviews'));
  await owner.getByRole('link', { name: /harbour-legacy/ }).click();
  await owner.getByRole('button', { name: /^Revoke/ }).click();
  await owner.getByLabel('Reason').fill('Replaced by the exporter');
  await owner.getByRole('dialog').getByRole('button', { name: 'Ask for revocation' }).click();
  await expect(owner.getByText('Revocation asked for').first()).toBeVisible();
});

test('5. the revocation is approved by a second person, executed, proven by the next import, reopened by use', async ({
  browser,
}) => {
  const page = await as(browser, 'security');
  await page.goto(address('/revocations'));
  await page.getByRole('link', { name: /harbour-legacy/ }).click();
  await expect(page.getByText(/Replaced by the exporter/).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: /^Approve/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Approve/ })
    .click();
  await page.getByRole('button', { name: 'It is done by hand' }).click();
  await page.getByLabel('Proof').fill('Ticket HARBOUR-7: account removed');
  await page.getByRole('dialog').getByRole('button', { name: 'Note as executed' }).click();
  await expect(page.getByText(/Executed/).first()).toBeVisible();
  const revocation = page.url();

  await importFiles(page, [harbour('later')]);
  await expect(page.getByText('What happened')).toBeVisible({ timeout: 60_000 });
  await page.goto(revocation);
  await expect(page.getByText(/Proven/).first()).toBeVisible({ timeout: 30_000 });

  await importFiles(page, [harbourUse(LEGACY, 0)]);
  await expect(page.getByText('What happened')).toBeVisible({ timeout: 60_000 });
  await page.goto(revocation);
  await expect(page.getByText(/Reopened/).first()).toBeVisible({ timeout: 30_000 });
});

test('6. the auditor changes nothing, and takes evidence that can be checked offline', async ({
  browser,
}, testInfo) => {
  const page = await as(browser, 'auditor');
  await page.goto(address('/'));
  await page.waitForURL(/\/evidence/);
  await expectAccessible(page);
  const row = page.getByRole('row').filter({ hasText: CAMPAIGN });
  const download = async (name: RegExp, file: string): Promise<string> => {
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      row.getByRole('link', { name }).click(),
    ]);
    const target = testInfo.outputPath(file);
    await saved.saveAs(target);
    return target;
  };
  const csv = readFileSync(await download(/CSV/, 'evidence.csv'), 'utf8');
  expect(csv).toContain('harbour-exporter');
  const bundle = await download(/bundle|JSON/i, 'evidence.json');
  expect(verify(bundle)).toBe(0);
  const forged = testInfo.outputPath('forged.json');
  writeFileSync(forged, readFileSync(bundle, 'utf8').replace('Exports the books', 'Exports no books'));
  expect(verify(forged)).toBe(1);

  const refused = await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json', 'x-bailiwick': '1' };
    return (await fetch('/api/v1/campaigns', { method: 'POST', headers, body: '{}' })).status;
  });
  expect(refused).toBe(403);
});

/** Exit code of `bailiwick verify`. */
function verify(bundle: string): number {
  const main = path.resolve(import.meta.dirname, '..', 'cli', 'main.ts');
  try {
    execFileSync(process.execPath, [main, 'verify', bundle], { stdio: 'pipe' });
    return 0;
  } catch (error) {
    return (error as { status: number }).status;
  }
}
