/**
 * Statements with mistakes in a text that is read directly: what the direct parser leaves out, Langium's parser reads, with its
 * recovery and its messages, and the nodes that it makes are put into the tree.
 *
 * It does not read the whole text for that, but a short one with everything that its decisions there can depend on: the heads of the
 * bodies around the gap, the statement before it, the gap itself, the statement behind it, and what follows the ends of those bodies,
 * all without their own bodies. If it reads what is around the gap as the direct parser has read it, its recovery has not gone beyond the
 * gap, and what it makes of the gap is what it would make of it in the whole text. If not, or where a brace or a comment is not
 * closed, the whole text is left to it. `reparse.test.ts` compares the two.
 */
import type { AstNode, CompositeCstNode, CstNode, LangiumParser, ParseResult } from 'langium';
import { isCompositeCstNode, isLeafCstNode } from 'langium';
import type * as ast from '../generated/ast.ts';
import { adopt, type Linker } from './cursor.ts';
import type { Host } from './renewed.ts';
import { DirectComposite } from './syntax-nodes.ts';
import type { Grammar, SyntaxTree } from './syntax-tree.ts';
import { parseWithGaps } from './texts.ts';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PARENTHESIS,
  END,
  ISLAND,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PARENTHESIS,
  scan,
  type Tokens,
} from './tokens.ts';

/** What the direct parser has left out: tokens, the end exclusive, and the statement that holds their place. */
export interface Gap {
  readonly statement: ast.Statement;
  readonly from: number;
  readonly to: number;
}

type Errors = Pick<ParseResult, 'lexerErrors' | 'parserErrors'>;

/** A gap that Langium's parser has filled. */
export interface Island extends Errors {
  /** Tokens of the tree, the end exclusive. */
  from: number;
  to: number;
  /** Of the concrete syntax, in the body that they stand in. */
  readonly nodes: readonly CstNode[];
}

/** Whether all braces of tokens are closed in them. */
export function isBalanced({ types }: Tokens, count: number): boolean {
  let depth = 0;
  for (let i = 0; i < count && depth >= 0; i++) {
    if (types[i] === OPEN_BRACE) depth++;
    else if (types[i] === CLOSE_BRACE) depth--;
  }
  return depth === 0;
}

/** Reads a whole text; undefined where that is left to Langium's parser. */
export function parseText(
  text: string,
  grammar: Grammar,
  linker: Linker,
  langium: () => LangiumParser,
): ParseResult<ast.Model> | undefined {
  const tokens = scan(text);
  const parsed =
    tokens && isBalanced(tokens, tokens.count) ? parseWithGaps({ text, tokens, grammar, linker }) : undefined;
  if (!parsed) return undefined;
  const { read, gaps } = parsed;
  const tree = (read.$cstNode as DirectComposite).syntaxTree;
  const islands = fillGaps(tree, gaps, langium);
  if (!islands) return undefined;
  tree.islands = islands;
  return resultOf(read, tree);
}

/** With the mistakes in a tree. */
export function resultOf(model: ast.Model, { islands }: SyntaxTree): ParseResult<ast.Model> {
  return {
    value: model,
    lexerErrors: islands.flatMap(({ lexerErrors }) => lexerErrors),
    parserErrors: islands.flatMap(({ parserErrors }) => parserErrors),
    lexerReport: { diagnostics: [] },
  };
}

/**
 * False where brackets and parentheses are left open, or are closed that were not open: up to the next brace the lexer takes what follows
 * for a part of them.
 */
function isSettled({ tokens: { types } }: SyntaxTree, { from, to }: Gap): boolean {
  let open = 0;
  for (let i = from; i < to; i++) {
    const type = types[i]!;
    if (type === OPEN_BRACKET || type === OPEN_PARENTHESIS) open++;
    else if (type === CLOSE_BRACKET || type === CLOSE_PARENTHESIS) open--;
    else if (type === OPEN_BRACE || type === CLOSE_BRACE) open = 0;
  }
  return open === 0 || types[to] === CLOSE_BRACE;
}

/** More are not read one by one. */
const MOST_GAPS = 12;

/** Fills gaps; undefined where that cannot be done, which leaves them as they are or filled. */
export function fillGaps(
  tree: SyntaxTree,
  gaps: readonly Gap[],
  langium: () => LangiumParser,
): readonly Island[] | undefined {
  if (gaps.length > MOST_GAPS || !gaps.every((gap) => isSettled(tree, gap))) return undefined;
  const filled: Island[] = [];
  for (const gap of gaps) {
    const island = new Filling(tree, gap).fill(langium());
    if (!island) return undefined;
    filled.push(island);
  }
  return filled;
}

