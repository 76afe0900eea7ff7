/**
 * The formatter: two spaces of indentation, one statement on a line, and a body that was written on one line stays on one. Only the
 * blanks between tokens change, and the commas between statements, which mean nothing.
 */
import { CstUtils, type LangiumDocument } from 'langium';
import type { Formatter } from 'langium/lsp';
import type { ArchServices } from '../module.ts';
import { parseDocument } from '../parse.ts';
import { positionAt, sourceOf } from '../spans.ts';
import { hasSyntaxErrors } from '../syntax-findings.ts';
import { separate } from './separators.ts';
import { layoutOf } from './text-layout.ts';

type TextEdit = Awaited<ReturnType<Formatter['formatDocument']>>[number];
type Range = TextEdit['range'];
type Position = Range['start'];

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

  /** A brace that closes formats its body, the end of a line the line. */
  readonly formatOnTypeOptions: { firstTriggerCharacter: string; moreTriggerCharacter: string[] } = {
    firstTriggerCharacter: '}',
    moreTriggerCharacter: ['\n'],
  };

  formatDocument(document: LangiumDocument): TextEdit[] {
    return this.edits(document);
  }

  formatDocumentRange(document: LangiumDocument, { range }: { range: Range }): TextEdit[] {
    return this.edits(document).filter((edit) => overlaps(edit.range, range));
  }

  /** Nothing changes where the cursor is or behind it: what is written there is not yet what it will be. */
  formatDocumentOnType(
    document: LangiumDocument,
    { position, ch }: { readonly position: Position; readonly ch: string },
  ): TextEdit[] {
    const typed = ch === '}' ? closedBody(document, position) : lineBefore(document, position);
    return typed ? this.edits(document).filter(({ range }) => isWithin(range, typed)) : [];
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
  return !isBefore(other.end, one.start) && !isBefore(one.end, other.start);
}

/** From the line on which the body begins to its brace, just before a position. */
function closedBody(document: LangiumDocument, position: Position): Range | undefined {
  const root = document.parseResult.value.$cstNode;
  const offset = document.textDocument.offsetAt(position);
  const leaf = root && CstUtils.findLeafNodeAtOffset(root, offset - 1);
  if (leaf?.text !== '}') return undefined;
  const start = leaf.astNode.$cstNode?.range.start;
  return start && { start: { line: start.line, character: 0 }, end: position };
}

/** The line that has just been ended, with what indents it and without its end. */
function lineBefore({ textDocument }: LangiumDocument, { line }: Position): Range | undefined {
  const endOf = (index: number) => {
    const range = { start: { line: index, character: 0 }, end: { line: index + 1, character: 0 } };
    return { line: index, character: textDocument.getText(range).trimEnd().length };
  };
  if (line === 0) return undefined;
  return { start: line === 1 ? { line: 0, character: 0 } : endOf(line - 2), end: endOf(line - 1) };
}

function isWithin({ start, end }: Range, outer: Range): boolean {
  return !isBefore(start, outer.start) && !isBefore(outer.end, end);
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}
