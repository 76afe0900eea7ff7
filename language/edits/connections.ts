/** Connections as they are written, and the removal of one from a statement that may make several. */
import type { Architecture, Connection, Edit, Path } from '../../model/index.ts';
import { documentOf } from '../around.ts';
import type { ConnectionSyntax } from '../lowering/connections.ts';
import { placeOfFeature } from '../spans.ts';
import { addProperty, inline, noAdditions } from './additions.ts';
import { nameFrom } from './name-from.ts';
import { removeStatement } from './removals.ts';
import { type TextEdit, textEdit } from './text-edit.ts';

/** The whole statement if it makes nothing else; of several targets the one; of `<->` the one direction. */
export function removeConnection({ node, to }: ConnectionSyntax): readonly TextEdit[] {
  const document = documentOf(node);
  const arrow = placeOfFeature(node, 'arrow');
  const [target] = node.targets;
  if (node.arrow === '<->' && node.targets.length === 1 && arrow && target?.$cstNode && node.source.$cstNode) {
    const keepsForward = to === node.source;
    const edits = [textEdit(document, arrow.offset, arrow.end, '->')];
    if (keepsForward) return edits;
    const { source } = node;
    return [
      textEdit(document, source.$cstNode!.offset, source.$cstNode!.end, target.$cstNode.text),
      ...edits,
      textEdit(document, target.$cstNode.offset, target.$cstNode.end, source.$cstNode!.text),
    ];
  }
  const index = node.targets.indexOf(to);
  if (node.targets.length < 2 || index < 0) {
    const removal = removeStatement(node);
    return removal ? [removal] : [];
  }
  const cst = to.$cstNode!;
  const next = node.targets[index + 1]?.$cstNode;
  if (next) return [textEdit(document, cst.offset, next.offset, '')];
  const previous = node.targets[index - 1]!.$cstNode!;
  return [textEdit(document, previous.end, cst.end, '')];
}

/** `a -> b : reads 3 { timeout: 1s }`, with the names as they are read inside `scope`. */
export function connectionText(
  architecture: Architecture,
  {
    from,
    to,
    flow,
    properties = [],
  }: Pick<Extract<Edit, { type: 'addConnection' }>, 'from' | 'to' | 'flow' | 'properties'>,
  scope: Path | undefined,
): string {
  const body = noAdditions();
  for (const [name, value] of properties) addProperty(body, name, value);
  const ends = `${nameFrom(architecture, from, scope)} -> ${nameFrom(architecture, to, scope)}`;
  return [ends, ...(flow ? [`: ${flow}`] : []), ...(properties.length > 0 ? [`{ ${inline(body)} }`] : [])].join(' ');
}

/** True if a connection carries what is asked for already. */
export function hasFlow({ flows }: Connection, flow: string | undefined): boolean {
  if (!flow) return true;
  const wanted = flow.split(',').map((part) => part.trim().split(/\s+/)[0]);
  return wanted.every((type) => flows.some((it) => it.type === type));
}
