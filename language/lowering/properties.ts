/** Properties and blocks in a body, merged over what the body overrides. */
import {
  described,
  kindNames,
  kindOf,
  type Property,
  type PropertySpec,
  type PropertyTable,
  synonyms,
  type Value,
} from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { isKind, rowOf } from '../tables.ts';
import { alternatives, type Context, type Guess, guess, guessed } from './context.ts';
import { lowerValue, type Surroundings } from './values.ts';

/** Properties by name; those of blocks have dotted names. */
export type Properties = Record<string, Property>;

/** What the properties belong to, for messages: `a server`. */
export interface Owner {
  readonly table: PropertyTable | undefined;
  readonly label: string;
}

/** Adds the properties and blocks among the statements to `properties`; what is there already is overridden. */
export function lowerProperties(
  at: Surroundings,
  owner: Owner,
  statements: readonly ast.Statement[],
  properties: Properties,
  prefix = '',
): void {
  const first = new Map<string, ast.Property | ast.Block>();
  for (const statement of statements) {
    if (statement.$type !== ast.Property.$type && statement.$type !== ast.Block.$type) continue;
    if (!statement.name) continue;
    const before = first.get(statement.name);
    if (before) reportDuplicate(at.context, statement, before);
    else first.set(statement.name, statement);
    if (statement.$type === ast.Property.$type) lowerProperty(at, owner, statement, properties, prefix);
    else lowerBlock(at, owner, statement, properties, prefix);
  }
}

function lowerProperty(
  at: Surroundings,
  owner: Owner,
  node: ast.Property,
  properties: Properties,
  prefix: string,
): void {
  if (!owner.table) return;
  const spec = rowOf(owner.table, node.name);
  if (!spec) {
    reportUnknown(at.context, owner, node, prefix);
    return;
  }
  const value = lowerValue(at, node.name, spec, node.value);
  if (value) properties[prefix + node.name] = property(at.context, prefix + node.name, node, value);
}

function lowerBlock(at: Surroundings, owner: Owner, node: ast.Block, properties: Properties, prefix: string): void {
  const { context } = at;
  if (!owner.table) return;
  const spec = rowOf(owner.table, node.name);
  if (spec?.type.type !== 'block') {
    reportNoBlock(context, owner, node, spec);
    return;
  }
  checkBlockMembers(context, node);
  properties[prefix + node.name] = property(context, prefix + node.name, node, { type: 'block' });
  const inner = { table: spec.type.properties, label: `the block '${node.name}'` };
  lowerProperties(at, inner, node.statements, properties, `${prefix}${node.name}.`);
}

function property(context: Context, name: string, node: ast.Property | ast.Block, value: Value): Property {
  const { ignores } = context.above(node);
  const isProperty = node.$type === ast.Property.$type;
  return {
    name,
    value,
    span: context.span(node),
    nameSpan: context.spanOf(node, 'name'),
    valueSpan: isProperty && node.value ? context.span(node.value) : context.span(node),
    ...(ignores ? { ignores } : {}),
  };
}

function reportDuplicate(context: Context, node: ast.Property | ast.Block, first: ast.Property | ast.Block): void {
  context.report('duplicate-property', `'${node.name}' is declared twice here.`, context.spanOf(node, 'name'), {
    related: [{ message: `The first '${node.name}' is here.`, span: context.spanOf(first, 'name') }],
  });
}

function reportUnknown(context: Context, owner: Owner, node: ast.Property, prefix: string): void {
  const { hint, meant } = guessProperty(node.name, owner.table ?? {});
  const elsewhere = hint || prefix ? '' : whoHas(node.name);
  const message = `There is no property '${node.name}' in ${owner.label}${hint || elsewhere || whatElse(owner)}.`;
  context.report('unknown-property', message, context.spanOf(node, 'name'), { meant });
}

/** What other tools call so, or what is spelt nearly so. */
function guessProperty(name: string, table: PropertyTable): Guess {
  const wanted = name.toLowerCase();
  const synonym = Object.keys(table).find((own) => synonyms[own]?.some((word) => word.toLowerCase() === wanted));
  return synonym ? guessed(synonym) : guess(name, Object.keys(table));
}

/** The properties of what has few; those that everything has are left out. */
function whatElse({ table = {} }: Owner): string {
  const names = Object.keys(table).filter((name) => !Object.hasOwn(described, name));
  if (names.length === 0 || names.length > MOST_NAMES) return '';
  return `; it has ${alternatives(names).replace(/ or (?='\w+'$)/, ' and ')}`;
}

/** More names are not read. */
const MOST_NAMES = 12;

/** `; a cache and a dns have it`, where another kind has the property. */
function whoHas(name: string): string {
  const kinds = kindNames.filter((kind) => rowOf(kindOf(kind).properties, name));
  if (kinds.length === 0) return '';
  if (kinds.length > 3) return `; ${kinds.slice(0, 2).join(', ')} and ${kinds.length - 2} other kinds have it`;
  return kinds.length === 1
    ? `; a ${kinds[0]} has it`
    : `; ${kinds.slice(0, -1).join(', ')} and ${kinds.at(-1)} have it`;
}

function reportNoBlock(context: Context, owner: Owner, node: ast.Block, spec: PropertySpec | undefined): void {
  const span = context.spanOf(node, 'name');
  if (isKind(node.name) && !spec) {
    context.report('syntax', `Expected a name after '${node.name}', as in '${node.name} main { … }'.`, span);
    return;
  }
  if (spec) {
    context.report('unknown-block', `'${node.name}' is a property, not a block: write '${node.name}: …'.`, span);
    return;
  }
  const blocks = Object.entries(owner.table ?? {}).flatMap(([name, row]) => (row.type.type === 'block' ? [name] : []));
  const { hint, meant } = guess(node.name, blocks);
  const others = hint || `; it has ${alternatives(blocks).replace(' or ', ' and ')}`;
  const known = blocks.length === 0 ? ', which has no blocks' : others;
  context.report('unknown-block', `There is no block '${node.name}' in ${owner.label}${known}.`, span, { meant });
}

/** A block has properties only. */
function checkBlockMembers(context: Context, block: ast.Block): void {
  for (const statement of block.statements) {
    const { $type } = statement;
    if ($type === ast.Property.$type || $type === ast.Block.$type || $type === ast.Unexpected.$type) continue;
    context.report('misplaced-statement', `The block '${block.name}' has properties only.`, context.span(statement));
  }
}
