/** Where a direct parser stands in the tokens of a text, and the nodes of the syntax tree that it is in. */
import type { AstNode, LangiumCoreServices, Reference } from 'langium';
import type * as ast from '../generated/ast.ts';
import * as places from './elements.ts';
import { type Grammar, SyntaxTree } from './syntax-tree.ts';
import { DOT, EOF, FALSE, ID, isName, type Tokens, TRUE } from './tokens.ts';

/** A syntax node while it is made. */
export type Made<T> = { -readonly [K in keyof T]: T[K] };

/** Makes the references of segments. */
export type Linker = Pick<LangiumCoreServices['references']['Linker'], 'buildReference'>;

/** Thrown at the first token that does not fit, and caught where the parser is started. */
export const gaveUp = new Error('not a text without mistakes');

interface Mark {
  readonly at: number;
  readonly current: number;
  readonly last: number;
  readonly count: number;
}

/** The part of the parser that every rule uses: tokens, nodes of the tree, names. */
export abstract class Cursor {
  protected readonly tree: SyntaxTree;
  protected readonly types: Uint8Array;
  protected at = 0;
  private readonly linker: Linker;
  private current = 0;
  private last = 0;

  constructor(text: string, tokens: Tokens, grammar: Grammar, linker: Linker) {
    this.tree = new SyntaxTree(text, tokens, grammar);
    this.types = tokens.types;
    this.linker = linker;
  }

  /** Type of the current token, or of one after it. */
  protected peek(ahead = 0): number {
    return this.types[this.at + ahead]!;
  }

  /** Takes a token of any type, as the text that it is. */
  protected take(element: number): number {
    this.tree.owners[this.at] = this.current;
    this.tree.tokenElements[this.at] = element;
    this.last = this.at;
    return this.at++;
  }

  protected expect(type: number, element: number): number {
    if (this.types[this.at] !== type) throw gaveUp;
    return this.take(element);
  }

  protected textOf(token: number): string {
    const { starts, ends } = this.tree.tokens;
    return this.tree.text.slice(starts[token]!, ends[token]!);
  }

  /** Begins a node; the next tokens and nodes are its parts. */
  protected open(element: number): number {
    const id = this.tree.add(this.current, element, this.at);
    this.current = id;
    return id;
  }

  protected close(id: number): void {
    this.tree.lasts[id] = this.last;
    this.tree.nexts[id] = this.tree.count;
    this.current = this.tree.parents[id]!;
  }

  /** What to come back to if what begins here does not fit. */
  protected mark(): Mark {
    return { at: this.at, current: this.current, last: this.last, count: this.tree.count };
  }

  /** Forgets what was read since. */
  protected rewind({ at, current, last, count }: Mark): void {
    this.at = at;
    this.current = current;
    this.last = last;
    this.tree.forgetFrom(count);
  }

  /** Leaves tokens up to another unread; they stand in the node that is open. */
  protected skipTo(token: number): void {
    while (this.at < token) this.take(0);
  }

  /** Ends a node and begins another around it, in its place. */
  protected wrap(id: number, element: number): number {
    this.close(id);
    const around = this.open(element);
    this.tree.firsts[around] = this.tree.firsts[id]!;
    this.tree.parents[id] = around;
    return around;
  }

  /** Says which syntax node a node of the tree is about. */
  protected own(node: AstNode, id: number): void {
    const cst = this.tree.node(id);
    cst.ast = node;
    (node as Made<AstNode>).$cstNode = cst;
  }

  /** A name of the rule `Name`. */
  protected name(element: number): string {
    const type = this.peek();
    if (!isName(type)) throw gaveUp;
    const id = this.open(element);
    const keyword = type === ID ? 0 : this.open(places.keywordInName);
    const token = this.take(places.name[type]!);
    if (keyword > 0) this.close(keyword);
    this.close(id);
    return this.textOf(token);
  }

  protected qualifiedName(element: number): ast.QualifiedName {
    const id = this.open(element);
    const name = this.path(places.qualifiedName, EOF, EOF, EOF);
    this.close(id);
    this.own(name, id);
    return name;
  }

  protected word(element: number): ast.QualifiedName {
    const id = this.open(element);
    const name = this.path(places.word, TRUE, FALSE, EOF);
    this.close(id);
    this.own(name, id);
    return name;
  }

  /** Segments, of which the first is none of three words. */
  protected path(path: places.Path, a: number, b: number, c: number): ast.QualifiedName {
    const type = this.peek();
    if (!isName(type) || type === a || type === b || type === c) throw gaveUp;
    const segments: ast.Segment[] = [];
    const name = { $type: 'QualifiedName', segments } as unknown as ast.QualifiedName;
    const isPlain = path === places.qualifiedName;
    this.addSegment(name, path.first, path.firstTarget, isPlain ? undefined : path.firstName);
    while (this.peek() === DOT) {
      this.take(path.dot);
      if (!isName(this.peek())) throw gaveUp;
      this.addSegment(name, path.next, places.segmentTarget, undefined);
    }
    return name;
  }

  /** @param names elements of the words, where they are not those of the rule `Name` */
  private addSegment(name: ast.QualifiedName, element: number, target: number, names: readonly number[] | undefined) {
    const id = this.open(element);
    const token = this.at;
    const refId = this.tree.count;
    if (names) {
      this.open(target);
      this.take(names[this.types[token]!]!);
      this.close(refId);
    } else this.name(target);
    this.close(id);
    const segment = { $type: 'Segment' } as unknown as Made<ast.Segment>;
    const refNode = this.tree.node(refId);
    segment.target = this.linker.buildReference(segment, 'target', refNode, this.textOf(token)) as Reference<ast.Named>;
    segment.$container = name;
    segment.$containerProperty = 'segments';
    segment.$containerIndex = name.segments.length;
    this.own(segment, id);
    name.segments.push(segment);
  }
}

/** Puts a node into a property of another. */
export function adopt(child: AstNode, container: AstNode, property: string, index?: number): void {
  const made = child as Made<AstNode>;
  made.$container = container;
  made.$containerProperty = property;
  if (index !== undefined) made.$containerIndex = index;
}
