import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { editorLine, openFile, PATIENCE_MS, previewPage, runCommand, runCommandWith } from './gestures.ts';
import { currentSession, screenshot } from './session.ts';

/** Opens the Problems panel, and closes it where it has the focus. */
const PROBLEMS_SHORTCUT = 'Control+Shift+M';

suite('packed extension', () => {
  const { page, workspace } = currentSession();

  teardown(async function () {
    if (this.currentTest?.isFailed()) await screenshot(page, 'failed');
    await page.keyboard.press('Escape');
    await runCommand(page, 'View: Revert and Close Editor');
    await runCommand(page, 'View: Close All Editors');
  });

  test('a finding is underlined, and the Problems panel lists it with its rule', async () => {
    await openFile(page, 'stateful.arch');
    await page.locator('.editor-instance [class*="squiggly-"]').first().waitFor({ state: 'attached' });
    await page.keyboard.press(PROBLEMS_SHORTCUT);
    // Files that are not open are listed, too, and a list shows only the rows that have room.
    const filter = page.locator('.part.panel .viewpane-filter input');
    await filter.fill('stateful-web-tier');
    const row = page.locator('.markers-panel .monaco-list-row', { hasText: 'stateful-web-tier' });
    await row.waitFor();
    assert.match((await row.textContent()) ?? '', /loadpath/);
    await screenshot(page, 'problems');
    await filter.fill('');
    await page.keyboard.press(PROBLEMS_SHORTCUT);
    await row.waitFor({ state: 'detached' });
  });

  test('the quick fix is reached by keyboard, and saving writes what it changed', async () => {
    const file = path.join(workspace, 'expiry.arch');
    await openFile(page, 'expiry.arch');
    await page.locator('.editor-instance [class*="squiggly-"]').first().waitFor({ state: 'attached' });
    await editorLine(page, 'cache sessions').getByText('sessions').first().click();
    await page.keyboard.press('Control+.');
    await chooseByKeyboard(page, /ttl|expir/i);
    await editorLine(page, 'ttl:').waitFor();
    await page.keyboard.press('Control+S');
    await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    assert.match(fs.readFileSync(file, 'utf8'), /cache sessions \{[^}]*\bttl: *\d+ *[a-z]+/);
  });

  test('the preview draws the components, in light and in dark', async () => {
    await openFile(page, 'shop.arch');
    await runCommand(page, 'Loadpath: Open Preview to the Side');
    for (const name of ['customers', 'east.balancer', 'east.checkout', 'east.orders']) {
      const box = await component(page, name).boundingBox();
      assert.ok(box && box.width > 20 && box.height > 10, `${name} is drawn, with a size: ${JSON.stringify(box)}`);
    }
    await screenshot(page, 'preview-light');
    await runCommand(page, 'Preferences: Toggle between Light/Dark Themes');
    await page.locator('.monaco-workbench.vs-dark').waitFor();
    await component(page, 'east.checkout').waitFor();
    await screenshot(page, 'preview-dark');
    await runCommand(page, 'Preferences: Toggle between Light/Dark Themes');
    await page.locator('.monaco-workbench.vs').waitFor();
  });

  test('the preview follows the text while it is typed', async () => {
    await openFile(page, 'stateful.arch');
    await runCommand(page, 'Loadpath: Open Preview to the Side');
    await component(page, 'app').waitFor();
    // A line is as wide as the widest one, hints included, so its middle may lie beyond the window.
    await editorLine(page, 'balancer -> app').click({ position: { x: 20, y: 8 } });
    await page.keyboard.press('Control+End');
    await page.keyboard.type(
      'cache pages { engine: redis, replicas: 2, memory: 4GB, ttl: 10m }\napp -> pages : reads 1\n',
    );
    await component(page, 'pages').waitFor();
    assert.equal(await component(page, 'app').count(), 1);
  });

  test('the walkthrough shows the picture of each step', async () => {
    await openFile(page, 'shop.arch');
    await runCommandWith(page, 'Welcome: Open Walkthrough', 'From One Server to Millions');
    for (const title of ['Start with one server', 'Cache what is read often', 'Carry millions of users']) {
      await page.locator('.gettingStartedContainer .getting-started-step', { hasText: title }).click();
      const picture = page.locator('.gettingStartedContainer .getting-started-media img');
      await picture.waitFor();
      await expectDrawn(picture);
      await screenshot(page, `walkthrough-${title.replaceAll(' ', '-').toLowerCase()}`);
    }
  });

  test('a click on a component shows its declaration, a double click goes there', async () => {
    await openFile(page, 'shop.arch');
    await runCommand(page, 'Loadpath: Open Preview to the Side');
    const lines = fs.readFileSync(path.join(workspace, 'shop.arch'), 'utf8').split('\n');
    const declared = lines.findIndex((line) => line.includes('server checkout')) + 1;
    await component(page, 'east.checkout').click();
    await page.locator('.active-line-number', { hasText: String(declared) }).waitFor({ timeout: PATIENCE_MS });
    // The status bar shows a line when the text has the focus.
    await component(page, 'east.checkout').dblclick();
    await page.locator('.statusbar-item', { hasText: `Ln ${declared},` }).waitFor({ timeout: PATIENCE_MS });
  });
});

/** A picture that could not be loaded has no size of its own. */
async function expectDrawn(picture: Locator): Promise<void> {
  const width = () => picture.evaluate((image) => (image as unknown as { readonly naturalWidth: number }).naturalWidth);
  const end = Date.now() + PATIENCE_MS;
  while ((await width()) < 100) assert.ok(Date.now() < end, 'the picture is drawn');
}

/** Goes down the list of quick fixes to the one that says so, and takes it. */
async function chooseByKeyboard(page: Page, wording: RegExp): Promise<void> {
  const rows = page.locator('.action-widget .monaco-list-row.action');
  await rows.filter({ hasText: wording }).first().waitFor();
  await screenshot(page, 'quick-fix');
  const focused = page.locator('.action-widget .monaco-list-row.focused');
  for (let step = await rows.count(); step > 0; step--) {
    if (wording.test((await focused.textContent()) ?? '')) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
}

/** The group of the diagram that stands for the component with this path. */
function component(page: Page, name: string) {
  return previewPage(page).locator(`svg [data-id="${name}"]`).first();
}
