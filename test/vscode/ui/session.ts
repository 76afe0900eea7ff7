import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Page } from 'playwright-core';
import { createCleanup } from '../cleanup.ts';
import { createProfile, installExtension, launchBrowser, startServer, workbenchUrl } from '../workbench.ts';
import { PATIENCE_MS } from './gestures.ts';

/** A person at the window: the packed extension in a workbench that does not know it is being tested. */
export interface Session {
  readonly page: Page;
  readonly workspace: string;
  close(): Promise<void>;
}

const START_LIMIT_MS = 60_000;

let current: Session | undefined;

/** The session that `index.ts` has started before it runs the suites. */
export function currentSession(): Session {
  if (!current) throw new Error('No session has been started.');
  return current;
}

/** Installs the extension that the command line names and opens the workspace; see `index.ts` for the arguments. */
export async function startSession(): Promise<Session> {
  const [vsix, workspace] = process.argv.slice(2);
  if (!vsix || !workspace) throw new Error('The packed extension and the workspace are missing.');
  const cleanup = createCleanup();
  try {
    const profile = createProfile();
    cleanup.add(() => fs.rmSync(profile.root, { recursive: true, force: true }));
    await installExtension(profile, vsix);
    const server = await startServer(profile, { testDriver: false });
    cleanup.add(() => server.stop());
    const browser = await launchBrowser();
    cleanup.add(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(workbenchUrl(server, { folder: workspace }), { waitUntil: 'commit' });
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: START_LIMIT_MS });
    current = { page, workspace, close: cleanup.run };
    return current;
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

/** Saves the window as a PNG in the folder for screenshots. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(process.argv[4] ?? '.', `${name}.png`) });
}
