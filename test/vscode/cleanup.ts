/** Exit code of a process that was asked to stop. */
export const STOPPED = 130;

/** What a process has started and must end before it ends itself. */
export interface Cleanup {
  add(undo: () => unknown): void;
  /** Undoes everything once, the last first; a failure is printed and does not keep the rest from being undone. */
  run(): Promise<void>;
}

/** Creates an empty clean-up, which is also run when a signal asks the process to stop. */
export function createCleanup(): Cleanup {
  const undos: (() => unknown)[] = [];
  let running: Promise<void> | undefined;
  const run = () => {
    // A second signal must wait for the same clean-up, not cut it short.
    running ??= undoAll(undos.toReversed());
    return running;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void run().then(() => process.exit(STOPPED)));
  }
  // What was still being started when the clean-up began is undone at once.
  return { add: (undo) => (running ? void undoAll([undo]) : undos.push(undo)), run };
}

async function undoAll(undos: readonly (() => unknown)[]): Promise<void> {
  for (const undo of undos) {
    try {
      await undo();
    } catch (error) {
      console.error(error);
    }
  }
}
