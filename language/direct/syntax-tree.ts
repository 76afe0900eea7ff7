/**
 * The concrete syntax tree of a text that was parsed directly: tables of numbers, of which nodes are made when they are asked for. It
 * has the nodes that Langium's own parser makes, with the same contents; `direct.test.ts` compares the two.
 */
import type { AstNode, CompositeCstNode, CstNode, GrammarAST, LeafCstNode, RootCstNode } from 'langium';
import { featureAt } from './elements.ts';
import { type Comment, END, TOKEN_NAMES, type Tokens } from './tokens.ts';

/** What a tree asks of the grammar, when it is asked itself. */
export interface Grammar {
  /** Undefined for zero. */
  readonly element: (element: number) => GrammarAST.AbstractElement | undefined;
  readonly tokenType: (name: string) => LeafCstNode['tokenType'];
}

/** A node of the tree itself. */
export const ROOT = 0;

/** The tables; the parser fills them. A composite node is a number, a leaf the number of its token. */
export class SyntaxTree {
  readonly text: string;
  readonly tokens: Tokens;
  readonly grammar: Grammar;
  /** The composite node around each composite node. */
  readonly parents: number[] = [];
  /** The element of the grammar that each composite node was read at. */
  readonly elements: number[] = [];
  /** The first and the last token of each composite node. */
  readonly firsts: number[] = [];
  readonly lasts: number[] = [];
  /** The composite node around each token, and the element that it was read at. */
  readonly owners: Int32Array;
  readonly tokenElements: Uint16Array;
  private readonly nodes: DirectComposite[] = [];
  private lines: readonly number[] | undefined;

  constructor(text: string, tokens: Tokens, grammar: Grammar) {
    this.text = text;
    this.tokens = tokens;
    this.grammar = grammar;
    this.owners = new Int32Array(tokens.count);
    this.tokenElements = new Uint16Array(tokens.count);
  }

  /** The object of a composite node, always the same. */
  node(id: number): DirectComposite {
    this.nodes[id] ??= id === ROOT ? new DirectRoot(this) : new DirectComposite(this, id);
    return this.nodes[id];
  }

  /** The composite node within another, at or around a token of it; the token's own where there is none. */
  childAt(id: number, token: number): number {
    let child = this.owners[token]!;
    if (child === id) return id;
    while (this.parents[child] !== id) child = this.parents[child]!;
    return child;
  }

  /** Calls back for the parts of a composite node in order: tokens with the node itself, composite nodes with their own number. */
  eachPart(id: number, visit: (part: number, token: number) => boolean): void {
    const last = Math.min(this.lasts[id]!, this.tokens.count - 1);
    for (let token = this.firsts[id]!; token <= last; token++) {
      if (this.tokens.types[token] === END) continue;
      const part = this.childAt(id, token);
      if (visit(part, token)) return;
      if (part !== id) token = this.lasts[part]!;
    }
  }

  /** Offsets of the first part that is assigned to a property; parts of rules that are called without an assignment count. */
  feature(id: number, feature: string): { readonly offset: number; readonly end: number } | undefined {
    let found: { readonly offset: number; readonly end: number } | undefined;
    this.eachPart(id, (part, token) => {
      const own = featureAt(part === id ? this.tokenElements[token]! : this.elements[part]!);
      const last = part === id ? token : this.lasts[part]!;
      if (own === feature) found = { offset: this.tokens.starts[token]!, end: this.tokens.ends[last]! };
      else if (own === '' && part !== id) found = this.feature(part, feature);
      return found !== undefined;
    });
    return found;
  }

  /** The comments between two offsets. */
  commentsBetween(start: number, end: number): readonly Comment[] {
    const { comments } = this.tokens;
    let low = 0;
    let high = comments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (comments[middle]!.start < start) low = middle + 1;
      else high = middle;
    }
    high = low;
    while (high < comments.length && comments[high]!.start < end) high++;
    return low === high ? NONE : comments.slice(low, high);
  }

  positionAt(offset: number): { line: number; character: number } {
    this.lines ??= lineStarts(this.text);
    let low = 0;
    let high = this.lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lines[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - this.lines[low]! };
  }
}

const NONE: readonly Comment[] = [];

function lineStarts(text: string): number[] {
  const starts = [0];
  const breaks = /\r\n|\r|\n/g;
  while (breaks.exec(text)) starts.push(breaks.lastIndex);
  return starts;
}

abstract class DirectNode implements CstNode {
  protected readonly tree: SyntaxTree;

  constructor(tree: SyntaxTree) {
    this.tree = tree;
  }

  abstract readonly container: DirectComposite | undefined;
  abstract readonly grammarSource: GrammarAST.AbstractElement | undefined;
  abstract readonly astNode: AstNode;
  abstract readonly offset: number;
  abstract readonly end: number;
  abstract readonly hidden: boolean;

  get length(): number {
    return this.end - this.offset;
  }

  get text(): string {
    return this.tree.text.substring(this.offset, this.end);
  }

