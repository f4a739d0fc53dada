import { expect, test } from '@playwright/test';
import { complaints, isRelease, isSound, phone, signIn, tokenOf } from './at-work';

interface Positions {
  cells: { stage?: string; level?: number; workers: number | string }[];
}

for (const [locale, viewport, account] of (
  [
    ['zh-CN', phone, 'analyst'],
    ['en-GB', { width: 1440, height: 900 }, 'officer-district'],
  ] as const
).filter((_, i) => isRelease || i === 0)) {
  test.describe(`${locale}, ${viewport.width} px, ${account}`, () => {
    test.use({ locale, viewport });

    test('every page of reports is sound', async ({ page }) => {
      test.slow();
      const said = complaints(page);
      await signIn(page, account);
      const people = account === 'officer-district' ? ['/reports/people/grid?cell.stage=mature&cell.level=5'] : [];
      for (const path of [
        '/reports',
        '/reports/flows?channel=grade-promotion',
        '/reports/times?by=organization:street-union&channel=grade-promotion',
        '/reports/milestones?by=type',
        '/reports/year',
        '/reports/figures?year=2025',
        '/reports/saved',
        ...people,
      ]) {
        await page.goto(path);
        await expect(page.locator('main').locator('.report, .figures, p.card, li.card, tbody').first()).toBeVisible();
        await expect(page.locator('.spinner')).toHaveCount(0);
        if (path === '/reports') await page.locator('.as-table > summary').first().click();
        await isSound(page);
      }
      expect(said).toEqual([]);
    });
  });
}

for (const locale of ['zh-CN', 'en-GB']) {
  test.describe(locale, () => {
    test.use({ locale });

    test('what the HTML of the board asks the app takes, and asks no second time', async ({ page }) => {
      await signIn(page, 'analyst');
      // The first page is the board, too: what it asks is not what is counted.
      await expect(page.locator('.report')).toHaveCount(3);
      const asked: string[] = [];
      page.on('request', (one) => one.url().includes('/api/') && asked.push(one.url()));
      await page.goto('/reports');
      await expect(page.locator('.report')).toHaveCount(3);
      expect(asked.filter((one) => one.includes('/reports/'))).toHaveLength(3);
      expect(asked.sort()).toEqual([...new Set(asked)]);
    });
  });
}

test.describe('in a language that is not the browser’s', () => {
  test.use({ locale: 'en-GB' });

  test('the board asks again in the language that was chosen', async ({ page }) => {
    await signIn(page, 'analyst');
    await page.getByRole('button', { name: '中文' }).click();
    const languages: (string | undefined)[] = [];
    page.on('request', (one) => /\/reports\/grid/.test(one.url()) && languages.push(one.headers()['accept-language']));
    await page.goto('/reports');
    await expect(page.locator('.report')).toHaveCount(3);
    expect(languages.at(-1)).toBe('zh-CN');
  });
});

test('the heat map shows what the API counts; a cell leads to the people behind it, and they to a person', async ({ page, request }) => {
  await signIn(page, 'officer-district');
  await page.goto('/reports?asOf=2025-12-31');
  const headers = await tokenOf(request, 'officer-district');
  const { cells } = (await (await request.get('/api/v1/reports/grid?asOf=2025-12-31', { headers })).json()) as Positions;
  const shown = cells.filter((cell) => Number(cell.workers) > 0);
  await expect(page.locator('.heat td a')).toHaveCount(shown.length);
  const five = cells.find((cell) => cell.stage === 'mature' && cell.level === 5)!;
  const cell = page.getByRole('link', { name: `成熟稳定期，第5层：${five.workers}人` });
  await cell.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('main [role=status]')).toContainText(`共${five.workers}人`);
  await expect(page.locator('#main')).toBeFocused();
  await expect(page.locator('tbody tr')).toHaveCount(Number(five.workers));
  await isSound(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  await page.locator('tbody a').first().click();
  await expect(page.locator('.grid-holder svg')).toBeVisible();

  await page.goto('/reports/flows?channel=grade-promotion&from=2020-12-31&to=2025-12-31');
  const ribbon = page.locator('.flow-holder a').first();
  const said = /：(\d+)人/.exec((await ribbon.getAttribute('aria-label'))!)![1];
  await ribbon.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('main [role=status]')).toContainText(`共${said}人`);
});

