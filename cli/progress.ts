/** A line on standard error that says how far a long computation is; only where a person is looking. */

/** Shows `done` of `total`, or how much is done where nobody knows of how much; the last call has to be `clear`. */
export interface Progress {
  show(what: string, done: number, total?: number): void;
  clear(): void;
}

const BETWEEN = 100;

/** Progress on standard error if that is a terminal, else nothing. */
export function openProgress(): Progress {
  const { stderr } = process;
  if (!stderr.isTTY) return { show: () => {}, clear: () => {} };
  let shown = 0;
  return {
    show(what, done, total) {
      const now = Date.now();
      if (now - shown < BETWEEN) return;
      shown = now;
      stderr.write(`\r\u001b[K${what} ${done}${total === undefined ? '' : ` of ${total}`}`);
    },
    clear() {
      if (shown > 0) stderr.write('\r\u001b[K');
    },
  };
}
