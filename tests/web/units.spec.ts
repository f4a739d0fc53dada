import { expect, test } from '@playwright/test';
import { isSound, phone, signIn, tokenOf, workerOf } from './at-work';
import { password } from './playwright.config';

test('one lesson for three: each gets a result of his own, and only who was refused is sent again', async ({ page, request }) => {
  await signIn(page, 'officer-district');
  await page.goto('/people');
  await page.getByRole('link', { name: '为多人登记同一件事' }).click();
  await page.getByRole('searchbox').fill('匠心课堂');
  await page.getByRole('button', { name: '匠心课堂' }).click();
  await page.locator('[name=occurredOn]').fill('2026-05-14');
  await page.locator('[name=topic]').fill('for many');
  await page.getByRole('checkbox', { name: '学时', exact: true }).check();
  await page.locator('[name=person]').fill('YT-000');
  await page.keyboard.press('Enter');
  for (const number of ['YT-0005', 'YT-0006', 'YT-0007']) await page.getByRole('button', { name: `加入` }).filter({ hasText: number }).click();
  const people = page.locator('.chosen li');
  await expect(people).toHaveCount(3);
  for (const [i, hours] of ['2', 'two', '4'].entries()) await people.nth(i).locator('[name=hours]').fill(hours);
  await isSound(page);
  await page.getByRole('button', { name: '为3人提交' }).click();
  await expect(page.locator('.note[role=status]')).toContainText('已登记2人，原已有0人，未登记1人');
  await expect(people.nth(0)).toContainText('已登记，等待核验');
  await expect(people.nth(1).locator('.fault').first()).toContainText('学时');
  await expect(people.nth(1).locator('.fault').first()).not.toContainText(/hours|引号/);
  await isSound(page);
  // Who is recorded already keeps what stood there, and that is told.
  await page.locator('[name=occurredOn]').fill('2026-05-15');
  await expect(page.getByText('有2人已按先前填写的内容登记')).toBeVisible();
  await expect(people.nth(0).getByRole('link', { name: '更正' })).toHaveAttribute('href', /\/milestones\/.+\/correct$/);
  await expect(people.nth(1).getByRole('link', { name: '更正' })).toHaveCount(0);
  await isSound(page);
  await page.locator('[name=occurredOn]').fill('2026-05-14');
  await expect(page.getByText('已按先前填写的内容登记')).toHaveCount(0);
  await people.nth(1).locator('[name=hours]').fill('3');
  await page.getByRole('button', { name: '再次提交未成功的1人' }).click();
  await expect(page.locator('.note[role=status]')).toContainText('已登记3人，原已有0人，未登记0人');

  const headers = await tokenOf(request, 'officer-district');
  const hours = [];
  for (const number of ['YT-0005', 'YT-0006', 'YT-0007']) {
    const id = await workerOf(request, number);
    const answer = await request.get(`/api/v1/workers/${id}/milestones?type=craft-class&limit=500`, { headers });
    const { items } = (await answer.json()) as { items: { attributes: { topic: string; hours: number } }[] };
    hours.push(items.filter((one) => one.attributes.topic === 'for many').map((one) => one.attributes.hours));
  }
  expect(hours).toEqual([[2], [3], [4]]);
});

