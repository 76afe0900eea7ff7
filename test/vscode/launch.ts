// Runs the bundled API suite through @vscode/test-electron, in whichever VS Code is at hand. A process of its own, so
// that the runner can stop it, and everything below it, when its time is up.
// Usage: launch.ts EXTENSION_FOLDER TESTS_MODULE WORKSPACE_FOLDER
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { cacheFolder } from './setup.ts';

const [extensionDevelopmentPath, extensionTestsPath, workspace] = process.argv.slice(2);
if (!extensionDevelopmentPath || !extensionTestsPath || !workspace) throw new Error('launch.ts takes three paths.');
const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'loadpath-'));
const cachePath = path.join(cacheFolder(), 'vscode-desktop');
if (!process.env.VSCODE_EXECUTABLE) fs.mkdirSync(cachePath, { recursive: true });
// Sent to the whole process group when the time is up: VS Code ends, and then there is something to clear up here.
process.on('SIGTERM', () => console.error('Waiting for VS Code to end ...'));
try {
  process.exitCode = await runTests({
    // Unset, the desktop VS Code is downloaded into cachePath.
    vscodeExecutablePath: process.env.VSCODE_EXECUTABLE || undefined,
    version: process.env.VSCODE_VERSION || 'stable',
    cachePath,
    extensionDevelopmentPath,
    extensionTestsPath,
    launchArgs: [workspace, '--disable-extensions', `--user-data-dir=${profile}`, `--extensions-dir=${profile}/e`],
    // Set where the runner itself was started from a VS Code; the new one would then start as plain Node.
    extensionTestsEnv: { ELECTRON_RUN_AS_NODE: undefined },
  });
} catch (error) {
  console.error(error);
  process.exitCode = (error instanceof TestRunFailedError ? error.code : undefined) ?? 2;
} finally {
  fs.rmSync(profile, { recursive: true, force: true });
}
