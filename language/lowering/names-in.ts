/**
 * What decides what names mean: as long as this is the same, a statement that is written as before refers to the same as before. Names
 * are looked up in declarations by nesting, kinds, bases and imports; values of params are part of it because they stand for their names.
 */
import type { LangiumDocument } from 'langium';
import type { Value } from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { textOf } from '../names.ts';
import type { Params } from './params.ts';

/** All of it as one text. */
export function namesIn(documents: readonly LangiumDocument[], params: Params): string {
  const found: string[] = [];
  for (const document of documents) {
    found.push(document.uri.toString());
    const model = document.parseResult.value;
    if (!ast.isModel(model)) continue;
    for (const statement of model.statements) {
      if (statement.$type !== ast.Connection.$type || statement.statements.length > 0)
        found.push(namesOf(statement, params));
    }
  }
  return found.join('\n');
}

/** Kept for declarations, which an edit leaves as they are for the most part; what else there is may hold params, or is short. */
function namesOf(statement: ast.Statement, params: Params): string {
  const known = names.get(statement);
  if (known !== undefined) return known;
  const found: (string | boolean)[] = [];
  const hasParams = collect([statement], params, found);
  const text = JSON.stringify(found);
  if (!hasParams) names.set(statement, text);
  return text;
}

const names = new WeakMap<ast.Statement, string>();

/** True if there are params. */
function collect(statements: readonly ast.Statement[], params: Params, found: (string | boolean)[]): boolean {
  let hasParams = false;
  for (const statement of statements) {
    switch (statement.$type) {
      case ast.Property.$type:
        continue;
      case ast.Declaration.$type: {
        const { template, kind, name, base } = statement;
        found.push(template, kind, name, base ? textOf(base) : '');
        break;
      }
      case ast.Param.$type:
        hasParams = true;
        found.push('param', statement.name, written(params.valueOf(statement)));
        break;
      case ast.RequestClass.$type:
      case ast.Scenario.$type:
        found.push(statement.$type, statement.name);
        break;
      case ast.Import.$type:
        found.push('import', statement.path);
        break;
    }
    if (!('statements' in statement) || statement.statements.length === 0) continue;
    found.push('{');
    if (collect(statement.statements, params, found)) hasParams = true;
    found.push('}');
  }
  return hasParams;
}

/** Amounts that JSON does not know are told apart, too. */
function written(value: Value | undefined): string {
  return value?.type === 'quantity' ? `${value.amount} ${value.dimension}` : JSON.stringify(value ?? null);
}
