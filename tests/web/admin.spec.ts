import { expect, test } from '@playwright/test';
import { complaints, example, isRelease, isSound, phone, signIn, tokenOf, workerOf } from './at-work';
import { password } from './playwright.config';

for (const [locale, viewport] of (
  [
    ['zh-CN', phone],
    ['en-GB', { width: 1440, height: 900 }],
  ] as const
).filter((_, i) => isRelease || i === 0)) {
  test.describe(`${locale}, ${viewport.width} px`, () => {
    test.use({ locale, viewport });

    test('every page of an administrator and an auditor is sound', async ({ page, request }) => {
      const said = complaints(page);
      const headers = await tokenOf(request, 'administrator');
      const { items } = (await (await request.get('/api/v1/accounts', { headers })).json()) as { items: { id: string; name: string }[] };
      await signIn(page, 'administrator');
      for (const path of ['/accounts', `/accounts/${items.find((one) => one.name === 'verifier')!.id}`, '/account']) {
        await page.goto(path);
        await expect(page.locator('main h1')).toBeVisible();
        await expect(page.locator('.spinner')).toHaveCount(0);
        await isSound(page);
      }
      await page.getByRole('button', { name: /退出|Sign out/ }).click();
      await expect(page.locator('[name=password]')).toBeVisible();
      await signIn(page, 'auditor');
      await page.goto('/audit?action=signIn');
      await expect(page.locator('.audit tbody tr').first()).toBeVisible();
      await isSound(page);
      expect(said).toEqual([]);
    });
  });
}

