// npm run test:vscode: the extension in a real VS Code, first from its sources, then packed and seen through the window.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import {
  buildExtension,
  bundleSuite,
  bundleWebSuite,
  countTests,
  packExtension,
  ROOT,
  stageExtension,
} from './artifacts.ts';
import { type Level, runLevel } from './level.ts';
import { type LevelName, type Options, parseOptions, USAGE } from './options.ts';
import { GREP_VARIABLE } from './recorder.ts';
import { findOrInstallChromium, findOrInstallCodeServer, SetupError } from './setup.ts';
import { EXIT, type ExitCode, type Verdict } from './verdict.ts';
import { CHROMIUM_VARIABLE, CODE_SERVER_VARIABLE } from './workbench.ts';

const ARTIFACTS = path.join(ROOT, '.cache', 'test-vscode');
const SCREENSHOTS = path.join(ROOT, '.cache', 'screenshots');
const OLDEST_NODE = 24;

// Mocha and the browser may keep the process alive; everything that matters has ended by now.
process.exit(await main());

async function main(): Promise<ExitCode> {
  const verdicts = new Map<LevelName, Verdict>();
  let levels: readonly LevelName[] = [];
  try {
    requireNode();
    const options = parseOptions(process.argv.slice(2));
    if (options.help) {
      console.log(USAGE);
      return EXIT.passed;
    }
    levels = options.levels;
    await runLevels(options, verdicts);
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    for (const level of levels) if (!verdicts.has(level)) verdicts.set(level, notRun(level));
    if (levels.length === 0) return EXIT.infrastructure;
  }
  return summarize([...verdicts.values()]);
}

function requireNode(): void {
  if (Number.parseInt(process.versions.node, 10) >= OLDEST_NODE) return;
  throw new SetupError(`The VS Code tests need Node ${OLDEST_NODE}, and this is ${process.version}: after 'npm ci', \
'npm run test:vscode' uses the one in node_modules.`);
}

async function runLevels(options: Options, verdicts: Map<LevelName, Verdict>): Promise<void> {
  const tools = options.desktop ? {} : prepareTools();
  const needsBuild = { api: !options.extension, ui: !options.vsix, web: !options.extension };
  if (options.levels.some((level) => needsBuild[level])) buildExtension();
  const workspace = path.join(temporaryFolder(), 'workspace');
  const levelOf = { api: apiLevel, ui: uiLevel, web: webLevel };
  for (const name of options.levels) {
    fs.rmSync(workspace, { recursive: true, force: true });
    fs.cpSync(path.join(import.meta.dirname, 'fixtures', 'workspace'), workspace, { recursive: true });
    const level = await levelOf[name](options, workspace);
    verdicts.set(name, await runLevel({ ...level, env: { ...tools, ...level.env } }));
  }
}

/** Removed at the end of this process, however that comes. */
function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'loadpath-'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Installs what code-server needs, and tells the child processes where it is and which Node runs it. */
function prepareTools(): NodeJS.ProcessEnv {
  return {
    [CODE_SERVER_VARIABLE]: findOrInstallCodeServer(),
    [CHROMIUM_VARIABLE]: findOrInstallChromium(),
    VSCODE_EXECUTABLE: path.join(import.meta.dirname, 'code-shim.ts'),
    PATH: [path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
  };
}

async function apiLevel(options: Options, workspace: string): Promise<Level> {
  const suite = await bundleSuite(path.join(ARTIFACTS, 'suite'));
  const launch = path.join(import.meta.dirname, 'launch.ts');
  return {
    ...sharedParts('api', options),
    title: `Inside the extension host of ${options.desktop ? 'a desktop VS Code' : 'code-server'}`,
    command: [...withDisplay(options), launch, path.resolve(options.extension ?? ROOT), suite, workspace],
  };
}

function uiLevel(options: Options, workspace: string): Level {
  const vsix = path.resolve(options.vsix ?? packExtension());
  const ui = path.join(import.meta.dirname, 'ui', 'index.ts');
  return {
    ...sharedParts('ui', options),
    title: `Through the window of code-server, packed as ${path.basename(vsix)}`,
    command: [process.execPath, ui, vsix, workspace, SCREENSHOTS],
  };
}

async function webLevel(options: Options, workspace: string): Promise<Level> {
  const extension = options.extension ? path.resolve(options.extension) : stageExtension();
  const suite = await bundleWebSuite(path.join(ARTIFACTS, 'web-suite'));
  const launch = path.join(import.meta.dirname, 'web', 'launch.ts');
  return {
    ...sharedParts('web', options),
    title: 'Inside the extension host of VS Code for the Web',
    command: [process.execPath, launch, extension, suite, workspace],
  };
}

function sharedParts(name: LevelName, options: Options): Omit<Level, 'title' | 'command'> {
  return {
    env: { [GREP_VARIABLE]: options.grep ?? '' },
    expected: options.grep ? 1 : countTests(name),
    limitMs: options.limitMs,
    artifacts: path.join(ARTIFACTS, name),
    verbose: options.verbose,
  };
}

/** A desktop VS Code on Linux opens a window, so a machine without a display needs a virtual one. */
function withDisplay(options: Options): readonly string[] {
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!options.desktop || hasDisplay) return [process.execPath];
  if (!fs.existsSync('/usr/bin/xvfb-run')) {
    throw new SetupError('A desktop VS Code needs a display: install xvfb (xvfb-run), or leave out --desktop.');
  }
  return ['/usr/bin/xvfb-run', '-a', process.execPath];
}

function notRun(level: LevelName): Verdict {
  return { exitCode: EXIT.infrastructure, passed: 0, failed: countTests(level) };
}

function summarize(verdicts: readonly Verdict[]): ExitCode {
  const sum = (count: 'passed' | 'failed') => verdicts.reduce((total, verdict) => total + verdict[count], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return verdicts.find((verdict) => verdict.exitCode !== EXIT.passed)?.exitCode ?? EXIT.passed;
}
