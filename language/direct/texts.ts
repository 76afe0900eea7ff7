/**
 * Reads a text without mistakes directly: recursive descent over the rules of `arch.langium`, which decides with the next two tokens
 * where Langium's parser looks as far as it has to. At a token that does not fit it gives up, or leaves a gap in the place of the
 * statement, so that Langium's parser recovers and says what is wrong (`islands.ts`).
 */
import type * as ast from '../generated/ast.ts';
import { adopt, gaveUp, type Linker } from './cursor.ts';
import * as places from './elements.ts';
import type { Gap } from './islands.ts';
import { StatementParser } from './statements.ts';
import { ROOT } from './syntax-nodes.ts';
import type { Grammar, SyntaxTree } from './syntax-tree.ts';
import { CLOSE_BRACE, END, EOF, OPEN_BRACE, scan, type Tokens } from './tokens.ts';

/** The tree of a text, or undefined where there is anything that Langium's parser should see. */
export function parseDirectly(text: string, grammar: Grammar, linker: Linker): ast.Model | undefined {
  const tokens = scan(text);
  return tokens && unlessGivenUp(() => new TextParser(text, tokens, grammar, linker, false).model());
}

/** A piece of a text with its tokens, and what it takes to read it. */
export interface Piece {
  readonly text: string;
  readonly tokens: Tokens;
  readonly grammar: Grammar;
  readonly linker: Linker;
}

/** What was read, and the gaps in it: statements with mistakes, in order of the text. */
export interface WithGaps<T> {
  readonly read: T;
  readonly gaps: readonly Gap[];
}

/** Reads a whole text but for its mistakes; undefined where one has no end. */
export function parseWithGaps({ text, tokens, grammar, linker }: Piece): WithGaps<ast.Model> | undefined {
  return unlessGivenUp(() => {
    const parser = new TextParser(text, tokens, grammar, linker, true);
    return { read: parser.model(), gaps: parser.gaps };
  });
}

export interface Statements {
  readonly tree: SyntaxTree;
  readonly statements: ast.Statement[];
}

/**
 * Reads statements of a host that follow each other, but for their mistakes; undefined where they are not.
 * @param count of the tokens that they have to end with; a parser looks at those behind as well
 * @param follows true if other statements stand before them
 */
export function parseStatements(
  { text, tokens, grammar, linker }: Piece,
  count: number,
  host: places.Host,
  follows: boolean,
): WithGaps<Statements> | undefined {
  return unlessGivenUp(() => {
    const parser = new TextParser(text, tokens, grammar, linker, true);
    return { read: parser.piece(count, host, follows), gaps: parser.gaps };
  });
}

function unlessGivenUp<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error === gaveUp) return undefined;
    throw error;
  }
}

class TextParser extends StatementParser {
  readonly gaps: Gap[] = [];
  private readonly leavesGaps: boolean;

  constructor(text: string, tokens: Tokens, grammar: Grammar, linker: Linker, leavesGaps: boolean) {
    super(text, tokens, grammar, linker);
    this.leavesGaps = leavesGaps;
  }

  piece(count: number, host: places.Host, follows: boolean): Statements {
    const statements: ast.Statement[] = [];
    this.open(0);
    if (follows) this.separators(host);
    while (this.at < count) {
      statements.push(this.statementOrGap(host, count));
      this.separators(host);
    }
    if (this.at !== count) throw gaveUp;
    return { tree: this.tree, statements };
  }

  model(): ast.Model {
    const id = this.open(0);
    const model = { $type: 'Model', statements: [] } as unknown as ast.Model;
    this.statements(model, places.model, EOF);
    this.close(id);
    this.own(model, ROOT);
    return model;
  }

  protected override statements(owner: ast.Model | ast.Statement, host: places.Host, until: number): void {
    const { statements } = owner as ast.Model;
    while (this.peek() !== until) {
      const statement = this.leavesGaps ? this.statementOrGap(host, this.tree.tokens.count) : this.statement(host);
      adopt(statement, owner, 'statements', statements.length);
      statements.push(statement);
      this.separators(host);
    }
  }

  /** @param end the token where the statements end at the latest */
  private statementOrGap(host: places.Host, end: number): ast.Statement {
    const mark = this.mark();
    const { length } = this.gaps;
    const statement = unlessGivenUp(() => this.statement(host));
    if (statement) return statement;
    this.rewind(mark);
    this.gaps.length = length;
    return this.gap(host, end);
  }

  /** Everything up to the next line that begins a statement without a mistake, or to the end of the body. */
  private gap(host: places.Host, end: number): ast.Statement {
    const from = this.at;
    let to = from;
    for (let depth = 0; to < end; to++) {
      const type = this.types[to]!;
      if (depth === 0 && type === CLOSE_BRACE) break;
      if (depth === 0 && to > from && this.mayBegin(to) && this.isStatement(to, host)) break;
      if (type === OPEN_BRACE) depth++;
      else if (type === CLOSE_BRACE) depth--;
    }
    if (to === from) throw gaveUp;
    this.skipTo(to);
    const statement = { $type: 'Unexpected' } as ast.Unexpected;
    this.gaps.push({ statement, from, to });
    return statement;
  }

  private mayBegin(token: number): boolean {
    const { text, tokens } = this.tree;
    const before = this.types[token - 1]!;
    if (before === END || before === CLOSE_BRACE) return true;
    return /[\r\n]/.test(text.slice(tokens.ends[token - 1]!, tokens.starts[token]!));
  }

  private isStatement(token: number, host: places.Host): boolean {
    const mark = this.mark();
    const { length } = this.gaps;
    this.at = token;
    const statement = unlessGivenUp(() => this.statement(host));
    this.rewind(mark);
    this.gaps.length = length;
    return statement !== undefined;
  }
}
