import { expect, test } from '@playwright/test';
import { complaints, isRelease, isSound, phone, signIn, tokenOf, workerOf } from './at-work';

const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

for (const [locale, viewport] of [
  ['zh-CN', phone],
  ['en-GB', { width: 1440, height: 900 }],
] as const) {
  test.describe(`${locale}, ${viewport.width} px`, () => {
    test.use({ locale, viewport });

    for (const part of isRelease ? [0, 1] : [viewport === phone ? 0 : 1]) {
      test(`every page of an officer is sound, ${part + 1} of 2`, async ({ page, request }) => {
        const said = complaints(page);
        const id = await workerOf(request, 'YT-0013');
        await signIn(page, 'officer-district');
        await expect(page.locator('.number').first()).toHaveText(/\d/);
        if (part === 0) await isSound(page);
        const all = ['/people', '/people?account=false', `/people/${id}`, `/people/${id}/log`, `/people/${id}/sheet`, '/people/log', '/organizations'];
        const more = ['/claim-codes', '/inbox', '/inbox?state=contested', '/imports', '/no-such-page'];
        for (const path of [...all, ...more].filter((_, i) => i % 2 === part)) {
          await page.goto(path);
          await expect(page.locator('main :is(h1, h2, .card)').first()).toBeVisible();
          await expect(page.locator('.spinner')).toHaveCount(0);
          await isSound(page);
        }
        expect(said).toEqual([]);
      });
    }
  });
}

test('the home page counts what the API counts', async ({ page, request }) => {
  const headers = await tokenOf(request, 'officer-enterprise');
  const answer = await request.get('/api/v1/milestones?state=returned&limit=1&count=true', { headers });
  const { count } = (await answer.json()) as { count: number };
  await signIn(page, 'officer-enterprise');
  await page.locator('.task').first().waitFor();
  expect(await page.locator('.task .number').allTextContents(), 'nothing comes later and moves what is there').not.toContain('…');
  await expect(page.locator('.task').nth(1).locator('.number')).toHaveText(String(count));
  await expect(page.locator('.task li a').first()).toHaveText(/^\p{Script=Han}+ · /u);
});

