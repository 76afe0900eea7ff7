/** Writes additions into a body as it is laid out: on its one line, or on lines of their own with its indentation. */
import { type AstNode, isCompositeCstNode, type LangiumDocument } from 'langium';
import { documentOf } from '../around.ts';
import * as ast from '../generated/ast.ts';
import {
  type Additions,
  connectionLines,
  declarationLines,
  inline,
  isFlat,
  LINE_WIDTH,
  newBody,
  propertyLines,
} from './additions.ts';
import { type TextEdit, textEdit } from './text-edit.ts';

/** What has statements. */
export type Host = ast.Declaration | ast.Block | ast.Connection | ast.RequestClass | ast.Model;

/** Edits that write additions into a host. `touched` says whether another edit changes the text between two offsets. */
export function writeAdditions(
  host: Host,
  additions: Additions,
  touched: (start: number, end: number) => boolean,
): readonly TextEdit[] {
  const document = documentOf(host);
  const braces = bracesOf(host);
  if (ast.isModel(host)) return asLines(document, host, additions, '');
  if (!braces) return [appendBody(document, host, additions)];
  const text = document.textDocument.getText();
  const last = host.statements.at(-1)?.$cstNode;
  const isOnOneLine = !/[\r\n]/.test(text.slice(last?.end ?? braces.open, braces.close));
  if (!isOnOneLine) return asLines(document, host, additions, innerIndent(text, host));
  const content = text.slice(braces.open + 1, braces.close);
  const isPlain = !/[\r\n]|\/[/*]/.test(content);
  const addition = inline(additions);
  const width = lineAround(text, braces.close).length + addition.length + 2;
  const fits = isFlat(additions) && (width <= LINE_WIDTH || !isPlain);
  if (fits || !isPlain || touched(braces.open + 1, braces.close)) {
    return [intoLine(document, host, additions, braces.open)];
  }
  return [breakUp(document, host, additions, braces)];
}

/** The line break that a text uses. */
export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The blanks at the beginning of the line of an offset. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(lineAround(text, offset))![0];
}

/** Offsets of the braces of a body, if it has one. */
export function bracesOf(node: AstNode): { readonly open: number; readonly close: number } | undefined {
  const cst = node.$cstNode;
  if (!cst || !isCompositeCstNode(cst)) return undefined;
  const open = cst.content.find((child) => child.text === '{');
  const close = cst.content.findLast((child) => child.text === '}');
  return open && close && close.offset > open.offset ? { open: open.offset, close: close.offset } : undefined;
}

function lineAround(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const end = text.slice(offset).search(/[\r\n]/);
  return text.slice(start, end < 0 ? text.length : offset + end);
}

function appendBody(document: LangiumDocument, host: Host, additions: Additions): TextEdit {
  const text = document.textDocument.getText();
  const end = host.$cstNode?.end ?? text.length;
  const width = lineAround(text, end).length;
  return textEdit(document, end, end, newBody(additions, indentAt(text, end), width, lineBreakOf(text)));
}

/** Behind the last statement of a body that is on one line. */
function intoLine(document: LangiumDocument, host: Host, additions: Additions, open: number): TextEdit {
  const text = document.textDocument.getText();
  const everything = [inline(additions), ...declarationLines(additions, ''), ...connectionLines(additions, '')].filter(
    (part) => part !== '',
  );
  const addition = everything.join(', ');
  const last = host.statements.at(-1)?.$cstNode;
  if (last) return textEdit(document, last.end, last.end, `, ${addition}`);
  const blanks = /^[ \t]*/.exec(text.slice(open + 1))![0].length;
  return textEdit(document, open + 1, open + 1 + blanks, ` ${addition} `);
}

/** A body that becomes too long for its line: every statement on a line of its own. */
function breakUp(
  document: LangiumDocument,
  host: Host,
  additions: Additions,
  { open, close }: { readonly open: number; readonly close: number },
): TextEdit {
  const text = document.textDocument.getText();
  const lineBreak = lineBreakOf(text);
  const outer = indentAt(text, open);
  const indent = `${outer}  `;
  const properties = host.statements.filter(isProperty).map((it) => indent + (it.$cstNode?.text ?? ''));
  const others = host.statements.filter((it) => !isProperty(it)).map((it) => indent + (it.$cstNode?.text ?? ''));
  const more = [...others, ...declarationLines(additions, indent), ...connectionLines(additions, indent)];
  const lines = [
    ...properties,
    ...propertyLines(additions, indent),
    ...(more.length > 0 && properties.length > 0 ? [''] : []),
    ...more,
  ];
  return textEdit(document, open + 1, close, `${lineBreak}${lines.join(lineBreak)}${lineBreak}${outer}`);
}

/** On lines of their own: properties behind the last property, components behind the last component, connections behind the last connection. */
function asLines(document: LangiumDocument, host: Host, additions: Additions, indent: string): readonly TextEdit[] {
  const { statements } = host;
  const property = statements.findLast(isProperty);
  const declaration = statements.findLast(ast.isDeclaration);
  const connection = statements.findLast(ast.isConnection);
  const last = statements.at(-1);
  const groups = [
    { lines: propertyLines(additions, indent), behind: property, isSpaced: false },
    {
      lines: declarationLines(additions, indent),
      behind: declaration ?? property ?? (ast.isModel(host) ? last : undefined),
      isSpaced: declaration ? isSpaced(document, declaration) : true,
    },
    { lines: connectionLines(additions, indent), behind: connection ?? declaration ?? last, isSpaced: !connection },
  ];
  const byPlace = new Map<number, string[]>();
  for (const { lines, behind, isSpaced } of groups) {
    if (lines.length === 0) continue;
    const place = behind ? endOfLine(document, behind, host) : startOf(document, host);
    const block = isSpaced && (behind || byPlace.has(place)) ? ['', ...lines] : lines;
    byPlace.set(place, [...(byPlace.get(place) ?? []), ...block]);
  }
  return [...byPlace].map(([place, lines]) => insertLines(document, place, lines));
}

function insertLines(document: LangiumDocument, place: number, lines: readonly string[]): TextEdit {
  const text = document.textDocument.getText();
  const lineBreak = lineBreakOf(text);
  const block = lines.join(lineBreak);
  const isFileStart = place === 0 || text.slice(0, place).trim() === '';
  if (isFileStart && !text.slice(0, place).includes('{')) {
    return textEdit(document, place, place, `${block.trimStart()}${lineBreak}`);
  }
  return textEdit(document, place, place, lineBreak + block);
}

/** Where a line after a statement begins: behind a comma and a comment on its line. */
function endOfLine(document: LangiumDocument, statement: AstNode, host: Host): number {
  const text = document.textDocument.getText();
  const end = statement.$cstNode?.end ?? 0;
  const rest = /^[ \t]*,?[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*)?(?=[\r\n]|$)/.exec(text.slice(end));
  if (rest) return end + rest[0].trimEnd().length;
  const next = host.statements[(statement.$containerIndex ?? 0) + 1];
  return next ? end + (/^[ \t]*,/.exec(text.slice(end))?.[0].length ?? 0) : end;
}

function startOf(document: LangiumDocument, host: Host): number {
  const text = document.textDocument.getText();
  if (ast.isModel(host)) return text.length;
  const open = bracesOf(host)!.open + 1;
  const rest = /^[ \t]*(?:\/\/[^\r\n]*)?(?=[\r\n])/.exec(text.slice(open));
  return open + (rest?.[0].trimEnd().length ?? 0);
}

/** The indentation of the statements of a body, two blanks more than that of its head where it has none. */
function innerIndent(text: string, host: Host): string {
  for (const { $cstNode: cst } of host.statements) {
    if (!cst) continue;
    const before = lineAround(text, cst.offset).slice(0, cst.offset - lineStart(text, cst.offset));
    if (before.trim() === '') return before;
  }
  return `${indentAt(text, host.$cstNode?.offset ?? 0)}  `;
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

function isProperty(statement: ast.Statement): boolean {
  return ast.isProperty(statement) || ast.isBlock(statement);
}

/** True if a declaration stands apart from what is above it, or is itself taller than a line. */
function isSpaced(document: LangiumDocument, declaration: ast.Declaration): boolean {
  const cst = declaration.$cstNode;
  if (!cst) return false;
  const text = document.textDocument.getText();
  return /[\r\n]/.test(cst.text) || /\n[ \t]*\r?\n[ \t]*$/.test(text.slice(0, cst.offset));
}