test('a unit is added and corrected, what another changed meanwhile is a choice; a worker is transferred there, and leaves', async ({ page, request }) => {
  const headers = await tokenOf(request, 'officer-district');
  await signIn(page, 'officer-district');
  await page.goto('/organizations');
  await page.getByRole('button', { name: '新增下级：柳桥街道总工会（示例）' }).click();
  await page.locator('[name=name]').fill('示例·新厂');
  await page.locator('[name=from]').fill('2020-01-01');
  await page.locator('[name=creditCode]').fill('123');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.locator('.field .fault')).toBeVisible();
  await page.locator('[name=creditCode]').fill('');
  await isSound(page);
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.locator('.note[role=status]')).toContainText('示例·新厂');
  await page.getByLabel('按名称筛选').fill('新厂');
  await expect(page.locator('.branch li b')).toHaveText(['云汀区总工会（示例）', '柳桥街道总工会（示例）', '示例·新厂']);

  await page.getByRole('button', { name: '更正：示例·新厂' }).click();
  await page.locator('[name=name]').fill('示例·新工厂');
  await page.locator('[name=reason]').fill('名称写错');
  const list = await request.get('/api/v1/organizations?limit=500', { headers });
  const { items } = (await list.json()) as { items: { id: string; name: string; etag: string }[] };
  const unit = items.find((one) => one.name === '示例·新厂')!;
  const changed = await request.patch(`/api/v1/organizations/${unit.id}`, {
    headers: { ...headers, 'If-Match': unit.etag },
    data: { industryCode: 'C2511', reason: 'somebody else' },
  });
  expect(changed.status()).toBe(200);
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('alert').locator('tbody')).toContainText('C2511');
  await isSound(page);
  await page.getByRole('button', { name: '仍用我的内容更正' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  const read = await (await request.get(`/api/v1/organizations/${unit.id}`, { headers })).json();
  expect(read).toMatchObject({ name: '示例·新工厂', industryCode: 'C2511' });

  const id = await workerOf(request, 'YT-0045');
  await page.goto(`/people/${id}`);
  await page.getByRole('button', { name: '调动到另一单位' }).click();
  await page.getByLabel('单位或工会').selectOption(unit.id);
  await page.locator('[name=from]').fill('2026-03-01');
  await isSound(page);
  await page.getByRole('dialog').getByRole('button', { name: '调动到另一单位' }).click();
  await expect(page.locator('.places li').first()).toContainText('示例·新工厂');
  await expect(page.locator('.places li').nth(1)).toContainText('2026年2月28日');
  await page.getByRole('button', { name: '结束在示例·新工厂的关系' }).click();
  await page.locator('[name=reason]').fill('合同到期');
  await page.getByRole('dialog').getByRole('button', { name: '结束', exact: true }).click();
  await expect(page.locator('.note[role=status]')).toContainText('已结束在示例·新工厂的关系');

  // A transfer on a wrong day is corrected; one that never was is voided, and the place that was left goes on.
  const places = page.locator('.places li');
  await page.getByRole('button', { name: '更正：在示例·新工厂的关系' }).click();
  await page.locator('[name=until]').fill('');
  await page.locator('[name=from]').fill('2030年3月1日');
  await page.locator('[name=reason]').fill('日期写错');
  await expect(page.getByRole('dialog')).toContainText('这一天在将来，2030年3月1日起才生效');
  await expect(page.locator('[name=from]')).toHaveValue('2030-03-01');
  await isSound(page);
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await expect(places.first().locator('.hint')).toContainText('自2030年3月1日起');
  await page.getByRole('button', { name: '更正：在示例·新工厂的关系' }).click();
  await page.locator('[name=from]').fill('2026.3.1');
  await page.locator('[name=reason]').fill('还是原来的日期');
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await expect(places.first()).toContainText('2026年3月1日');
  await page.getByRole('button', { name: '作废：在示例·新工厂的关系' }).click();
  await page.locator('[name=reason]').fill('没有调动');
  await expect(page.getByLabel('继续（原定2026年2月28日结束）')).toBeChecked();
  await page.getByRole('dialog').getByRole('button', { name: '作废' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.locator('.places')).not.toContainText('示例·新工厂');
  await expect(places.first()).toContainText('至今');

  await page.goto('/organizations');
  await page.getByRole('button', { name: '更正：示例·新工厂' }).click();
  await page.getByText('修改记录').click();
  await expect(page.getByRole('dialog').locator('.history')).toContainText('名称：示例·新厂 → 示例·新工厂');
  await page.getByRole('dialog').getByRole('button', { name: '作废' }).click();
  await page.locator('[name=reason]').fill('误登记');
  await isSound(page);
  await page.getByRole('dialog').getByRole('button', { name: '作废' }).click();
  await expect(page.locator('.note[role=status]')).toContainText('已作废“示例·新工厂”');
});

test('one person is added by hand, with a first place', async ({ page }) => {
  await signIn(page, 'officer-district');
  await page.goto('/people');
  await page.getByRole('link', { name: '登记职工' }).click();
  await page.locator('[name=name]').fill('新来的');
  await page.locator('[name=careerStart]').fill('2024.7.1');
  await page.getByLabel('单位或工会').selectOption({ label: '　　　示例·石桥饭店' });
  await page.locator('[name=from]').fill('20240701');
  await isSound(page);
  await page.getByRole('button', { name: '登记职工' }).click();
  await expect(page.locator('.note[role=status]')).toContainText('已登记新来的');
  await expect(page.locator('.person-head')).toContainText('示例·石桥饭店');
  await page.getByRole('link', { name: '职工', exact: true }).first().click();
  await page.getByRole('searchbox').fill('新来的');
  await page.keyboard.press('Enter');
  await page.locator('tbody a', { hasText: '新来的' }).click();
  await expect(page.locator('.person-head')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('searchbox')).toHaveValue('新来的');
  await expect(page.locator('tbody')).toContainText('新来的');
});

test('somebody who is on record already is not recorded twice unasked, and what is recorded of him is corrected', async ({ page, request }) => {
  const headers = await tokenOf(request, 'officer-district');
  const id = await workerOf(request, 'YT-0019');
  const path = `/api/v1/workers/${id}`;
  const known = (await (await request.get(path, { headers })).json()) as { name: string; birthDate: string };
  const posted: string[] = [];
  page.on('request', (one) => one.method() === 'POST' && one.url().endsWith('/api/v1/workers') && posted.push(one.url()));
  await signIn(page, 'officer-district');
  await page.goto('/people/new');
  await page.locator('[name=name]').fill(known.name);
  await page.locator('[name=birthDate]').fill(known.birthDate);
  await page.getByLabel('单位或工会').selectOption({ label: '　　　示例·石桥饭店' });
  await page.locator('[name=from]').fill('20240701');
  await page.getByRole('button', { name: '登记职工' }).click();
  const alike = page.getByRole('alert').getByRole('link', { name: known.name });
  await expect(alike.first()).toHaveAttribute('href', `/people/${id}`);
  await isSound(page);
  await page.locator('[name=birthDate]').fill('1903-05-06');
  await expect(page.getByRole('button', { name: '登记职工' })).toBeVisible();
  await page.locator('[name=birthDate]').fill(known.birthDate);
  await expect(page.getByRole('button', { name: '不是同一个人，仍然登记' })).toBeVisible();
  expect(posted).toEqual([]);
  page.once('dialog', (dialog) => void dialog.accept());
  await page.goto(`/people/${id}`);

  await page.getByRole('button', { name: '更正本人信息' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('[name=birthDate]')).toHaveValue(known.birthDate);
  await dialog.locator('[name=careerStart]').fill('1899-13-01');
  await dialog.locator('[name=reason]').fill('与档案核对');
  await dialog.locator('[type=submit]').click();
  await expect(dialog.locator('.field .fault')).toBeVisible();
  await isSound(page);
  const start = (await (await request.get(path, { headers })).json()) as { careerStart: string; revision: number };
  const day = start.careerStart.replace(/..$/, start.careerStart.endsWith('03') ? '04' : '03');
  await dialog.locator('[name=careerStart]').fill(day);
  const changed = await request.patch(path, { headers: { ...headers, 'If-Match': `"${start.revision}"` }, data: { migrantWorker: true, reason: 'somebody else' } });
  expect(changed.status(), await changed.text()).toBe(200);
  await dialog.locator('[type=submit]').click();
  await expect(dialog.getByRole('alert')).toContainText('刚被别人改动');
  await dialog.getByRole('button', { name: '仍用我的内容更正' }).click();
  await expect(page.locator('.note[role=status]')).toContainText('本人信息已更正');
  const now = (await (await request.get(path, { headers })).json()) as { careerStart: string; migrantWorker: boolean; reason: string };
  expect(now).toMatchObject({ careerStart: day, migrantWorker: true, reason: '与档案核对' });
});

test('a batch is verified by its sample: what is compared is ticked, and the rest goes with it', async ({ page, request }) => {
  const officer = { ...(await tokenOf(request, 'officer-district')), 'Accept-Language': 'zh-CN' };
  const template = await request.get('/api/v1/imports/template?type=weekly-lesson&format=csv', { headers: officer });
  const columns = (await template.text()).split('\n')[0]!.trim().replace('\uFEFF', '').split(',');
  const cell = (wanted: RegExp) => columns.findIndex((one) => wanted.test(one));
  const row = async (number: string, serial: number) => {
    const cells = columns.map(() => '');
    const found = await request.post('/api/v1/workers:search', { headers: officer, data: { text: number } });
    cells[cell(/姓名/)] = ((await found.json()) as { items: { name: string }[] }).items[0]!.name;
    cells[cell(/职工编号/)] = number;
    cells[cell(/发生日期/)] = '2026-04-0' + serial;
    cells[cell(/主题/)] = `sample ${serial}`;
    cells[cell(/学时/)] = '1';
    return cells.join(',');
  };
  const numbers = ['YT-0002', 'YT-0003', 'YT-0004'];
  const rows = await Promise.all(numbers.map((one, i) => row(one, i + 1)));
  const buffer = Buffer.from([columns.join(','), ...rows, ''].join('\n'));
  const sent = await request.post('/api/v1/imports', {
    headers: officer,
    multipart: { kind: 'milestones', type: 'weekly-lesson', file: { name: 'lessons.csv', mimeType: 'text/csv', buffer } },
  });
  expect(sent.status(), await sent.text()).toBeLessThan(300);
  const { id } = (await sent.json()) as { id: string };
  const job = async () => (await (await request.get(`/api/v1/imports/${id}`, { headers: officer })).json()) as { state: string; create: number };
  await expect.poll(async () => (await job()).state).toBe('checked');
  expect((await job()).create).toBe(3);
  await request.post(`/api/v1/imports/${id}:commit`, { headers: officer, data: {} });
  await expect.poll(async () => (await job()).state).toBe('committed');

  await signIn(page, 'verifier');
  // Until all lists of the home page are there: what comes later moves what is below it.
  await page.waitForLoadState('networkidle');
  await page.getByRole('link', { name: '抽样核验: lessons.csv' }).click();
  const items = page.locator('.inbox-item');
  await expect(items.first()).toBeVisible();
  const drawn = await items.count();
  const verify = page.getByRole('button', { name: '核验整批' });
  await page.locator('[name=basis]').fill('与签到表核对');
  await expect(verify).toBeDisabled();
  for (let i = 0; i < drawn; i++) await items.nth(i).getByRole('checkbox').check();
  await isSound(page);
  await verify.click();
  await expect(page.getByText('已核验3条，剩余0条')).toBeVisible();
});

test('codes for a unit are printed as slips, and one of them lets its worker in', async ({ page, browser }) => {
  await signIn(page, 'officer-district');
  await page.getByRole('link', { name: '打印激活码' }).click();
  await page.getByLabel('单位或工会').selectOption({ label: '　　　示例·石桥饭店' });
  await page.getByRole('button', { name: '生成激活码' }).click();
  const slip = page.locator('.slip').first();
  await expect(slip.locator('svg path')).toHaveAttribute('d', /^M\d+ \d+h\d+v1/);
  await isSound(page);
  const name = await slip.locator('.slip-name').innerText();
  const code = (await slip.locator('.slip-code').innerText()).replace(/\s/g, '');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: '生成激活码' })).toBeHidden();
  await expect(slip).toBeVisible();
  await page.emulateMedia({ media: null });

  // They are shown once: the way out asks first, until they are printed.
  const away = page.getByRole('navigation').getByRole('link').first();
  page.once('dialog', (dialog) => void dialog.dismiss());
  await away.click();
  await expect(slip).toBeVisible();
  await page.evaluate(() => (window.print = () => undefined));
  await page.getByRole('button', { name: '打印', exact: true }).click();
  await away.click();
  await expect(slip).toBeHidden();

  const worker = await (await browser.newContext({ locale: 'zh-CN', viewport: phone })).newPage();
  await worker.goto(`/claim#${code}`);
  await expect(worker.locator('[name=code]')).toHaveValue(code);
  await worker.locator('[name=name]').fill(name);
  await worker.locator('[name=account]').fill('by-slip');
  await worker.locator('[name=password]').fill(password);
  await worker.locator('[type=submit]').click();
  await worker.getByRole('button', { name: '我已阅读' }).click();
  await expect(worker.locator('main h1')).toContainText(name);
  await page.goto('/people?account=true');
  await expect(page.locator('tbody')).toContainText(name);

  // He forgot the password: his own code sets another.
  await page.locator('tbody a', { hasText: name }).click();
  await page.getByRole('link', { name: '新的激活码' }).click();
  await page.getByRole('button', { name: '生成激活码' }).click();
  await expect(page.locator('.note[role=status]')).toContainText('账号 by-slip');
  await expect(page.locator('.slip')).toContainText('为账号 by-slip 设定新密码');
  await isSound(page);
});

