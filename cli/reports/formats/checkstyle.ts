/** Checkstyle's XML: `checkstyle` > `file` > `error`, with lines and columns that count from 1. */
import type { Finding } from '../../../model/index.ts';
import { byFile } from './by-file.ts';
import type { FormatReport } from './format.ts';
import { severityNames } from './severities.ts';
import { element, xmlDocument } from './xml.ts';

/** Version of the format: the one that other linters write, and readers know. */
const VERSION = '4.3';

export const formatCheckstyle: FormatReport = ({ findings, sources }, { root }) => {
  const { path } = sources.seenFrom(root);
  const files = byFile(findings).map(([file, inFile]) =>
    element('file', { name: path(file) }, inFile.map(errorElement)),
  );
  return xmlDocument(element('checkstyle', { version: VERSION }, files));
};

function errorElement({ span, severity, message, rule }: Finding) {
  return element('error', {
    line: span.start.line + 1,
    column: span.start.character + 1,
    severity: severityNames[severity].checkstyle,
    message,
    source: `loadpath.${rule}`,
  });
}
