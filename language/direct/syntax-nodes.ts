/**
 * The nodes of a concrete syntax tree that was made directly: those that Langium's own parser makes, with the same contents;
 * `direct.test.ts` compares the two.
 */
import type { AstNode, CompositeCstNode, CstNode, GrammarAST, LeafCstNode, RootCstNode } from 'langium';
import type { SyntaxTree } from './syntax-tree.ts';
import { type Comment, ISLAND, TOKEN_NAMES } from './tokens.ts';

/** The number of the node of a whole text. */
export const ROOT = 0;

abstract class DirectNode implements CstNode {
  protected tree: SyntaxTree;

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
  /** Its number in the tables. */
  id: number;
  private parts: CstNode[] | undefined = undefined;
  private partsEdition = 0;

  constructor(tree: SyntaxTree, id: number) {
    super(tree);
    this.id = id;
  }

  get syntaxTree(): SyntaxTree {
    return this.tree;
  }

  /** It is a node of another tree from now on, with all that is said of it there. */
  moveTo(tree: SyntaxTree, id: number): void {
    this.tree = tree;
    this.id = id;
    this.parts = undefined;
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
    if (!this.parts || this.partsEdition !== this.tree.edition) {
      this.parts = this.makeParts();
      this.partsEdition = this.tree.edition;
    }
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
      const island = tree.tokens.types[token] === ISLAND ? tree.islandAt(token) : undefined;
      if (island) parts.push(...island.nodes);
      else if (part === id) parts.push(new DirectLeaf(tree, this, token));
      else parts.push(tree.node(part));
      end = tree.tokens.ends[island ? island.to - 1 : part === id ? token : tree.lasts[part]!]!;
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
