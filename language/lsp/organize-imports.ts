/**
 * Imports in the order of their paths, each once. An import is left out only where that changes nothing: a file is imported for what it
 * declares, so even one whose names nobody uses counts, unless all that it has are templates and params.
 */
import { AstUtils, type LangiumDocument, type LangiumDocuments } from 'langium';
import type { CodeAction, Range, TextEdit } from 'vscode-languageserver';
import * as ast from '../generated/ast.ts';
import { importClosure, importsOf, importUri } from '../imports.ts';

/** The kind of the action, as all clients know it. */
export const organizeImportsKind = 'source.organizeImports';

/** Nothing where the imports are in order. */
export function organizeImports(documents: LangiumDocuments, document: LangiumDocument): readonly CodeAction[] {
  const superfluous = superfluousImports(documents, document);
  const edits = runsOf(document).flatMap((run) => organized(document, run, superfluous));
  if (edits.length === 0) return [];
  return [
    {
      title: 'Organize imports',
      kind: organizeImportsKind,
      edit: { changes: { [document.uri.toString()]: edits } },
    },
  ];
}

/** Imports with nothing but blanks between them; a comment belongs to the import beside it, so nothing is moved past one. */
function runsOf(document: LangiumDocument): readonly (readonly ast.Import[])[] {
  const text = document.textDocument.getText();
  const runs: ast.Import[][] = [];
  let last: ast.Import | undefined;
  for (const statement of importsOf(document)) {
    const gap = last && text.slice(last.$cstNode?.end, statement.$cstNode?.offset);
    if (gap !== undefined && /^[\s,]*$/.test(gap) && !isCommented(text, statement)) runs.at(-1)?.push(statement);
    else runs.push([statement]);
    last = statement;
  }
  return runs;
}

/** A comment stands behind it on its line. */
function isCommented(text: string, { $cstNode }: ast.Import): boolean {
  return $cstNode !== undefined && /^[ \t,]*\/[/*]/.test(text.slice($cstNode.end));
}

function organized(
  document: LangiumDocument,
  run: readonly ast.Import[],
  superfluous: ReadonlySet<ast.Import>,
): readonly TextEdit[] {
  const [first, last] = [run[0]?.$cstNode, run.at(-1)?.$cstNode];
  if (!first || !last) return [];
  const kept = run.filter((statement) => !superfluous.has(statement));
  const sorted = kept.toSorted((a, b) => ((a.path ?? '') < (b.path ?? '') ? -1 : 1));
  if (kept.length === run.length && sorted.every((statement, i) => statement === run[i])) return [];
  const text = document.textDocument.getText();
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const range: Range = { start: first.range.start, end: last.range.end };
  if (sorted.length > 0) {
    return [{ range, newText: sorted.map(({ $cstNode }) => $cstNode?.text ?? '').join(newline) }];
  }
  const rest = /^[ \t,]*(\r?\n)?/.exec(text.slice(last.end))?.[0].length ?? 0;
  return [{ range: { start: range.start, end: document.textDocument.positionAt(last.end + rest) }, newText: '' }];
}

/** The second import of a file, an import of the file itself, and one that brings only names that nobody uses. */
function superfluousImports(documents: LangiumDocuments, document: LangiumDocument): ReadonlySet<ast.Import> {
  const seen = new Set([document.uri.toString()]);
  const found = new Set<ast.Import>();
  for (const statement of importsOf(document)) {
    const uri = importUri(document, statement);
    // What cannot be read may bring anything.
    const imported = uri && documents.getDocument(uri);
    const isKnown = uri !== undefined && seen.has(uri.toString());
    if (isKnown || (imported && !bringsSomething(documents, document, imported))) found.add(statement);
    if (uri) seen.add(uri.toString());
  }
  return found;
}

function bringsSomething(documents: LangiumDocuments, document: LangiumDocument, imported: LangiumDocument): boolean {
  const files = new Set(importClosure(documents, imported));
  if (files.has(document) || ![...files].every(hasOnlyNames)) return true;
  return documents.all.some((user) => !files.has(user) && uses(user, files));
}

function hasOnlyNames({ parseResult: { value } }: LangiumDocument): boolean {
  return (
    ast.isModel(value) &&
    value.statements.every(
      (statement) =>
        ast.isImport(statement) || ast.isParam(statement) || (ast.isDeclaration(statement) && statement.template),
    )
  );
}

function uses({ parseResult: { value } }: LangiumDocument, files: ReadonlySet<LangiumDocument>): boolean {
  return AstUtils.streamAst(value).some((node) => {
    const target = ast.isSegment(node) ? node.target?.ref : undefined;
    return target !== undefined && files.has(AstUtils.getDocument(target));
  });
}
