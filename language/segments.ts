/** All segments of qualified names in a file: they are the only nodes that hold references. */
import type { AstNode, LangiumDocument } from 'langium';
import type * as ast from './generated/ast.ts';
import { eachNode } from './nodes.ts';

/** The segments of a document in order of the text; collected once for each tree. */
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

function collect(root: AstNode, segments: ast.Segment[]): void {
  eachNode(root, (node) => {
    if (node.$type === 'Segment') segments.push(node as ast.Segment);
  });
}
