/** One finding a line, each as in the document of `--format json`: for tools that read line by line. */
import { findingJson } from '../json.ts';
import type { FormatReport } from './format.ts';

export const formatJsonLines: FormatReport = ({ findings, sources }) =>
  findings.map((finding) => `${JSON.stringify(findingJson(finding, sources))}\n`).join('');