/** After an edit before it. */
export function shiftIsland(island: Island, tree: SyntaxTree, tokens: number, characters: number): void {
  island.from += tokens;
  island.to += tokens;
  moveErrors(island, characters);
  for (const node of island.nodes) moveNode(node, tree, characters);
}

/** Where a statement that the direct parser has read stands in the short text. */
interface Known {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

class Filling {
  private readonly tree: SyntaxTree;
  private readonly gap: Gap;
  private readonly host: Host;
  private readonly index: number;
  /** The short text. */
  private text = '';
  /** From offsets of it around the gap to those of the whole one. */
  private shift = 0;

  constructor(tree: SyntaxTree, gap: Gap) {
    this.tree = tree;
    this.gap = gap;
    this.host = gap.statement.$container as Host;
    this.index = gap.statement.$containerIndex!;
  }

  fill(langium: LangiumParser): Island | undefined {
    const { starts, ends } = this.tree.tokens;
    const heads = this.bodiesAround().map((body) => ({ body, start: this.addHead(body) }));
    const { before, from } = this.addBefore();
    this.shift = from - this.text.length;
    const behind = this.addFollowing(this.host, this.index + 1, from);
    const bodies = heads.toReversed().map(({ body, start }) => this.addClose(body, start));
    const start = starts[this.gap.from]! - this.shift;
    const end = ends[this.gap.to - 1]! - this.shift;
    const result = langium.parse<ast.Model>(this.text);
    const host = hostIn(result.value, bodies.toReversed());
    const statements = host && between(host.statements, before, behind);
    if (!statements?.every(({ $cstNode }) => $cstNode && $cstNode.offset >= start && $cstNode.end <= end))
      return undefined;
    const stop = behind?.start ?? (bodies[0] ? bodies[0].end - 1 : this.text.length);
    const errors = errorsBetween(result, start, stop);
    if (!errors) return undefined;
    const nodes = (host!.$cstNode as CompositeCstNode).content.filter(({ offset }) => offset >= start && offset < end);
    return this.graft(nodes, statements, errors);
  }

  /** The bodies around the gap, the outermost first. */
  private bodiesAround(): readonly Host[] {
    const bodies: Host[] = [];
    for (let node = this.host; node.$container; node = node.$container as Host) bodies.unshift(node);
    return bodies;
  }

  private addHead(statement: AstNode): number {
    const { length } = this.text;
    this.text += `${this.tree.text.slice(statement.$cstNode!.offset, this.endOfHead(statement))}\n`;
    return length;
  }

  /** The statement before the gap; what is added next begins at an offset of the whole text. */
  private addBefore(): { readonly before?: Known; readonly from: number } {
    const before = this.host.statements[this.index - 1];
    if (!before) return { from: this.tree.tokens.starts[this.gap.from]! };
    const { $type: type, $cstNode: cst } = before;
    const { offset, end } = cst!;
    const { length } = this.text;
    if (!this.hasBody(before)) return { before: { type, start: length, end: length + end - offset }, from: offset };
    this.addHead(before);
    return { before: { type, start: length, end: this.text.length + 1 }, from: end - 1 };
  }

  /**
   * Adds the text from an offset to the end of the head of a statement, so that as many tokens are added as Langium's parser looks
   * ahead, not counting gaps; otherwise to the end of the body. Returns the first statement, if it was read directly.
   */
  private addFollowing(host: Host, index: number, from: number): Known | undefined {
    const { firsts, lasts } = this.tree;
    const shift = from - this.text.length;
    let last: ast.Statement | undefined;
    for (let i = index, tokens = 0; i < host.statements.length && tokens < LOOKAHEAD; i++) {
      const cst = host.statements[i]!.$cstNode;
      if (!(cst instanceof DirectComposite)) continue;
      tokens += lasts[cst.id]! - firsts[cst.id]! + 1;
      last = tokens < LOOKAHEAD ? undefined : host.statements[i];
    }
    this.text += this.tree.text.slice(from, last ? this.endOfHead(last) : this.endOfBody(host));
    if (last && this.hasBody(last)) this.text += '\n}';
    const { length } = this.text;
    if (last) this.text += '\n';
    const next = host.statements[index];
    if (!(next?.$cstNode instanceof DirectComposite)) return undefined;
    const { $type: type, $cstNode: cst } = next;
    return {
      type,
      start: cst.offset - shift,
      end: next === last && this.hasBody(next) ? length : cst.end - shift,
    };
  }

  /** Closes a body, and adds what follows it. */
  private addClose(body: Host, start: number): Known {
    const end = this.text.length + 1;
    this.addFollowing(body.$container as Host, body.$containerIndex! + 1, body.$cstNode!.end - 1);
    return { type: body.$type, start, end };
  }

