/** The nodes around statements that were read again: what they say has changed, so they are made anew, with all else that they hold. */
import type { AstNode } from 'langium';
import * as ast from '../generated/ast.ts';
import { adopt } from './cursor.ts';

/** What has statements: a file, or a statement with a body. */
export type Host = ast.Model | Extract<ast.Statement, { readonly statements: unknown }>;

/** A file, and the node in it whose statements are others. */
export interface Around {
  readonly model: ast.Model;
  readonly host: Host;
}

export class Renewed {
  /** What takes the place of what references may lead to. */
  readonly successors = new Map<AstNode, ast.Named>();

  /**
   * True if references that lead to one of the statements before, or through them, lead to the corresponding one of those now: if
   * they declare and import the same, in the same order.
   */
  pair(before: readonly ast.Statement[], after: readonly ast.Statement[]): boolean {
    const were = before.filter(matters);
    const are = after.filter(matters);
    return were.length === are.length && were.every((was, i) => this.isLike(was, are[i]!));
  }

  private isLike(was: ast.Statement, is: ast.Statement): boolean {
    if (was.$type !== is.$type) return false;
    if (ast.isImport(was)) return was.path === (is as ast.Import).path;
    if (ast.isDeclaration(was) && !isSameHead(was, is as ast.Declaration)) return false;
    if ((was as ast.Named).name !== (is as ast.Named).name) return false;
    if (isNamed(was)) this.successors.set(was, is as ast.Named);
    return this.pair((was as ast.View).statements ?? [], (is as ast.View).statements ?? []);
  }

  /** Puts statements in the place of some of a node, and makes it and all nodes around it anew, up to the file. */
  around(host: Host, first: number, last: number, statements: readonly ast.Statement[]): Around {
    let old: Host = host;
    const made = this.renew(old, old.statements.toSpliced(first, last - first, ...statements));
    let node = made;
    while (old.$container) {
      const around = old.$container as Host;
      node = this.renew(around, around.statements.with(old.$containerIndex!, node as ast.Declaration));
      old = around;
    }
    return { model: node as ast.Model, host: made };
  }

  private renew(old: Host, statements: ast.Statement[]): Host {
    const node = { ...old, statements } as Host;
    for (const [key, value] of Object.entries(node)) {
      if (key.startsWith('$')) continue;
      if (Array.isArray(value)) for (let i = 0; i < value.length; i++) adopt(value[i], node, key, i);
      else if (isNode(value)) adopt(value, node, key);
    }
    (old.$cstNode as unknown as { ast: AstNode }).ast = node;
    if (isNamed(old as ast.Statement)) this.successors.set(old, node as ast.Named);
    return node;
  }
}

/** Statements that decide what names mean, or have such statements inside. */
function matters(statement: ast.Statement): boolean {
  return (
    isNamed(statement) ||
    statement.$type === 'Import' ||
    ('statements' in statement && statement.statements.some(matters))
  );
}

function isNamed(node: AstNode): node is ast.Named {
  return (
    node.$type === 'Declaration' || node.$type === 'Param' || node.$type === 'RequestClass' || node.$type === 'Scenario'
  );
}

/** The kind counts as well: it decides what the names of the properties inside mean. */
function isSameHead(was: ast.Declaration, is: ast.Declaration): boolean {
  return was.template === is.template && was.kind === is.kind && textOfBase(was) === textOfBase(is);
}

function textOfBase({ base }: ast.Declaration): string {
  return base?.segments.map(({ target }) => target.$refText).join('.') ?? '';
}

function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && '$type' in value;
}
