import { expect, test } from '@playwright/test';
import { complaints, example, isRelease, isSound, phone, signIn, tokenOf, workerOf } from './at-work';
import { password } from './playwright.config';

interface Trajectory {
  points: { from: string; level: number; channels: { channel: string; level: number; milestoneId: string | null }[] }[];
}

for (const [language, locale] of [
  ['zh', 'zh-CN'],
  ['en', 'en-GB'],
] as const) {
  const desk = { width: 1440, height: 900 };
  for (const viewport of isRelease ? [phone, desk] : [language === 'zh' ? phone : desk]) {
    test.describe(`${language}, ${viewport.width} px`, () => {
      test.use({ locale, viewport });

      test('a worker sees where he stands, and every page is sound', async ({ page }) => {
        const said = complaints(page);
        await page.goto('/');
        await expect(page.locator('html')).toHaveAttribute('lang', locale.slice(0, 2) === 'zh' ? 'zh-CN' : 'en');
        await isSound(page);
        await page.getByRole('button', { name: /激活码|claim code/ }).click();
        await isSound(page);

        await signIn(page, 'worker-1');
        await expect(page.locator('.opening')).toContainText(language === 'zh' ? '成熟稳定期' : 'Maturity');
        await expect(page.locator('.opening')).toContainText(language === 'zh' ? '第5层' : 'level 5');
        await expect(page.locator('.channel-card')).toHaveCount(4);
        await expect(page.locator('.fine')).toContainText(language === 'zh' ? '不得单独作为' : 'must not by itself decide');
        await isSound(page);

        await page.locator('.timeline button').first().click();
        await expect(page.getByRole('dialog')).toContainText(language === 'zh' ? '谁记录、谁核验' : 'Who recorded and who verified');
        await isSound(page);
        await page.keyboard.press('Escape');
        await page.getByRole('link', { name: /谁看过|Who looked/ }).click();
        await expect(page.locator('main h1')).toHaveText(/谁看过我的记录|Who looked at my record/);
        await page.getByRole('link', { name: /我的账号|My account/ }).click();
        await expect(page.locator('[name=current]')).toBeVisible();
        await isSound(page);
        await page.goBack();
        await isSound(page);
        await page.getByRole('link', { name: /坐标体系|Framework/ }).click();
        await expect(page.locator('.ladders tbody tr')).toHaveCount(8);
        expect((await page.locator('main').textContent())!.includes(language === 'zh' ? '名次为前3名' : 'rank 3 or better')).toBe(true);
        await page.locator('summary').nth(2).click();
        await expect(page.locator('details[open]')).toContainText(language === 'zh' ? '特级技师' : 'Special-grade technician');
        await isSound(page);
        expect(said).toEqual([]);
      });
    });
  }
}

