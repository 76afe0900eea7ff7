/** Values of properties, checked against the row of the table that describes the property. */
import {
  dimensionNames,
  kindOf,
  type PropertySpec,
  type PropertyType,
  type Value,
  withArticle,
} from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { referentOf, textOf } from '../names.ts';
import { catalogueExamples, catalogueName } from './catalogue-names.ts';
import { alternatives, type Context, guess, guessed } from './context.ts';
import { evaluateAs } from './expressions.ts';
import type { Instance } from './instances.ts';
import type { Params } from './params.ts';
import type { References } from './references.ts';

/** What the lowering of a value needs to know. */
export interface Surroundings {
  readonly context: Context;
  readonly params: Params;
  readonly references: References;
  /** Where references start; the top level when absent. */
  readonly from?: Instance;
  /** Kind of what the property belongs to: engines are of a kind. */
  readonly kind?: string;
}

/** The value of a property; undefined after reporting what is wrong with it. */
export function lowerValue(
  at: Surroundings,
  name: string,
  spec: PropertySpec,
  value: ast.Value | undefined,
): Value | undefined {
  if (!value) return undefined;
  if (spec.type.type === 'quantity') return lowerQuantity(at, name, spec, value);
  return lowerOther(at, `'${name}'`, spec.type, value);
}

function lowerOther(at: Surroundings, label: string, type: PropertyType, value: ast.Value): Value | undefined {
  switch (type.type) {
    case 'quantity':
      return lowerQuantity(at, label.slice(1, -1), { type, doc: '' }, value);
    case 'boolean':
      return lowerBoolean(at, label, value);
    case 'string':
      return lowerString(at, label, value);
    case 'enum':
      return lowerEnum(at, label, type.values, value);
    case 'catalogue':
      return lowerCatalogue(at, label, type.table, value);
    case 'reference':
      return lowerReference(at, label, type, value);
    case 'list':
      return lowerList(at, label, type.of, value);
    case 'name':
      return lowerName(at, label, value);
    case 'block':
      wrongType(at, `${label} is a block: write '${label.slice(1, -1)} { … }'`, value);
      return undefined;
  }
}

function lowerQuantity(at: Surroundings, name: string, spec: PropertySpec, value: ast.Value): Value | undefined {
  if (spec.type.type !== 'quantity') return undefined;
  const { dimension, range } = spec.type;
  const needed = { dimension, label: `'${name}'` };
  const { context, params } = at;
  if (ast.isRange(value)) {
    if (!range) {
      wrongType(at, `'${name}' takes one value, not a range`, value);
      return undefined;
    }
    const from = evaluateAs(context, params, value.from, needed);
    const to = evaluateAs(context, params, value.to, needed);
    if (from === undefined || to === undefined) return undefined;
    const inBounds = [isInBounds(at, name, spec, from, value.from), isInBounds(at, name, spec, to, value.to)];
    if (!inBounds.every(Boolean)) return undefined;
    if (from <= to) return { type: 'range', dimension, from, to };
    context.report('reversed-range', `The range '${context.text(value)}' ends before it begins.`, context.span(value));
    return undefined;
  }
  if (!isExpression(value)) {
    const { name: what, example } = dimensionNames[dimension];
    wrongType(at, `'${name}' expects ${what} such as ${example}, but found ${describe(at, value)}`, value);
    return undefined;
  }
  const amount = evaluateAs(context, params, value, needed);
  if (amount === undefined || !isInBounds(at, name, spec, amount, value)) return undefined;
  return { type: 'quantity', dimension, amount };
}

/** Checks the bounds of the row; reports and returns false outside of them. */
function isInBounds(at: Surroundings, name: string, spec: PropertySpec, amount: number, node: ast.Value): boolean {
  const { context } = at;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = spec;
  if (amount < min || amount > max) {
    context.report(
      'out-of-range',
      `'${name}' must be ${bounds(spec)}, but it is ${context.text(node)}.`,
      context.span(node),
    );
    return false;
  }
  if (!spec.integer || Number.isInteger(amount)) return true;
  context.report(
    'not-an-integer',
    `'${name}' must be a whole number, but it is ${shown(context, node, amount)}.`,
    context.span(node),
  );
  return false;
}

