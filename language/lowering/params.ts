/** Params: computed when they are first needed, from their declarations or from what overrides them. */
import { dimensionNames, type Param, parseQuantity, type Value } from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { LONGEST_CHAIN, refOf, textOf } from '../names.ts';
import { type Context, guess } from './context.ts';
import { evaluate } from './expressions.ts';

export type Overrides = Readonly<Record<string, string>>;

/** Values of params, each computed once. */
export class Params {
  /** What is wrong with the overrides, as sentences: they stand in no file. */
  readonly overrideErrors: string[] = [];
  private readonly context: Context;
  private readonly overrides: Overrides;
  private readonly values = new Map<ast.Param, Value | undefined>();
  private readonly running: ast.Param[] = [];

  constructor(context: Context, overrides: Overrides) {
    this.context = context;
    this.overrides = overrides;
  }

  /** The value of a param; undefined if it has none that can be computed. */
  valueOf(param: ast.Param): Value | undefined {
    if (this.values.has(param)) return this.values.get(param);
    if (this.running.includes(param)) {
      this.reportCycle(param);
      return undefined;
    }
    if (this.running.length > LONGEST_CHAIN) {
      const message = `The value of param '${this.running[0]!.name}' depends on more than ${LONGEST_CHAIN} others.`;
      this.context.report('param-cycle', message, this.context.spanOf(this.running[0]!, 'name'));
      return undefined;
    }
    this.running.push(param);
    const declared = param.value && this.declared(param.value);
    this.running.pop();
    const value = this.overridden(param.name, declared);
    this.values.set(param, value);
    return value;
  }

  /** Checks that each override names one of the params of the architecture. */
  checkOverrides(names: readonly string[]): void {
    for (const name of Object.keys(this.overrides)) {
      if (!names.includes(name)) {
        this.overrideErrors.push(`There is no param '${name}'${guess(name, names).hint}.`);
      }
    }
  }

  private declared(value: ast.Value): Value | undefined {
    switch (value.$type) {
      case ast.Text.$type:
        return { type: 'string', text: value.text };
      case ast.Truth.$type:
        return { type: 'boolean', value: value.truth === 'true' };
      case ast.QualifiedName.$type:
        return this.wordOrParam(value);
      case ast.Binary.$type:
      case ast.Negation.$type:
      case ast.Literal.$type: {
        const quantity = evaluate(this.context, this, value);
        return quantity && { type: 'quantity', ...quantity };
      }
      default:
        this.context.report(
          'wrong-type',
          'A param is a quantity, a text, a word, true or false.',
          this.context.span(value),
        );
        return undefined;
    }
  }

  private wordOrParam(name: ast.QualifiedName): Value | undefined {
    const word = textOf(name);
    if (!word) return undefined;
    const referent = name.segments.length === 1 ? refOf(name.segments[0]!) : undefined;
    return ast.isParam(referent) ? this.valueOf(referent) : { type: 'word', word };
  }

  private overridden(name: string, declared: Value | undefined): Value | undefined {
    const text = Object.hasOwn(this.overrides, name) ? this.overrides[name] : undefined;
    if (text === undefined) return declared;
    const value = readOverride(text.trim(), declared);
    if (!('error' in value)) return value;
    this.overrideErrors.push(`The value of param '${name}' cannot be '${text}': ${value.error}.`);
    return declared;
  }

  private reportCycle(param: ast.Param): void {
    const cycle = this.running.slice(this.running.indexOf(param));
    const names = [...cycle, param].map(({ name }) => `'${name}'`).join(' → ');
    this.context.report(
      'param-cycle',
      `The value of param '${param.name}' depends on itself: ${names}.`,
      this.context.spanOf(param, 'name'),
      {
        related: cycle
          .filter((other) => other !== param)
          .map((other) => ({
            message: `'${other.name}' is part of the cycle.`,
            span: this.context.spanOf(other, 'name'),
          })),
      },
    );
  }
}

/** An override is written as in the language: a quantity, a word, a text with or without quotes, true or false. */
function readOverride(text: string, declared: Value | undefined): Value | { readonly error: string } {
  switch (declared?.type) {
    case 'boolean':
      return text === 'true' || text === 'false'
        ? { type: 'boolean', value: text === 'true' }
        : { error: 'expected true or false' };
    case 'string':
      return { type: 'string', text: text.replace(/^"(.*)"$/, '$1') };
    case 'word':
      return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) ? { type: 'word', word: text } : { error: 'expected a word' };
    default:
      return readQuantity(text, declared);
  }
}

function readQuantity(text: string, declared: Value | undefined): Value | { readonly error: string } {
  const quantity = parseQuantity(text);
  if ('error' in quantity) return quantity;
  if (declared?.type !== 'quantity' || quantity.dimension === declared.dimension)
    return { type: 'quantity', ...quantity };
  const isNumber = quantity.dimension === 'count';
  if (isNumber && (declared.dimension === 'ratio' || quantity.amount === 0)) {
    return { type: 'quantity', dimension: declared.dimension, amount: quantity.amount };
  }
  if (quantity.dimension === 'ratio' && declared.dimension === 'count') return { type: 'quantity', ...quantity };
  const { name, example } = dimensionNames[declared.dimension];
  return { error: `expected ${name} such as ${example}, but this is ${dimensionNames[quantity.dimension].name}` };
}

/** The params of a file as the model has them. */
export function lowerParam(context: Context, params: Params, param: ast.Param): Param | undefined {
  const value = params.valueOf(param);
  if (!value || !param.name) return undefined;
  const { doc } = context.above(param);
  return {
    name: param.name,
    value,
    ...(doc === undefined ? {} : { doc }),
    span: context.span(param),
    nameSpan: context.spanOf(param, 'name'),
  };
}