test('a term that runs out within 90 days is on the home page', async ({ page, request }) => {
  const id = await workerOf(request, 'YT-0057');
  const headers = await tokenOf(request, 'officer-district');
  const verifier = await tokenOf(request, 'verifier');
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const data = { type: 'worker-representative-elected', occurredOn: day(-900), until: day(20), attributes: { post: 'representative' } };
  const made = (await (await request.post(`/api/v1/workers/${id}/milestones`, { headers, data })).json()) as { id: string };
  const verified = await request.post(`/api/v1/workers/${id}/milestones/${made.id}:verify`, { headers: { ...verifier, 'If-Match': '"1"' } });
  expect(verified.status(), await verified.text()).toBe(200);
  await signIn(page, 'officer-district');
  const task = page.locator('.task', { hasText: '90天内任期届满' });
  await expect(task.locator('.number')).toHaveText('1');
  await expect(task).toContainText('当选职工代表');
  await task.locator('.button').click();
  await expect(page.locator('.inbox-item')).toHaveCount(1);
  await expect(page.locator('.inbox-item')).toContainText('认定：政治待遇通道');
});

test('where organisations are more than a page, the street comes first, and the tree opens branch by branch', async ({ page }) => {
  await page.route(/\/api\/v1\/organizations\?limit=500$/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), nextCursor: 'there-is-more' } });
  });
  await signIn(page, 'officer-district');
  await page.goto('/organizations');
  await page.getByRole('button', { name: '显示下级：柳桥街道总工会（示例）' }).click();
  await expect(page.locator('.branch .branch')).toContainText(['示例·石桥饭店工会']);
  await page.getByRole('button', { name: '更正：示例·石桥饭店', exact: true }).click();
  await expect(page.getByLabel('上级')).toContainText('示例·石桥饭店工会');
  await isSound(page);
  await page.keyboard.press('Escape');
  await page.goto('/people');
  await page.getByLabel('街道工会').selectOption({ label: '柳桥街道总工会（示例）' });
  await page.getByRole('combobox', { name: '单位或工会' }).selectOption({ label: '　　示例·石桥饭店' });
  await expect(page).toHaveURL(/organization=/);
  await expect(page.getByText(/共\d+人/)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('combobox', { name: '单位或工会' }).locator('option:checked')).toHaveText('示例·石桥饭店');
});
