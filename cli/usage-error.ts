/** Something that the caller of the command line can put right: a wrong flag, a missing file. One sentence, and exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
