import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** No breach of axe's rules, with the offending markup in the message. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}
