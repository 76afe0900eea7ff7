/** Statements that lack a part: the parser takes them, so that the rest of the text is understood, and this says what is missing. */
import { isCompositeCstNode, isLeafCstNode } from 'langium';
import * as ast from './generated/ast.ts';
import { isKind } from './tables.ts';

/** What a statement lacks, as a sentence; undefined if it is whole. `next` is the statement after it. */
export function missingIn(statement: ast.Statement, next?: ast.Statement): string | undefined {
  // Recovery leaves parts undefined that the types promise.
  switch (statement.$type) {
    case ast.Property.$type:
      if (!absent(statement.value)) return undefined;
      return ast.isUnexpected(next) && next.text === '{'
        ? `A block is written '${statement.name} { … }', without ':'.`
        : `Expected a value after '${statement.name}:'.`;
    case ast.Param.$type:
      return absent(statement.value) ? `Expected a value after '${statement.name ?? 'param'} ='.` : undefined;
    case ast.Connection.$type:
      return missingInConnection(statement);
    case ast.Requirement.$type:
      return missingInRequirement(statement);
    case ast.Event.$type:
      return statement.action ? undefined : "Expected an action after the time, as in 'at 5m fail app'.";
    case ast.Declaration.$type:
      return missingInDeclaration(statement);
    case ast.Block.$type:
      return statement.name ? undefined : "Expected a name before '{'.";
    default:
      return undefined;
  }
}

/** What can stand where statements stand. */
export const STATEMENT = "a declaration, a property or a connection such as 'a -> b'";

/** How a statement that begins with a word is written, for words that begin one. */
export function exampleOf(word: string): string | undefined {
  if (isKind(word)) return `Expected a name after '${word}', as in '${word} main { … }'.`;
  return Object.hasOwn(EXAMPLES, word) ? EXAMPLES[word] : undefined;
}

const EXAMPLES: Readonly<Record<string, string>> = {
  architecture: `Expected a text in double quotes after 'architecture', as in 'architecture "Photo sharing"'.`,
  import: `Expected a text in double quotes after 'import', as in 'import "./region.arch"'.`,
  param: "A param is written 'param people = 5M'.",
  template: "A template is written 'template server app { … }'.",
  request: "A request class is written 'request upload { … }'.",
  require: "A requirement is written 'require p99 < 300ms'.",
  scenario: "A scenario is written 'scenario failover { … }'.",
  view: "A view is written 'view overview { … }'.",
};

function absent(value: ast.Value | undefined): boolean {
  return value === undefined || (ast.isQualifiedName(value) && value.segments.length === 0);
}

function missingInConnection({ source, arrow, targets, flows }: ast.Connection): string | undefined {
  if (!source || !arrow) return undefined;
  if (targets.length === 0 || targets.some(absent)) return `Expected a component after '${arrow}'.`;
  return flows.some(({ flow, amount }) => !flow && !amount)
    ? "Expected a flow such as 'reads 3' after ':'."
    : undefined;
}

function missingInRequirement({ metric, operator, limit }: ast.Requirement): string | undefined {
  if (!metric) return "Expected a metric after 'require', as in 'require p99 < 300ms'.";
  if (!operator) return undefined;
  return absent(limit) ? `Expected a limit after '${operator}', as in 'require p99 < 300ms'.` : undefined;
}

function missingInDeclaration(node: ast.Declaration): string | undefined {
  if (!node.name) return exampleOf(node.kind) ?? `Expected a name after '${node.kind}'.`;
  return !node.base && hasKeyword(node, 'extends') ? "Expected a name after 'extends'." : undefined;
}

/** True if a keyword stands in the head of a node, before its body. */
function hasKeyword({ $cstNode }: ast.Declaration, keyword: string): boolean {
  if (!$cstNode || !isCompositeCstNode($cstNode)) return false;
  for (const child of $cstNode.content) {
    if (!isLeafCstNode(child)) continue;
    const { name } = child.tokenType;
    if (name === '{') return false;
    if (name === keyword) return true;
  }
  return false;
}