test('the filters stand in the address: the same link is the same report', async ({ page }) => {
  await signIn(page, 'officer-district');
  await page.goto('/reports');
  await expect(page.locator('.filters option', { hasText: '东埂地区' })).toBeAttached();
  const places = await page.locator('.filters select').first().locator('option').allTextContents();
  const streets = places.filter((one) => /^　[^　].*(街道|地区)/.test(one)).map((one) => one.slice(1, 3));
  expect(streets, 'below the district, by name').toEqual(['东埂', '柳桥', '石榴', '望塔']);
  await page.getByLabel('截至').fill('2023-12-31');
  await page.getByText('更多条件').click();
  await page.getByLabel('阶段', { exact: true }).selectOption('growth');
  await page.getByRole('link', { name: '将时间固定在网址中' }).click();
  await expect(page).toHaveURL(/knownAt=/);
  expect(new URL(page.url()).searchParams.get('stage')).toBe('growth');
  await page.getByRole('button', { name: /^保存/ }).first().click();
  await expect(page.locator('[name=name]')).toHaveValue('坐标网格：阶段 × 层 · 阶段：成长提升期');
  await page.keyboard.press('Escape');
  const files = new Set<string>();
  for (const at of [0, 1, 2]) {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: /^下载CSV：/ }).nth(at).click();
    files.add((await download).suggestedFilename());
  }
  expect(files.size, [...files].join()).toBe(3);
  const before = await page.locator('.heat').innerText();
  await page.goto('/framework');
  await page.goBack();
  await expect(page.locator('.heat')).toBeVisible();
  expect(await page.locator('.heat').innerText()).toBe(before);
  await page.goto('/reports');
  await page.getByText('更多条件').click();
  await page.getByLabel('行业', { exact: true }).fill('制造业');
  await page.getByLabel('职业', { exact: true }).fill('6');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/industry=C&occupation=6$/);
  await expect(page.locator('.heat')).toBeVisible();
  await page.goto('/reports?stage=no-such-stage');
  await expect(page.getByRole('alert')).toHaveText(/^阶段：没有这个阶段，请从列表中重新选择。/);
});

test('an analyst sees protected counts, why, and no way to the people', async ({ page }) => {
  await signIn(page, 'analyst');
  await expect(page.locator('main h1')).toHaveText('坐标分布');
  await expect(page.locator('.heat td').first()).toHaveText('<10');
  await expect(page.locator('.heat td a')).toHaveCount(0);
  await expect(page.locator('.heat thead')).toContainText('阶段不详');
  await page.getByText('为什么有的数字显示为').click();
  await expect(page.locator('.protection')).toContainText('人员名单不向您的角色开放');
  await page.goto('/reports/people/grid?cell.stage=mature&cell.level=5');
  await expect(page.locator('main h1')).toHaveText('没有这个页面，或您的账号不能查看');
  await page.goto('/reports');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /下载XLSX：坐标网格/ }).click();
  expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
});

/** How many of a group had arrived within so many years, from the API's own curve. */
function within(group: { curve: { time: number; events: number }[] }, years: number) {
  return group.curve.filter((point) => point.time <= years * 365.25).reduce((sum, point) => sum + point.events, 0);
}

