/** `file:line:column: severity rule message`, one line for each finding: for editors, `grep` and problem matchers. */
import { placeOf } from '../sources.ts';
import { printable } from '../text-width.ts';
import type { FormatReport } from './format.ts';

export const formatCompact: FormatReport = ({ findings, sources }) =>
  findings
    .map(({ span, severity, rule, message }) => `${placeOf(span, sources)}: ${severity} ${rule} ${message}`)
    .map((line) => `${printable(line)}\n`)
    .join('');
