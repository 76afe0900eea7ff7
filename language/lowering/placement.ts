/** Which statements may stand where. The grammar takes all of them everywhere, so that this can say where one belongs. */
import { isContainer, kindOf } from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { isKind, kindOfDeclaration } from '../tables.ts';
import type { Context } from './context.ts';

type StatementType = ast.Statement['$type'];

const TOP: readonly StatementType[] = [
  'Title',
  'Import',
  'Param',
  'Declaration',
  'RequestClass',
  'Requirement',
  'Scenario',
  'View',
  'Connection',
];
const CONTAINER: readonly StatementType[] = ['Property', 'Block', 'Declaration', 'Connection'];
const COMPONENT: readonly StatementType[] = ['Property', 'Block'];
const REQUEST: readonly StatementType[] = ['Property', 'Override', 'Connection'];
const SCENARIO: readonly StatementType[] = ['Property', 'Event', 'Requirement'];
const VIEW: readonly StatementType[] = ['Property'];
/** The parser or `reportUnexpected` has reported these. */
const REPORTED: readonly StatementType[] = ['Unexpected', 'QualifiedName'];

/** Reports statements of a file that stand where they cannot, at all depths. */
export function checkPlacement(context: Context, statements: readonly ast.Statement[]): void {
  for (const statement of statements) {
    if (wellPlaced.has(statement)) continue;
    const { reports } = context;
    check(context, [statement], TOP, 'at the top level of a file');
    if (context.reports === reports) wellPlaced.add(statement);
  }
}

/** Statements of the top level that are right and hold what they may: a node that an edit leaves as it is need not be looked at again. */
const wellPlaced = new WeakSet<ast.Statement>();

/**
 * Statements with those that stand too deep after them: where a closing brace is missing, what follows stands inside of something
 * that cannot hold it, and is taken as if the brace were there.
 */
export function withMisplaced(statements: readonly ast.Statement[]): readonly ast.Statement[] {
  let found: ast.Statement[] | undefined;
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i]!;
    const inner = misplacedIn(statement);
    if (inner.length > 0) found ??= statements.slice(0, i);
    found?.push(statement, ...inner);
  }
  return found ?? statements;
}

const NONE: readonly ast.Statement[] = [];

function misplacedIn(statement: ast.Statement): readonly ast.Statement[] {
  if (!('statements' in statement) || statement.statements.length === 0) return NONE;
  if (orderly.has(statement)) return NONE;
  const allowed = allowedIn(statement);
  if (!allowed) return NONE;
  let found: ast.Statement[] | undefined;
  for (const inner of withMisplaced(statement.statements)) {
    if (inner.$type === ast.Property.$type || allowed.includes(inner.$type) || !TOP.includes(inner.$type)) continue;
    found ??= [];
    found.push(inner);
  }
  if (!found) orderly.add(statement);
  return found ?? NONE;
}

/** Statements that hold nothing misplaced. */
const orderly = new WeakSet<ast.Statement>();

/** What may stand in the body of a statement; undefined if it has none. */
function allowedIn(statement: ast.Statement): readonly StatementType[] | undefined {
  switch (statement.$type) {
    case ast.Declaration.$type: {
      const kind = kindOfDeclaration(statement);
      return !kind || isContainer(kind) ? CONTAINER : COMPONENT;
    }
    case ast.RequestClass.$type:
      return REQUEST;
    case ast.Scenario.$type:
      return SCENARIO;
    case ast.View.$type:
      return VIEW;
    case ast.Block.$type:
    case ast.Unexpected.$type:
      return COMPONENT;
    default:
      return undefined;
  }
}

function check(
  context: Context,
  statements: readonly ast.Statement[],
  allowed: readonly StatementType[],
  where: string,
): void {
  for (const statement of statements) {
    if (REPORTED.includes(statement.$type)) continue;
    if (!allowed.includes(statement.$type)) {
      reportMisplaced(context, statement, where);
      continue;
    }
    checkInside(context, statement);
  }
}

function checkInside(context: Context, statement: ast.Statement): void {
  const { $type } = statement;
  if ($type === ast.Block.$type || $type === ast.Unexpected.$type || !('statements' in statement)) return;
  const allowed = allowedIn(statement);
  if (allowed) check(context, statement.statements, allowed, placeOf(statement));
}

function placeOf(statement: ast.Statement): string {
  if (statement.$type !== ast.Declaration.$type) return PLACES[statement.$type] ?? 'here';
  const kind = kindOfDeclaration(statement);
  return kind ? `in a ${kindOf(kind).label}` : 'here';
}

const PLACES: Partial<Record<StatementType, string>> = {
  RequestClass: 'in a request class',
  Scenario: 'in a scenario',
  View: 'in a view',
};

function reportMisplaced(context: Context, statement: ast.Statement, where: string): void {
  const span = spanOfHead(context, statement);
  if (ast.isBlock(statement) && isKind(statement.name)) {
    const message = `Expected a name after '${statement.name}', as in '${statement.name} main { … }'.`;
    context.report('syntax', message, span);
    return;
  }
  const { what, home } = HOMES[statement.$type];
  context.report('misplaced-statement', `${what} cannot stand ${where}; it belongs ${home}.`, span);
}

const HOMES: Readonly<Record<StatementType, { readonly what: string; readonly home: string }>> = {
  Title: { what: "'architecture'", home: 'at the top level of a file' },
  Import: { what: 'An import', home: 'at the top level of a file' },
  Param: { what: 'A param', home: 'at the top level of a file' },
  Declaration: { what: 'A declaration', home: 'at the top level of a file or in a container' },
  RequestClass: { what: 'A request class', home: 'at the top level of a file' },
  Requirement: { what: 'A requirement', home: 'at the top level of a file or in a scenario' },
  Scenario: { what: 'A scenario', home: 'at the top level of a file' },
  View: { what: 'A view', home: 'at the top level of a file' },
  Property: { what: 'A property', home: 'in the body of a declaration' },
  Block: { what: 'A block', home: 'in the body of a component' },
  Override: { what: 'An override', home: 'in a request class' },
  Connection: { what: 'A connection', home: 'at the top level of a file, in a container or in a request class' },
  Event: { what: 'An event', home: 'in a scenario' },
  Unexpected: { what: 'This', home: 'elsewhere' },
  QualifiedName: { what: 'A name', home: 'elsewhere' },
};

/** The name or first line of a statement: underlining a whole body hides what is wrong inside it. */
function spanOfHead(context: Context, statement: ast.Statement): ReturnType<Context['span']> {
  return 'name' in statement ? context.spanOf(statement, 'name') : context.span(statement);
}
