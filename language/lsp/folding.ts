/** Bodies, comments and runs of imports can be folded. */
import type { AstNode, LangiumDocument } from 'langium';
import type { FoldingRangeProvider } from 'langium/lsp';
import type { FoldingRange } from 'vscode-languageserver';
import * as ast from '../generated/ast.ts';
import { eachNode } from '../nodes.ts';

export class LoadpathFoldingRangeProvider implements FoldingRangeProvider {
  getFoldingRanges(document: LangiumDocument): FoldingRange[] {
    return [...bodies(document.parseResult.value), ...comments(document), ...imports(document)];
  }
}

function bodies(root: AstNode): readonly FoldingRange[] {
  const text = root.$cstNode?.root.fullText ?? '';
  const found: FoldingRange[] = [];
  eachNode(root, (node) => {
    if (!('statements' in node || ast.isList(node)) || ast.isModel(node)) return;
    const cst = node.$cstNode;
    if (!cst || cst.length === 0) return;
    const { start, end } = cst.range;
    // The line with the closing brace stays visible; while the text is written there may be none.
    const endLine = /[}\]]/.test(text.charAt(cst.end - 1)) ? end.line - 1 : end.line;
    if (endLine > start.line) found.push({ startLine: start.line, endLine });
  });
  return found;
}

function comments(document: LangiumDocument): readonly FoldingRange[] {
  const text = document.textDocument.getText();
  const lineOf = (offset: number) => document.textDocument.positionAt(offset).line;
  const found: FoldingRange[] = [];
  for (const match of text.matchAll(
    /"(?:\\.|[^"\\\r\n])*"?|\/\*[\s\S]*?\*\/|(?:^[ \t]*\/\/[^\r\n]*(?:\r?\n|$)){2,}/gm,
  )) {
    if (match[0].startsWith('"')) continue;
    const startLine = lineOf(match.index);
    const endLine = lineOf(match.index + match[0].trimEnd().length);
    if (endLine > startLine) found.push({ startLine, endLine, kind: 'comment' });
  }
  return found;
}

function imports(document: LangiumDocument): readonly FoldingRange[] {
  const model = document.parseResult.value;
  const lines = ast.isModel(model)
    ? model.statements.filter(ast.isImport).flatMap(({ $cstNode }) => $cstNode?.range.start.line ?? [])
    : [];
  const [first, last] = [lines[0], lines.at(-1)];
  return first !== undefined && last !== undefined && last > first
    ? [{ startLine: first, endLine: last, kind: 'imports' }]
    : [];
}
