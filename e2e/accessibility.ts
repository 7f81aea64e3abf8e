import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * Accessibility problems of what is shown now, one line each; none is what every screen must have. `isMenuOpen`: a menu
 * lies outside the landmarks between Base UI's focus guards, as every menu of the page does.
 */
export async function axeProblems(page: Page, isMenuOpen = false): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (isMenuOpen ? axe.exclude('[data-base-ui-focus-guard]').disableRules('region') : axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** Console errors and policy violations of the page, which must stay empty. Call it before the page is opened. */
export async function watchProblems(page: Page): Promise<string[]> {
  const problems: string[] = [];
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)));
  return problems;
}
