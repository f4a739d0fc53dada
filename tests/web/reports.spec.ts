import { expect, test } from '@playwright/test';
import { complaints, isSound, phone, signIn, tokenOf } from './at-work';

interface Positions {
  cells: { stage?: string; level?: number; workers: number | string }[];
}

for (const [locale, viewport, account] of [
  ['zh-CN', phone, 'analyst'],
  ['en-GB', { width: 1440, height: 900 }, 'analyst'],
  ['en-GB', phone, 'officer-district'],
  ['zh-CN', { width: 1440, height: 900 }, 'officer-district'],
] as const) {
  test.describe(`${locale}, ${viewport.width} px, ${account}`, () => {
    test.use({ locale, viewport });

    test('every page of reports is sound', async ({ page }) => {
      const said = complaints(page);
      await signIn(page, account);
      for (const path of ['/reports']) {
        await page.goto(path);
        await expect(page.locator('.report').first()).toBeVisible();
        await expect(page.locator('.spinner')).toHaveCount(0);
        await isSound(page);
        await page.locator('.as-table summary').first().click();
        await isSound(page);
      }
      expect(said).toEqual([]);
    });
  });
}

test('the heat map shows what the API counts; a cell leads to the people behind it, and they to a person', async ({ page, request }) => {
  await signIn(page, 'officer-district');
  await page.goto('/reports?asOf=2025-12-31');
  const headers = await tokenOf(request, 'officer-district');
  const { cells } = (await (await request.get('/api/v1/reports/grid?asOf=2025-12-31', { headers })).json()) as Positions;
  const shown = cells.filter((cell) => Number(cell.workers) > 0);
  await expect(page.locator('.heat td a')).toHaveCount(shown.length);
  const five = cells.find((cell) => cell.stage === 'mature' && cell.level === 5)!;
  const cell = page.getByRole('link', { name: `成熟稳定期，第5层：${five.workers}人` });
  await cell.click();
  await expect(page.locator('main [role=status]')).toContainText(`共${five.workers}人`);
  await expect(page.locator('tbody tr')).toHaveCount(Number(five.workers));
  await isSound(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  await page.locator('tbody a').first().click();
  await expect(page.locator('.grid-holder svg')).toBeVisible();
});

test('the filters stand in the address: the same link is the same report', async ({ page }) => {
  await signIn(page, 'officer-district');
  await page.goto('/reports');
  await page.getByLabel('截至').fill('2023-12-31');
  await page.getByText('更多条件').click();
  await page.getByLabel('阶段', { exact: true }).selectOption('growth');
  await page.getByRole('link', { name: '将时间固定在网址中' }).click();
  await expect(page).toHaveURL(/knownAt=/);
  expect(new URL(page.url()).searchParams.get('stage')).toBe('growth');
  const before = await page.locator('.heat').innerText();
  await page.goto('/framework');
  await page.goBack();
  await expect(page.locator('.heat')).toBeVisible();
  expect(await page.locator('.heat').innerText()).toBe(before);
  await page.goto('/reports?stage=no-such-stage');
  await expect(page.getByRole('alert')).toContainText('no-such-stage');
});

test('an analyst sees protected counts, why, and no way to the people', async ({ page }) => {
  await signIn(page, 'analyst');
  await expect(page.locator('main h1')).toHaveText('坐标分布');
  await expect(page.locator('.heat td').first()).toHaveText('<10');
  await expect(page.locator('.heat td a')).toHaveCount(0);
  await page.getByText('为什么有的数字显示为').click();
  await expect(page.locator('.protection')).toContainText('人员名单不向您的角色开放');
  await page.goto('/reports/people/grid?cell.stage=mature&cell.level=5');
  await expect(page.locator('main h1')).toHaveText('没有这个页面');
  await page.goto('/reports');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /下载XLSX：坐标网格/ }).click();
  expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
});
