/** Findings about the form of a text: what the lexer and the parser met, and what they took although it is no statement. */
import type { LangiumDocument } from 'langium';
import type { Finding, Span } from '../model/index.ts';
import { commentsOf } from './comments.ts';
import * as ast from './generated/ast.ts';
import type { ProblemId } from './problems.ts';
import { positionAt, type SourceText, sourceOf, spanAt } from './spans.ts';
import { unclosedBrace } from './unclosed-brace.ts';

/** What is wrong with the form of a file: at most one finding for each line, in order of the text. */
export function syntaxFindings(document: LangiumDocument): readonly Finding[] {
  const source = sourceOf(document);
  const found = [
    ...lexerFindings(document, source),
    ...parserFindings(document, source),
    ...unexpectedFindings(document, source),
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
  return document.parseResult.parserErrors.map((error) => {
    const { token } = error;
    const isEnd = !token.image || Number.isNaN(token.startOffset);
    if (!isEnd)
      return finding(error.message, spanAt(source, token.startOffset, token.startOffset + token.image.length));
    const previous = (error as { previousToken?: typeof token }).previousToken;
    const isMissing = !Number.isNaN(token.startOffset) && token.tokenType.name === 'MISSING';
    const end = isMissing ? token.startOffset : source.text.trimEnd().length;
    const brace = isMissing ? undefined : unclosedBrace(source);
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

/** Tokens that begin no statement; those that stand together on a line are one finding. */
function unexpectedFindings(document: LangiumDocument, source: SourceText): readonly Finding[] {
  const found: Finding[] = [];
  const visit = (statements: readonly ast.Statement[]): void => {
    for (let i = 0; i < statements.length; i++) {
      const statement = statements[i]!;
      if (ast.isUnexpected(statement)) {
        const last = lastOnLine(source, statements, i);
        found.push(unexpected(source, statement, statements[last]!));
        for (; i <= last; i++) visit(bodyOf(statements[i]!));
        i--;
      } else visit(bodyOf(statement));
    }
  };
  const model = document.parseResult.value;
  if (ast.isModel(model)) visit(model.statements);
  return found;
}

function bodyOf(statement: ast.Statement): readonly ast.Statement[] {
  return 'statements' in statement ? statement.statements : [];
}

function lastOnLine(source: SourceText, statements: readonly ast.Statement[], first: number): number {
  const { line } = positionAt(source, statements[first]!.$cstNode?.offset ?? 0);
  let last = first;
  for (let i = first + 1; i < statements.length; i++) {
    const next = statements[i]!;
    if (!ast.isUnexpected(next) || positionAt(source, next.$cstNode?.offset ?? 0).line !== line || next.text === '{')
      break;
    last = i;
  }
  return last;
}

function unexpected(source: SourceText, first: ast.Unexpected, last: ast.Statement): Finding {
  const start = first.$cstNode?.offset ?? 0;
  if (first.text === '}') return finding("This '}' closes nothing.", spanAt(source, start, start + 1));
  if (first.text === '{') return finding("Expected a name before '{'.", spanAt(source, start, start + 1));
  const end = last.$cstNode?.end ?? start;
  const text = source.text.slice(start, end);
  const name = text.startsWith('-') ? nameBefore(source, start) : undefined;
  if (name && /^-\w/.test(text)) {
    const message = `A name has letters, digits and '_' only: write '${name}_${text.slice(1).split(/\W/)[0]}'.`;
    return finding(message, spanAt(source, start - name.length, end));
  }
  const where = ast.isModel(first.$container) ? '' : ", or '}'";
  return finding(
    `Expected a declaration, a property or a connection such as 'a -> b'${where}, but found '${text}'.`,
    spanAt(source, start, end),
  );
}

/** The word that ends at an offset, without a blank between. */
function nameBefore({ text }: SourceText, offset: number): string | undefined {
  return /[A-Za-z_]\w*$/.exec(text.slice(Math.max(0, offset - 100), offset))?.[0];
}

function literalFindings(document: LangiumDocument, source: SourceText): readonly Finding[] {
  const { unclosed, unclosedTexts } = commentsOf(document);
  return [
    ...unclosedTexts.map((span) => finding(`Expected '"' at the end of the text.`, span)),
    ...(unclosed === undefined
      ? []
      : [finding("This comment is not closed: expected '*/'.", spanAt(source, unclosed, unclosed + 2))]),
  ];
}

function suppressionFindings(document: LangiumDocument): readonly Finding[] {
  return commentsOf(document).broken.map(({ message, span }) => finding(message, span, 'suppression-needs-reason'));
}
