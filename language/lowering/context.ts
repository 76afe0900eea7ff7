/** What all steps of the lowering share: the files, the findings, and the way from syntax to spans. */
import { type AstNode, AstUtils, type LangiumDocument } from 'langium';
import { type Finding, nearest, type Severity, type Span } from '../../model/index.ts';
import { type Above, commentsOf } from '../comments.ts';
import type * as ast from '../generated/ast.ts';
import type { Names } from '../names.ts';
import type { ProblemId } from '../problems.ts';
import { sourceOf, spanOf, spanOfFeature } from '../spans.ts';

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
  private readonly documents = new WeakMap<AstNode, LangiumDocument>();

  constructor(names: Names) {
    this.names = names;
  }

  /** Adds a finding at a span, unless the same was found there already, as happens with copies. */
  report(
    rule: ProblemId,
    message: string,
    span: Span,
    options: { related?: Related[]; severity?: Severity } = {},
  ): void {
    const key = `${span.file}\n${span.start.offset}\n${span.end.offset}\n${message}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const { related, severity = 'error' } = options;
    this.findings.push({ rule, severity, message, span, ...(related?.length ? { related } : {}) });
  }

  span(node: AstNode): Span {
    return spanOf(sourceOf(this.documentOf(node)), node);
  }

  spanOf(node: AstNode, feature: string): Span {
    return spanOfFeature(sourceOf(this.documentOf(node)), node, feature);
  }

  /** Documentation and suppressions in the comments above a statement. */
  above(node: AstNode): Above {
    return node.$cstNode ? commentsOf(this.documentOf(node)).above(node.$cstNode.offset) : {};
  }

  /** `; did you mean 'x'` if a name that may stand at a segment is near, else nothing. */
  suggestVisible(segment: ast.Segment, words: readonly string[] = []): string {
    if (this.suggestions <= 0) return '';
    const visible = this.names.visible(segment);
    this.suggestions -= visible.size;
    return suggestion(segment.target.$refText, [...words, ...visible.keys()]);
  }

  /** As written, blanks and comments included. */
  text(node: AstNode): string {
    const cst = node.$cstNode;
    return cst ? sourceOf(this.documentOf(node)).text.slice(cst.offset, cst.end) : '';
  }

  documentOf(node: AstNode): LangiumDocument {
    const root = AstUtils.findRootNode(node);
    let document = this.documents.get(root);
    if (!document) {
      document = AstUtils.getDocument(root);
      this.documents.set(root, document);
    }
    return document;
  }
}

/** `; did you mean 'x'` if a candidate is near, else nothing. Any letter is near any other, so one letter is never corrected. */
export function suggestion(name: string, candidates: Iterable<string>): string {
  if (name.length < 2) return '';
  const near = nearest(name, candidates);
  return near === undefined ? '' : `; did you mean '${near}'`;
}

/** `'a', 'b' or 'c'`. */
export function alternatives(words: readonly string[]): string {
  const quoted = words.map((word) => `'${word}'`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}
