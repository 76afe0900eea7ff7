// Runs the web suite in the extension host of the browser: the workbench loads the extension and the suite from its own origin, where a
// route serves the files of the packed extension.
// Usage: web/launch.ts EXTENSION_FOLDER TESTS_MODULE WORKSPACE_FOLDER
import * as fs from 'node:fs';
import * as path from 'node:path';
import { format } from 'node:util';
import type { BrowserContext, Page } from 'playwright-core';
import { createCleanup } from '../cleanup.ts';
import { type RecordedTest, writeRecording } from '../recorder.ts';
import { createProfile, launchBrowser, startServer, workbenchUrl } from '../workbench.ts';
import { DRAWN, MARK } from './signals.ts';

/** Where the page finds the folders. VS Code looks for a suite below the extension that it tests; the route that is added last wins. */
const PREFIXES = { extension: '/__extension', suite: '/__extension/__suite' };
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.json': 'application/json' };
const PATIENCE_MS = 20_000;

const [extension, suite, workspace] = process.argv.slice(2);
if (!extension || !suite || !workspace) throw new Error('launch.ts takes three paths.');
const cleanup = createCleanup();
const results: RecordedTest[] = [];
let code = 2;
try {
  code = await runSuite();
  writeRecording({ finished: true, tests: results });
} catch (error) {
  console.error(error);
}
await cleanup.run();
process.exit(code);

function record(result: RecordedTest): void {
  results.push(result);
  writeRecording({ finished: false, tests: results });
}

/** @returns the exit code that the workbench reports */
async function runSuite(): Promise<number> {
  const profile = createProfile();
  cleanup.add(() => fs.rmSync(profile.root, { recursive: true, force: true }));
  const server = await startServer(profile, { testDriver: true });
  cleanup.add(() => server.stop());
  const browser = await launchBrowser();
  cleanup.add(() => browser.close());
  // A page that a route has answered has no address, and Chromium would keep it from talking to the loopback address.
  const permissions = ['local-network-access'];
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, permissions });
  const { host } = new URL(server.url);
  await serveFolder(context, host, PREFIXES.extension, extension!);
  await serveFolder(context, host, PREFIXES.suite, path.dirname(suite!));
  await configureWorkbench(context, host);
  const page = await context.newPage();
  const exitCode = Promise.withResolvers<number>();
  await watch(page, exitCode);
  await answerWhenDrawn(page);
  await page.goto(workbenchUrl(server, { folder: workspace! }), { waitUntil: 'commit' });
  return exitCode.promise;
}

async function serveFolder(context: BrowserContext, host: string, prefix: string, folder: string): Promise<void> {
  await context.route(
    (url) => url.host === host && url.pathname.startsWith(`${prefix}/`),
    (route) => {
      const file = path.join(folder, decodeURIComponent(new URL(route.request().url()).pathname.slice(prefix.length)));
      if (!fs.existsSync(file)) return route.fulfill({ status: 404 });
      const contentType = TYPES[path.extname(file)] ?? 'application/octet-stream';
      const body = path.basename(file) === 'package.json' ? manifestForWeb(file) : fs.readFileSync(file);
      return route.fulfill({ body, contentType });
    },
  );
}

/** A workbench with a server prefers the host there; without an entry for it only the browser is left, as where there is no server. */
function manifestForWeb(file: string): string {
  const { main: _, ...manifest } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return JSON.stringify(manifest);
}

/** What a preview shows is seen only from outside; the suite asks by a request, while the extension host is alive. */
async function answerWhenDrawn(page: Page): Promise<void> {
  const shown = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  await page.context().route(
    (url) => url.pathname === `${PREFIXES.suite}/${DRAWN}`,
    async (route) => {
      try {
        await shown.locator('svg [data-id="app"]').first().waitFor({ timeout: PATIENCE_MS });
        await route.fulfill({ body: 'drawn' });
      } catch (error) {
        await route.fulfill({ status: 504, body: String(error) });
      }
    },
  );
}

/** Puts the extension and the suite into the settings that the workbench's page carries. */
async function configureWorkbench(context: BrowserContext, host: string): Promise<void> {
  const uri = (file: string) => ({ scheme: 'http', authority: host, path: file });
  const testsPath = `${PREFIXES.suite}/${path.basename(suite!)}`;
  const developmentOptions = { extensions: [uri(PREFIXES.extension)], extensionTestsPath: uri(testsPath) };
  const settings = /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/;
  await context.route(
    (url) => url.host === host && url.pathname === '/',
    async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(settings, (_, before: string, json: string) => {
        const known = JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
        const all = { ...known, developmentOptions: { ...known.developmentOptions, ...developmentOptions } };
        return `${before}${JSON.stringify(all).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
      });
      return route.fulfill({ response, body });
    },
  );
}

/** Records what the suite logs on its way. */
async function watch(page: Page, { resolve, reject }: PromiseWithResolvers<number>): Promise<void> {
  page.on('crash', () => reject(new Error('The page of the workbench crashed.')));
  page.on('pageerror', (error) => console.error(error));
  await page.exposeFunction('codeAutomationLog', (_level: string, args: readonly unknown[]) => {
    const line = format(...args);
    const at = line.indexOf(MARK);
    if (at >= 0) record(JSON.parse(line.slice(at + MARK.length)));
    else console.log(line);
  });
  await page.exposeFunction('codeAutomationExit', resolve);
}
