/** From syntax nodes to spans of the text. */
import { type AstNode, type CstNode, type GrammarAST, isCompositeCstNode, type LangiumDocument } from 'langium';
import type { Position, Span } from '../model/index.ts';
import { nodeAround } from './around.ts';
import { DirectComposite } from './direct/syntax-nodes.ts';

/** One file's text with what it takes to find lines. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  /** Offset of the beginning of each line. */
  readonly lines: readonly number[];
}

/** The text of a document; made once for each version of it. */
export function sourceOf(document: LangiumDocument): SourceText {
  const text = document.textDocument.getText();
  let source = sources.get(document);
  if (source?.text !== text) {
    source = { file: document.uri.toString(), text, lines: lineStarts(text) };
    sources.set(document, source);
  }
  return source;
}

const sources = new WeakMap<LangiumDocument, SourceText>();

/** A span from offsets, the end exclusive. */
export function spanAt(source: SourceText, start: number, end: number): Span {
  return { file: source.file, start: positionAt(source, start), end: positionAt(source, end) };
}

export function positionAt({ lines }: SourceText, offset: number): Position {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: offset - lines[low]!, offset };
}

/** The span of a whole node; of its container where recovery has left the node without text. */
export function spanOf(source: SourceText, node: AstNode): Span {
  let current: AstNode | undefined = node;
  while (current && !current.$cstNode) current = current.$container;
  const cst = current?.$cstNode;
  return cst ? spanAt(source, cst.offset, cst.end) : spanAt(source, 0, 0);
}

/** The span of a property of a node, such as its name; of the whole node where it is missing. */
export function spanOfFeature(source: SourceText, node: AstNode, feature: string): Span {
  const place = placeOfFeature(node, feature);
  return place ? spanAt(source, place.offset, place.end) : spanOf(source, node);
}

/** Offsets of a property of a node: of the first, where there are several; undefined where it is missing. */
export function placeOfFeature(
  node: AstNode,
  feature: string,
): { readonly offset: number; readonly end: number } | undefined {
  const { $cstNode: own } = node;
  return own instanceof DirectComposite ? own.feature(feature) : featureNode(node, feature);
}

/** The syntax node of a property of a node: the first, where there are several. */
export function featureNode(node: AstNode, feature: string): CstNode | undefined {
  return node.$cstNode && firstOf(node.$cstNode, feature);
}

/** Rules that are called without an assignment have syntax nodes of their own around the parts. */
function firstOf(cst: CstNode, feature: string): CstNode | undefined {
  if (!isCompositeCstNode(cst)) return undefined;
  for (const child of cst.content) {
    const own = featureOf(child);
    if (own === feature) return child;
    const inner = own === '' ? firstOf(child, feature) : undefined;
    if (inner) return inner;
  }
  return undefined;
}

function featureOf(cst: CstNode): string {
  const element = cst.grammarSource;
  if (!element) return '';
  let feature = features.get(element);
  if (feature === undefined) {
    feature = nodeAround(element, isAssignment)?.feature ?? '';
    features.set(element, feature);
  }
  return feature;
}

/** Nothing else of the grammar language is one; Langium's own test loads all of that language. */
function isAssignment(node: AstNode): node is GrammarAST.Assignment {
  return node.$type === 'Assignment';
}

const features = new WeakMap<GrammarAST.AbstractElement, string>();

/** Offset of the beginning of each line. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
    return starts;
  }
  const breaks = /\r\n|\r|\n/g;
  while (breaks.exec(text)) starts.push(breaks.lastIndex);
  return starts;
}
