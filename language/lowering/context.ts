/** What all steps of the lowering share: the files, the findings, and the way from syntax to spans. */
import type { AstNode, LangiumDocument } from 'langium';
import { type Finding, type Fix, nearest, type Severity, type Span, type Suppression } from '../../model/index.ts';
import { documentOf, rootOf } from '../around.ts';
import { type Above, type Comments, commentsOf } from '../comments.ts';
import type * as ast from '../generated/ast.ts';
import type { Names } from '../names.ts';
import type { ProblemId } from '../problems.ts';
import { sourceOf, spanOf, spanOfFeature } from '../spans.ts';
import type { Memory, Place } from './memory.ts';

export interface Related {
  readonly message: string;
  readonly span: Span;
}

/** State of one lowering. */
export class Context {
  readonly findings: Finding[] = [];
  readonly names: Names;
  private readonly seen = new Set<string>();
  /** Names that may still be compared for suggestions: with thousands of misspelt names nobody reads all suggestions. */
  private suggestions = 200_000;
  /** The document of the last root that was asked for: statements come file by file. */
  private lastRoot: { readonly root: AstNode; readonly document: LangiumDocument } | undefined;
  private readonly memory: Memory | undefined;
  private last: { readonly document: LangiumDocument; readonly file: string; readonly comments: Comments } | undefined;
  /** How often something has been reported, the same again included. */
  reports = 0;

  constructor(names: Names, memory?: Memory) {
    this.names = names;
    this.memory = memory;
  }

  /**
   * The part of the model that statements are: the one of the lowering before, where they say the same (see `Memory`). What `make`
   * does must follow from the statements and from what names mean.
   */
  part<T extends object>(type: string, name: string | undefined, nodes: readonly AstNode[], make: () => T): T {
    if (!this.memory) return make();
    const places: Place[] = [];
    for (const node of nodes) {
      const place = this.placeOf(node);
      if (!place) return make();
      places.push(place);
    }
    return this.memory.take(type, name, places, () => {
      const before = this.reports;
      const value = make();
      return { value, isQuiet: this.reports === before };
    });
  }

  /** The same for a part that has to be made each time: only what it is afterwards is the one of before, where it says the same. */
  made<T extends object>(type: string, name: string, node: AstNode, value: T): T {
    const place = this.memory && this.placeOf(node);
    return place ? this.memory.take(type, name, [place], () => ({ value, isQuiet: false })) : value;
  }

  private placeOf(node: AstNode): Place | undefined {
    const cst = node.$cstNode;
    if (!cst) return undefined;
    const { offset: start, end } = cst;
    const { file, comments } = this.textOf(this.documentOf(node));
    return { file, from: comments.beginningAbove(start), start, end };
  }

  /** Adds a finding at a span, unless the same was found there already, as happens with copies. `meant` is what the text there should probably be. */
  report(
    rule: ProblemId,
    message: string,
    span: Span,
    options: { related?: Related[]; severity?: Severity; meant?: string | undefined } = {},
  ): void {
    this.reports++;
    const key = `${span.file}\n${span.start.offset}\n${span.end.offset}\n${message}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const { related, severity = 'error', meant } = options;
    this.findings.push({
      rule,
      severity,
      message,
      span,
      ...(related?.length ? { related } : {}),
      ...(meant === undefined ? {} : { fixes: [writing(meant, span)] }),
    });
  }

  span(node: AstNode): Span {
    return spanOf(sourceOf(this.documentOf(node)), node);
  }

  spanOf(node: AstNode, feature: string): Span {
    return spanOfFeature(sourceOf(this.documentOf(node)), node, feature);
  }

  /** What statement after statement asks for; the last document's is kept. */
  private textOf(document: LangiumDocument): { readonly file: string; readonly comments: Comments } {
    if (this.last?.document !== document) {
      this.last = { document, file: document.uri.toString(), comments: commentsOf(document) };
    }
    return this.last;
  }

  /** Documentation and suppressions in the comments above a statement. */
  above(node: AstNode): Above {
    const above = node.$cstNode ? commentsOf(this.documentOf(node)).above(node.$cstNode.offset) : {};
    // Each part of the model has spans of its own.
    return above.ignores ? { ...above, ignores: above.ignores.map(copyOf) } : above;
  }

  /** The nearest of the names that may stand at a segment. */
  guessVisible(segment: ast.Segment, words: readonly string[] = []): Guess {
    if (this.suggestions <= 0) return noGuess;
    const visible = this.names.visible(segment);
    this.suggestions -= visible.size;
    return guess(segment.target.$refText, [...words, ...visible.keys()]);
  }

  /** As written, blanks and comments included. */
  text(node: AstNode): string {
    const cst = node.$cstNode;
    return cst ? sourceOf(this.documentOf(node)).text.slice(cst.offset, cst.end) : '';
  }

  documentOf(node: AstNode): LangiumDocument {
    const root = rootOf(node);
    if (this.lastRoot?.root !== root) this.lastRoot = { root, document: documentOf(root) };
    return this.lastRoot.document;
  }
}

function copyOf({ span, ruleSpan, ...rest }: Suppression): Suppression {
  const copy = ({ file, start, end }: Span): Span => ({ file, start: { ...start }, end: { ...end } });
  return { ...rest, span: copy(span), ruleSpan: copy(ruleSpan) };
}

/** What was probably meant, and the words that ask for it. */
export interface Guess {
  readonly meant?: string;
  /** `; did you mean 'x'`, or nothing. */
  readonly hint: string;
}

/** The nearest candidate. Any letter is near any other, so one letter is never corrected. */
export function guess(name: string, candidates: Iterable<string>): Guess {
  return guessed(name.length < 2 ? undefined : nearest(name, candidates));
}

/** A guess at a name that is known, or none. */
export function guessed(meant: string | undefined): Guess {
  return meant === undefined ? noGuess : { meant, hint: `; did you mean '${meant}'` };
}

const noGuess: Guess = { hint: '' };

function writing(meant: string, span: Span): Fix {
  return { title: `Write '${meant}'`, edits: [{ type: 'replaceText', span, text: meant }] };
}

/** `'a', 'b' or 'c'`. */
export function alternatives(words: readonly string[]): string {
  const quoted = words.map((word) => `'${word}'`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}