test('an officer logs a certificate, a verifier verifies it, and the worker has it', async ({ page, browser, request }) => {
  const id = await workerOf(request, 'YT-0067');
  await signIn(page, 'officer-district');
  await page.getByRole('link', { name: '职工', exact: true }).click();
  await page.getByRole('searchbox').fill('0067');
  await page.getByRole('button', { name: '查找' }).click();
  await expect(page.locator('tbody')).toContainText(/YT-0067.*第\d层/);
  await page.locator('tbody a').click();
  await page.getByRole('link', { name: '登记成长节点' }).click();
  await page.getByRole('searchbox').fill('zyjndj');
  await page.getByRole('button', { name: '职业技能等级（资格）证书' }).click();
  await page.locator('[name=occurredOn]').fill('2020-13-01');
  await page.locator('[name=grade]').selectOption('2');
  await expect(page.getByText('核验后认定：等级晋升通道 · 技师（二级） · 第5层')).toBeVisible();
  await page.locator('[name=certificateNo]').fill('WEB-1');
  await page.getByRole('button', { name: '提交，等待核验' }).click();
  await expect(page.locator('.field .fault')).toBeVisible();
  await expect(page.locator('[data-milestones~=draft]')).toHaveCount(0);
  await page.locator('[name=occurredOn]').fill('2030.1.2');
  await expect(page.locator('.ahead')).toContainText('2030年1月2日起才生效');
  // As people write it.
  await page.locator('[name=occurredOn]').fill(day(40).replace(/-0?/, '年').replace(/-0?/, '月') + '日');
  await expect(page.locator('[data-milestones~=draft]')).toBeVisible();
  await page.locator('[name=certificateNo]').focus();
  await expect(page.locator('[name=occurredOn]')).toHaveValue(day(40));

  // What is typed is not lost by a wrong click, nor by Back.
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    if (dialog.type() === 'beforeunload') return void dialog.accept();
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await page.getByRole('link', { name: '待办' }).click();
  await expect.poll(() => asked.length).toBe(1);
  // Back in the same moment in which the first question closes goes nowhere, and asks nothing.
  await expect(async () => {
    await page.goBack();
    await expect.poll(() => asked.length, { timeout: 2_000 }).toBe(2);
  }).toPass();
  expect(asked[0]).toContain('离开后会丢失');
  await expect(page.locator('[name=certificateNo]')).toHaveValue('WEB-1');

  // The line breaks off: what was typed is still there, and sent again it is one record.
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '提交，等待核验' }).click();
  await expect(page.getByRole('alert')).toContainText('没有连上服务器');
  await expect(page.locator('[name=certificateNo]')).toHaveValue('WEB-1');
  await page.context().setOffline(false);
  await page.getByRole('button', { name: '提交，等待核验' }).click();
  await expect(page.locator('.note[role=status]')).toContainText('等待核验');

  // The same once more is said before it is sent, with a way to the other.
  await page.getByRole('searchbox').fill('zyjndj');
  await page.getByRole('button', { name: '职业技能等级（资格）证书' }).click();
  await page.locator('[name=occurredOn]').fill(day(40));
  await page.locator('[name=grade]').selectOption('2');
  await page.locator('[name=certificateNo]').fill('WEB-1');
  await expect(page.locator('.warning')).toContainText('同一天已有内容相同的一条');
  await expect(page.locator('.warning a')).toHaveAttribute('href', new RegExp(`/people/${id}\\?milestones=`));

  const verifier = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  await signIn(verifier, 'verifier');
  await verifier.goto('/inbox?type=skill-level-certificate');
  const item = verifier.locator('.inbox-item', { hasText: 'WEB-1' });
  await item.getByRole('checkbox').check();
  await verifier.getByRole('button', { name: '核验选中的1项' }).click();
  await expect(verifier.locator('.note[role=status]')).toContainText('已核验1项');
  await expect(item).toHaveCount(0);

  const headers = await tokenOf(request, 'officer-district');
  const answer = await request.get(`/api/v1/workers/${id}/milestones?type=skill-level-certificate&limit=500`, { headers });
  const { items } = (await answer.json()) as { items: { state: string; attributes: { certificateNo: string } }[] };
  expect(items.filter((one) => one.attributes.certificateNo === 'WEB-1').map((one) => one.state)).toEqual(['verified']);
  await page.goto(`/people/${id}`);
  await expect(page.locator('.timeline li').first()).toContainText('已核验');
});

test('several are verified after one question, and one that lies ahead is told', async ({ page, request }) => {
  const id = await workerOf(request, 'YT-0023');
  const headers = await tokenOf(request, 'officer-district');
  const grade = { grade: '5', certificateNo: 'AHEAD-1' };
  const dated = { type: 'skill-level-certificate', occurredOn: '2030-01-01', attributes: grade };
  const made = await request.post(`/api/v1/workers/${id}/milestones`, { headers, data: dated });
  expect(made.status(), await made.text()).toBe(201);
  const { warnings } = (await made.json()) as { warnings: { code: string }[] };
  expect(warnings.map((one) => one.code)).toEqual(['not-yet']);
  const lesson = { type: 'craft-class', occurredOn: day(2), attributes: { topic: 'AHEAD-2', hours: 1 } };
  await request.post(`/api/v1/workers/${id}/milestones`, { headers, data: lesson });
  const { careerStart } = (await (await request.get(`/api/v1/workers/${id}`, { headers })).json()) as { careerStart: string };
  const early = { ...dated, occurredOn: `${Number(careerStart.slice(0, 4)) - 1}-01-01`, attributes: { ...grade, certificateNo: 'EARLY-1' } };
  await request.post(`/api/v1/workers/${id}/milestones`, { headers, data: early });
  await signIn(page, 'verifier');
  await page.goto('/inbox');
  const more = page.getByRole('button', { name: '显示更多' });
  const item = (words: string) => page.locator('.inbox-item', { hasText: words });
  await expect(page.locator('.inbox-item').first()).toBeVisible();
  for (const words of ['AHEAD-1', 'AHEAD-2', 'EARLY-1']) while ((await item(words).count()) === 0) await more.click();
  await expect(item('EARLY-1').locator('.warning')).toContainText('早于参加工作日期');
  await expect(item('AHEAD-1').locator('.ahead')).toHaveText('2030年1月1日起生效');
  for (const words of ['AHEAD-1', 'AHEAD-2']) await item(words).getByRole('checkbox').check();
  await page.getByRole('button', { name: '核验选中的2项' }).click();
  await expect(page.getByRole('dialog')).toContainText('其中1项的日期在将来');
  await isSound(page);
  await page.getByRole('dialog').getByRole('button', { name: '核验', exact: true }).click();
  await expect(page.locator('.note[role=status]')).toContainText('已核验2项');
  await page.goto(`/people/${id}/sheet`);
  await expect(page.locator('.paper')).toContainText('另有1项在今后的日期生效，未计入');
  await expect(page.locator('.paper-list')).not.toContainText('2030');
  await page.goto(`/people/${id}`);
  await expect(page.locator('.timeline li').first()).toContainText('2030年1月1日起生效');
});

