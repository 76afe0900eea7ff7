/** What stands between two tokens: nothing, a blank, a comma, or a line break and indentation. */
import * as ast from '../generated/ast.ts';
import type { TextChange } from './formatter.ts';
import { breaksBetween, type Layout, onOneLine, type Piece } from './text-layout.ts';

const INDENT = '  ';

/** A bracket that is open at a place. */
interface Open {
  readonly image: string;
  /** Written on one line, and so printed on one. */
  readonly flat: boolean;
  /** Indentation of what is inside. */
  readonly indent: number;
  /** Index of the piece that closes it. */
  readonly close: number;
}

/** The changes that turn the text between all tokens, and the tokens that have blanks inside, into their canonical form. */
export function separate(layout: Layout, text: string): readonly TextChange[] {
  const printer = new Printer(layout, text);
  return printer.changes();
}

class Printer {
  private readonly layout: Layout;
  private readonly text: string;
  private readonly newline: string;
  private readonly open: Open[] = [];
  /** The statement that the tokens belong to, and how far its line is indented. */
  private statement: ast.Statement | undefined;
  private readonly found: TextChange[] = [];

  constructor(layout: Layout, text: string) {
    this.layout = layout;
    this.text = text;
    this.newline = text.includes('\r\n') ? '\r\n' : '\n';
  }

  changes(): readonly TextChange[] {
    const { pieces } = this.layout;
    let previous = -1;
    for (let i = 0; i < pieces.length; i++) {
      if (this.isSeparator(i)) continue;
      const piece = pieces[i]!;
      if (this.isClosing(i)) this.open.pop();
      this.change(pieces[previous]?.end ?? 0, piece.start, this.between(previous, i));
      this.change(piece.start, piece.end, this.image(piece));
      this.enter(i);
      previous = i;
    }
    const last = pieces[previous];
    this.change(last?.end ?? 0, this.text.length, last ? this.newline : '');
    return this.found;
  }

  private change(start: number, end: number, text: string): void {
    if (this.text.slice(start, end) !== text) this.found.push({ start, end, text });
  }

  /** A comma between two statements; it is printed again where they stand on one line. */
  private isSeparator(i: number): boolean {
    if (this.layout.pieces[i]!.image !== ',') return false;
    const inList = this.open.at(-1)?.image === '[';
    const next = this.nextToken(i);
    if (!next) return !inList;
    if (inList) return next.image === ']';
    return next.image === '}' || this.layout.statements.has(next.start);
  }

  private nextToken(i: number): Piece | undefined {
    const { pieces } = this.layout;
    let next = i + 1;
    while (pieces[next]?.comment) next++;
    return pieces[next];
  }

  private isClosing(i: number): boolean {
    return this.open.at(-1)?.close === i;
  }

  /** Remembers what the piece opens. */
  private enter(i: number): void {
    const piece = this.layout.pieces[i]!;
    const statement = this.layout.statements.get(piece.start);
    if (statement && !piece.comment) this.statement = statement;
    const close = this.layout.closing.get(i);
    if (close === undefined) return;
    const flat = onOneLine(this.text, piece, this.layout.pieces[close]!);
    const indent = (this.open.at(-1)?.indent ?? 0) + (flat ? 0 : 1);
    this.open.push({ image: piece.image, flat, indent, close });
  }

  private between(from: number, to: number): string {
    const { pieces, statements } = this.layout;
    const [before, after] = [pieces[from], pieces[to]!];
    if (!before) return '';
    const breaks = breaksBetween(this.text, before, after);
    if (before.comment === 'line') return this.lines(breaks, from, after);
    if (after.comment) return breaks === 0 ? ' ' : this.lines(breaks, from, after);
    const isStatement = statements.has(after.start);
    const around = this.open.at(-1);
    if (isStatement) {
      if (before.comment && breaks === 0) return ' ';
      return around?.flat ? this.flatSeparator(from, before) : this.lines(breaks, from, after);
    }
    if (after.image === '{' && !before.comment) return ' ';
    if (after.image === '}') return this.wasFlat(to) ? ' ' : this.lines(Math.min(breaks, 1), from, after);
    if (before.comment) return breaks === 0 ? ' ' : this.lines(breaks, from, after);
    if (breaks > 0 && !this.wasFlat(to)) return this.continued(before, after);
    return this.gap(before, after);
  }

  /** True if a bracket closes here that was opened on this line. */
  private wasFlat(i: number): boolean {
    const open = this.layout.opening.get(i);
    return open !== undefined && onOneLine(this.text, this.layout.pieces[open]!, this.layout.pieces[i]!);
  }

  /** Between two statements on one line. A comma after a connection would add a target to it. */
  private flatSeparator(from: number, before: Piece): string {
    if (before.image === '{') return ' ';
    const hadComma = this.layout.pieces[from + 1]?.image === ',';
    const endsConnection = this.statement?.$type === ast.Connection.$type;
    return endsConnection && !hadComma ? ' ' : ', ';
  }

  /** One line break, or two if there was an empty line, and the indentation. */
  private lines(breaks: number, from: number, after: Piece): string {
    const isEdge = this.isOpening(from);
    const closes = !after.comment && (after.image === '}' || after.image === ']' || after.image === ')');
    const empty = breaks > 1 && !isEdge && !closes;
    return this.newline.repeat(empty ? 2 : 1) + INDENT.repeat(this.open.at(-1)?.indent ?? 0);
  }

  /** True for an opening bracket, and for a comment behind it on its line. */
  private isOpening(i: number): boolean {
    const [before, piece] = [this.layout.pieces[i - 1], this.layout.pieces[i]!];
    if (!piece.comment) return piece.image === '{' || piece.image === '[';
    return before?.image === '{' && onOneLine(this.text, before, piece);
  }

  /** A line break inside a statement stays: what follows is indented once more, unless brackets do that already. */
  private continued(before: Piece, after: Piece): string {
    const around = this.open.at(-1);
    const inBrackets = around !== undefined && around.image !== '{';
    const closes = after.image === ']' || after.image === ')';
    const opensLine = before.image === '[' || before.image === '(' || inBrackets || closes;
    const indent = (around?.indent ?? 0) + (opensLine ? 0 : 1);
    return this.newline + INDENT.repeat(indent);
  }

  /** Between two tokens of a statement on one line. */
  private gap(before: Piece, after: Piece): string {
    const [left, right] = [before.image, after.image];
    if (right === ',' || right === ')' || right === ']' || right === '.' || right === '..') return '';
    if (left === '(' || left === '[' || left === '.' || left === '..') return '';
    if (right === ':') return this.isPropertyColon(before) ? '' : ' ';
    if (left === '-' && this.layout.negations.has(before.start)) return '';
    return ' ';
  }

  /** In a property the colon follows the name, which begins the statement. */
  private isPropertyColon(before: Piece): boolean {
    return this.layout.statements.get(before.start)?.$type === ast.Property.$type;
  }

  private image({ image, comment }: Piece): string {
    if (comment === 'line') return image.trimEnd();
    if (comment === 'block') return this.blockComment(image);
    return image.replace(/[ \t]+users$/, ' users');
  }

  /** Lines of a block comment that begin with a star stand under the first star; others stay as they are. */
  private blockComment(image: string): string {
    const indent = INDENT.repeat(this.open.at(-1)?.indent ?? 0);
    const [first = '', ...rest] = image.split(/\r?\n/);
    const aligned = rest.map((line) => (/^\s*\*/.test(line) ? `${indent} ${line.trim()}` : line.trimEnd()));
    return [first.trimEnd(), ...aligned].join(this.newline);
  }
}
