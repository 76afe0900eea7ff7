/** What the command line answers to the shell: never a count, never a bit mask. */
export const exitCodes = {
  /** Nothing found at or above the threshold. */
  clean: 0,
  /** Findings at or above the threshold. */
  findings: 1,
  /** A wrong flag, a missing file, nothing to work on. */
  usage: 2,
  /** A bug in Loadpath. */
  internal: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
