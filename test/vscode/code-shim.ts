#!/usr/bin/env node
// Poses as the executable of a desktop VS Code for @vscode/test-electron: it takes the same command line, but loads
// the extension and the test module in code-server's extension host, with Chromium as the window.
import * as fs from 'node:fs';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { createCleanup } from './cleanup.ts';
import { createProfile, launchBrowser, startServer, workbenchUrl } from './workbench.ts';

const USAGE = 'Usage: code-shim.ts FOLDER --extensionDevelopmentPath=FOLDER --extensionTestsPath=MODULE';

const cleanup = createCleanup();
process.exitCode = 2;
try {
  process.exitCode = await runTests(parseCommandLine(process.argv.slice(2)));
} catch (error) {
  console.error(error);
}
await cleanup.run();
process.exit();

/** The desktop's other options (sandbox, profile folders, welcome page) have no meaning here and are passed over. */
function parseCommandLine(args: readonly string[]) {
  const option = (name: string) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const folder = args.find((arg) => !arg.startsWith('-'));
  const developmentPath = option('extensionDevelopmentPath');
  const testsPath = option('extensionTestsPath');
  if (!folder || !developmentPath || !testsPath) throw new Error(USAGE);
  return { folder, developmentPath, testsPath };
}

/** The exit code that the workbench reports; the caller judges it by the recorded results. */
async function runTests(target: ReturnType<typeof parseCommandLine>): Promise<number> {
  const profile = createProfile();
  cleanup.add(() => fs.rmSync(profile.root, { recursive: true, force: true }));
  const server = await startServer(profile, { testDriver: true });
  cleanup.add(() => server.stop());
  const browser = await launchBrowser();
  cleanup.add(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const exitCode = reportedExitCode(page);
  await exposeLog(page);
  const response = await page.goto(workbenchUrl(server, target), { waitUntil: 'commit' });
  if (!response?.ok()) throw new Error(`The workbench answered ${response?.status()}.\n${server.log()}`);
  return exitCode;
}

/** A workbench under test calls `codeAutomationExit` when the test module's `run()` has settled. */
function reportedExitCode(page: Page): Promise<number> {
  return new Promise((resolve, reject) => {
    page.on('crash', () => reject(new Error('The page of the workbench crashed.')));
    page.exposeFunction('codeAutomationExit', (code: number) => resolve(code)).catch(reject);
  });
}

/** It passes the arguments of each console call to `codeAutomationLog`, with CSS for `%c` in those of its own logger. */
async function exposeLog(page: Page): Promise<void> {
  page.on('pageerror', (error) => console.error(error));
  await page.exposeFunction('codeAutomationLog', (_level: string, args: readonly unknown[]) => {
    const [first, ...rest] = args;
    const styles = typeof first === 'string' ? first.split('%c').length - 1 : 0;
    console.log(format(typeof first === 'string' ? first.replaceAll('%c', '') : first, ...rest.slice(styles)));
  });
}