test('an administrator makes an account, grants and revokes a role; the account works and ends at once', async ({ page, request }) => {
  const password = 'a sentence that nobody knows';
  await signIn(page, 'administrator');
  await page.getByRole('button', { name: '新建账号' }).click();
  await expect(page.locator('[name=name]')).toBeFocused();
  await page.locator('[name=name]').fill('Not A Name');
  await page.locator('[name=password]').fill(password);
  await page.getByRole('button', { name: '新建', exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByRole('button', { name: '新建', exact: true })).toBeFocused();
  await page.locator('[name=name]').fill('web-verifier');
  await page.getByRole('button', { name: '新建', exact: true }).click();
  await expect(page.locator('main h1')).toHaveText('web-verifier');

  await page.locator('[name=role]').selectOption({ label: '核验人员' });
  await page.locator('[name=organizationId]').selectOption({ label: '全部单位' });
  await page.getByRole('button', { name: '授予', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('至少勾选一个机构');
  await page.getByRole('checkbox').first().check();
  await isSound(page);
  await page.getByRole('button', { name: '授予', exact: true }).click();
  await expect(page.locator('.grants')).toContainText('核验人员 · 全部单位 · 代表');

  const signed = await request.post('/api/v1/sign-in', { data: { account: 'web-verifier', password } });
  const headers = { Authorization: `Bearer ${((await signed.json()) as { token: string }).token}` };
  expect((await request.get('/api/v1/milestones?limit=1', { headers })).status()).toBe(200);
  await page.getByRole('button', { name: '撤销: 核验人员' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '撤销', exact: true }).click();
  await expect(page.locator('.grants li')).toHaveCount(0);
  expect((await request.get('/api/v1/milestones?limit=1', { headers })).status()).toBe(403);
  await expect(page.locator('.note[role=status]')).toHaveText('角色已撤销。');
  await page.locator('main a[href="/accounts"]').click();
  await page.getByRole('link', { name: 'administrator', exact: true }).click();
  await expect(page.locator('.grants')).toContainText('管理员');
  await expect(page.getByRole('button', { name: '撤销: 管理员' }), 'nobody takes it from himself').toHaveCount(0);
  await page.goBack();
  await page.goBack();
  await page.getByRole('button', { name: '停用' }).click();
  await expect(page.locator('.note[role=status]')).toHaveCount(0);
  await page.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click();
  await expect(page.locator('.note[role=status]')).toHaveText('已停用。');
  expect((await request.get('/api/v1/me', { headers })).status()).toBe(401);

  await page.getByRole('link', { name: '全部账号' }).click();
  await page.getByRole('searchbox').fill('eb-ver');
  await expect(page.locator('.accounts tbody tr')).toHaveCount(1);
  await expect(page.locator('.accounts tbody')).toContainText('web-verifier');

  // Who asked that a person be erased does not decide it.
  await page.getByRole('link', { name: '删除个人信息' }).click();
  await page.getByRole('button', { name: '申请删除' }).click();
  await page.locator('[name=workerId]').fill(await workerOf(request, 'YT-0054'));
  await page.locator('[name=reason]').fill('第118号申请');
  await isSound(page);
  await page.getByRole('dialog').getByRole('button', { name: '申请删除' }).click();
  await expect(page.locator('.note[role=status]')).toContainText('等待另一位管理员');
  await expect(page.getByRole('button', { name: '批准并删除' })).toHaveCount(0);
  await page.getByRole('button', { name: '撤回申请' }).click();
  await page.locator('[name=reason]').fill('有误');
  await page.getByRole('dialog').getByRole('button', { name: '撤回申请' }).click();
  await expect(page.locator('main li.card').first()).toContainText('未删除');
});

test('a token is shown once, works, and is worth nothing once it is revoked', async ({ page, request }) => {
  await signIn(page, 'analyst');
  await page.getByRole('link', { name: '我的账号' }).click();
  await page.locator('[name=tokenName]').fill('web-reports');
  await page.getByRole('button', { name: '新建令牌' }).click();
  const secret = await page.locator('.secret').innerText();
  const headers = { Authorization: `Bearer ${secret}` };
  expect((await request.get('/api/v1/reports/grid', { headers })).status()).toBe(200);
  await page.reload();
  await expect(page.locator('.tokens')).toContainText('web-reports');
  await expect(page.locator('.secret')).toHaveCount(0);
  await page.getByRole('button', { name: '撤销: web-reports' }).click();
  await page.getByRole('button', { name: '确定撤销' }).click();
  await expect(page.locator('.tokens')).toContainText('由analyst撤销');
  expect((await request.get('/api/v1/reports/grid', { headers })).status()).toBe(401);
});

test('an auditor follows an account through the trail, page by page', async ({ page, request }) => {
  const headers = await tokenOf(request, 'auditor');
  await signIn(page, 'auditor');
  await page.getByRole('link', { name: '审计' }).click();
  await page.getByLabel('操作').selectOption({ label: '登录' });
  await expect(page).toHaveURL(/action=signIn/);
  await page.locator('.audit tbody tr', { hasText: 'auditor' }).first().getByRole('button', { name: 'auditor' }).click();
  await expect(page).toHaveURL(/account=auditor/);
  await expect(page.locator('.audit tbody tr').first()).toContainText('登录');
  await expect(page.locator('.audit tbody tr').first()).toContainText('方式：');
  await page.goBack();
  await expect(page, 'Back leads to what was asked before').toHaveURL(/\/audit\?action=signIn$/);
  await page.getByRole('button', { name: '清除筛选' }).click();

  // Each kind of read of each person is an entry: some pages of them.
  const officer = await tokenOf(request, 'officer-street');
  const { items } = (await (await request.get('/api/v1/workers?limit=100', { headers: officer })).json()) as { items: { id: string }[] };
  for (const part of ['coordinate', 'trajectory', 'next-steps', 'record', 'milestones', 'affiliations', 'coordinate/explanation']) {
    await Promise.all(items.map((one) => request.get(`/api/v1/workers/${one.id}/${part}`, { headers: officer })));
  }
  const asked = 'account=officer-street&action=readPerson';
  const all = await request.get(`/api/v1/audit-entries?${asked}&limit=500`, { headers });
  const entries = ((await all.json()) as { items: { workerId: string }[] }).items;
  expect(entries.length).toBeGreaterThan(300);
  await page.goto(`/audit?${asked}`);
  const rows = page.locator('.audit tbody tr:not(.gap)');
  await expect(rows).toHaveCount(100);

  // However many there are, few of them are in the page at a time; by scrolling, by keyboard and on paper one comes to all.
  const older = page.getByRole('button', { name: '更早的记录' });
  const table = page.locator('.audit');
  for (let shown = 200; shown - 100 < entries.length; shown += 100) {
    await older.click();
    await expect(table).toHaveAttribute('aria-rowcount', String(Math.min(shown, entries.length) + 1));
    if (shown < entries.length) await expect(older).toBeFocused();
  }
  await page.keyboard.press('Control+End');
  const last = page.locator(`.audit tr[aria-rowindex="${entries.length + 1}"]`);
  await expect(last).toBeVisible();
  await expect(last).toContainText(entries.at(-1)!.workerId);
  expect(await rows.count()).toBeLessThan(150);
  const account = last.getByRole('button', { name: 'officer-street' });
  await account.focus();
  await expect(async () => {
    await page.keyboard.press('Control+Home');
    await expect(page.locator('.audit tr[aria-rowindex="2"]')).toBeInViewport({ timeout: 2000 });
  }).toPass();
  await expect(account).toBeFocused();
  expect(await rows.count()).toBeLessThan(150);
  await isSound(page);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  expect(await rows.count()).toBe(entries.length);
});

test('one signs in at the issuer, is back on the page that was asked for, and signs out here', async ({ page }) => {
  await page.goto('/reports/year');
  await page.getByRole('button', { name: '使用 127.0.0.1 登录' }).click();
  // The provider of the tests takes whoever types a name for its owner.
  await page.locator('[name=login]').fill('analyst');
  await page.locator('[name=password]').fill('any');
  await page.locator('[type=submit]').click();
  await page.locator('[type=submit]').click();
  await expect(page.locator('main h1')).toHaveText('年度指标与年报');
  await expect(page).toHaveURL(/\/reports\/year$/);
  const said = complaints(page);
  // Writes work, too: the antiforgery token came with the sign-in.
  await page.getByRole('link', { name: '我的账号' }).click();
  await page.locator('[name=tokenName]').fill('by-issuer');
  await page.getByRole('button', { name: '新建令牌' }).click();
  await expect(page.locator('.secret')).toBeVisible();
  await page.getByRole('button', { name: '退出' }).click();
  await expect(page.locator('[name=password]')).toBeVisible();
  expect(said).toEqual([]);

  // What was not begun in this browser is not finished in it, and the password is still a way.
  await page.goto('/sign-in?code=stolen&state=other');
  await expect(page.getByRole('alert')).toContainText('不是在本浏览器中开始的');
  await isSound(page);
  await signIn(page, 'analyst');
});

test('who audits and is an officer goes from the trail to the person', async ({ page, request }) => {
  const headers = await tokenOf(request, 'administrator');
  const made = await request.post('/api/v1/accounts', { headers, data: { name: 'web-auditing-officer', password } });
  const { id } = (await made.json()) as { id: string };
  const all = await request.get('/api/v1/organizations?limit=500', { headers: await tokenOf(request, 'officer-district') });
  const organizationId = ((await all.json()) as { items: { id: string; parentId: string | null }[] }).items.find((one) => one.parentId === null)!.id;
  for (const data of [{ role: 'auditor' }, { role: 'officer', organizationId }]) {
    expect((await request.post(`/api/v1/accounts/${id}/grants`, { headers, data })).status()).toBe(200);
  }
  const worker = await workerOf(request, example);
  await signIn(page, 'web-auditing-officer');
  await page.goto('/audit?action=searchWorkers');
  await page.locator('.audit').getByRole('button', { name: worker }).first().click();
  await expect(page).toHaveURL(new RegExp(`worker=${worker}`));
  await page.goto(`/audit?worker=${worker}`);
  await page.getByRole('link', { name: '打开档案' }).first().click();
  await expect(page).toHaveURL(`/people/${worker}`);
  await expect(page.locator('.opening')).toBeVisible();
});
