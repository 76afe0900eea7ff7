import * as fs from 'node:fs';
import * as path from 'node:path';
import { runMocha } from '../recorder.ts';

/** Called by the extension host, of the desktop VS Code and of code-server alike. */
export async function run(): Promise<void> {
  // This file is bundled as CommonJS beside the suites, hence __dirname.
  const suites = fs.readdirSync(__dirname).filter((name) => name.endsWith('.suite.cjs'));
  await runMocha(suites.sort().map((name) => path.join(__dirname, name)));
}