test('"how many senior workers reached technician within five years, by street?" in at most six inputs', async ({ page, request }) => {
  await signIn(page, 'officer-district');
  let inputs = 0;
  const choose = async (label: string, option: string) => {
    inputs += 1;
    await page.getByLabel(label, { exact: true }).selectOption({ label: option });
  };
  const follow = async (name: string) => {
    inputs += 1;
    await page.getByRole('link', { name, exact: true }).click();
  };
  await follow('统计');
  await follow('用时');
  await choose('通道', '等级晋升通道');
  await choose('从', '高级工（三级）');
  await choose('分组', '街道工会');
  expect(inputs).toBeLessThanOrEqual(6);
  await expect(page.getByLabel('到', { exact: true })).toHaveValue('technician');
  await expect(page.getByLabel('几年之内')).toHaveValue('5');

  const headers = await tokenOf(request, 'officer-district');
  const asked = 'channel=grade-promotion&fromRung=senior-worker&toRung=technician&groupBy=organization&organizationKind=street-union';
  const answer = await request.get(`/api/v1/reports/time-to-rung?${asked}`, { headers });
  const { groups } = (await answer.json()) as { groups: { key: string; workers: number; curve: { time: number; events: number }[] }[] };
  const places = await request.get('/api/v1/organizations?kind=street-union&limit=500', { headers });
  const { items } = (await places.json()) as { items: { id: string; name: string }[] };
  expect(groups.length).toBeGreaterThan(3);
  const table = page.getByRole('region', { name: '表格：5年内到达' });
  await expect(table.locator('tbody tr')).toHaveCount(groups.length);
  for (const group of groups.filter((one) => one.key !== 'none')) {
    const row = table.locator('tbody tr', { hasText: items.find((one) => one.id === group.key)!.name });
    await expect(row.locator('td').nth(0)).toHaveText(String(group.workers));
    await expect(row.locator('td').nth(1)).toHaveText(String(within(group, 5)));
  }
  // The question is the address: whoever gets the link has the same answer.
  const address = page.url();
  await page.goto('/framework');
  await page.goto(address);
  await expect(table.locator('tbody tr')).toHaveCount(groups.length);
});

test('an analyst asks the same: streets with too few are not told, and it is said what to do', async ({ page }) => {
  await signIn(page, 'analyst');
  await page.getByRole('link', { name: '用时', exact: true }).click();
  await page.getByLabel('通道', { exact: true }).selectOption({ label: '等级晋升通道' });
  await page.getByLabel('从', { exact: true }).selectOption({ label: '高级工（三级）' });
  await expect(page.locator('.curve-holder svg')).toBeVisible();
  await page.getByLabel('分组', { exact: true }).selectOption({ label: '街道工会' });
  await expect(page.getByText('没有哪一组达到可显示的人数')).toBeVisible();
  await page.getByLabel('从', { exact: true }).selectOption({ label: '从业起' });
  await expect(page.locator('.report tbody tr').first()).toContainText('总工会');
  await expect(page.locator('.curve-holder svg')).toBeVisible();

  // Of years that are told together nothing is read off between their ends, and nonsense in an address is refused in words.
  await page.goto('/reports/times?channel=grade-promotion&fromRung=senior-worker&toRung=technician&within=8');
  const asked = page.getByRole('region', { name: '表格：8年内到达' });
  await expect(asked.locator('tbody tr').first()).toContainText(/不单独说明；\d+年内/);
  await expect(page.locator('.curve-holder .between').first()).toBeVisible();
  const said = complaints(page);
  await page.goto('/reports/times?within=abc');
  await expect(page.getByRole('alert')).toContainText('网址中是“abc”');
  await page.getByLabel('几年之内').fill('-3');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('alert')).toContainText('-3');
  expect(said).toEqual([]);
  await page.goto('/reports/flows?to=abc');
  await expect(page.getByRole('alert')).toBeVisible();
});

test('the link of somebody with other rights is answered with the counts that one has, as known when a day began', async ({ page }) => {
  await signIn(page, 'analyst');
  await page.goto('/reports?counts=exact&asOf=2025-12-31');
  await expect(page.locator('.clocks').first()).toContainText('00:00');
  expect(new URL(page.url()).searchParams.get('counts')).toBeNull();
  await page.locator('.filters summary').click();
  await page.getByLabel('按当时的记录').fill('2026-11-20');
  await page.keyboard.press('Tab');
  await expect.poll(() => new URL(page.url()).searchParams.get('knownAt')).toBe('2026-11-19T16:00:00.000Z');
  await expect(page.locator('.clocks').first()).toContainText('2026年11月20日 00:00');
  await page.goto('/reports?knownAt=2026-11-20T01:02:03Z');
  await expect(page.getByRole('alert').first()).toContainText('每天更新一次');
});

