import { runTests } from './registry.ts';
import { MARK } from './signals.ts';
import './worker.suite.ts';

/** Called by the web extension host. The log is the only way out of it. */
export async function run(): Promise<void> {
  const passed = await runTests((test) => console.log(`${MARK}${JSON.stringify(test)}`));
  if (!passed) throw new Error('Not all tests have passed.');
}
