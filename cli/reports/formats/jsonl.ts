/** One finding a line, each as in the document of `--format json`: for tools that read line by line. */
import { findingJson } from '../json.ts';
import type { FormatReport } from './format.ts';

export const formatJsonLines: FormatReport = ({ findings, sources }) =>
  findings.map((finding) => `${oneLine(JSON.stringify(findingJson(finding, sources)))}\n`).join('');

/** JSON allows characters in strings at which some languages break lines, Python's `splitlines` among them. */
function oneLine(json: string): string {
  return json.replaceAll(/[\u0085\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
