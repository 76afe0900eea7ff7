/**
 * The concrete syntax tree of a text that was parsed directly: tables of numbers, of which nodes (`syntax-nodes.ts`) are made when they
 * are asked for.
 */
import type { GrammarAST, LeafCstNode } from 'langium';
import { featureAt } from './elements.ts';
import type { Island } from './islands.ts';
import { DirectComposite, DirectRoot, ROOT } from './syntax-nodes.ts';
import { CLOSE_BRACE, type Comment, END, OPEN_BRACE, type Tokens } from './tokens.ts';

/** What a tree asks of the grammar, when it is asked itself. */
export interface Grammar {
  /** Undefined for zero. */
  readonly element: (element: number) => GrammarAST.AbstractElement | undefined;
  readonly tokenType: (name: string) => LeafCstNode['tokenType'];
}

/**
 * The tables; the parser fills them. A composite node is a number, a leaf the number of its token. The numbers of the nodes are in the
 * order in which the parser has begun them, so all that is inside of a statement has numbers that follow each other.
 */
export class SyntaxTree {
  text: string;
  readonly tokens: Tokens;
  readonly grammar: Grammar;
  /** How many composite nodes there are; the tables have room for more. */
  count = 0;
  /** The composite node around each composite node. */
  parents: Int32Array;
  /** The element of the grammar that each composite node was read at. */
  elements: Int32Array;
  /** The first and the last token of each composite node. */
  firsts: Int32Array;
  lasts: Int32Array;
  /** The first composite node that was begun after the end of each. */
  nexts: Int32Array;
  /** The composite node around each token, and the element that it was read at. */
  owners: Int32Array;
  tokenElements: Uint16Array;
  /** The objects of composite nodes that were asked for. */
  nodes: (DirectComposite | undefined)[] = [];
  /** What Langium's parser has read, in order of the text. */
  islands: readonly Island[] = [];
  /** Changes with the text. */
  edition = 0;
  private lines: { readonly edition: number; readonly starts: readonly number[] } | undefined;

  constructor(text: string, tokens: Tokens, grammar: Grammar) {
    this.text = text;
    this.tokens = tokens;
    this.grammar = grammar;
    const room = 2 * tokens.count + 16;
    this.parents = new Int32Array(room);
    this.elements = new Int32Array(room);
    this.firsts = new Int32Array(room);
    this.lasts = new Int32Array(room);
    this.nexts = new Int32Array(room);
    this.owners = new Int32Array(tokens.count);
    this.tokenElements = new Uint16Array(tokens.count);
  }

  /** Begins a composite node. */
  add(parent: number, element: number, first: number): number {
    const id = this.count++;
    if (id === this.parents.length) this.grow();
    this.parents[id] = parent;
    this.elements[id] = element;
    this.firsts[id] = first;
    this.lasts[id] = first;
    return id;
  }

  /** Drops all composite nodes from one on. */
  forgetFrom(id: number): void {
    this.count = id;
    if (this.nodes.length > id) this.nodes.length = id;
  }

  private grow(): void {
    const grown = (table: Int32Array) => {
      const larger = new Int32Array(table.length * 2);
      larger.set(table);
      return larger;
    };
    this.parents = grown(this.parents);
    this.elements = grown(this.elements);
    this.firsts = grown(this.firsts);
    this.lasts = grown(this.lasts);
    this.nexts = grown(this.nexts);
  }

  /** The object of a composite node, always the same. */
  node(id: number): DirectComposite {
    let node = this.nodes[id];
    if (!node) {
      node = id === ROOT ? new DirectRoot(this) : new DirectComposite(this, id);
      this.nodes[id] = node;
    }
    return node;
  }

  /** True for a statement that ends with its body. */
  isClosed(id: number): boolean {
    return this.tokens.types[this.lasts[id]!] === CLOSE_BRACE;
  }

  /** The token that opens the body of such a statement. */
  openBrace(id: number): number {
    let token = this.firsts[id]!;
    while (this.tokens.types[token] !== OPEN_BRACE) token++;
    return token;
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

  islandAt(token: number): Island | undefined {
    return this.islands.find(({ from }) => from === token);
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
    if (this.lines?.edition !== this.edition) this.lines = { edition: this.edition, starts: lineStarts(this.text) };
    const { starts } = this.lines;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - starts[low]! };
  }
}

const NONE: readonly Comment[] = [];

function lineStarts(text: string): number[] {
  const starts = [0];
  const breaks = /\r\n|\r|\n/g;
  while (breaks.exec(text)) starts.push(breaks.lastIndex);
  return starts;
}
