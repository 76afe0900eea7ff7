/**
 * The formatter: two spaces of indentation, one statement on a line, and a body that was written on one line stays on one. Only the
 * blanks between tokens change, and the commas between statements, which mean nothing.
 */
import type { LangiumDocument } from 'langium';
import type { Formatter } from 'langium/lsp';
import type { ArchServices } from '../module.ts';
import { parseDocument } from '../parse.ts';
import { positionAt, sourceOf } from '../spans.ts';
import { hasSyntaxErrors } from '../syntax-findings.ts';
import { separate } from './separators.ts';
import { layoutOf } from './text-layout.ts';

type TextEdit = Awaited<ReturnType<Formatter['formatDocument']>>[number];
type Range = TextEdit['range'];

/** A piece of the text that is written differently. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The changes that format a document, in order; undefined if it has syntax errors. */
export function formatChanges(services: ArchServices, document: LangiumDocument): readonly TextChange[] | undefined {
  if (hasSyntaxErrors(document)) return undefined;
  const { text } = sourceOf(document);
  const layout = layoutOf(document, services.parser.Lexer.tokenize(text));
  return separate(layout, text);
}

/** The formatted text; undefined if it has syntax errors. */
export async function formatText(text: string): Promise<string | undefined> {
  const { arch, document } = await parseDocument(text);
  return formatDocument(arch, document);
}

/** The formatted text of a parsed document; undefined if it has syntax errors. For many files with the same services. */
export function formatDocument(services: ArchServices, document: LangiumDocument): string | undefined {
  const changes = formatChanges(services, document);
  if (!changes) return undefined;
  const { text } = sourceOf(document);
  let formatted = '';
  let from = 0;
  for (const change of changes) {
    formatted += text.slice(from, change.start) + change.text;
    from = change.end;
  }
  return formatted + text.slice(from);
}

/** The formatter as a service of the language server. */
export class ArchFormatter implements Formatter {
  private readonly services: ArchServices;

  constructor(services: ArchServices) {
    this.services = services;
  }

  /** Nothing is formatted while typing: the next key may change what a line is. */
  get formatOnTypeOptions(): undefined {
    return undefined;
  }

  formatDocument(document: LangiumDocument): TextEdit[] {
    return this.edits(document);
  }

  formatDocumentRange(document: LangiumDocument, { range }: { range: Range }): TextEdit[] {
    return this.edits(document).filter((edit) => overlaps(edit.range, range));
  }

  formatDocumentOnType(): TextEdit[] {
    return [];
  }

  private edits(document: LangiumDocument): TextEdit[] {
    const source = sourceOf(document);
    return (formatChanges(this.services, document) ?? []).map(({ start, end, text }) => {
      const [from, to] = [positionAt(source, start), positionAt(source, end)];
      return {
        range: {
          start: { line: from.line, character: from.character },
          end: { line: to.line, character: to.character },
        },
        newText: text,
      };
    });
  }
}

function overlaps(one: Range, other: Range): boolean {
  const startsAfter =
    one.start.line > other.end.line || (one.start.line === other.end.line && one.start.character > other.end.character);
  const endsBefore =
    one.end.line < other.start.line || (one.end.line === other.start.line && one.end.character < other.start.character);
  return !startsAfter && !endsBefore;
}
