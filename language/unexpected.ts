/** Says what is wrong with text that is no statement, and how it was probably meant. */
import { unitNames } from '../model/index.ts';
import * as ast from './generated/ast.ts';
import { exampleOf, STATEMENT } from './missing.ts';
import { positionAt, type SourceText } from './spans.ts';
import { rowOf, tableOf } from './tables.ts';

export interface UnexpectedText {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** The message for a run of unexpected tokens on one line, from the first to the last. */
export function describeUnexpected(source: SourceText, first: ast.Unexpected, last: ast.Statement): UnexpectedText {
  const start = first.$cstNode?.offset ?? 0;
  if (first.text === '}') return { message: "This '}' closes nothing.", start, end: start + 1 };
  if (first.text === '{') return { message: "Expected a name before '{'.", start, end: start + 1 };
  const end = last.$cstNode?.end ?? start;
  const text = shortened(source.text.slice(start, end));
  return (
    hyphenated(source, start) ??
    detachedUnit(source, start) ?? { message: probable(first, text) ?? general(first, text), start, end }
  );
}

/** The last of the unexpected statements that stand together on a line. */
export function endOfRun(source: SourceText, statements: readonly ast.Statement[], first: number): number {
  const { line } = positionAt(source, statements[first]!.$cstNode?.offset ?? 0);
  let last = first;
  for (let i = first + 1; i < statements.length; i++) {
    const next = statements[i]!;
    if (!ast.isUnexpected(next) || next.text === '{' || next.text === '}') break;
    if (positionAt(source, next.$cstNode?.offset ?? 0).line !== line) break;
    last = i;
  }
  return last;
}

/** Enough of a text to recognise it. */
function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

function general(node: ast.Unexpected, text: string): string {
  const container = node.$container;
  if (ast.isModel(container)) return `Expected ${STATEMENT}, but found '${text}'.`;
  return `Expected a declaration, a property, a connection such as 'a -> b', or '}', but found '${text}'.`;
}

/** What was probably meant, where that is clear. */
function probable(node: ast.Unexpected, text: string): string | undefined {
  const [, word = '', rest = ''] = /^(\w+)\s*(.*)$/s.exec(text) ?? [];
  const arrow = /^[\w.]+\s*(=>|<-|<=|-->|--|>|=|-)\s*[A-Za-z_][\w.]*$/.exec(text)?.[1];
  if (arrow && arrow !== '=' && arrow !== '-') return `A connection is written 'a -> b', but found '${text}'.`;
  const table = tableOf(node.$container as ast.Property['$container']);
  if (table && rowOf(table, word)) {
    const isBlock = rowOf(table, word)?.type.type === 'block';
    if (isBlock) return `Expected '{' after '${word}', as in '${word} { … }'.`;
    return rest.startsWith('=') ? `A property is written '${word}: value', with ':'.` : `Expected ':' after '${word}'.`;
  }
  return exampleOf(word);
}

/** `20 ms` is read as a number and a word. */
function detachedUnit({ text }: SourceText, start: number): UnexpectedText | undefined {
  const number = /[0-9][0-9_.]*(?=[ \t]+$)/.exec(text.slice(Math.max(0, start - 40), start))?.[0];
  const unit = /^\w+/.exec(text.slice(start, start + 40))?.[0];
  if (!number || !unit || !unitNames.includes(unit)) return undefined;
  const message = `A unit follows its number without a blank: write '${number}${unit}'.`;
  return { message, start, end: start + unit.length };
}

/** `web-tier` is read as a name, a minus sign and another name. */
function hyphenated({ text }: SourceText, minus: number): UnexpectedText | undefined {
  if (text[minus] !== '-') return undefined;
  const before = /[A-Za-z_]\w*$/.exec(text.slice(Math.max(0, minus - 100), minus))?.[0];
  const after = /^\w+/.exec(text.slice(minus + 1, minus + 101))?.[0];
  if (!before || !after) return undefined;
  const message = `A name has letters, digits and '_' only: write '${before}_${after}' instead of '${before}-${after}'.`;
  return { message, start: minus - before.length, end: minus + 1 + after.length };
}