function bounds(spec: PropertySpec): string {
  const { type, min, max } = spec;
  const percent = type.type === 'quantity' && type.dimension === 'ratio' && (max ?? 1) <= 1;
  const unit = type.type === 'quantity' && type.dimension === 'temperature' ? 'C' : '';
  const print = (amount: number): string => (percent ? `${amount * 100}%` : `${amount}${unit}`);
  if (min !== undefined && max !== undefined) return `between ${print(min)} and ${print(max)}`;
  return min !== undefined ? `at least ${print(min)}` : `at most ${print(max!)}`;
}

function shown(context: Context, node: ast.Value, amount: number): string {
  return ast.isLiteral(node) ? context.text(node) : String(amount);
}

function lowerBoolean(at: Surroundings, label: string, value: ast.Value): Value | undefined {
  if (ast.isTruth(value)) return { type: 'boolean', value: value.truth === 'true' };
  const param = paramValue(at, value);
  if (param?.type === 'boolean') return param;
  wrongType(at, `${label} expects true or false, but found ${describe(at, value)}`, value);
  return undefined;
}

function lowerString(at: Surroundings, label: string, value: ast.Value): Value | undefined {
  if (ast.isText(value)) return { type: 'string', text: value.text };
  const param = paramValue(at, value);
  if (param?.type === 'string') return param;
  wrongType(at, `${label} expects a text in double quotes, but found ${describe(at, value)}`, value);
  return undefined;
}

function lowerEnum(
  at: Surroundings,
  label: string,
  values: Readonly<Record<string, string>>,
  value: ast.Value,
): Value | undefined {
  const word = wordOf(at, value);
  if (word !== undefined && Object.hasOwn(values, word)) return { type: 'word', word };
  const words = Object.keys(values);
  const known = words.length <= 8 ? alternatives(words) : `one of ${words.length} words`;
  const quoted = ast.isText(value) && Object.hasOwn(values, value.text);
  const near = word === undefined ? guessed(undefined) : guess(word, words);
  const { hint, meant } = quoted ? { hint: '; write it without quotes', meant: value.text } : near;
  const message = `${label} expects ${known}, but found ${describe(at, value)}${hint}.`;
  at.context.report('unknown-word', message, at.context.span(value), { meant });
  return undefined;
}

function lowerCatalogue(
  at: Surroundings,
  label: string,
  table: 'engines' | 'instances' | 'regions',
  value: ast.Value,
): Value | undefined {
  const name = ast.isText(value) ? value.text : wordOf(at, value);
  if (name === undefined) {
    reportNoName(at, label, table, value);
    return undefined;
  }
  const problem = catalogueName(table, name, label, at.kind);
  if (problem) {
    const { rule, message, severity, meant } = problem;
    at.context.report(rule, message, at.context.span(value), { severity, meant: meant && asName(meant) });
  }
  if (problem?.severity === 'error') return undefined;
  return ast.isText(value) ? { type: 'string', text: name } : { type: 'word', word: name };
}

/** `us-east-1` without quotes is read as a subtraction. */
function reportNoName(
  at: Surroundings,
  label: string,
  table: 'engines' | 'instances' | 'regions',
  value: ast.Value,
): void {
  const text = at.context.text(value);
  const isHyphenated = ast.isBinary(value) && /^[A-Za-z][\w.-]*$/.test(text);
  const { what, example } = catalogueExamples[table];
  const message = isHyphenated
    ? `A name with a hyphen stands in double quotes: write '"${text}"'.`
    : `${label} expects ${what} from the catalogue such as ${example}, but found ${describe(at, value)}.`;
  at.context.report('wrong-type', message, at.context.span(value), {
    meant: isHyphenated ? JSON.stringify(text) : undefined,
  });
}

/** As it can be written: a bare word, or in quotes. */
function asName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}

function lowerReference(
  at: Surroundings,
  label: string,
  type: Extract<PropertyType, { type: 'reference' }>,
  value: ast.Value,
): Value | undefined {
  const found = lowerReferences(at, label, type, value);
  return found[0];
}