test('of several the one that could not be verified is named', async ({ page, request }) => {
  const officer = await tokenOf(request, 'officer-district');
  const verifier = await tokenOf(request, 'verifier');
  const made = [];
  for (const [number, topic] of [
    ['YT-0024', 'one of two'],
    ['YT-0025', 'other of two'],
  ] as const) {
    const id = await workerOf(request, number);
    const data = { type: 'craft-class', occurredOn: day(4), attributes: { topic, hours: 2 } };
    const answer = await request.post(`/api/v1/workers/${id}/milestones`, { headers: officer, data });
    made.push({ id, milestone: ((await answer.json()) as { id: string }).id });
  }
  const [first] = made;
  const { name } = (await (await request.get(`/api/v1/workers/${first!.id}`, { headers: officer })).json()) as { name: string };
  await signIn(page, 'verifier');
  await page.goto('/inbox?type=craft-class');
  const item = (words: string) => page.locator('.inbox-item', { hasText: words });
  for (const words of ['one of two', 'other of two']) await item(words).getByRole('checkbox').check();
  await request.post(`/api/v1/workers/${first!.id}/milestones/${first!.milestone}:return`, {
    headers: { ...verifier, 'If-Match': '"1"' },
    data: { reason: '请补充考勤记录' },
  });
  await page.getByRole('button', { name: '核验选中的2项' }).dblclick();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: '核验', exact: true }).click();
  const said = page.locator('.note[role=status]');
  await expect(said).toContainText('已核验1项');
  await expect(said.getByRole('link')).toContainText(name);
  await said.getByRole('link').click();
  await expect(page.getByRole('dialog')).toContainText('请补充考勤记录');
});

test('an officer cannot verify, and is told who can', async ({ page }) => {
  await signIn(page, 'officer-district');
  await page.goto('/inbox');
  const first = page.locator('.inbox-item').first();
  await expect(first.getByRole('button', { name: '核验', exact: true })).toHaveCount(0);
  await expect(first.locator('.hint').first()).toHaveText(/^YT-\d+ · .*示例/);
  await first.getByRole('button', { name: '谁可以核验？' }).click();
  await expect(first.locator('[role=status]')).toContainText('可以核验的是');
});

test('what changed meanwhile is not overwritten: a return that comes too late is told so', async ({ page, request }) => {
  const id = await workerOf(request, 'YT-0002');
  const officer = await tokenOf(request, 'officer-district');
  const verifier = await tokenOf(request, 'verifier');
  const data = { type: 'craft-class', occurredOn: day(3), attributes: { topic: 'two at once', hours: 2 } };
  const made = await request.post(`/api/v1/workers/${id}/milestones`, { headers: officer, data });
  const { id: milestone } = (await made.json()) as { id: string };
  await signIn(page, 'verifier');
  await page.goto('/inbox?type=craft-class');
  const item = page.locator('.inbox-item', { hasText: 'two at once' });
  await item.getByRole('button', { name: '退回补充' }).click();
  await page.locator('[name=reason]').fill('请补充考勤记录');
  await request.post(`/api/v1/workers/${id}/milestones/${milestone}:verify`, { headers: { ...verifier, 'If-Match': '"1"' } });
  await page.getByRole('dialog').getByRole('button', { name: '退回补充' }).click();
  await expect(page.getByRole('alert')).toContainText('刚被别人改动');
  await expect(page.locator('[name=reason]')).toHaveValue('请补充考勤记录');
});

