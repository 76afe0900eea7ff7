/** Names of findings that stay the same when lines move. */
import { createHash } from 'node:crypto';
import type { Finding } from '../../../model/index.ts';
import type { Sources } from '../sources.ts';

const LENGTH = 16;

/**
 * For each finding, in their order, 16 hexadecimal digits of the SHA-256 of its rule, its file and the component or connection that it
 * is about; where it is about none, of the line's text. Equal ones are told apart by `:2`, `:3` … in order of place.
 */
export function fingerprintsOf(findings: readonly Finding[], sources: Sources): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const fingerprint = fingerprintOf(finding, sources);
    const count = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, count);
    return count === 1 ? fingerprint : `${fingerprint}:${count}`;
  });
}

function fingerprintOf({ rule, subject, span }: Finding, sources: Sources): string {
  const about = subject ?? { text: sources.lines(span.file)[span.start.line]?.trim() };
  const key = JSON.stringify([rule, sources.path(span.file), about]);
  return createHash('sha256').update(key).digest('hex').slice(0, LENGTH);
}
