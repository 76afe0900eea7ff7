/** A few lines in place of mocha, which needs Node: the suite runs in a worker of the browser. */
import type { RecordedTest } from '../recorder.ts';

const registered: { readonly title: string; readonly run: () => Promise<void> }[] = [];

/** Registers a test; it fails by throwing. */
export function test(title: string, run: () => Promise<void>): void {
  registered.push({ title, run });
}

/** Runs all registered tests one after the other. @returns whether all have passed */
export async function runTests(report: (test: RecordedTest) => void): Promise<boolean> {
  let passed = true;
  for (const { title, run } of registered) {
    const start = Date.now();
    try {
      await run();
      report({ title, state: 'passed', durationMs: Date.now() - start });
    } catch (error) {
      passed = false;
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      report({ title, state: 'failed', durationMs: Date.now() - start, error: text });
    }
  }
  return passed;
}

/** Throws with `what` where the condition does not hold. */
export function check(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(what);
}
