/** Takes statements out of a text together with what only separated them. */
import type { AstNode, LangiumDocument } from 'langium';
import type { Span } from '../../model/index.ts';
import { documentOf } from '../around.ts';
import type * as ast from '../generated/ast.ts';
import { bracesOf } from './bodies.ts';
import { type TextEdit, textEdit } from './text-edit.ts';

/** Removes a statement: its line where it stands alone, else one comma with it, and the braces when nothing is left inside. */
export function removeStatement(node: ast.Statement): TextEdit | undefined {
  const cst = node.$cstNode;
  const host = node.$container;
  if (!cst || !host) return undefined;
  const document = documentOf(node);
  const text = document.textDocument.getText();
  const siblings: readonly AstNode[] = 'statements' in host ? host.statements : [];
  const braces = bracesOf(host);
  if (braces && siblings.length === 1 && text.slice(braces.open + 1, braces.close).trim() === cst.text.trim()) {
    const before = text.slice(0, braces.open).trimEnd().length;
    return textEdit(document, before, braces.close + 1, '');
  }
  const line = wholeLines(text, cst.offset, cst.end);
  if (line) return textEdit(document, line.start, line.end, '');
  const index = siblings.indexOf(node);
  const next = siblings[index + 1]?.$cstNode;
  if (next) return textEdit(document, cst.offset, next.offset, '');
  const previous = siblings[index - 1]?.$cstNode;
  return textEdit(document, previous?.end ?? cst.offset, cst.end, '');
}

/** Removes a piece of text, with its line if nothing else is on it. */
export function removeText(document: LangiumDocument, { start, end }: Span): TextEdit {
  const line = wholeLines(document.textDocument.getText(), start.offset, end.offset);
  return textEdit(document, line?.start ?? start.offset, line?.end ?? end.offset, '');
}

/** The lines from one offset to another with their last line break, if nothing but a comma and a comment is beside them. */
function wholeLines(
  text: string,
  from: number,
  to: number,
): { readonly start: number; readonly end: number } | undefined {
  const start = Math.max(text.lastIndexOf('\n', from - 1), text.lastIndexOf('\r', from - 1)) + 1;
  const rest = /^[ \t]*,?[ \t]*(?:\/\/[^\r\n]*)?(?:\r\n|\n|\r|$)/.exec(text.slice(to));
  if (!rest || text.slice(start, from).trim() !== '') return undefined;
  return { start, end: to + rest[0].length };
}
