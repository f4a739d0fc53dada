import { expect, test, type APIRequestContext, type Page } from '@playwright/test';
import { isSound, phone, signIn, tokenOf, workerOf } from './at-work';

const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

/** A lesson of this topic, submitted by the officer; verified where it is wanted. */
async function lesson(request: APIRequestContext, number: string, topic: string, isVerified: boolean) {
  const worker = await workerOf(request, number);
  const officer = await tokenOf(request, 'officer-district');
  const verifier = await tokenOf(request, 'verifier');
  const path = `/api/v1/workers/${worker}/milestones`;
  const data = { type: 'craft-class', occurredOn: day(30), attributes: { topic, hours: 2 } };
  const made = await request.post(path, { headers: officer, data });
  const { id } = (await made.json()) as { id: string };
  if (isVerified) await request.post(`${path}/${id}:verify`, { headers: { ...verifier, 'If-Match': '"1"' } });
  const read = async () => (await (await request.get(`${path}/${id}`, { headers: officer })).json()) as Record<string, unknown>;
  return { worker, id, path: `${path}/${id}`, data, officer, verifier, read };
}

/** Opens the newest milestone of the day on the person's page. */
async function open(page: Page, worker: string, nth: number) {
  await page.goto(`/people/${worker}`);
  await page.locator('.timeline button', { hasText: '匠心课堂' }).nth(nth).click();
  await expect(page.locator('.tools .buttons')).toBeVisible();
}

const openTopic = async (page: Page, worker: string, topic: string) => {
  await page.goto(`/people/${worker}`);
  const lessons = page.locator('.timeline button', { hasText: '匠心课堂' });
  await expect(lessons.first()).toBeVisible();
  for (let i = 0; i < (await lessons.count()); i++) {
    await open(page, worker, i);
    if ((await page.getByRole('dialog').innerText()).includes(topic)) return;
  }
  throw new Error(`no lesson ${topic}`);
};

test('a correction against a newer revision is a choice: theirs or mine; then both stand side by side', async ({ page, request }) => {
  const made = await lesson(request, 'YT-0031', 'to be corrected', true);
  await signIn(page, 'officer-district');
  await openTopic(page, made.worker, 'to be corrected');
  await page.getByRole('link', { name: '更正', exact: true }).click();
  await expect(page.locator('[name=topic]')).toHaveValue('to be corrected');
  await expect(page.getByRole('button', { name: '提交，等待核验' })).toBeDisabled();
  await page.locator('[name=hours]').fill('3');
  await page.locator('[name=reason]').fill('课时记错');

  const theirs = { ...made.data, attributes: { topic: 'to be corrected', hours: 4 }, reason: 'somebody else' };
  const answer = await request.put(made.path, { headers: { ...made.officer, 'If-Match': '"2"' }, data: theirs });
  expect(answer.status()).toBe(200);
  await page.getByRole('button', { name: '提交，等待核验' }).click();
  const conflict = page.getByRole('alert');
  await expect(conflict).toContainText('刚被别人改动');
  await expect(conflict.locator('tbody tr')).toHaveCount(1);
  await expect(conflict.locator('tbody tr')).toContainText('4');
  await expect(conflict.locator('tbody tr')).toContainText('3');
  await isSound(page);
  await page.getByRole('button', { name: '保留对方的内容' }).click();
  await expect(page.locator('[name=hours]')).toHaveValue('4');
  await expect(page.locator('[name=reason]')).toHaveValue('课时记错');

  await page.locator('[name=hours]').fill('3');
  await request.put(made.path, { headers: { ...made.officer, 'If-Match': '"3"' }, data: { ...theirs, note: '对方补充', reason: 'again' } });
  await page.getByRole('button', { name: '提交，等待核验' }).click();
  await page.getByRole('button', { name: '仍用我的内容更正' }).click();
  await expect(page).toHaveURL(new RegExp(`/people/${made.worker}$`));
  expect(await made.read()).toMatchObject({ revision: 5, counting: 2, state: 'submitted', attributes: { hours: 3 }, note: '对方补充', reason: '课时记错' });

  await page.goto('/inbox?type=craft-class');
  await expect(page.locator('.inbox-item', { hasText: 'to be corrected' }).locator('.warning')).toContainText(/2.*→.*3/);
  await openTopic(page, made.worker, 'to be corrected');
  await expect(page.locator('.history')).toContainText('更正');
  await page.getByText('对比各次修改').click();
  await page.getByLabel('对比', { exact: true }).selectOption('2');
  const changed = page.locator('.beside .differs');
  await expect(changed).toHaveCount(2);
  await expect(changed.first()).toContainText('有改动');
  await isSound(page);
  await page.getByRole('button', { name: '撤回更正' }).click();
  await page.locator('[name=reason]').fill('原来的对');
  await page.getByRole('dialog').getByRole('button', { name: '撤回更正' }).click();
  await expect(page.locator('.tools .note')).toContainText('已核验');
  expect(await made.read()).toMatchObject({ revision: 6, counting: 6, attributes: { hours: 2 } });
});

