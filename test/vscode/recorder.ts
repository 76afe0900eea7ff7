import * as fs from 'node:fs';

/** Environment variable that names the file into which a test process records its results. */
export const RESULTS_VARIABLE = 'LOADPATH_TEST_RESULTS';
/** Environment variable with a regular expression: only tests whose full title matches are run. */
export const GREP_VARIABLE = 'LOADPATH_TEST_GREP';

/** What is known of a mocha run so far; rewritten after every test, so that a run cut off still tells how far it came. */
export interface Recording {
  /** True only after mocha itself has ended: the proof that no test is missing because its process died. */
  readonly finished: boolean;
  /** Full title of the test that is running. */
  readonly running?: string;
  readonly tests: readonly RecordedTest[];
}

/** One test with its outcome. */
export interface RecordedTest {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly durationMs: number;
  readonly error?: string;
}

const TEST_LIMIT_MS = 30_000;

/**
 * Runs mocha's tdd interface on the files and records the results where `LOADPATH_TEST_RESULTS` says.
 * @throws Error naming the number of failed tests
 */
export async function runMocha(files: readonly string[]): Promise<void> {
  // Imported when called: mocha 12 is an ES module, the bundle that the extension host loads is not.
  const { default: Mocha } = await import('mocha');
  const silent = class {};
  const mocha = new Mocha({ ui: 'tdd', timeout: TEST_LIMIT_MS, grep: process.env[GREP_VARIABLE] || undefined });
  mocha.reporter(silent as unknown as Mocha.ReporterConstructor);
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => record(mocha.run(resolve)));
  if (failures > 0) throw new Error(`${failures} of the tests failed.`);
}

function record(runner: Mocha.Runner): void {
  const tests: RecordedTest[] = [];
  const add = (test: Mocha.Runnable, state: RecordedTest['state'], error?: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : error;
    const outcome = { title: test.fullTitle(), state, durationMs: test.duration ?? 0 };
    tests.push(text === undefined ? outcome : { ...outcome, error: String(text) });
    writeRecording({ finished: false, tests });
  };
  runner.on('test', (test) => writeRecording({ finished: false, running: test.fullTitle(), tests }));
  runner.on('pass', (test) => add(test, 'passed'));
  runner.on('fail', (test, error) => add(test, 'failed', error));
  runner.on('pending', (test) => add(test, 'skipped'));
  runner.on('end', () => writeRecording({ finished: true, tests }));
}

/** Written beside and then renamed, for the runner reads the file while the tests go on. */
export function writeRecording(recording: Recording): void {
  const file = process.env[RESULTS_VARIABLE];
  if (!file) return;
  fs.writeFileSync(`${file}.new`, JSON.stringify(recording, null, 2));
  fs.renameSync(`${file}.new`, file);
}
