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
  const found: (string | boolean)[] = [];
  for (const document of documents) {
    found.push('file', document.uri.toString());
    const model = document.parseResult.value;
    if (ast.isModel(model)) collect(model.statements, params, found);
  }
  return JSON.stringify(found);
}

function collect(statements: readonly ast.Statement[], params: Params, found: (string | boolean)[]): void {
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
    collect(statement.statements, params, found);
    found.push('}');
  }
}

/** Amounts that JSON does not know are told apart, too. */
function written(value: Value | undefined): string {
  return value?.type === 'quantity' ? `${value.amount} ${value.dimension}` : JSON.stringify(value ?? null);
}