test('what is grouped by industry is named, and what is added up is drawn', async ({ page, request }) => {
  await signIn(page, 'officer-district');
  await page.goto('/reports?by=industrySection');
  await expect(page.locator('.bars').last()).toContainText('C 制造业');
  await page.goto('/reports/milestones?from=2016-01-01&to=2025-12-31&by=type&kind=training&sum=hours');
  const headers = await tokenOf(request, 'officer-district');
  const answer = await request.get('/api/v1/reports/milestones?from=2016-01-01&to=2025-12-31&groupBy=type&kind=training&sum=hours', { headers });
  const most = Math.max(...((await answer.json()) as { rows: { sum: number }[] }).rows.map((row) => row.sum));
  await expect(page.locator('.bars li').first()).toContainText(most.toLocaleString('zh-CN'));
  await expect(page.locator('.report h2').first()).toContainText('学时合计');
});

test('each page of reports keeps what only it asks', async ({ page }) => {
  await signIn(page, 'officer-district');
  await page.goto('/reports/flows?from=2015-12-31&to=2020-12-31&channel=grade-promotion');
  await expect(page.locator('.ribbon').first()).toBeVisible();
  await page.getByRole('link', { name: '分布', exact: true }).click();
  await expect(page.locator('main h1')).toBeVisible();
  await page.getByRole('link', { name: '流动', exact: true }).click();
  await expect(page.getByLabel('通道', { exact: true })).toHaveValue('grade-promotion');
  expect(new URL(page.url()).searchParams.get('from')).toBe('2015-12-31');
});

test('a report is saved and opened again as it was', async ({ page }) => {
  await signIn(page, 'analyst');
  await page.getByRole('link', { name: '流动', exact: true }).click();
  await page.getByLabel('通道', { exact: true }).selectOption({ label: '等级晋升通道' });
  await page.locator('.as-table > summary').click();
  await expect(page.locator('.as-table tbody'), 'of the channel that was chosen, not of the one before').toContainText('学徒工');
  const before = await page.locator('.as-table tbody').innerText();
  await page.getByRole('button', { name: /^保存/ }).click();
  await isSound(page);
  await page.locator('[name=name]').fill('五年流动');
  await page.getByRole('button', { name: '保存这份统计' }).click();
  await page.getByRole('link', { name: '打开' }).click();
  await expect(page.locator('main h1')).toHaveText('五年流动');
  await page.locator('.as-table > summary').click();
  expect(await page.locator('.as-table tbody').innerText()).toBe(before);
  await isSound(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /下载XLSX/ }).click();
  expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
  await page.getByRole('link', { name: '全部已保存的统计' }).click();
  await expect(page.getByRole('link', { name: '五年流动' })).toBeVisible();
});

test('the report on milestones counts as the API does, and leads to the people', async ({ page, request }) => {
  await signIn(page, 'officer-district');
  await page.goto('/reports/milestones?from=2025-01-01&to=2025-12-31&by=kind');
  const headers = await tokenOf(request, 'officer-district');
  const answer = await request.get('/api/v1/reports/milestones?from=2025-01-01&to=2025-12-31&groupBy=kind', { headers });
  const { rows } = (await answer.json()) as { rows: { kind: string; milestones: number; workers: number }[] };
  await expect(page.locator('.bars li')).toHaveCount(rows.filter((one) => one.milestones > 0).length);
  const training = rows.find((one) => one.kind === 'training')!;
  const bar = page.locator('.bars a', { hasText: '学习培训' });
  await expect(bar.locator('.bar-count')).toHaveText(String(training.milestones));
  await bar.click();
  await expect(page.locator('main [role=status]')).toContainText(`共${training.workers}人`);
  await page.getByRole('link', { name: '回到统计' }).click();
  await expect(page.locator('main h1')).toContainText('成长节点');
  expect(new URL(page.url()).searchParams.get('by')).toBe('kind');
});

