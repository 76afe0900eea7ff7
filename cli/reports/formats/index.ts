/** The formats of `loadpath check` by name. Each is in a file of its own, loaded only when it is asked for. */
import type { FormatReport } from './format.ts';

export const checkFormats = {
  /** For people: the line with carets, fixes, figures. */
  pretty: async () => (await import('../check.ts')).formatCheck,
  /** One line for each finding. */
  compact: async () => (await import('./compact.ts')).formatCompact,
  /** Everything that is known, as one document. */
  json: async () => (await import('../check-json.ts')).checkJson,
  /** One document in one line for each finding. */
  jsonl: async () => (await import('./jsonl.ts')).formatJsonLines,
  /** SARIF 2.1.0, as GitHub code scanning reads it. */
  sarif: async () => (await import('./sarif.ts')).formatSarif,
  /** JUnit XML, as Jenkins reads it. */
  junit: async () => (await import('./junit.ts')).formatJunit,
  /** Annotations of a GitHub workflow. */
  github: async () => (await import('./github.ts')).formatGithub,
  /** GitLab's code quality report. */
  gitlab: async () => (await import('./gitlab.ts')).formatGitlab,
  /** Checkstyle XML. */
  checkstyle: async () => (await import('./checkstyle.ts')).formatCheckstyle,
  /** A table, for comments on pull requests. */
  markdown: async () => (await import('./markdown.ts')).formatMarkdown,
} as const satisfies Record<string, () => Promise<FormatReport>>;

export type CheckFormat = keyof typeof checkFormats;
