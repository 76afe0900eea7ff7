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
  check(context, statements, TOP, 'at the top level of a file');
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
  switch (statement.$type) {
    case ast.Declaration.$type: {
      const kind = kindOfDeclaration(statement);
      const holds = !kind || isContainer(kind);
      const where = kind ? `in a ${kindOf(kind).label}` : 'here';
      check(context, statement.statements, holds ? CONTAINER : COMPONENT, where);
      return;
    }
    case ast.RequestClass.$type:
      check(context, statement.statements, REQUEST, 'in a request class');
      return;
    case ast.Scenario.$type:
      check(context, statement.statements, SCENARIO, 'in a scenario');
      return;
    case ast.View.$type:
      check(context, statement.statements, VIEW, 'in a view');
  }
}

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
