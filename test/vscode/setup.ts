import { execFileSync, type StdioOptions } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** The npm package `code-server` of this version is VS Code 1.139.1; pinned because the workbench's selectors are internal. */
export const CODE_SERVER_VERSION = '4.139.1';

/** A condition of the machine that stops the run; its message is a sentence that says what to do, so no stack is shown. */
export class SetupError extends Error {}

/** Folder outside the checkout for downloads that many checkouts share. */
export function cacheFolder(): string {
  return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'loadpath');
}

/**
 * The folder of the `code-server` package, installed from the npm registry at the first call (about 600 MB).
 * The folder appears under its final name only when the installation is complete, so a run that was cut off leaves
 * nothing that could be taken for a finished one.
 * @throws SetupError where code-server cannot run or be installed
 */
export function findOrInstallCodeServer(): string {
  if (process.platform === 'win32') {
    throw new SetupError(
      'code-server does not run on Windows; use a desktop VS Code: npm run test:vscode -- --desktop',
    );
  }
  const finished = path.join(cacheFolder(), `code-server-${CODE_SERVER_VERSION}`);
  if (!fs.existsSync(finished)) installCodeServer(finished);
  return path.join(finished, 'node_modules', 'code-server');
}

/**
 * The path of a Chromium: the environment's `CHROMIUM`, an installed one, or on Debian as root a freshly installed one.
 * @throws SetupError naming what to install
 */
export function findOrInstallChromium(): string {
  const named = process.env.CHROMIUM;
  if (named) {
    if (!fs.existsSync(named)) throw new SetupError(`CHROMIUM names '${named}', which does not exist.`);
    return named;
  }
  const found = findChromium();
  if (found) return found;
  const advice = 'No Chromium found: install chromium or google-chrome, or set CHROMIUM to the path of one.';
  // The font is only recommended by chromium; without one the window shows no text.
  installPackages(['chromium', 'fonts-dejavu-core'], advice);
  const installed = findChromium();
  if (!installed) throw new SetupError('apt-get installed chromium, but there is none in /usr/bin; set CHROMIUM.');
  return installed;
}

/**
 * The path of a program: what the environment's variable names, an installed one, or on Debian as root a freshly installed one.
 * @throws SetupError naming what to install
 */
export function findOrInstall(
  program: string,
  { variable, packages }: { readonly variable: string; readonly packages: readonly string[] },
): string {
  const named = process.env[variable];
  if (named && !fs.existsSync(named)) throw new SetupError(`${variable} names '${named}', which does not exist.`);
  const find = () =>
    (process.env.PATH ?? '')
      .split(path.delimiter)
      .map((folder) => path.join(folder, program))
      .find((file) => fs.existsSync(file));
  const found = named || find();
  if (found) return found;
  const advice = `No ${program} found: install ${packages.join(', ')}, or set ${variable} to the path of one.`;
  installPackages(packages, advice);
  const installed = find();
  if (!installed) throw new SetupError(advice);
  return installed;
}

/** @throws SetupError with the advice where this user cannot install packages */
function installPackages(packages: readonly string[], advice: string): void {
  if (!isDebian() || process.getuid?.() !== 0) throw new SetupError(advice);
  console.log(`Installing ${packages.join(', ')} from the Debian packages ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  runInstaller('apt-get', ['update', '-qq'], { env });
  runInstaller('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
}

/** Of the systems with apt-get; Ubuntu's chromium package is only a pointer to a snap. */
function isDebian(): boolean {
  const release = '/etc/os-release';
  return fs.existsSync(release) && /^ID=debian$/m.test(fs.readFileSync(release, 'utf8'));
}

function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return [
    ...names.map((name) => `/usr/bin/${name}`),
    ...names.flatMap((name) => folders.map((folder) => path.join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ].find((file) => fs.existsSync(file));
}

function installCodeServer(finished: string): void {
  console.log(`Installing code-server ${CODE_SERVER_VERSION} into ${finished} (once, about a minute) ...`);
  fs.mkdirSync(path.dirname(finished), { recursive: true });
  removeAbandonedInstallations(finished);
  const partial = fs.mkdtempSync(`${finished}.partial-`);
  try {
    fs.writeFileSync(path.join(partial, 'package.json'), '{ "private": true }\n');
    npmInstall(partial, [`code-server@${CODE_SERVER_VERSION}`, '--save-exact']);
    // The package's postinstall script installs these two from the lock files that it ships, and then compiles native
    // modules (terminal, log files, watchdog, Kerberos) that need headers and Python but that no test here uses.
    const vscode = path.join(partial, 'node_modules', 'code-server', 'lib', 'vscode');
    npmInstall(vscode, ['--omit=dev']);
    npmInstall(path.join(vscode, 'extensions'), ['--omit=dev']);
    moveIntoPlace(partial, finished);
  } finally {
    fs.rmSync(partial, { recursive: true, force: true });
  }
}

/** Another run may have finished the same installation in the meantime: its folder is as good as ours. */
function moveIntoPlace(partial: string, finished: string): void {
  try {
    fs.renameSync(partial, finished);
  } catch (error) {
    if (!fs.existsSync(finished)) throw error;
  }
}

const ABANDONED_AFTER_MS = 3_600_000;

/** By age, for another run may be installing at this moment. */
function removeAbandonedInstallations(finished: string): void {
  const parent = path.dirname(finished);
  for (const entry of fs.readdirSync(parent)) {
    const folder = path.join(parent, entry);
    if (!folder.startsWith(`${finished}.partial-`)) continue;
    const ageMs = Date.now() - fs.statSync(folder).mtimeMs;
    if (ageMs > ABANDONED_AFTER_MS) fs.rmSync(folder, { recursive: true, force: true });
  }
}

function npmInstall(folder: string, args: readonly string[]): void {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  runInstaller('npm', ['install', ...args, ...quiet], { cwd: folder, env: environmentOutsideNpm() });
}

/** `npm run` tells its children which package they belong to; an `npm install` elsewhere must not hear it. */
function environmentOutsideNpm(): NodeJS.ProcessEnv {
  const inherited =
    /^(npm_package_|npm_lifecycle_|npm_config_(local_prefix|omit|include|workspace)|INIT_CWD$|NODE_ENV$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)));
}

function runInstaller(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env: NodeJS.ProcessEnv },
): void {
  const stdio: StdioOptions = ['ignore', 'ignore', 'inherit'];
  try {
    execFileSync(command, args, { ...options, stdio });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    throw new SetupError(`Setting up the test machine failed in ${options.cwd ?? 'the system'}: ${reason}`);
  }
}
