// Runs the UI suites with mocha in this process; they drive the workbench from outside.
// Usage: ui/index.ts VSIX WORKSPACE_FOLDER SCREENSHOTS_FOLDER
import * as fs from 'node:fs';
import * as path from 'node:path';
import { runMocha } from '../recorder.ts';
import { startSession } from './session.ts';

const here = import.meta.dirname;
const suites = fs.readdirSync(here).filter((name) => name.endsWith('.suite.ts'));
// Started before mocha: a workbench that does not open is no failed test.
const session = await startSession();
try {
  await runMocha(suites.sort().map((name) => path.join(here, name)));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
await session.close();
process.exit();
