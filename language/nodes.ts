/** Walks over a syntax tree. Langium's streams take several times as long, which counts where an editor asks after each edit. */
import type { AstNode } from 'langium';
import type * as ast from './generated/ast.ts';

/** The statements of one type, by which they are told apart more quickly than by the grammar's table of types. */
export function ofType<T extends ast.Statement['$type']>(
  statements: readonly ast.Statement[],
  type: T,
): readonly Extract<ast.Statement, { readonly $type: T }>[] {
  return statements.filter(
    (statement): statement is Extract<ast.Statement, { readonly $type: T }> => statement.$type === type,
  );
}

/** Calls back for a node and all nodes inside of it, a node before those that it holds. */
export function eachNode(node: AstNode, visit: (node: AstNode) => void): void {
  visit(node);
  for (const key in node) {
    if (key.charCodeAt(0) === DOLLAR) continue;
    const value: unknown = node[key as keyof AstNode];
    if (!Array.isArray(value)) visitValue(value, visit);
    else for (const item of value) visitValue(item, visit);
  }
}

function visitValue(value: unknown, visit: (node: AstNode) => void): void {
  if (typeof value === 'object' && value !== null && '$type' in value) eachNode(value as AstNode, visit);
}

/** All names of properties that are Langium's own begin with it. */
const DOLLAR = 36;