/** All that a reference stands for: several if the name does not say which of several copies it means. */
function lowerReferences(
  at: Surroundings,
  label: string,
  type: Extract<PropertyType, { type: 'reference' }>,
  value: ast.Value,
): readonly Value[] {
  const words = Object.keys(type.words ?? {});
  if (!ast.isQualifiedName(value)) {
    const also = words.length > 0 ? `${alternatives(words)} or ` : '';
    wrongType(at, `${label} expects ${also}the name of a component, but found ${describe(at, value)}`, value);
    return [];
  }
  if (referentOf(value) === undefined && words.length > 0 && value.segments.length === 1) {
    return wordInstead(at, label, words, value);
  }
  const found = at.references.nearest(value, at.from).filter(({ kind }) => kind !== undefined);
  const { kinds } = type;
  const fitting = kinds === 'any' ? found : found.filter(({ kind }) => kind && kinds.includes(kind));
  if (found.length > 0 && fitting.length === 0) reportWrongKind(at, label, found[0]!, kinds, value);
  return fitting.map(({ path }) => ({ type: 'reference', path }));
}

/** A word where a reference may stand too: none has this name, so it must be one of the words. */
function wordInstead(
  at: Surroundings,
  label: string,
  words: readonly string[],
  value: ast.QualifiedName,
): readonly Value[] {
  const word = textOf(value);
  if (words.includes(word)) return [{ type: 'word', word }];
  const segment = value.segments[0]!;
  if (at.context.names.candidates(segment).length > 1) {
    at.references.resolve(value, at.from);
    return [];
  }
  const { hint, meant } = at.context.guessVisible(segment, words);
  const expected = `${alternatives(words).replace(' or ', ', ')} or the name of a component`;
  const message = `${label} expects ${expected}, but found '${word}'${hint}.`;
  at.context.report('unknown-word', message, at.context.span(value), { meant });
  return [];
}

function reportWrongKind(
  at: Surroundings,
  label: string,
  found: Instance,
  kinds: readonly string[] | 'any',
  value: ast.Value,
): void {
  const expected = kinds === 'any' ? 'a component' : `a ${alternatives([...kinds]).replaceAll("'", '')}`;
  at.context.report(
    'wrong-kind',
    `${label} expects ${expected}, but '${found.path}' is ${found.kind ? withArticle(kindOf(found.kind).label) : 'nothing'}.`,
    at.context.span(value),
  );
}

function lowerList(at: Surroundings, label: string, of: PropertyType, value: ast.Value): Value | undefined {
  if (!ast.isList(value)) {
    wrongType(
      at,
      `${label} expects a list, but found ${describe(at, value)}; write [${at.context.text(value)}]`,
      value,
    );
    return undefined;
  }
  const items = value.items.flatMap((item): readonly Value[] => {
    if (of.type === 'reference') return lowerReferences(at, label, of, item);
    const lowered = lowerOther(at, label, of, item);
    return lowered ? [lowered] : [];
  });
  return { type: 'list', items };
}

function lowerName(at: Surroundings, label: string, value: ast.Value): Value | undefined {
  if (ast.isText(value)) return { type: 'string', text: value.text };
  if (ast.isQualifiedName(value)) return { type: 'word', word: textOf(value) };
  wrongType(at, `${label} expects a name, but found ${describe(at, value)}`, value);
  return undefined;
}

/** A bare word, or that of a param whose value is a word. */
function wordOf(at: Surroundings, value: ast.Value): string | undefined {
  if (!ast.isQualifiedName(value)) return undefined;
  const param = paramValue(at, value);
  if (param?.type === 'word') return param.word;
  if (param?.type === 'string') return param.text;
  return param ? undefined : textOf(value);
}

function paramValue(at: Surroundings, value: ast.Value): Value | undefined {
  const referent = ast.isQualifiedName(value) ? referentOf(value) : undefined;
  return ast.isParam(referent) ? at.params.valueOf(referent) : undefined;
}

function wrongType(at: Surroundings, message: string, value: ast.Value): void {
  at.context.report('wrong-type', `${message}.`, at.context.span(value));
}

/** True for values that can be computed. */
export function isExpression(value: ast.Value): value is ast.Expression {
  return ast.isLiteral(value) || ast.isBinary(value) || ast.isNegation(value) || ast.isQualifiedName(value);
}

function describe(at: Surroundings, value: ast.Value): string {
  switch (value.$type) {
    case ast.List.$type:
      return 'a list';
    case ast.Text.$type:
      return `the text ${at.context.text(value)}`;
    case ast.Range.$type:
      return 'a range';
    case ast.Point.$type:
      return 'a point in time';
    default:
      return `'${at.context.text(value)}'`;
  }
}
