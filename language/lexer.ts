/**
 * The lexer, with one addition: where the next line begins a statement, it ends the statement before. Line breaks mean nothing in
 * the language, so this changes no text that is right; but `ttl:`, `a ->` or `server` without the rest do not take the next line
 * for what they lack, and only the broken line is lost.
 */
import { DefaultLexer, type LangiumCoreServices, type LexerResult, type TokenizeOptions } from 'langium';

type Token = LexerResult['tokens'][number];

export class ArchLexer extends DefaultLexer {
  private readonly end: Token['tokenType'];
  private readonly name: Token['tokenType'];

  constructor(services: LangiumCoreServices) {
    super(services);
    this.end = this.definition.END!;
    this.name = this.definition.ID!;
  }

  override tokenize(text: string, options?: TokenizeOptions): LexerResult {
    const result = super.tokenize(text, options);
    cutWhereTooDeep(result);
    this.freeExtends(result.tokens);
    result.tokens = this.endStatements(result.tokens);
    return result;
  }

  private endStatements(tokens: Token[]): Token[] {
    const ended: Token[] = [];
    let brackets = 0;
    for (const [i, token] of tokens.entries()) {
      const { image } = token;
      if (image === '[' || image === '(') brackets++;
      else if (image === ']' || image === ')') brackets--;
      else if (image === '{' || image === '}') brackets = 0;
      ended.push(token);
      const next = tokens[i + 1];
      if (!next || token.endLine === next.startLine || !canRunOn(tokens, i)) continue;
      if (beginsStatement(tokens, i + 1, { afterList: LISTS.has(image), inBrackets: brackets > 0 }))
        ended.push(this.after(token));
    }
    return ended;
  }

  /** A component may be called `extends`; where a connection or property begins with it, it does not belong to the line before. */
  private freeExtends(tokens: readonly Token[]): void {
    for (const [i, token] of tokens.entries()) {
      if (token.image !== 'extends' || !AFTER_NAME.has(tokens[i + 1]?.image ?? '')) continue;
      token.tokenType = this.name;
      token.tokenTypeIdx = this.name.tokenTypeIdx!;
    }
  }

  /** An empty token directly after the given one. */
  private after(token: Token): Token {
    return {
      image: '',
      tokenType: this.end,
      tokenTypeIdx: this.end.tokenTypeIdx!,
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
const AFTER_NAME = new Set(['->', '<->', ':', '.']);
/** After these a name with a flow or a block may stand on the next line: `geo ->`, then `us.lb : 40%`. */
const LISTS = new Set(['->', '<->', ',']);
/** Words that go on with a statement, unless what follows them makes them names. */
const CLAUSES = new Set(['extends', 'of', 'for', 'from', 'to']);

/** False for tokens after which no statement goes on with a word: a number (but for `at 5m`), a text, a closing bracket. */
function canRunOn(tokens: readonly Token[], i: number): boolean {
  const { image } = tokens[i]!;
  if (/^[0-9$]/.test(image)) return tokens[i - 1]?.image === 'at';
  return !/^["{}\])]/.test(image);
}

/** True if the tokens at `i` can only be the beginning of a statement. */
function beginsStatement(
  tokens: readonly Token[],
  i: number,
  { afterList, inBrackets }: { readonly afterList: boolean; readonly inBrackets: boolean },
): boolean {
  const first = tokens[i]!;
  const second = tokens[i + 1];
  if (!second || !WORD.test(first.image)) return false;
  if (second.image === ':' || second.image === '{') return !afterList;
  const onSameLine = second.startLine === first.endLine;
  if (onSameLine && /^["A-Za-z_]/.test(second.image)) return !CLAUSES.has(first.image);
  if (first.image === 'at' && /^[0-9]/.test(second.image)) return !inBrackets;
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
