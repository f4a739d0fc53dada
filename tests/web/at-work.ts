import AxeBuilder from '@axe-core/playwright';
import { expect, test, type APIRequestContext, type Page } from '@playwright/test';
import { password } from './playwright.config';

export const phone = { width: 390, height: 844 };

/** Each page is looked at in one language and width, so that the run stays short; with `tests/run --release` in all. */
export const isRelease = process.env.CAREER_TEST_RELEASE === '1';

/** The worked example of the documentation. */
export const example = 'YT-0001';

/** To the first page of the account, the notice read where it comes first. The sign-in page itself has tests of its own; all others spare its time. */
export async function signIn(page: Page, account: string) {
  const answer = await page.request.post('/api/v1/sign-in', { data: { account, password, kind: 'cookie' } });
  expect(answer.ok()).toBe(true);
  const { antiforgeryToken } = (await answer.json()) as { antiforgeryToken: string };
  await page.goto('/healthz');
  await page.evaluate((token) => localStorage.setItem('antiforgery', token), antiforgeryToken);
  await page.goto('/');
  const notice = page.getByRole('button', { name: /我已阅读|I have read/ });
  await expect(page.locator('nav a').first().or(notice).first()).toBeVisible();
  if (await notice.isVisible()) await notice.click();
  await expect(page.locator('nav a').first()).toBeVisible();
}

/** From the sign-in page to the first page of the account, as people do it. */
export async function signInByThePage(page: Page, account: string) {
  await page.goto('/');
  await page.locator('[name=account]').fill(account);
  await page.locator('[name=password]').fill(password);
  await page.locator('[type=submit]').click();
  await expect(page.locator('nav a').first()).toBeVisible();
}

/** Asks the API itself, beside the page. */
export async function tokenOf(request: APIRequestContext, account: string) {
  const answer = await request.post('/api/v1/sign-in', { data: { account, password } });
  return { Authorization: `Bearer ${((await answer.json()) as { token: string }).token}` };
}

export async function workerOf(request: APIRequestContext, number: string) {
  const headers = await tokenOf(request, 'officer-district');
  const answer = await request.post('/api/v1/workers:search', { headers, data: { text: number } });
  return ((await answer.json()) as { items: { id: string }[] }).items[0]!.id;
}

let pictures = 0;

/** axe finds nothing, and nothing runs out of the page sideways. What was looked at is kept as a picture below `results`. */
export async function isSound(page: Page) {
  await page.screenshot({ path: test.info().outputPath(`page-${++pictures}.png`), fullPage: true });
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

/** What the browser itself complains of, such as a breach of the policy. */
export function complaints(page: Page): string[] {
  const said: string[] = [];
  page.on('pageerror', (error) => said.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 401')) said.push(message.text());
  });
  return said;
}
