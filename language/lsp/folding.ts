/** Bodies, comments and runs of imports can be folded. */
import { type AstNode, AstUtils, type LangiumDocument } from 'langium';
import type { FoldingRangeProvider } from 'langium/lsp';
import type { FoldingRange } from 'vscode-languageserver';
import * as ast from '../generated/ast.ts';

export class LoadpathFoldingRangeProvider implements FoldingRangeProvider {
  getFoldingRanges(document: LangiumDocument): FoldingRange[] {
    return [...bodies(document.parseResult.value), ...comments(document), ...imports(document)];
  }
}

function bodies(root: AstNode): readonly FoldingRange[] {
  return AstUtils.streamAllContents(root)
    .filter((node) => ('statements' in node && !ast.isModel(node)) || ast.isList(node))
    .flatMap((node) => {
      const { range, text } = node.$cstNode ?? {};
      if (!range || !text) return [];
      // The line with the closing brace stays visible; while the text is written there may be none.
      const endLine = /[}\]]$/.test(text) ? range.end.line - 1 : range.end.line;
      return endLine > range.start.line ? [{ startLine: range.start.line, endLine }] : [];
    })
    .toArray();
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
