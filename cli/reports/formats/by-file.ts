import type { Finding } from '../../../model/index.ts';

/** The findings by URI of their file, in their order. */
export function byFile(findings: readonly Finding[]): readonly (readonly [string, readonly Finding[]])[] {
  return [...Map.groupBy(findings, ({ span }) => span.file)];
}
