/** All segments of qualified names in a file: they are the only nodes that hold references. */
import type { AstNode, LangiumDocument } from 'langium';
import type * as ast from './generated/ast.ts';

/** The segments of a document in order of the text; collected once for each tree. Langium's streams take several times as long. */
export function segmentsOf(document: LangiumDocument): readonly ast.Segment[] {
  const root = document.parseResult.value;
  let segments = found.get(root);
  if (!segments) {
    segments = [];
    collect(root, segments);
    found.set(root, segments);
  }
  return segments;
}

/** The segments inside of a node. */
export function segmentsIn(node: AstNode): readonly ast.Segment[] {
  const segments: ast.Segment[] = [];
  collect(node, segments);
  return segments;
}

const found = new WeakMap<AstNode, ast.Segment[]>();

function collect(node: AstNode, segments: ast.Segment[]): void {
  if (node.$type === 'Segment') {
    segments.push(node as ast.Segment);
    return;
  }
  for (const key in node) {
    if (key.charCodeAt(0) === DOLLAR) continue;
    const value: unknown = node[key as keyof AstNode];
    if (Array.isArray(value)) for (const item of value) collectFrom(item, segments);
    else collectFrom(value, segments);
  }
}

function collectFrom(value: unknown, segments: ast.Segment[]): void {
  if (typeof value === 'object' && value !== null && '$type' in value) collect(value as AstNode, segments);
}

const DOLLAR = 36;
