/** A text as the formatter sees it: tokens and comments in order, and what the tree says about them. */
import { AstUtils, type LangiumDocument, type LexerResult } from 'langium';
import * as ast from '../generated/ast.ts';

/** A token or comment. */
export interface Piece {
  readonly image: string;
  readonly start: number;
  readonly end: number;
  readonly comment: 'line' | 'block' | undefined;
}

export interface Layout {
  readonly pieces: readonly Piece[];
  /** Statements by the offset at which they begin; of those that begin together the outermost. */
  readonly statements: ReadonlyMap<number, ast.Statement>;
  /** Offsets of the minus signs that have one operand. */
  readonly negations: ReadonlySet<number>;
  /** Index of the closing piece by the index of the opening one, for `{`, `[` and `(`. */
  readonly closing: ReadonlyMap<number, number>;
  /** The other way round. */
  readonly opening: ReadonlyMap<number, number>;
}

export function layoutOf(document: LangiumDocument, { tokens, hidden }: LexerResult): Layout {
  const pieces = [...tokens.filter(({ image }) => image), ...hidden]
    .map(({ image, startOffset }): Piece => {
      const comment = image.startsWith('//') ? 'line' : image.startsWith('/*') ? 'block' : undefined;
      return { image, start: startOffset, end: startOffset + image.length, comment };
    })
    .sort((a, b) => a.start - b.start);
  const statements = new Map<number, ast.Statement>();
  const negations = new Set<number>();
  for (const node of AstUtils.streamAst(document.parseResult.value)) {
    const offset = node.$cstNode?.offset;
    if (offset === undefined) continue;
    if (ast.isNegation(node)) negations.add(offset);
    if (node.$containerProperty === 'statements' && ast.isStatement(node)) statements.set(offset, node);
  }
  const closing = bracketsOf(pieces);
  return {
    pieces,
    statements,
    negations,
    closing,
    opening: new Map([...closing].map(([open, close]) => [close, open])),
  };
}

/** True if two pieces begin and end on the same line. */
export function onOneLine(text: string, from: Piece, to: Piece): boolean {
  const newline = text.indexOf('\n', from.end);
  return newline === -1 || newline >= to.start;
}

/** Line breaks between two pieces: 0, 1, or 2 where an empty line separates them. */
export function breaksBetween(text: string, from: Piece, to: Piece): 0 | 1 | 2 {
  const gap = text.slice(from.end, to.start);
  const first = gap.indexOf('\n');
  if (first === -1) return 0;
  return gap.indexOf('\n', first + 1) === -1 ? 1 : 2;
}

const CLOSERS: Readonly<Record<string, string>> = { '}': '{', ']': '[', ')': '(' };

function bracketsOf(pieces: readonly Piece[]): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  pieces.forEach(({ image, comment }, i) => {
    if (comment) return;
    if (image === '{' || image === '[' || image === '(') open.push(i);
    else if (CLOSERS[image] !== undefined && pieces[open.at(-1) ?? -1]?.image === CLOSERS[image])
      closing.set(open.pop()!, i);
  });
  return closing;
}