test('an officer is told why he cannot void what was verified, and who can; the verifier voids it, though it changed meanwhile', async ({
  page,
  browser,
  request,
}) => {
  const made = await lesson(request, 'YT-0033', 'never held', true);
  const verifier = await (await browser.newContext({ locale: 'zh-CN', viewport: phone })).newPage();
  await signIn(verifier, 'verifier');
  await openTopic(verifier, made.worker, 'never held');
  await verifier.getByRole('button', { name: '作废' }).click();
  await verifier.locator('[name=reason]').fill('从未举办');
  await isSound(verifier);

  await signIn(page, 'officer-district');
  await openTopic(page, made.worker, 'never held');
  const tools = page.locator('.tools');
  await expect(tools.getByRole('button', { name: '作废' })).toHaveCount(0);
  await expect(tools).toContainText('不能由您“作废”：须由有权核验这类节点的人员办理');
  await expect(tools).toContainText('可以核验的是');
  await expect(tools).toContainText('由您终止的，须经核验后生效');
  await isSound(page);
  await tools.getByRole('button', { name: '终止' }).click();
  await page.locator('[name=reason]').fill('课程取消');
  await page.getByRole('dialog').getByRole('button', { name: '终止' }).click();
  await expect(page.locator('.tools .note')).toContainText('现在的状态是“已提交”');

  await verifier.getByRole('dialog').getByRole('button', { name: '作废' }).click();
  await expect(verifier.getByRole('alert')).toContainText('课程取消');
  await expect(verifier.locator('[name=reason]')).toHaveValue('从未举办');
  await verifier.getByRole('button', { name: '仍然作废' }).click();
  await expect(verifier.locator('.tools')).toContainText('已作废，不能再改动');
  expect(await made.read()).toMatchObject({ revision: 4, counting: null, state: 'voided' });
});

test('what is contested is on the home page, is answered, and the worker reads the answer', async ({ page, request }) => {
  const made = await lesson(request, 'YT-0035', 'contested one', true);
  await request.post(`${made.path}:contest`, { headers: { ...made.officer, 'If-Match': '"2"' }, data: { reason: '那天我请假了' } });
  await signIn(page, 'officer-district');
  await page.getByRole('link', { name: '去办理: 有异议，等待答复' }).click();
  const item = page.locator('.inbox-item', { hasText: 'contested one' });
  await expect(item.locator('.objection')).toContainText('那天我请假了');
  await item.getByRole('button', { name: '答复异议' }).click();
  await page.locator('[name=reason]').fill('已核对签到表');
  await isSound(page);
  await page.getByRole('dialog').getByRole('button', { name: '答复异议' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(item).toHaveCount(0);
  expect(await made.read()).toMatchObject({ contested: false });
});
