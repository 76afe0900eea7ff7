import * as assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { editorLine, openFile, PATIENCE_MS, previewPage, runCommand } from './gestures.ts';
import { currentSession, screenshot } from './session.ts';

suite('lenses in the window', () => {
  const { page } = currentSession();

  teardown(async function () {
    if (this.currentTest?.isFailed()) await screenshot(page, 'failed-lens');
    await page.keyboard.press('Escape');
    await runCommand(page, 'View: Close All Editors');
  });

  test('the lens of a scenario plays it: the timeline is scrubbed, the picture follows, and it can be stopped', async function () {
    // Two changes of the theme take long on a busy machine.
    this.timeout(2 * PATIENCE_MS + 20_000);
    await openFile(page, 'surge.arch');
    await lens(page, 'Play').click();
    const preview = previewPage(page);
    const moment = preview.locator('output[for="moment"]');
    await moment.filter({ hasText: '0 s' }).waitFor();
    await preview.locator('svg .load-calm[data-id="app"]').first().waitFor();
    assert.equal(
      await preview.locator('.timeline .chart svg path.series').count(),
      await preview.locator('.chart').count(),
    );
    // Six of the twenty minutes: in the middle of the surge.
    await preview.locator('#moment').fill('300');
    await moment.filter({ hasText: '6 min' }).waitFor();
    await preview.locator('svg .load-over[data-id="app"]').first().waitFor();
    await preview.locator('.timeline dd.bad').first().waitFor();
    await screenshot(page, 'timeline-light');
    await runCommand(page, 'Preferences: Toggle between Light/Dark Themes');
    await page.locator('.monaco-workbench.vs-dark').waitFor();
    await screenshot(page, 'timeline-dark');
    await runCommand(page, 'Preferences: Toggle between Light/Dark Themes');
    await page.locator('.monaco-workbench.vs').waitFor();
    await preview.locator('.log li', { hasText: '3 times as high' }).first().getByRole('button').click();
    await moment.filter({ hasText: '5 min' }).waitFor();
    await preview.getByRole('button', { name: 'Stop' }).click();
    await preview.locator('.summary dt', { hasText: 'carries' }).waitFor();
    assert.equal(await preview.locator('.timeline').count(), 0);
  });

  test('the button plays on by itself, and pauses', async () => {
    await openFile(page, 'surge.arch');
    await lens(page, 'Play').click();
    const preview = previewPage(page);
    const moment = preview.locator('output[for="moment"]');
    await preview.getByRole('button', { name: 'Play' }).click();
    await moment.filter({ hasText: 'min' }).waitFor();
    await preview.getByRole('button', { name: 'Pause' }).click();
    await preview.getByRole('button', { name: 'Play' }).waitFor();
  });

  test('the lens of the capacity lists the bottlenecks, and goes to the one that is chosen', async () => {
    await openFile(page, 'shop.arch');
    await lens(page, 'carries').click();
    const row = page.locator('.quick-input-list .monaco-list-row', { hasText: 'east.orders' });
    await row.waitFor();
    await screenshot(page, 'bottlenecks');
    await row.click();
    await editorLine(page, 'database orders').waitFor();
    await page.locator('.statusbar-item', { hasText: 'Ln 13,' }).waitFor();
  });
});

/** The lens that says so, above whatever line. */
function lens(page: Page, text: string) {
  return page.locator('.codelens-decoration a', { hasText: text }).first();
}
