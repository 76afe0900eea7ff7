/** Reads values out of JSON with comments; what has the wrong form is a problem at its place, and is read as absent. */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { nearest } from '../../model/index.ts';
import type { ConfigProblem, ConfigSpan } from './configuration.ts';

export type { Node } from 'jsonc-parser';

export class JsonReader {
  readonly problems: ConfigProblem[] = [];
  /** Undefined where the text is empty. */
  readonly root: Node | undefined;
  private readonly file: string;
  private readonly lineStarts: readonly number[];

  constructor(file: string, text: string) {
    this.file = file;
    this.lineStarts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((end) => end.index + end[0].length)];
    if (isTooDeep(text)) {
      this.root = undefined;
      this.report({ offset: 0, length: 0 }, `This is nested more than ${MOST_DEPTH} levels deep.`);
      return;
    }
    const errors: ParseError[] = [];
    this.root = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true });
    const [first] = errors;
    if (first) this.report(first, `This is not valid JSON: ${sentence(printParseErrorCode(first.error))}.`);
    else if (!this.root) this.report({ offset: 0, length: 0 }, 'This is not valid JSON: a value is expected.');
  }

  report(at: { readonly offset: number; readonly length: number }, message: string): void {
    this.problems.push({ file: this.file, message, span: this.span(at) });
  }

  span({ offset, length }: { readonly offset: number; readonly length: number }): ConfigSpan {
    return { start: this.position(offset), end: this.position(offset + length) };
  }

  /** The members of an object by name; all of them if `known` is not given, else those, and the others are problems. */
  members(node: Node | undefined, what: string, known?: Iterable<string>): ReadonlyMap<string, Node> {
    const found = new Map<string, Node>();
    if (!node) return found;
    if (node.type !== 'object') {
      this.report(node, `${what} takes an object.`);
      return found;
    }
    const names = known && [...known];
    for (const { children: [key, value] = [] } of node.children ?? []) {
      if (!key || !value) continue;
      const name = String(key.value);
      if (names && !names.includes(name)) this.report(key, unknown(`${what} has no '${name}'`, name, names));
      else if (found.has(name)) this.report(key, `'${name}' is given twice.`);
      else found.set(name, value);
    }
    return found;
  }

  items(node: Node | undefined, what: string): readonly Node[] {
    if (!node) return [];
    if (node.type === 'array') return node.children ?? [];
    this.report(node, `${what} takes a list.`);
    return [];
  }

  string(node: Node | undefined, what: string): string | undefined {
    if (!node) return undefined;
    if (node.type === 'string' && node.value !== '') return String(node.value);
    this.report(node, `${what} takes a string.`);
    return undefined;
  }

  /** One string or a list of them. */
  strings(node: Node | undefined, what: string): readonly string[] {
    const nodes = node?.type === 'array' ? (node.children ?? []) : node ? [node] : [];
    return nodes.flatMap((item) => this.string(item, what) ?? []);
  }

  boolean(node: Node | undefined, what: string): boolean | undefined {
    if (!node) return undefined;
    if (node.type === 'boolean') return node.value === true;
    this.report(node, `${what} takes true or false.`);
    return undefined;
  }

  number(node: Node | undefined, what: string): number | undefined {
    if (!node) return undefined;
    if (node.type === 'number') return Number(node.value);
    this.report(node, `${what} takes a number.`);
    return undefined;
  }

  /** One of a few strings. */
  choice<T extends string>(node: Node | undefined, what: string, values: readonly T[]): T | undefined {
    if (!node) return undefined;
    const found = values.find((value) => value === node.value);
    if (found !== undefined) return found;
    const written = typeof node.value === 'string' ? node.value : '';
    const list = values.map((value) => `'${value}'`).join(', ');
    const near = nearest(written, values);
    this.report(node, near ? `${what} cannot be '${written}'; did you mean '${near}'?` : `${what} is one of ${list}.`);
    return undefined;
  }

  private position(offset: number): ConfigSpan['start'] {
    let line = this.lineStarts.length - 1;
    while (line > 0 && this.lineStarts[line]! > offset) line--;
    return { line, character: offset - this.lineStarts[line]! };
  }
}

/** The parser calls itself for each level, and so does everything that reads selectors; no sound configuration needs so many. */
const MOST_DEPTH = 200;

/** Brackets in strings count too, which only a strange file would notice. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const bracket of text.match(/[[\]{}]/g) ?? []) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > MOST_DEPTH) return true;
  }
  return false;
}

/** What is unknown, with the nearest known name. */
export function unknown(what: string, name: string, known: Iterable<string>): string {
  const near = nearest(name, known);
  return near ? `${what}; did you mean '${near}'?` : `${what}.`;
}

/** `CommaExpected` as `comma expected`. */
function sentence(code: string): string {
  return code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