  get range(): CstNode['range'] {
    return { start: this.tree.positionAt(this.offset), end: this.tree.positionAt(this.end) };
  }

  get root(): RootCstNode {
    return this.tree.node(ROOT) as DirectRoot;
  }
}

/** A node of a rule. */
export class DirectComposite extends DirectNode implements CompositeCstNode {
  /** The node of the syntax tree proper that it is about, where there is one. */
  ast: AstNode | undefined = undefined;
  protected readonly id: number;
  private parts: CstNode[] | undefined = undefined;

  constructor(tree: SyntaxTree, id: number) {
    super(tree);
    this.id = id;
  }

  get container(): DirectComposite | undefined {
    return this.id === ROOT ? undefined : this.tree.node(this.tree.parents[this.id]!);
  }

  get grammarSource(): GrammarAST.AbstractElement | undefined {
    return this.tree.grammar.element(this.tree.elements[this.id]!);
  }

  get astNode(): AstNode {
    return this.ast ?? this.container!.astNode;
  }

  get hidden(): boolean {
    return false;
  }

  get offset(): number {
    return this.tree.tokens.starts[this.tree.firsts[this.id]!]!;
  }

  get end(): number {
    return this.tree.tokens.ends[this.tree.lasts[this.id]!]!;
  }

  get content(): CstNode[] {
    this.parts ??= this.makeParts();
    return this.parts;
  }

  /** Offsets of the first part that is assigned to a property of the node. */
  feature(feature: string): { readonly offset: number; readonly end: number } | undefined {
    return this.tree.feature(this.id, feature);
  }

  protected makeParts(): CstNode[] {
    const { tree, id } = this;
    const parts: CstNode[] = [];
    let end = this.offset;
    tree.eachPart(id, (part, token) => {
      this.addComments(parts, end, tree.tokens.starts[token]!);
      if (part === id) parts.push(new DirectLeaf(tree, this, token));
      else parts.push(tree.node(part));
      end = tree.tokens.ends[part === id ? token : tree.lasts[part]!]!;
      return false;
    });
    return parts;
  }

  protected addComments(parts: CstNode[], start: number, end: number): void {
    for (const comment of this.tree.commentsBetween(start, end)) parts.push(new HiddenLeaf(this.tree, this, comment));
  }
}

/** The node of the whole text; comments at its beginning and its end are parts of it. */
export class DirectRoot extends DirectComposite implements RootCstNode {
  constructor(tree: SyntaxTree) {
    super(tree, ROOT);
  }

  get fullText(): string {
    return this.tree.text;
  }

  override get offset(): number {
    return this.isEmpty ? (this.tree.tokens.comments[0]?.start ?? 0) : super.offset;
  }

  override get end(): number {
    return this.isEmpty ? (this.tree.tokens.comments.at(-1)?.end ?? 0) : super.end;
  }

  private get isEmpty(): boolean {
    return this.tree.tokens.count === 0;
  }

  protected override makeParts(): CstNode[] {
    const parts: CstNode[] = [];
    this.addComments(parts, 0, this.isEmpty ? this.tree.text.length : this.offset);
    if (this.isEmpty) return parts;
    parts.push(...super.makeParts());
    this.addComments(parts, this.end, this.tree.text.length);
    return parts;
  }
}

abstract class AnyLeaf extends DirectNode implements LeafCstNode {
  readonly container: DirectComposite;

  constructor(tree: SyntaxTree, container: DirectComposite) {
    super(tree);
    this.container = container;
  }

  abstract readonly tokenType: LeafCstNode['tokenType'];

  get astNode(): AstNode {
    return this.container.astNode;
  }
}

class DirectLeaf extends AnyLeaf {
  private readonly token: number;

  constructor(tree: SyntaxTree, container: DirectComposite, token: number) {
    super(tree, container);
    this.token = token;
  }

  get grammarSource(): GrammarAST.AbstractElement | undefined {
    return this.tree.grammar.element(this.tree.tokenElements[this.token]!);
  }

  get tokenType(): LeafCstNode['tokenType'] {
    return this.tree.grammar.tokenType(TOKEN_NAMES[this.tree.tokens.types[this.token]!]!);
  }

  get hidden(): boolean {
    return false;
  }

  get offset(): number {
    return this.tree.tokens.starts[this.token]!;
  }

  get end(): number {
    return this.tree.tokens.ends[this.token]!;
  }
}

class HiddenLeaf extends AnyLeaf {
  readonly grammarSource = undefined;
  private readonly comment: Comment;

  constructor(tree: SyntaxTree, container: DirectComposite, comment: Comment) {
    super(tree, container);
    this.comment = comment;
  }

  get tokenType(): LeafCstNode['tokenType'] {
    const isBlock = this.tree.text.startsWith('/*', this.comment.start);
    return this.tree.grammar.tokenType(isBlock ? 'DOC_OR_BLOCK_COMMENT' : 'LINE_COMMENT');
  }

  get hidden(): boolean {
    return true;
  }

  get offset(): number {
    return this.comment.start;
  }

  get end(): number {
    return this.comment.end;
  }
}
