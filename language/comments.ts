/** Comments that mean something: documentation, and rules silenced in one place. */
import type { LangiumDocument } from 'langium';
import type { Span, Suppression } from '../model/index.ts';
import { positionAt, type SourceText, sourceOf, spanAt } from './spans.ts';
import { isClosed } from './string-literal.ts';

/** What stands directly above a statement. */
export interface Above {
  readonly doc?: string;
  readonly ignores?: readonly Suppression[];
}

/** A suppression that is not written as it should be. */
export interface BrokenSuppression {
  readonly message: string;
  readonly span: Span;
}

export interface Comments {
  /** What the comments directly above the statement that begins at an offset say. */
  above(offset: number): Above;
  /** Offset of the last character before the blanks and comments above an offset: what `above` says depends on nothing before it. */
  beginningAbove(offset: number): number;
  readonly broken: readonly BrokenSuppression[];
  /** Offset of a block comment that does not end, if there is one. */
  readonly unclosed?: number;
  /** Texts without their closing quote. */
  readonly unclosedTexts: readonly Span[];
  /** Names that end with a dot, from their beginning. */
  readonly danglingDots: readonly Span[];
}

interface Comment {
  readonly start: number;
  readonly end: number;
  readonly doc?: string;
  readonly ignores?: readonly Suppression[];
}

/** The comments of a document; read once for each version of it. */
export function commentsOf(document: LangiumDocument): Comments {
  const source = sourceOf(document);
  let found = read.get(source);
  if (!found) {
    found = readComments(source);
    read.set(source, found);
  }
  return found;
}

const read = new WeakMap<SourceText, Comments>();

// Strings are matched too, so that a comment inside one is not taken for a comment.
const TOKEN = /"(?:\\.|[^"\\\r\n])*"?|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|\.(?=[ \t]*(?:[\r\n}]|\/\/|$))/g;

function readComments(source: SourceText): Comments {
  const comments: Comment[] = [];
  const broken: BrokenSuppression[] = [];
  const unclosedTexts: Span[] = [];
  const danglingDots: Span[] = [];
  let unclosed: number | undefined;
  for (const match of source.text.matchAll(TOKEN)) {
    const [text] = match;
    const start = match.index;
    const end = start + text.length;
    if (text === '.') {
      const name = /[A-Za-z_][\w.]*$/.exec(source.text.slice(Math.max(0, start - 200), start))?.[0];
      if (name) danglingDots.push(spanAt(source, start - name.length, end));
      continue;
    }
    if (text.startsWith('"')) {
      if (!isClosed(text)) unclosedTexts.push(spanAt(source, start, end));
      continue;
    }
    if (text.startsWith('/*') && (!text.endsWith('*/') || text.length < 4)) unclosed = start;
    const ignores = text.startsWith('//') ? readSuppression(source, start, text, broken) : undefined;
    const doc = text.startsWith('/**') && text.length > 4 ? docText(text) : undefined;
    comments.push({ start, end, ...(doc ? { doc } : {}), ...(ignores ? { ignores } : {}) });
  }
  return {
    broken,
    unclosedTexts,
    danglingDots,
    ...(unclosed === undefined ? {} : { unclosed }),
    above: (offset) => above(source, comments, offset),
    beginningAbove: (offset) => beginningAbove(source.text, comments, offset),
  };
}

const SUPPRESSION = /^\/\/\s*arch-ignore(?![\w-])([^:]*)(?::(.*))?$/;

function readSuppression(
  source: SourceText,
  start: number,
  text: string,
  broken: BrokenSuppression[],
): readonly Suppression[] | undefined {
  const match = SUPPRESSION.exec(text);
  if (!match) return undefined;
  const [, rules = '', reason = ''] = match;
  const span = spanAt(source, start, start + text.length);
  const found: Suppression[] = [];
  const listed = start + text.indexOf('arch-ignore') + 'arch-ignore'.length;
  for (const rule of rules.matchAll(/[^\s,]+/g)) {
    const from = listed + rule.index;
    found.push({ rule: rule[0], reason: reason.trim(), span, ruleSpan: spanAt(source, from, from + rule[0].length) });
  }
  if (found.length === 0) {
    broken.push({
      message: "Expected the id of a rule after 'arch-ignore', as in 'arch-ignore cache-spof: reason'.",
      span,
    });
  } else if (!reason.trim()) {
    const names = found.map(({ rule }) => rule).join(', ');
    broken.push({ message: `Expected a reason, as in 'arch-ignore ${names}: why it does not matter here'.`, span });
  }
  return found;
}

/** Walks upwards from an offset as long as only blanks of less than an empty line separate the comments. */
function above(source: SourceText, comments: readonly Comment[], offset: number): Above {
  let doc: string | undefined;
  const ignores: Suppression[] = [];
  let next = offset;
  for (let i = lastBefore(comments, offset); i >= 0; i--) {
    const comment = comments[i]!;
    const between = source.text.slice(comment.end, next);
    if (/\S/.test(between) || /\n[ \t]*\r?\n/.test(between) || !startsItsLine(source, comment)) break;
    doc ??= comment.doc;
    if (comment.ignores) ignores.unshift(...comment.ignores);
    next = comment.start;
  }
  return { ...(doc === undefined ? {} : { doc }), ...(ignores.length > 0 ? { ignores } : {}) };
}

function beginningAbove(text: string, comments: readonly Comment[], offset: number): number {
  let start = offset;
  for (let i = lastBefore(comments, offset); ; i--) {
    while (start > 0 && isBlank(text.charCodeAt(start - 1))) start--;
    const comment = comments[i];
    if (comment?.end !== start) return Math.max(0, start - 1);
    start = comment.start;
  }
}

/** What `\s` matches of what the language takes for blanks. */
function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** False for a comment behind something else on the same line, which is about that line. */
function startsItsLine(source: SourceText, comment: Comment): boolean {
  const { line } = positionAt(source, comment.start);
  return !/\S/.test(source.text.slice(source.lines[line]!, comment.start)) || comment.doc !== undefined;
}

function lastBefore(comments: readonly Comment[], offset: number): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The text of a documentation comment without its stars and its indentation. */
function docText(comment: string): string {
  return comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim();
}
