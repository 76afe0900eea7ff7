/**
 * The lexer, with one addition: where a line ends too early (`ttl:`, `a ->`, `server`) and the next line begins a statement, it
 * puts an empty name. The parser then does not take the next statement for the missing piece, and only the broken line is lost.
 */
import { DefaultLexer, type LangiumCoreServices, type LexerResult, type TokenizeOptions } from 'langium';

type Token = LexerResult['tokens'][number];

export class ArchLexer extends DefaultLexer {
  private readonly missing: Token['tokenType'];

  constructor(services: LangiumCoreServices) {
    super(services);
    this.missing = this.definition.MISSING!;
  }

  override tokenize(text: string, options?: TokenizeOptions): LexerResult {
    const result = super.tokenize(text, options);
    cutWhereTooDeep(result);
    const { tokens } = result;
    const inserted: Token[] = [];
    let from = 0;
    for (let i = 0; i + 1 < tokens.length; i++) {
      if (tokens[i]!.endLine === tokens[i + 1]!.startLine || !endsEarly(tokens, i)) continue;
      for (; from <= i; from++) inserted.push(tokens[from]!);
      inserted.push(this.after(tokens[i]!));
    }
    if (from > 0) {
      for (; from < tokens.length; from++) inserted.push(tokens[from]!);
      result.tokens = inserted;
    }
    return result;
  }

  /** An empty token directly after the given one. */
  private after(token: Token): Token {
    return {
      image: '',
      tokenType: this.missing,
      tokenTypeIdx: this.missing.tokenTypeIdx!,
      startOffset: token.endOffset! + 1,
      endOffset: token.endOffset!,
      startLine: token.endLine!,
      endLine: token.endLine!,
      startColumn: token.endColumn! + 1,
      endColumn: token.endColumn!,
    };
  }
}

const WORD = /^[A-Za-z_]/;
const ARROWS = new Set(['->', '<->']);
/** After these something must follow; after the arrows a name with a flow or a block may. */
const OPERATORS = new Set([':', '=', '<', '<=', '>', '>=', '+', '-', '*', '/', '.', '..']);
/** A word after one of these is not the beginning of a statement. */
const OPENERS = new Set([...OPERATORS, ...ARROWS, ',', '[', '(']);

/** True if the token at `i`, the last of its line, needs something after it that is not the statement on the next line. */
function endsEarly(tokens: readonly Token[], i: number): boolean {
  const image = tokens[i]!.image;
  if (image === '.') return true;
  if (OPERATORS.has(image)) return beginsStatement(tokens, i + 1, false);
  if (ARROWS.has(image)) return beginsStatement(tokens, i + 1, true);
  return (isAloneOnItsLine(tokens, i) || isMomentAlone(tokens, i)) && beginsStatement(tokens, i + 1, false);
}

/** `at 5m` without an action. */
function isMomentAlone(tokens: readonly Token[], i: number): boolean {
  const at = tokens[i - 1];
  return at?.image === 'at' && /^[0-9]/.test(tokens[i]!.image) && tokens[i - 2]?.endLine !== at.startLine;
}

/** A word that is a whole line, where a statement can begin: a kind without a name. */
function isAloneOnItsLine(tokens: readonly Token[], i: number): boolean {
  if (!WORD.test(tokens[i]!.image)) return false;
  const before = tokens[i - 1];
  return !before || (before.endLine !== tokens[i]!.startLine && !OPENERS.has(before.image));
}

/** True if the tokens at `i` can only be the beginning of a statement. */
function beginsStatement(tokens: readonly Token[], i: number, afterArrow: boolean): boolean {
  const first = tokens[i];
  const second = tokens[i + 1];
  if (!first || !second || !WORD.test(first.image)) return false;
  if (second.image === ':' || second.image === '{') return !afterArrow;
  if (second.startLine === first.endLine && /^["A-Za-z_]/.test(second.image)) return true;
  if (first.image === 'at' && /^[0-9]/.test(second.image)) return true;
  return arrowFollows(tokens, i);
}

/** True if a qualified name begins at `i` and an arrow follows it. */
function arrowFollows(tokens: readonly Token[], i: number): boolean {
  let next = i + 1;
  while (tokens[next]?.image === '.' && WORD.test(tokens[next + 1]?.image ?? '')) next += 2;
  return ARROWS.has(tokens[next]?.image ?? '');
}

/** The parser and all that walks its tree are recursive: what is nested deeper than any design is not read. */
const DEEPEST = 100;

/** Drops everything from the token on that is nested too deeply, and reports it. */
function cutWhereTooDeep(result: LexerResult): void {
  let brackets = 0;
  let operators = 0;
  let before: Token | undefined;
  for (const [i, token] of result.tokens.entries()) {
    const { image } = token;
    if (image === '{' || image === '[' || image === '(') brackets++;
    else if (image === '}' || image === ']' || image === ')') brackets--;
    if (ARITHMETIC.has(image)) operators++;
    else if (!before || !ARITHMETIC.has(before.image)) operators = image === '(' || image === ')' ? operators : 0;
    before = token;
    if (brackets <= DEEPEST && operators <= DEEPEST) continue;
    const what = brackets > DEEPEST ? 'Brackets are nested' : 'Operators follow each other';
    result.errors.push({
      offset: token.startOffset,
      length: image.length,
      line: token.startLine!,
      column: token.startColumn!,
      message: `${what} more than ${DEEPEST} deep; the rest of the file is not read.`,
    });
    result.tokens.length = i;
    return;
  }
}

const ARITHMETIC = new Set(['+', '-', '*', '/']);