test('a verifier returns something with his reason', async ({ page, request }) => {
  const id = await workerOf(request, 'YT-0025');
  const officer = await tokenOf(request, 'officer-district');
  const data = { type: 'craft-class', occurredOn: day(5), attributes: { topic: 'to be returned', hours: 2 } };
  const made = await request.post(`/api/v1/workers/${id}/milestones`, { headers: officer, data });
  expect(made.status(), await made.text()).toBe(201);
  await signIn(page, 'verifier');
  await page.goto('/inbox?type=craft-class');
  await page.locator('.inbox-item', { hasText: 'to be returned' }).getByRole('button', { name: '退回补充' }).click();
  await isSound(page);
  await page.locator('[name=reason]').fill('缺少签到表');
  await page.getByRole('dialog').getByRole('button', { name: '退回补充' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.locator('.note[role=status]')).toContainText('退回补充，已完成');
  await expect(page.locator('.inbox-item:focus, #main:focus'), 'the keyboard stays in the list, or where it was').toHaveCount(1);
  await page.goto('/inbox?state=returned&type=craft-class');
  await expect(page.locator('.inbox-item', { hasText: 'to be returned' })).toContainText('缺少签到表');
});

test('a sheet with a bad row: refused rows are shown, the rest is written and taken back', async ({ page, request }) => {
  await signIn(page, 'officer-district');
  const headers = { ...(await tokenOf(request, 'officer-district')), 'Accept-Language': 'zh-CN' };
  const template = await request.get('/api/v1/imports/template?type=skill-level-certificate&format=csv', { headers });
  const [columns] = (await template.text()).split('\n');
  const rows = [
    ',林建川,,,YT-0001,,2025-03-01,二级/技师,,WEB-CY-1,,,,',
    ',苏桂枝,,,YT-0002,,2025-02-30,三级,,WEB-CY-2,,,,',
    ',余玲玲,,,YT-0067,,2025年4月,高级工,,WEB-CY-3,,,,',
    ',林建川,,,YT-0001,,2025-03-02,八级,,WEB-CY-4,,,,',
  ];
  const buffer = Buffer.from([columns, ...rows, ''].join('\n'));
  await page.goto('/imports');
  await page.getByLabel('成长节点类型').selectOption('skill-level-certificate');
  await page.locator('[type=file]').setInputFiles({ name: '证书.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: '上传并核对' }).click();
  await expect(page.locator('.counts .bad')).toContainText('2');
  await expect(page.locator('.problems tbody tr')).toHaveCount(2);
  await expect(page.locator('.problems tbody tr')).toContainText(['2025-02-30', '此处只能是：五级/初级工、四级/中级工']);
  await expect(page.getByText('识别的列')).toContainText('姓名');
  await expect(page.locator('.people tbody tr').first()).toContainText(/有问题.*苏桂枝/);
  await expect(page.locator('.people tbody tr')).toContainText(['苏桂枝', '林建川', '余玲玲']);
  await isSound(page);
  await page.getByRole('button', { name: '写入2行，跳过有问题的行' }).click();
  await expect(page.getByText('已写入，等待核验')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载结果文件' }).click();
  expect((await download).suggestedFilename()).toMatch(/csv$/);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.getByRole('button', { name: '撤销这次导入' }).click();
  await expect(page.getByText('已撤销', { exact: true })).toBeVisible();
  await expect(page.getByText('可修改文件后重新上传')).toBeVisible();
});

test('the unit of a roster that names none is chosen for the whole file', async ({ page }) => {
  await signIn(page, 'officer-district');
  const buffer = Buffer.from('姓名,性别,出生日期,入职日期\n秦岚芝,女,1990-05-06,2020-07-01\n');
  const upload = async () => {
    await page.goto('/imports');
    await page.getByLabel('表格内容').selectOption('workers');
    await page.locator('[type=file]').setInputFiles({ name: '名册.csv', mimeType: 'text/csv', buffer });
  };
  await upload();
  await page.getByRole('button', { name: '上传并核对' }).click();
  await expect(page.locator('.problems tbody tr')).toContainText('在上传时为整个文件选定单位。');
  await upload();
  await page.getByLabel('整个文件的单位').selectOption({ index: 2 });
  await isSound(page);
  await page.getByRole('button', { name: '上传并核对' }).click();
  await expect(page.getByRole('button', { name: '写入1行' })).toBeVisible();
  await page.getByRole('button', { name: '取消' }).click();
});
