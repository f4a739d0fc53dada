import { expect, test, type Page } from '@playwright/test';
import { complaints, isSound, phone, signIn, tokenOf, workerOf } from './at-work';

/** Counts what a person does: each tap, each field filled, each choice is one input. */
function counter() {
  let inputs = 0;
  return {
    one: <T>(what: Promise<T>): Promise<T> => {
      inputs++;
      return what;
    },
    inputs: () => inputs,
  };
}

test.describe('on a phone', () => {
  test.use({ viewport: phone });

  test('a worker finds what he needs for technician in at most 3 taps', async ({ page }) => {
    await signIn(page, 'worker-3');
    const { one, inputs } = counter();
    const card = page.locator('.channel-card', { hasText: '等级晋升通道' });
    await expect(card.locator('.standing')).toContainText('技师（二级）');
    await expect(card.locator('.way').first()).toContainText(/还缺|已具备|无法判断/);
    await one(card.locator('summary').click());
    expect(await card.locator('.way').count()).toBeGreaterThan(1);
    expect(inputs()).toBeLessThanOrEqual(3);
  });

  test('anybody else finds it on the page of the framework in at most 3 taps, without signing in', async ({ page }) => {
    const said = complaints(page);
    await page.goto('/');
    const { one, inputs } = counter();
    await one(page.getByRole('link', { name: '坐标体系' }).click());
    await one(page.locator('summary', { hasText: '等级晋升通道' }).click());
    await expect(page.locator('details[open] .rungs > li', { hasText: '技师（二级）' }).first()).toContainText('途径');
    expect(inputs()).toBeLessThanOrEqual(3);
    await expect(page.locator('main')).toContainText('名次为前3名');
    await isSound(page);
    await page.getByRole('link', { name: '返回登录' }).click();
    await expect(page.locator('[name=password]')).toBeVisible();
    expect(said).toEqual([]);
  });
});

test('an officer logs a certificate with at most 12 inputs', async ({ page }) => {
  await signIn(page, 'officer-district');
  const { one, inputs } = counter();
  await one(page.getByRole('link', { name: '职工', exact: true }).click());
  await one(page.getByRole('searchbox').fill('YT-0051'));
  await one(page.keyboard.press('Enter'));
  await one(page.locator('tbody a').first().click());
  await one(page.getByRole('link', { name: '登记成长节点' }).click());
  await one(page.getByRole('searchbox').fill('zyjndj'));
  await one(page.getByRole('button', { name: '职业技能等级（资格）证书' }).click());
  await one(page.locator('[name=occurredOn]').fill('2026-02'));
  await one(page.locator('[name=grade]').selectOption('4'));
  await one(page.locator('[name=certificateNo]').fill('COUNTED-1'));
  await one(page.getByRole('button', { name: '提交，等待核验' }).click());
  await expect(page.locator('.note[role=status]')).toContainText('等待核验');
  expect(inputs()).toBeLessThanOrEqual(12);
});

test('an officer logs 50 certificates from a sheet with at most 8 inputs', async ({ page, request }) => {
  const headers = { ...(await tokenOf(request, 'officer-district')), 'Accept-Language': 'zh-CN' };
  const template = await request.get('/api/v1/imports/template?type=skill-level-certificate&format=csv', { headers });
  const columns = (await template.text()).split('\n')[0]!.trim().replace('\uFEFF', '').split(',');
  const listed = await request.get('/api/v1/workers?limit=200', { headers });
  const { items } = (await listed.json()) as { items: { name: string; number: string | null }[] };
  const rows = items
    .filter((one) => one.number !== null)
    .slice(0, 50)
    .map(({ name, number }, i) => {
      const cells: Record<string, string> = { 姓名: name, 职工编号: number!, 发生日期: '2026-01-15', 等级: '五级' };
      return columns.map((column) => cells[column] ?? (/证书编号/.test(column) ? `SHEET-${i}` : '')).join(',');
    });
  expect(rows).toHaveLength(50);
  const buffer = Buffer.from([columns.join(','), ...rows, ''].join('\n'));

  await signIn(page, 'officer-district');
  const { one, inputs } = counter();
  await one(page.getByRole('link', { name: '批量导入' }).click());
  await one(page.getByLabel('成长节点类型').selectOption('skill-level-certificate'));
  await one(page.locator('[type=file]').setInputFiles({ name: '五十.csv', mimeType: 'text/csv', buffer }));
  await one(page.getByRole('button', { name: '上传并核对' }).click());
  await one(page.getByRole('button', { name: '写入50行' }).click());
  await expect(page.getByText('已写入，等待核验')).toBeVisible();
  expect(inputs()).toBeLessThanOrEqual(8);
});

