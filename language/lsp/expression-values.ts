/** What an expression comes to, wherever it stands, and how: for hints behind expressions and for hovers. */
import { AstUtils } from 'langium';
import { type Architecture, formatQuantity, parseQuantity, type Quantity } from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { product, sum } from '../lowering/dimensions.ts';
import { referentOf } from '../names.ts';

type Params = Architecture['params'];

/** The value, in its own dimension; undefined where it has none, which the diagnostics explain. */
export function quantityOf(expression: ast.Expression | undefined, params: Params): Quantity | undefined {
  switch (expression?.$type) {
    case ast.Literal.$type: {
      const quantity = parseQuantity((expression.text ?? '').replace(/[ \t]+users$/, ''));
      return 'error' in quantity ? undefined : quantity;
    }
    case ast.Negation.$type: {
      const operand = quantityOf(expression.operand, params);
      return operand && { ...operand, amount: -operand.amount };
    }
    case ast.Binary.$type:
      return binary(expression, params);
    case ast.QualifiedName.$type:
      return paramValue(expression, params);
    default:
      return undefined;
  }
}

/** `people / 20k = 5M / 20k = 250`; without the middle where nothing stands for a value. Undefined where there is no value. */
export function arithmetic(expression: ast.Expression, params: Params): string | undefined {
  const value = quantityOf(expression, params);
  const cst = expression.$cstNode;
  if (!value || !cst) return undefined;
  const filled = AstUtils.streamAst(expression)
    .filter(ast.isQualifiedName)
    .flatMap((name) => {
      const known = paramValue(name, params);
      return known && name.$cstNode ? [{ at: name.$cstNode, text: formatQuantity(known.amount, known.dimension) }] : [];
    })
    .toArray()
    .reduceRight(
      (text, { at, text: amount }) => text.slice(0, at.offset - cst.offset) + amount + text.slice(at.end - cst.offset),
      cst.text,
    );
  const steps = filled === cst.text ? [cst.text] : [cst.text, filled];
  return `${steps.map((step) => `\`${step}\``).join(' = ')} = **${formatQuantity(value.amount, value.dimension)}**`;
}

/** Something to compute; the outermost of what is nested. */
export function isComputed(node: unknown): node is ast.Binary | ast.Negation {
  return ast.isBinary(node) || ast.isNegation(node);
}

function binary({ left, operator, right }: ast.Binary, params: Params): Quantity | undefined {
  const [a, b] = [quantityOf(left, params), quantityOf(right, params)];
  if (!a || !b) return undefined;
  const outcome =
    operator === '+' || operator === '-' ? sum(a, operator, b) : product(a, operator === '*' ? '*' : '/', b);
  return 'problem' in outcome ? undefined : outcome;
}

function paramValue(name: ast.QualifiedName, params: Params): Quantity | undefined {
  const param = referentOf(name);
  const value = ast.isParam(param) ? params.find((each) => each.name === param.name)?.value : undefined;
  return value?.type === 'quantity' ? value : undefined;
}