  private endOfBody(host: Host): number {
    return host.$type === 'Model' ? this.tree.text.length : host.$cstNode!.end - 1;
  }

  /** Behind the opening brace of a body; the end of a statement that has none. */
  private endOfHead(statement: AstNode): number {
    const { id, end } = statement.$cstNode as DirectComposite;
    return this.hasBody(statement) ? this.tree.tokens.ends[this.tree.openBrace(id)]! : end;
  }

  private hasBody(statement: AstNode): boolean {
    return this.tree.isClosed((statement.$cstNode as DirectComposite).id);
  }

  private graft(nodes: readonly CstNode[], statements: readonly ast.Statement[], errors: Errors): Island {
    const { tree, host, index, shift } = this;
    const { from, to } = this.gap;
    tree.tokens.types.fill(END, from, to);
    tree.tokens.types[from] = ISLAND;
    for (const node of nodes) (node as { container?: CompositeCstNode }).container = host.$cstNode as DirectComposite;
    const island: Island = { from, to, nodes, ...errors };
    moveErrors(island, shift);
    for (const node of nodes) moveNode(node, tree, shift);
    const all = host.statements as ast.Statement[];
    all.splice(index, 1, ...statements);
    for (let i = index; i < all.length; i++) adopt(all[i]!, host, 'statements', i);
    return island;
  }
}

/** Tokens that Langium's parser looks ahead, `maxLookahead` of its configuration. */
const LOOKAHEAD = 3;

function isKnown(node: AstNode | undefined, { type, start, end }: Known): boolean {
  return node?.$type === type && node.$cstNode?.offset === start && node.$cstNode.end === end;
}

/** The host of the gap in the short text, if the bodies around it are there as expected. */
function hostIn(model: ast.Model, bodies: readonly Known[]): Host | undefined {
  let host: Host = model;
  for (const body of bodies) {
    const [first]: readonly ast.Statement[] = host.statements;
    if (!isKnown(first, body)) return undefined;
    host = first as Host;
  }
  return host;
}

/** The statements between the one before the gap and the one behind it; undefined if these are not as expected. */
function between(
  statements: readonly ast.Statement[],
  before: Known | undefined,
  behind: Known | undefined,
): readonly ast.Statement[] | undefined {
  if (before && !isKnown(statements[0], before)) return undefined;
  const end = behind ? statements.findIndex(({ $cstNode }) => $cstNode?.offset === behind.start) : statements.length;
  if (behind && (end < 0 || !isKnown(statements[end], behind))) return undefined;
  return statements.slice(before ? 1 : 0, end);
}

/** The mistakes of a gap; undefined if there are some before it, or at the end of the file. What is behind it belongs to others. */
function errorsBetween({ lexerErrors, parserErrors }: ParseResult, start: number, stop: number): Errors | undefined {
  const places = [...lexerErrors.map(({ offset }) => offset), ...parserErrors.map(({ token }) => token.startOffset)];
  if (places.some((offset) => Number.isNaN(offset) || offset < start)) return undefined;
  return {
    lexerErrors: lexerErrors.filter(({ offset }) => offset < stop),
    parserErrors: parserErrors.filter(({ token }) => token.startOffset <= stop),
  };
}

interface Movable {
  startOffset: number;
  endOffset?: number;
}

function moveErrors({ lexerErrors, parserErrors }: Errors, characters: number): void {
  for (const error of lexerErrors as { offset: number }[]) error.offset += characters;
  const tokens = new Set<Movable>(
    parserErrors.flatMap((error) => {
      const { previousToken } = error as { previousToken?: Movable };
      return [error.token, ...error.resyncedTokens, ...(previousToken ? [previousToken] : [])];
    }),
  );
  for (const token of tokens) {
    token.startOffset += characters;
    if (token.endOffset !== undefined) token.endOffset += characters;
  }
}

/** What this file knows of Langium's nodes (4.4: `cst-node-builder.ts`). */
interface LangiumLeaf {
  _offset: number;
  _startLine: number;
  _startColumn: number;
  _endLine: number;
  _endColumn: number;
}

function moveNode(node: CstNode, tree: SyntaxTree, characters: number): void {
  if (isCompositeCstNode(node)) {
    (node as unknown as { _rangeCache: undefined })._rangeCache = undefined;
    for (const part of node.content) moveNode(part, tree, characters);
  } else if (isLeafCstNode(node)) {
    const leaf = node as unknown as LangiumLeaf;
    leaf._offset += characters;
    const { line, character } = tree.positionAt(node.offset);
    const end = tree.positionAt(node.end);
    leaf._startLine = line;
    leaf._startColumn = character;
    leaf._endLine = end.line;
    leaf._endColumn = end.character;
  }
}