test('the points of the worked example are those of the API', async ({ page, request }) => {
  await signIn(page, 'worker-1');
  // The first page is his own, too: what it asks is not what is counted.
  await expect(page.locator('.stop').first()).toBeVisible();
  const asked: string[] = [];
  page.on('request', (one) => one.url().includes('/api/') && asked.push(new URL(one.url()).pathname));
  await page.goto('/mine');
  await expect(page.locator('.stop').first()).toBeVisible();
  expect(asked.sort(), 'what the HTML asks the app takes, and asks no second time').toEqual([...new Set(asked)]);
  expect(asked.filter((one) => one.includes('/workers/'))).toEqual([]);
  const headers = await tokenOf(request, 'officer-district');
  const id = await workerOf(request, example);
  const { points } = (await (await request.get(`/api/v1/workers/${id}/trajectory`, { headers })).json()) as Trajectory;

  const held = new Map<string, number>();
  const rises: { id: string; from: string; level: number }[] = [];
  for (const point of points) {
    for (const { channel, level, milestoneId } of point.channels) {
      if (level > (held.get(channel) ?? 0)) rises.push({ id: milestoneId!, from: point.from, level });
      held.set(channel, level);
    }
  }
  const drawn = await page.locator('.grid-holder svg').evaluate((svg) => {
    const middle = (one: Element) => {
      const box = one.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    const stops = [...svg.querySelectorAll('.stop')].map((one) => ({
      ids: (one.getAttribute('data-milestones') ?? '').split(' '),
      ...middle(one.querySelector('.reach')!),
    }));
    const lines = [...svg.querySelectorAll('line')].map((one) => one.getBoundingClientRect().y);
    return { stops, lines };
  });

  const places = rises.map((rise) => ({ ...rise, stop: drawn.stops.find((one) => one.ids.includes(rise.id)) }));
  expect(places.filter((one) => one.stop === undefined).map((one) => one.id)).toEqual([]);
  // The lowest line is that of level 0: a point of level n stands between lines n - 1 and n.
  for (const { level, stop, from } of places) {
    expect(stop!.y, `${from}: below the upper line of level ${level}`).toBeGreaterThan(drawn.lines[level]!);
    expect(stop!.y, `${from}: above the lower line of level ${level}`).toBeLessThan(drawn.lines[level - 1]!);
  }
  const byDay = [...places].sort((a, b) => a.from.localeCompare(b.from));
  byDay.slice(1).forEach((one, i) => expect(one.stop!.x, one.from).toBeGreaterThanOrEqual(byDay[i]!.stop!.x - 0.5));
});

test('the slider shows each day as the API knows it', async ({ page, request }) => {
  await signIn(page, 'worker-1');
  const headers = await tokenOf(request, 'officer-district');
  const id = await workerOf(request, example);
  for (const [asOf, stage] of [
    ['2018-01-01', '成长提升期'],
    ['2020-06-01', '成长提升期'],
    ['2026-01-01', '成熟稳定期'],
  ] as const) {
    const answer = await request.get(`/api/v1/workers/${id}/coordinate?asOf=${asOf}`, { headers });
    const { stage: known, level } = (await answer.json()) as { stage: { yearsInCareer: number }; level: number };
    await page.locator('#as-of').fill(String(Date.parse(asOf) / 86_400_000));
    const facts = page.locator('.three-facts');
    await expect(facts).toContainText(stage);
    await expect(facts).toContainText(`${known.yearsInCareer}年`);
    await expect(facts).toContainText(`第${level}层`);
  }
  await page.locator('#as-of').fill(String(Date.parse('2020-06-01') / 86_400_000));
  await expect(page.locator('.channel-card').first()).toContainText('曾达到职工代表 / 工会小组长');
  await page.getByRole('button', { name: '回到今天' }).click();
  await expect(page.locator('.three-facts')).toContainText('第5层');
});

test('by keyboard alone: sign in, open a point of the grid, close it, sign out', async ({ page }) => {
  await page.goto('/');
  await page.locator('[name=password]').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[name=account]'), 'what is missing is said by the page itself').toBeFocused();
  await expect(page.locator('[name=account]')).toHaveAccessibleDescription('此项必填。');
  await page.keyboard.type('worker-2');
  await expect(page.locator('[name=account]')).toHaveAccessibleDescription('');
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  const notice = page.getByRole('button', { name: '我已阅读' });
  await notice.focus();
  await page.keyboard.press('Enter');
  const stop = page.locator('.stop').first();
  await stop.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(stop).toBeFocused();
  await page.getByRole('button', { name: '退出' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[name=account]')).toBeVisible();
});

test('English is one click away and stays', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
});

for (const [account, path, part] of [
  ['worker-3', '/mine', '.opening'],
  ['analyst', '/reports', '.heat'],
] as const) {
  test(`who signs in on ${path} is not taken for the one who was not signed in when it was opened`, async ({ page }) => {
    await page.goto(path);
    await page.locator('[name=account]').fill(account);
    await page.locator('[name=password]').fill(password);
    await page.locator('[type=submit]').click();
    const notice = page.getByRole('button', { name: '我已阅读' });
    await expect(notice.or(page.locator(part)).first()).toBeVisible();
    if (await notice.isVisible()) await notice.click();
    await expect(page.locator(part)).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
}

test('a wrong password is refused in words, and nothing comes from another host', async ({ page }) => {
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  await page.goto('/');
  await page.locator('[name=account]').fill('worker-3');
  await page.locator('[name=password]').fill('not this one at all');
  await page.locator('[type=submit]').click();
  await expect(page.getByRole('alert')).toContainText(/账号|密码/);
  await expect(page.locator('[name=account]')).toHaveValue('worker-3');
  expect([...hosts]).toEqual([new URL(page.url()).host]);
});

test('a worker sees what is recorded of himself, and a wrong current password is no ended sign-in', async ({ page }) => {
  await signIn(page, 'worker-1');
  await page.goto('/mine');
  await page.getByText('本人信息').click();
  await expect(page.locator('.facts')).toContainText(example);
  await expect(page.locator('.facts')).toContainText('出生日期');
  await page.goto('/account');
  await page.locator('[name=current]').fill('not my password');
  await page.locator('[name=new]').fill('a wholly other Password 17');
  await page.getByRole('button', { name: '更改密码' }).click();
  await expect(page.getByText('当前密码不正确')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('where another account signs in in another tab, nothing of this one is written in its name', async ({ page, context }) => {
  await signIn(page, 'officer-district');
  await page.goto('/people/new');
  await page.locator('[name=name]').fill('写到一半');
  const other = await context.newPage();
  await signIn(other, 'officer-enterprise');
  const asked = page.getByRole('dialog');
  await expect(asked).toContainText('officer-enterprise');
  await asked.locator('[name=password]').fill(password);
  await asked.locator('[type=submit]').click();
  await expect(asked).toHaveCount(0);
  await expect(page.locator('[name=name]')).toHaveValue('写到一半');
});

test('who held more once is told so, and hears of another step first', async ({ page, request }) => {
  const headers = await tokenOf(request, 'officer-district');
  const answer = await request.post('/api/v1/workers:search', { headers, data: { text: 'YT-0016' } });
  const { id } = ((await answer.json()) as { items: { id: string }[] }).items[0]!;
  await signIn(page, 'officer-district');
  await page.goto(`/people/${id}`);
  await expect(page.locator('.opening')).toContainText('最高曾达到第5层');
  await expect(page.locator('.opening')).not.toContainText('学徒');
});

test('a browser that is too old is told so', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(Object, 'hasOwn'));
  await page.goto('/');
  await expect(page.locator('#too-old')).toBeVisible();
  await expect(page.locator('#too-old')).toContainText('Chrome 或 Edge 109');
  await expect(page.locator('#app')).toBeHidden();
});

test('where the app itself does not come, the page says so', async ({ page }) => {
  await page.route('**/assets/base-*.js', (route) => route.abort());
  await page.goto('/');
  await expect(page.locator('#not-loaded')).toContainText('页面没有载入');
  await page.unroute('**/assets/base-*.js');
  await page.getByRole('link', { name: '重试' }).click();
  await expect(page.locator('[name=account]')).toBeVisible();
});

test('a worker gets in by the code on his slip', async ({ page, request }) => {
  const headers = await tokenOf(request, 'officer-district');
  const id = await workerOf(request, 'YT-0061');
  const { name } = (await (await request.get(`/api/v1/workers/${id}`, { headers })).json()) as { name: string };
  const { code } = (await (await request.post(`/api/v1/workers/${id}/claim-codes`, { headers })).json()) as { code: string };
  await page.goto('/');
  await page.getByRole('button', { name: '用激活码登录' }).click();
  await page.locator('[name=name]').fill(name);
  await page.locator('[name=code]').fill('12');
  await page.locator('[name=account]').fill('claimed-one');
  await page.locator('[name=password]').fill(password);
  await page.locator('[type=submit]').click();
  await expect(page.locator('.fault')).toContainText('位数字');
  await page.locator('[name=code]').fill(code);
  await page.locator('[type=submit]').click();
  // Who has just made his account is signed in with it.
  await expect(page.locator('main h1')).toContainText('告知书');
  await isSound(page);
  await page.getByRole('button', { name: '我已阅读' }).click();
  await expect(page.locator('main h1')).toContainText(name);
});

test('a worker submits a milestone, contests another, and takes his record along', async ({ page }) => {
  await signIn(page, 'worker-3');
  await page.getByRole('link', { name: '提交我的成长节点' }).click();
  await page.getByRole('searchbox').fill('匠心课堂');
  await isSound(page);
  await page.getByRole('searchbox').press('Enter');
  await page.locator('[name=occurredOn]').fill('2026-01');
  await page.locator('[name=topic]').fill('焊接新工艺');
  await page.locator('[name=hours]').fill('8');
  await isSound(page);
  await page.getByRole('button', { name: '提交，等待核验' }).click();
  await expect(page.locator('.note[role=status]')).toContainText('匠心课堂');
  await page.getByRole('link', { name: '我的坐标' }).click();
  await expect(page.locator('.timeline li', { hasText: '匠心课堂' }).first()).toContainText('已提交');

  await page.locator('.timeline li', { hasText: '已核验' }).first().getByRole('button').click();
  await page.getByRole('button', { name: '提出异议' }).click();
  await page.locator('[name=contest]').fill('日期不对');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '提交异议' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('没有连上服务器');
  await expect(page.locator('[name=contest]'), 'what was typed stays').toHaveValue('日期不对');
  await page.context().setOffline(false);
  // It is sent, and the page cannot be asked for again: it stays, and says so.
  await page.route('**/api/v1/me/**', (route) => route.fulfill({ status: 500 }));
  await page.getByRole('button', { name: '提交异议' }).click();
  await expect(page.locator('.not-renewed')).toContainText('以下内容可能不是最新的');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await isSound(page);
  await page.unroute('**/api/v1/me/**');
  await page.locator('.not-renewed').getByRole('button', { name: '重试' }).click();
  await expect(page.locator('.not-renewed')).toHaveCount(0);
  await page.goForward();
  await expect(page.getByRole('dialog')).toContainText('原因：日期不对');
  await isSound(page);
  await page.goBack();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.locator('.timeline li', { hasText: '有异议' })).toHaveCount(1);
  await expect(page.locator('.opening a')).toHaveAttribute('href', /^tel:\d+/);

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载我的全部记录' }).click();
  expect((await download).suggestedFilename()).toBe('record.json');
  await page.goto('/imports');
  await expect(page.locator('main h1')).toHaveText('没有这个页面，或您的账号不能查看');
});
