/** What a rule, the parser or the linker has to say about an architecture. */
import type { Path } from './architecture.ts';
import type { Edit } from './edit.ts';
import type { Span } from './span.ts';

export const severities = ['error', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

export interface Finding {
  /** Id of the rule, or of the kind of problem (`syntax`, `unresolved-name`, …). */
  readonly rule: string;
  readonly severity: Severity;
  /** One sentence with a final period. */
  readonly message: string;
  readonly span: Span;
  /** The component or connection that it is about. */
  readonly subject?: Path;
  readonly related?: readonly { readonly message: string; readonly span: Span }[];
  readonly fixes?: readonly Fix[];
}

/** A change that removes a finding. */
export interface Fix {
  /** What it does, as a command: `Set 'ttl: 10m' on 'feed'`. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** The one that `--fix` and fix-all take. */
  readonly preferred?: boolean;
}
