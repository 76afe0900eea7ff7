/** Findings about the form of a text: what the lexer and the parser met, and what they took although it is no statement. */
import type { LangiumDocument } from 'langium';
import type { Finding, Span } from '../model/index.ts';
import { commentsOf } from './comments.ts';
import { DirectComposite } from './direct/syntax-nodes.ts';
import * as ast from './generated/ast.ts';
import { missingIn } from './missing.ts';
import type { ProblemId } from './problems.ts';
import { positionAt, type SourceText, sourceOf, spanAt, spanOf } from './spans.ts';
import { unclosedBrace } from './unclosed-brace.ts';
import { describeUnexpected, endOfRun } from './unexpected.ts';

/** What is wrong with the form of a file: at most one finding for each line, in order of the text. */
export function syntaxFindings(document: LangiumDocument): readonly Finding[] {
  // Read directly is only what has no mistake of form.
  const { $cstNode: cst } = document.parseResult.value;
  if (cst instanceof DirectComposite && cst.syntaxTree.islands.length === 0) return suppressionFindings(document);
  return findingsOfForm(document);
}

/** The same, if `looksAtAll` without regard to how the document was read. */
export function findingsOfForm(document: LangiumDocument, looksAtAll = false): readonly Finding[] {
  const source = sourceOf(document);
  const found = [
    ...lexerFindings(document, source),
    ...parserFindings(document, source),
    ...statementFindings(document, source, looksAtAll),
    ...literalFindings(document, source),
  ].sort((a, b) => a.span.start.offset - b.span.start.offset);
  const lines = new Set<number>();
  return [
    ...found.filter(({ span }) => !lines.has(span.start.line) && lines.add(span.start.line)),
    ...suppressionFindings(document),
  ];
}

/** True if a document cannot be formatted because parts of it are not understood. */
export function hasSyntaxErrors(document: LangiumDocument): boolean {
  return syntaxFindings(document).some(({ rule }) => rule === 'syntax');
}

function finding(message: string, span: Span, rule: ProblemId = 'syntax', related?: Finding['related']): Finding {
  return { rule, severity: 'error', message, span, ...(related ? { related } : {}) };
}

/** Unexpected characters that stand together are one finding. */
function lexerFindings(document: LangiumDocument, source: SourceText): readonly Finding[] {
  return document.parseResult.lexerErrors.map(({ offset, length, message }) =>
    finding(message, spanAt(source, offset, offset + length)),
  );
}

function parserFindings(document: LangiumDocument, source: SourceText): readonly Finding[] {
  let searched: ReturnType<typeof unclosedBrace> | null = null;
  return document.parseResult.parserErrors.map((error) => {
    const { token } = error;
    const isEnd = !token.image || Number.isNaN(token.startOffset);
    if (!isEnd) {
      const dotted = dottedProperty(source, token.startOffset);
      if (dotted) return dotted;
      return finding(error.message, spanAt(source, token.startOffset, token.startOffset + token.image.length));
    }
    const previous = (error as { previousToken?: typeof token }).previousToken;
    const isMissing = token.tokenType.name === 'END';
    const end = isMissing ? token.startOffset : source.text.trimEnd().length;
    if (!isMissing && searched === null) searched = unclosedBrace(source);
    const brace = isMissing ? undefined : searched;
    if (brace) {
      const line = positionAt(source, brace.offset).line + 1;
      const message = `Expected '}' to close ${brace.name ? `'${brace.name}'` : 'the body'} (opened on line ${line}), but the file ends here.`;
      return finding(message, spanAt(source, end, end), 'syntax', [
        { message: 'The body begins here.', span: spanAt(source, brace.offset, brace.offset + 1) },
      ]);
    }
    const at = previous && !Number.isNaN(previous.startOffset) ? previous.startOffset + previous.image.length : end;
    return finding(error.message, spanAt(source, isMissing ? end : at, isMissing ? end : at));
  });
}

/** `failover.mode: manual`: other languages write the properties of blocks so. */
function dottedProperty(source: SourceText, colon: number): Finding | undefined {
  if (source.text[colon] !== ':') return undefined;
  const before = source.text.slice(Math.max(0, colon - 100), colon);
  const [written, block, name] = /(?<![\w.])([A-Za-z]\w*)\.([A-Za-z]\w*)[ \t]*$/.exec(before) ?? [];
  if (!written) return undefined;
  const message = `A property of a block is written '${block} { ${name}: … }', but found '${written.trimEnd()}:'.`;
  return finding(message, spanAt(source, colon - written.length, colon + 1));
}

/** Tokens that begin no statement, and statements that lack something. */
function statementFindings(document: LangiumDocument, source: SourceText, looksAtAll: boolean): readonly Finding[] {
  const found: Finding[] = [];
  const visit = (statements: readonly ast.Statement[]): void => {
    for (let i = 0; i < statements.length; i++) {
      const statement = statements[i]!;
      if (!looksAtAll && statement.$cstNode instanceof DirectComposite) {
        visit(bodyOf(statement));
        continue;
      }
      const last = ast.isUnexpected(statement) ? endOfRun(source, statements, i) : i;
      found.push(...findingsOf(source, statement, statements[last]!, statements[i + 1]));
      for (; i <= last; i++) visit(bodyOf(statements[i]!));
      i--;
    }
  };
  const model = document.parseResult.value;
  if (ast.isModel(model)) visit(model.statements);
  return found;
}

function findingsOf(
  source: SourceText,
  statement: ast.Statement,
  last: ast.Statement,
  next: ast.Statement | undefined,
): readonly Finding[] {
  if (ast.isUnexpected(statement)) {
    const { message, start, end } = describeUnexpected(source, statement, last);
    return [finding(message, spanAt(source, start, end))];
  }
  const missing = missingIn(statement, next);
  if (!missing) return [];
  const { start, end } = spanOf(source, statement);
  // Of a statement over several lines only the first is marked.
  const lineEnd = start.line === end.line ? end.offset : (source.lines[start.line + 1] ?? end.offset) - 1;
  return [finding(missing, spanAt(source, start.offset, lineEnd))];
}

function bodyOf(statement: ast.Statement): readonly ast.Statement[] {
  return 'statements' in statement ? statement.statements : [];
}

function literalFindings(document: LangiumDocument, source: SourceText): readonly Finding[] {
  const { unclosed, unclosedTexts, danglingDots } = commentsOf(document);
  return [
    ...danglingDots.map((span) => finding(`Expected a name after '${slice(source, span)}'.`, span)),
    ...unclosedTexts.map((span) => finding(`Expected '"' at the end of the text.`, span)),
    ...(unclosed === undefined
      ? []
      : [finding("This comment is not closed: expected '*/'.", spanAt(source, unclosed, unclosed + 2))]),
  ];
}

function slice({ text }: SourceText, { start, end }: Span): string {
  return text.slice(start.offset, end.offset);
}

function suppressionFindings(document: LangiumDocument): readonly Finding[] {
  return commentsOf(document).broken.map(({ message, span }) => finding(message, span, 'suppression-needs-reason'));
}