test('an officer enters a figure with its source and corrects it; what another changed meanwhile is a choice', async ({ page, request }) => {
  await signIn(page, 'officer-street');
  await page.goto('/reports/figures');
  await page.getByRole('button', { name: '填报一项' }).click();
  await page.locator('[name=organizationId]').selectOption({ index: 1 });
  await page.locator('[name=indicator]').selectOption('surveyed-workers');
  await page.locator('[name=year]').fill('1800');
  await page.locator('[name=number]').fill('-5');
  await page.locator('[name=source]').fill('a source');
  await page.getByRole('dialog').locator('[type=submit]').click();
  await expect(page.locator('.field .fault')).toHaveText(['不能小于 1900。', '不能小于 0。']);
  await page.locator('[name=year]').fill('2021');
  await page.locator('[name=number]').fill('12.5');
  page.once('dialog', (question) => void question.dismiss());
  await page.keyboard.press('Escape');
  await page.locator('[name=source]').fill('网页测试统计表');
  await isSound(page);
  await page.getByRole('button', { name: '填报', exact: true }).click();
  await expect(page.locator('.field .fault')).toBeVisible();
  await page.locator('[name=number]').fill('12');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '填报', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('没有连上服务器');
  await expect(page.locator('[name=source]')).toHaveValue('网页测试统计表');
  await page.context().setOffline(false);
  await page.getByRole('button', { name: '填报', exact: true }).click();
  await expect(page.locator('.note[role=status]')).toContainText('已填报');
  const street = await tokenOf(request, 'officer-street');
  const units = (await (await request.get('/api/v1/organizations?kind=enterprise&limit=1', { headers: street })).json()) as { items: { id: string }[] };
  const ofUnit = { organizationId: units.items[0]!.id, indicator: 'surveyed-workers', figure: 'workers', yearKind: 'calendar', year: 2021, number: 5, source: '单位自报' };
  expect((await request.post('/api/v1/entered-figures', { headers: street, data: ofUnit })).status()).toBe(201);
  await page.goto('/reports/figures?year=2021&indicator=surveyed-workers');
  await expect(page.locator('.figures tbody tr', { hasText: '单位自报' })).toContainText('所报重叠');
  const row = page.locator('.figures tbody tr', { hasText: '网页测试统计表' });
  await row.getByRole('button', { name: /^更正/ }).click();
  await page.locator('[name=number]').fill('13');
  await page.locator('[name=reason]').fill('原数抄错');

  const headers = street;
  const list = await request.get('/api/v1/entered-figures?year=2021&indicator=surveyed-workers&limit=500', { headers });
  const { items } = (await list.json()) as { items: { id: string; etag: string; source: string }[] };
  const mine = items.find((one) => one.source === '网页测试统计表')!;
  const data = { indicator: 'surveyed-workers', figure: 'workers', yearKind: 'calendar', year: 2021, number: 14, source: '网页测试统计表', reason: '另一处更正' };
  const other = await request.put(`/api/v1/entered-figures/${mine.id}`, { headers: { ...headers, 'If-Match': mine.etag }, data });
  expect(other.status(), await other.text()).toBe(200);

  await page.getByRole('button', { name: '保存更正' }).click();
  await expect(page.getByRole('alert')).toContainText('改为 14');
  await expect(page.locator('[name=number]')).toHaveValue('13');
  await isSound(page);
  await page.getByRole('button', { name: '改为我填写的数' }).click();
  await expect(row.locator('td').nth(1)).toContainText('13');
  await row.getByRole('button', { name: /^第3版/ }).click();
  await expect(page.getByRole('dialog').locator('li')).toHaveCount(3);
});