/** A page at 200 % and at 400 % has half and a quarter of the width. */
const widths = [720, 320];
const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test('zoomed in, no page of an officer runs out sideways, and on a phone the menu is one line', async ({ browser, request }) => {
  test.setTimeout(120_000);
  const page = await (await browser.newContext({ locale: 'en-GB', viewport: phone })).newPage();
  const id = await workerOf(request, 'YT-0001');
  await signIn(page, 'officer-district');
  for (const path of ['/work', '/people', `/people/${id}`, `/people/${id}/log`, `/people/${id}/sheet`, '/people/log', '/organizations', '/claim-codes', '/inbox', '/imports', '/framework']) {
    await page.goto(path);
    await expect(page.locator('main :is(h1, .card)').first()).toBeVisible();
    await expect(page.locator('.spinner')).toHaveCount(0);
    const tops = await page.locator('header nav a').evaluateAll((links) => links.map((one) => Math.round(one.getBoundingClientRect().top)));
    expect(new Set(tops).size, path).toBe(1);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 600 });
      await expect.poll(() => sideways(page), { message: `${path} at ${width} px` }).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize(phone);
  }
});

test('zoomed in, no page of a worker runs out sideways', async ({ page }) => {
  await signIn(page, 'worker-1');
  for (const path of ['/mine', '/mine/log', '/mine/sheet', '/accesses', '/framework']) {
    await page.goto(path);
    await expect(page.locator('main :is(h1, .card)').first()).toBeVisible();
    for (const width of widths) {
      await page.setViewportSize({ width, height: 600 });
      await expect.poll(() => sideways(page), { message: `${path} at ${width} px` }).toBeLessThanOrEqual(0);
    }
  }
});

test('the line breaks off in the middle of a correction: what was typed stays, and goes through later', async ({ page, request }) => {
  const id = await workerOf(request, 'YT-0053');
  const headers = await tokenOf(request, 'officer-district');
  const data = { type: 'craft-class', occurredOn: '2026-03-01', attributes: { topic: 'offline', hours: 2 } };
  const made = (await (await request.post(`/api/v1/workers/${id}/milestones`, { headers, data })).json()) as { id: string };
  await signIn(page, 'officer-district');
  await page.goto(`/people/${id}/milestones/${made.id}/correct`);
  await page.locator('[name=topic]').fill('offline and back');
  await page.locator('[name=reason]').fill('名称不全');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '提交，等待核验' }).click();
  await expect(page.getByRole('alert')).toContainText('没有连上服务器');
  await expect(page.locator('[name=topic]')).toHaveValue('offline and back');
  await page.context().setOffline(false);
  await page.getByRole('button', { name: '提交，等待核验' }).click();
  await expect(page).toHaveURL(new RegExp(`/people/${id}$`));
  await expect(page.locator('.timeline')).toBeVisible();

  // A page whose part of the app does not come, and a question without an answer, say so at once; the menu stays, and the page comes with the line.
  await page.context().setOffline(true);
  await page.getByRole('link', { name: '坐标体系' }).click();
  await expect(page.getByRole('alert')).toContainText('这一页没有载入', { timeout: 2000 });
  await page.getByRole('link', { name: '核验', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText(/没有/, { timeout: 2000 });
  await page.getByRole('link', { name: '待办' }).click();
  await expect(page.getByRole('alert')).toContainText('没有连上服务器', { timeout: 2000 });
  await page.getByRole('alert').getByRole('button', { name: '重试' }).click();
  await expect(page.getByRole('alert')).toContainText('没有连上服务器', { timeout: 2000 });
  await page.getByRole('link', { name: '坐标体系' }).click();
  await page.context().setOffline(false);
  await expect(page.locator('main h1')).toContainText('职业坐标（“12345”工作法）');
});
