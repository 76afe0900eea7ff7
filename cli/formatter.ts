/** Formats texts, all with the same parser, because making one takes longer than formatting a file. */
import { pathToFileURL } from 'node:url';
import { EmptyFileSystem, URI } from 'langium';
import { formatDocument } from '../language/lsp/formatter.ts';
import { createArchServices } from '../language/module.ts';
import { syntaxFindings } from '../language/syntax-findings.ts';
import { formatFindings } from './reports/findings.ts';
import { sourcesOf } from './reports/sources.ts';
import type { Terminal } from './terminal.ts';

/** A text and the absolute path of its file. */
export interface FormatInput {
  readonly path: string;
  readonly text: string;
}

/** A function that formats; of a text with syntax errors it reports them on standard error, and returns undefined. */
export function createFormatter(terminal: Terminal): (input: FormatInput) => string | undefined {
  const { shared, arch } = createArchServices(EmptyFileSystem);
  return ({ path, text }) => {
    const uri = pathToFileURL(path).href;
    const document = shared.workspace.LangiumDocumentFactory.fromString(text, URI.parse(uri));
    const formatted = formatDocument(arch, document);
    if (formatted === undefined) {
      const sources = sourcesOf(new Map([[uri, text]]), terminal.cwd);
      const report = { sources, paint: terminal.paintNotes, columns: terminal.columns };
      terminal.note(formatFindings(syntaxFindings(document), report).trimEnd());
    }
    return formatted;
  };
}
