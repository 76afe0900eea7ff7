/** Computes expressions over quantities and params, with their dimensions. */
import { type Dimension, dimensionNames, parseQuantity, type Quantity } from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { referentOf } from '../names.ts';
import type { Context } from './context.ts';
import { product, sum } from './dimensions.ts';
import type { Params } from './params.ts';
import { reportUnresolved } from './unresolved.ts';

/** The value of an expression; undefined after reporting why it has none. */
export function evaluate(
  context: Context,
  params: Params,
  expression: ast.Expression | undefined,
): Quantity | undefined {
  switch (expression?.$type) {
    case ast.Literal.$type:
      return literal(context, expression);
    case ast.Negation.$type: {
      const operand = evaluate(context, params, expression.operand);
      return operand && { dimension: operand.dimension, amount: -operand.amount };
    }
    case ast.Binary.$type:
      return binary(context, params, expression);
    case ast.QualifiedName.$type:
      return param(context, params, expression);
    default:
      return undefined;
  }
}

/** As `evaluate`, in the dimension that is needed. `label` says what needs it, such as `'cores'`. */
export function evaluateAs(
  context: Context,
  params: Params,
  expression: ast.Expression | undefined,
  needed: { readonly dimension: Dimension; readonly label: string },
): number | undefined {
  const quantity = evaluate(context, params, expression);
  if (!quantity || !expression) return undefined;
  if (fits(quantity, needed.dimension)) return quantity.amount;
  const { name, example } = dimensionNames[needed.dimension];
  const found = context.text(expression);
  context.report(
    'wrong-dimension',
    `${needed.label} expects ${name} such as ${example}, but '${found}' is ${dimensionNames[quantity.dimension].name}${perTime(quantity, needed.dimension, found)}.`,
    context.span(expression),
  );
  return undefined;
}

/** A plain number may stand for a ratio, and 0 for anything. */
export function fits(quantity: Quantity, dimension: Dimension): boolean {
  if (quantity.dimension === dimension) return true;
  return quantity.dimension === 'count' && (dimension === 'ratio' || quantity.amount === 0);
}

/** What was probably meant where only the period is missing. */
function perTime(quantity: Quantity, needed: Dimension, found: string): string {
  if (!/^[$\w.]+$/.test(found)) return '';
  if (quantity.dimension === 'money' && needed === 'moneyRate') return `; did you mean '${found}/month'`;
  if (quantity.dimension === 'count' && needed === 'rate') return `; did you mean '${found}/s'`;
  return quantity.dimension === 'data' && needed === 'throughput' ? `; did you mean '${found}/s'` : '';
}

function literal(context: Context, node: ast.Literal): Quantity | undefined {
  const quantity = parseQuantity((node.text ?? '').replace(/[ \t]+users$/, ''));
  if (!('error' in quantity)) return quantity;
  context.report('wrong-unit', `${quantity.error.replace(/\?$/, '')}.`, context.span(node));
  return undefined;
}

function binary(context: Context, params: Params, node: ast.Binary): Quantity | undefined {
  const left = evaluate(context, params, node.left);
  const right = evaluate(context, params, node.right);
  if (!left || !right) return undefined;
  const { operator } = node;
  const outcome =
    operator === '+' || operator === '-'
      ? sum(left, operator, right)
      : product(left, operator === '*' ? '*' : '/', right);
  if (!('problem' in outcome)) return outcome;
  context.report(outcome.problem, outcome.message, context.span(node));
  return undefined;
}

function param(context: Context, params: Params, name: ast.QualifiedName): Quantity | undefined {
  const referent = referentOf(name);
  if (!ast.isParam(referent)) {
    reportUnresolved(context, name);
    return undefined;
  }
  const value = params.valueOf(referent);
  if (!value || value.type === 'quantity') return value;
  context.report(
    'wrong-type',
    `Expected a number, but the param '${referent.name}' is ${TYPES[value.type] ?? 'none'}.`,
    context.span(name),
  );
  return undefined;
}

const TYPES: Readonly<Record<string, string>> = { string: 'a text', word: 'a word', boolean: 'true or false' };
