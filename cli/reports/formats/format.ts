/** What a format of `loadpath check` is: a function from the report to a text. */
import type { Finding } from '../../../model/index.ts';
import type { Paint } from '../../terminal.ts';
import type { CheckReport } from '../check.ts';

export interface FormatContext {
  readonly paint: Paint;
  readonly columns: number;
  /** Whether the counts and the figures follow the findings. */
  readonly summary: boolean;
  /** The findings that make the run fail. */
  readonly failures: ReadonlySet<Finding>;
  /** The folder to which services that show findings beside a repository's files count paths; see `repositoryRoot`. */
  readonly root: string;
  /** The folder of the run, as a path from `root` with forward slashes; empty where it is `root`. */
  readonly project: string;
  /** Version of Loadpath. */
  readonly version: string;
}

/** The whole report; ends with a line feed unless it is empty. */
export type FormatReport = (report: CheckReport, context: FormatContext) => string;
