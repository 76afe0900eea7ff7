import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { SetupError } from './setup.ts';

/** Environment variables by which the runner tells its child processes where the tools are. */
export const CODE_SERVER_VARIABLE = 'LOADPATH_TEST_CODE_SERVER';
export const CHROMIUM_VARIABLE = 'CHROMIUM';

/** A throw-away VS Code user: settings, extensions and home folder of its own, so nothing of the real one is touched. */
export interface Profile {
  readonly root: string;
  readonly userData: string;
  readonly extensions: string;
}

/** A running code-server. */
export interface Server {
  readonly url: string;
  log(): string;
  stop(): Promise<void>;
}

/** What the workbench shall open; paths are local, for code-server runs on this machine. */
export interface WorkbenchTarget {
  readonly folder: string;
  /** Folder of an extension to load from its sources. */
  readonly developmentPath?: string;
  /** Module whose `run()` the extension host calls, after which the workbench reports its exit code. */
  readonly testsPath?: string;
}

/** Settings that keep dialogs, tips, downloads and suggestions from elsewhere out of the tests. */
const QUIET_SETTINGS = {
  'chat.disableAIFeatures': true,
  'editor.accessibilitySupport': 'off',
  'editor.wordBasedSuggestions': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'files.hotExit': 'off',
  'files.simpleDialog.enable': true,
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.confirmBeforeClose': 'never',
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.enableExperiments': false,
  'workbench.preferredDarkColorTheme': 'Default Dark Modern',
  'workbench.preferredLightColorTheme': 'Default Light Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Unix sockets are made below the profile, and their paths may not exceed 107 bytes. */
const LONGEST_PROFILE_PARENT = 40;

/** Creates an empty profile in the system's temporary folder; the caller removes `root`. */
export function createProfile(): Profile {
  const parent = os.tmpdir().length <= LONGEST_PROFILE_PARENT ? os.tmpdir() : '/tmp';
  const root = fs.mkdtempSync(path.join(parent, 'loadpath-'));
  const profile = { root, userData: path.join(root, 'u'), extensions: path.join(root, 'e') };
  fs.mkdirSync(path.join(profile.userData, 'User'), { recursive: true });
  fs.mkdirSync(profile.extensions);
  fs.writeFileSync(path.join(root, 'config.yaml'), 'auth: none\n');
  fs.writeFileSync(path.join(profile.userData, 'User', 'settings.json'), JSON.stringify(QUIET_SETTINGS, null, 2));
  return profile;
}

/**
 * Installs a packed extension into the profile as `code --install-extension` does.
 * @throws Error with code-server's output where it refuses the file
 */
export async function installExtension(profile: Profile, vsix: string): Promise<void> {
  const args = [...profileArguments(profile), '--install-extension', path.resolve(vsix), '--force'];
  await promisify(execFile)(process.execPath, args, { env: serverEnvironment(profile) });
}

/**
 * Starts code-server on a free port of the loopback address.
 * `testDriver` lets the workbench accept a development extension and a test module: without it a built workbench
 * ignores both, silently.
 * @throws SetupError with the log where it does not listen within a minute
 */
export async function startServer(profile: Profile, options: { readonly testDriver: boolean }): Promise<Server> {
  const args = [
    ...profileArguments(profile),
    ...['--auth', 'none', '--bind-addr', '127.0.0.1:0', '--session-socket', path.join(profile.root, 's')],
    ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-proxy'],
    ...['--disable-getting-started-override', '--ignore-last-opened', '--reconnection-grace-time', '5'],
    ...(options.testDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
  // A process group of its own, so that stop() reaches the extension hosts and language servers below it.
  const child = spawn(process.execPath, args, {
    env: serverEnvironment(profile),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let log = '';
  const collect = (chunk: Buffer) => {
    log += chunk;
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const stop = () => stopGroup(child);
  try {
    const url = await listeningAddress(child, () => log);
    return { url, log: () => log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts the Chromium that `CHROMIUM` names, without a window. */
export function launchBrowser(): Promise<Browser> {
  const args = ['--disable-gpu', '--disable-quic', '--disable-sync', '--disable-component-update'];
  // The callers close it themselves, together with what else they have started.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  return chromium.launch({ executablePath: requiredVariable(CHROMIUM_VARIABLE), headless: true, args, ...signals });
}

/** The page that opens the target in the server's workbench. */
export function workbenchUrl(server: Server, target: WorkbenchTarget): string {
  const { host } = new URL(server.url);
  const remote = (file: string) => `vscode-remote://${host}${encodeURI(path.resolve(file))}`;
  const payload: [string, string][] = [];
  if (target.developmentPath) payload.push(['extensionDevelopmentPath', remote(target.developmentPath)]);
  if (target.testsPath) payload.push(['extensionTestsPath', remote(target.testsPath)]);
  const url = new URL(server.url);
  url.searchParams.set('folder', path.resolve(target.folder));
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

function profileArguments(profile: Profile): string[] {
  const entry = path.join(requiredVariable(CODE_SERVER_VARIABLE), 'out', 'node', 'entry.js');
  const config = path.join(profile.root, 'config.yaml');
  return [entry, '--config', config, '--user-data-dir', profile.userData, '--extensions-dir', profile.extensions];
}

/** Variables of a VS Code or code-server that this run was itself started from would redirect the new one. */
function serverEnvironment(profile: Profile): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|ELECTRON_|CODE_SERVER_|NODE_OPTIONS$|PASSWORD$|HASHED_PASSWORD$|PORT$)/;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  // An empty gallery address keeps the workbench from asking a marketplace.
  return { ...Object.fromEntries(own), HOME: profile.root, EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
}

function requiredVariable(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new SetupError(`The environment variable ${name} is not set: start the tests by npm run test:vscode.`);
  return value;
}

const SERVER_START_LIMIT_MS = 60_000;

function listeningAddress(child: ChildProcess, log: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (what: string) => {
      clearTimeout(timer);
      reject(new SetupError(`code-server ${what}. Its output:\n${log()}`));
    };
    const timer = setTimeout(() => fail('did not listen within a minute'), SERVER_START_LIMIT_MS);
    child.once('error', (error) => fail(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => fail(`ended with ${code ?? signal}`));
    child.stdout?.on('data', () => {
      const address = /HTTP server listening on (http:\/\/[\d.:]+)/.exec(log())?.[1];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
}

const GRACE_MS = 3000;

/** Asks the whole process group to end, then ends it. */
async function stopGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (!pid) return;
  const signalGroup = (signal: NodeJS.Signals) => {
    try {
      process.kill(-pid, signal);
    } catch {
      // The group is gone already, which is what was wanted.
    }
  };
  const gone = child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, 'exit');
  signalGroup('SIGTERM');
  const timer = setTimeout(() => signalGroup('SIGKILL'), GRACE_MS);
  await gone;
  clearTimeout(timer);
  signalGroup('SIGKILL');
}
