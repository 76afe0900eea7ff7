import type { FrameLocator, Locator, Page } from 'playwright-core';

/** Longest wait for anything that the window is to show. */
export const PATIENCE_MS = 20_000;

const PALETTE_ATTEMPTS = 3;
const PALETTE_SETTLES_MS = 300;

/** Opens a file by a double click in the explorer, so that it stays open. */
export async function openFile(page: Page, name: string): Promise<void> {
  await page.locator('.explorer-folders-view').getByRole('treeitem', { name }).dblclick();
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
}

/** Runs a command by its title through the command palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const input = await beginCommand(page, title);
  await input.waitFor({ state: 'hidden' });
}

/** The same for a command that asks something in the palette's place, which is answered with `choice`. */
export async function runCommandWith(page: Page, title: string, choice: string): Promise<void> {
  const input = await beginCommand(page, title);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: choice }).click();
  await input.waitFor({ state: 'hidden' });
}

async function beginCommand(page: Page, title: string): Promise<Locator> {
  const input = await openPalette(page);
  await input.fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor();
  await page.keyboard.press('Enter');
  return input;
}

/** The palette closes when something else takes the focus, such as a page that has just been loaded; then a person asks again. */
async function openPalette(page: Page): Promise<Locator> {
  const input = page.locator('.quick-input-widget:visible input.input');
  for (let attempt = 1; attempt < PALETTE_ATTEMPTS; attempt++) {
    await page.keyboard.press('F1');
    await page.waitForTimeout(PALETTE_SETTLES_MS);
    if (await input.isVisible()) return input;
  }
  await page.keyboard.press('F1');
  return input;
}

/** The line of the open text that contains `text`. */
export function editorLine(page: Page, text: string): Locator {
  // Monaco draws spaces as no-break spaces.
  const pattern = new RegExp(text.replace(/[^\w ]/g, '\\$&').replaceAll(' ', '\\s'));
  return page.locator('.editor-instance .view-line', { hasText: pattern });
}

/** The extension's own page in the preview: VS Code puts a webview's content two frames deep. */
export function previewPage(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}
