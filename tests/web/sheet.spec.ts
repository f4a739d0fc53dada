import { expect, test, type APIRequestContext, type Page } from '@playwright/test';
import { isSound, phone, signIn, tokenOf, workerOf } from './at-work';

/** Somebody of whom there is far more than a page holds: 70 lessons beside the rest, with a name and places to match. */
async function longest(request: APIRequestContext): Promise<string> {
  const id = await workerOf(request, 'YT-0001');
  const headers = await tokenOf(request, 'officer-district');
  const verifier = await tokenOf(request, 'verifier');
  const items = [];
  for (let i = 0; i < 70; i++) {
    const data = { type: 'craft-class', occurredOn: `2019-${String(1 + (i % 12)).padStart(2, '0')}-${10 + (i % 18)}`, attributes: { topic: `print ${i}`, hours: 1 + i } };
    const made = (await (await request.post(`/api/v1/workers/${id}/milestones`, { headers, data })).json()) as { id: string };
    items.push({ workerId: id, milestoneId: made.id, etag: '"1"' });
  }
  await request.post('/api/v1/milestones:verify', { headers: verifier, data: { items } });
  return id;
}

/** Somebody of whom nothing is known but his name. */
async function shortest(request: APIRequestContext): Promise<string> {
  const headers = await tokenOf(request, 'officer-district');
  const { items } = (await (await request.get('/api/v1/organizations?limit=500&kind=enterprise', { headers })).json()) as { items: { id: string }[] };
  const affiliation = { kind: 'labour-contract', organizationId: items[0]!.id, from: '2020-01-01' };
  const made = await request.post('/api/v1/workers', { headers, data: { name: '甲', affiliation } });
  return ((await made.json()) as { id: string }).id;
}

const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;

/** Nothing of the paper runs out of it, and its list fits. */
const clipped = (page: Page) =>
  page.locator('.paper').evaluate((paper) => {
    const edge = paper.getBoundingClientRect();
    const body = paper.querySelector('.paper-body')!.getBoundingClientRect();
    const texts = [...paper.querySelectorAll('p, li, dt, dd, th, td, h2, h3, svg, footer')];
    return texts
      .filter((one) => {
        const box = one.getBoundingClientRect();
        const within = one.closest('.paper-body') ? body : edge;
        return box.right > edge.right + 1 || box.bottom > within.bottom + 1 || one.scrollWidth > one.clientWidth + 1;
      })
      .map((one) => one.textContent?.slice(0, 40));
  });

for (const [locale, language] of [
  ['zh-CN', 'zh'],
  ['en-GB', 'en'],
] as const) {
  test.describe(language, () => {
    test.use({ locale });

    test('the record sheet is one page, with the longest record and with the shortest', async ({ page, request }) => {
      const [long, short] = [await longest(request), await shortest(request)];
      await signIn(page, 'officer-district');
      for (const id of [long, short]) {
        await page.goto(`/people/${id}/sheet`);
        await expect(page.locator('.paper .grid-holder svg')).toBeVisible();
        if (id === long) await expect(page.locator('.paper .grid-holder svg').first()).toContainText('2–5');
        await isSound(page);
        for (const isOn of [false, true]) {
          await page.getByRole('checkbox').setChecked(isOn);
          await expect(page.locator('.paper tbody tr')).toHaveCount(isOn ? 4 : 3);
          await page.emulateMedia({ media: 'print' });
          expect(await clipped(page)).toEqual([]);
          await page.emulateMedia({ media: null });
          expect(pagesOf(await page.pdf({ preferCSSPageSize: true })), `${id} ${isOn}`).toBe(1);
        }
      }
      await page.goto(`/people/${long}/sheet`);
      await expect(page.locator('.paper-rest').first()).toContainText(language === 'zh' ? '另有' : 'more, not listed');
      await page.setViewportSize(phone);
      await isSound(page);
      expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toBe(1);
    });
  });
}

test('the political channel stands on the sheet only where it is wanted', async ({ page }) => {
  await signIn(page, 'worker-1');
  await page.getByRole('link', { name: '记录单' }).click();
  const paper = page.locator('.paper');
  await expect(paper).toContainText('不是资格、职称或荣誉证明');
  await expect(paper).toContainText('由本人（worker-1）');
  await expect(paper.locator('tbody')).not.toContainText('政治待遇通道');
  await expect(paper).not.toContainText('劳动奖章');
  await expect(paper).not.toContainText('加入工会');
  await page.getByLabel('包括政治待遇通道').check();
  await expect(paper.locator('tbody')).toContainText('政治待遇通道');
  await expect(paper).toContainText('劳动奖章');
});

test('whose sheet an officer opened to print is in the trail, and its owner can read it', async ({ page, request }) => {
  const id = await workerOf(request, 'YT-0041');
  await signIn(page, 'officer-district');
  await page.goto(`/people/${id}/sheet`);
  await expect(page.locator('.paper-foot')).toContainText('由officer-district于');
  const headers = await tokenOf(request, 'auditor');
  const trail = await request.get(`/api/v1/audit-entries?worker=${id}&account=officer-district`, { headers });
  const { items } = (await trail.json()) as { items: { action: string }[] };
  expect(items.map((one) => one.action)).toContain('readPerson');
});
