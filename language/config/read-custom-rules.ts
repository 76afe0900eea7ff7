/** From `customRules` of a configuration to rules: every name is known, every part has its form, or it is said where not. */
import {
  type FlowType,
  flowTypes,
  kindNames,
  kindOf,
  type PropertyTable,
  parseQuantity,
  severities,
} from '../../model/index.ts';
import {
  type Assertion,
  type Comparison,
  type Condition,
  type CustomRule,
  comparisons,
  type Demand,
  type Link,
  type Literal,
  placeholders,
  type Selector,
} from './custom-rule.ts';
import { type JsonReader, type Node, unknown } from './json-reader.ts';

export const demandTypes = ['forbid', 'require', 'allow', 'assert', 'count', 'path'] as const;
export const selectorMembers = ['path', 'kind', 'name', 'tag', 'inside', 'properties', 'all', 'any', 'not'] as const;
const linkMembers = ['from', 'to', 'flow', 'reachable', 'via', 'notVia'] as const;
const flowNames = Object.keys(flowTypes) as readonly FlowType[];
const ruleMembers = ['id', 'message', 'severity', 'doc', 'select', 'examples', ...demandTypes] as const;

/** All that can be read; the others are problems. `taken` are the ids of other rules. */
export function readCustomRules(
  reader: JsonReader,
  node: Node | undefined,
  taken: ReadonlySet<string>,
): readonly CustomRule[] {
  const ids = new Set(taken);
  return reader.items(node, "'customRules'").flatMap((item) => {
    const rule = readCustomRule(reader, item, ids);
    if (rule) ids.add(rule.id);
    return rule ?? [];
  });
}

function readCustomRule(reader: JsonReader, node: Node, taken: ReadonlySet<string>): CustomRule | undefined {
  const before = reader.problems.length;
  const what = "A rule in 'customRules'";
  const rule = reader.members(node, what, ruleMembers);
  const id = reader.string(rule.get('id'), "'id'");
  const idNode = rule.get('id');
  if (id !== undefined && idNode && !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    reader.report(idNode, `The id '${id}' is not in kebab-case, such as 'no-direct-database'.`);
  if (id !== undefined && idNode && taken.has(id)) reader.report(idNode, `There is another rule '${id}'.`);
  const demand = readDemand(reader, node, rule);
  const message = reader.string(rule.get('message'), "'message'");
  if (demand && message !== undefined) checkPlaceholders(reader, rule.get('message')!, message, demand.type);
  for (const name of ['id', 'message'])
    if (node.type === 'object' && !rule.has(name)) reader.report(node, `${what} needs '${name}'.`);
  const doc = reader.string(rule.get('doc'), "'doc'");
  const examples = reader.members(rule.get('examples'), "'examples'", ['violates', 'passes']);
  const severity = reader.choice(rule.get('severity'), "'severity'", severities) ?? 'warning';
  const select = readSelector(reader, rule.get('select'), "'select'") ?? {};
  const texts = {
    violates: reader.strings(examples.get('violates'), "'violates'"),
    passes: reader.strings(examples.get('passes'), "'passes'"),
  };
  if (reader.problems.length > before || id === undefined || message === undefined || !demand) return undefined;
  return { id, message, severity, ...(doc === undefined ? {} : { doc }), select, demand, examples: texts };
}

function checkPlaceholders(reader: JsonReader, node: Node, message: string, type: Demand['type']): void {
  const known: readonly string[] = placeholders[type];
  for (const [, name = ''] of message.matchAll(/\{\{\s*(\w*)\s*\}\}/g))
    if (!known.includes(name)) reader.report(node, unknown(`With '${type}' there is no '{{${name}}}'`, name, known));
}

function readDemand(reader: JsonReader, node: Node, rule: ReadonlyMap<string, Node>): Demand | undefined {
  const [type, ...others] = demandTypes.filter((each) => rule.has(each));
  if (!type || others.length > 0) {
    const list = demandTypes.map((each) => `'${each}'`).join(', ');
    if (node.type === 'object') reader.report(node, `A rule in 'customRules' needs exactly one of ${list}.`);
    return undefined;
  }
  const value = rule.get(type)!;
  switch (type) {
    case 'forbid':
    case 'require':
    case 'allow':
      return { type, ...readLink(reader, value, type) };
    case 'assert': {
      const assertion = readAssertion(reader, value);
      return assertion && { type, assertion };
    }
    case 'count':
      return readCount(reader, value);
    case 'path':
      return readPath(reader, value);
  }
}

function readLink(reader: JsonReader, node: Node, type: 'forbid' | 'require' | 'allow'): Link {
  const link = reader.members(node, `'${type}'`, linkMembers);
  const reachable = reader.boolean(link.get('reachable'), "'reachable'") ?? false;
  if (type !== 'forbid' && node.type === 'object' && !link.has('to')) reader.report(node, `'${type}' needs 'to'.`);
  if (type === 'allow')
    for (const name of ['reachable', 'via', 'notVia'])
      if (link.has(name)) reader.report(link.get(name)!, `'allow' is about single connections and has no '${name}'.`);
  if (!reachable)
    for (const name of ['via', 'notVia'])
      if (link.has(name) && type !== 'allow') reader.report(link.get(name)!, `'${name}' needs 'reachable: true'.`);
  const selectors = (['from', 'to', 'via', 'notVia'] as const).flatMap((name) => {
    const selector = readSelector(reader, link.get(name), `'${name}'`);
    return selector ? [[name, selector] as const] : [];
  });
  const flow = readFlow(reader, link.get('flow'));
  return { ...Object.fromEntries(selectors), ...(flow ? { flow } : {}), reachable };
}

function readFlow(reader: JsonReader, node: Node | undefined): readonly FlowType[] | undefined {
  if (!node) return undefined;
  const nodes = node.type === 'array' ? (node.children ?? []) : [node];
  return nodes.flatMap((item) => reader.choice(item, "'flow'", flowNames) ?? []);
}

function readCount(reader: JsonReader, node: Node): Demand {
  const count = reader.members(node, "'count'", ['min', 'max']);
  const min = reader.number(count.get('min'), "'min'");
  const max = reader.number(count.get('max'), "'max'");
  if (node.type === 'object' && count.size === 0) reader.report(node, "'count' needs 'min' or 'max'.");
  return { type: 'count', ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

function readPath(reader: JsonReader, node: Node): Demand | undefined {
  const path = reader.members(node, "'path'", ['from', 'to', 'maxDepth']);
  for (const name of ['from', 'to', 'maxDepth'])
    if (node.type === 'object' && !path.has(name)) reader.report(node, `'path' needs '${name}'.`);
  const from = readSelector(reader, path.get('from'), "'from'");
  const to = readSelector(reader, path.get('to'), "'to'");
  const maxDepth = reader.number(path.get('maxDepth'), "'maxDepth'");
  return from && to && maxDepth !== undefined ? { type: 'path', from, to, maxDepth } : undefined;
}

/** A string or a list of them alone is a pattern for the path. */
function readSelector(reader: JsonReader, node: Node | undefined, what: string): Selector | undefined {
  if (!node) return undefined;
  if (node.type === 'string' || node.type === 'array') return { path: reader.strings(node, what) };
  const members = reader.members(node, what, selectorMembers);
  const lists = (['path', 'kind', 'name', 'tag'] as const).flatMap((name) =>
    members.has(name) ? [[name, reader.strings(members.get(name), `'${name}'`)] as const] : [],
  );
  checkKinds(reader, members.get('kind'));
  const inside = readSelector(reader, members.get('inside'), "'inside'");
  const not = readSelector(reader, members.get('not'), "'not'");
  const several = (['all', 'any'] as const).flatMap((name) =>
    members.has(name)
      ? [
          [
            name,
            reader.items(members.get(name), `'${name}'`).flatMap((it) => readSelector(reader, it, what) ?? []),
          ] as const,
        ]
      : [],
  );
  const properties = members.get('properties');
  return {
    ...Object.fromEntries(lists),
    ...Object.fromEntries(several),
    ...(inside ? { inside } : {}),
    ...(not ? { not } : {}),
    ...(properties ? { properties: readConditions(reader, properties) } : {}),
  };
}

function checkKinds(reader: JsonReader, node: Node | undefined): void {
  const known: ReadonlySet<string> = new Set(kindNames);
  for (const item of node?.type === 'array' ? (node.children ?? []) : node ? [node] : []) {
    const name = String(item.value);
    if (item.type === 'string' && !known.has(name))
      reader.report(item, unknown(`There is no kind '${name}'`, name, known));
  }
}

/** `{ "replicas": 2 }` or `{ "ttl": { ">=": "10m" } }`. */
function readConditions(reader: JsonReader, node: Node): readonly Condition[] {
  const conditions: Condition[] = [];
  for (const [property, value] of reader.members(node, "'properties'")) {
    checkProperty(reader, value, property);
    if (value.type !== 'object') {
      const literal = readLiteral(reader, value);
      if (literal !== undefined) conditions.push({ property, op: '=', value: literal });
      continue;
    }
    for (const [name, operand] of reader.members(value, `'${property}'`, comparisons)) {
      const op = comparisons.find((each) => each === name);
      const condition = op && readCondition(reader, property, op, operand);
      if (condition) conditions.push(condition);
    }
  }
  return conditions;
}

function readAssertion(reader: JsonReader, node: Node): Assertion | undefined {
  const members = reader.members(node, "'assert'", ['property', 'op', 'value', 'all', 'any', 'not']);
  for (const name of ['all', 'any'] as const) {
    if (!members.has(name)) continue;
    const inner = reader.items(members.get(name), `'${name}'`).flatMap((it) => readAssertion(reader, it) ?? []);
    return name === 'all' ? { all: inner } : { any: inner };
  }
  if (members.has('not')) {
    const not = readAssertion(reader, members.get('not')!);
    return not && { not };
  }
  const property = reader.string(members.get('property'), "'property'");
  if (node.type === 'object' && !members.has('property')) reader.report(node, "'assert' needs 'property'.");
  if (property === undefined) return undefined;
  checkProperty(reader, members.get('property')!, property);
  const op = members.has('op')
    ? reader.choice(members.get('op'), "'op'", comparisons)
    : members.has('value')
      ? '='
      : 'exists';
  if (!op) return undefined;
  const value = members.get('value');
  if (!value && op !== 'exists') reader.report(node, `'${op}' needs 'value'.`);
  return value ? readCondition(reader, property, op, value) : { property, op, value: true };
}

function readCondition(reader: JsonReader, property: string, op: Comparison, node: Node): Condition | undefined {
  if (op === 'exists') {
    const value = reader.boolean(node, "'exists'");
    return value === undefined ? undefined : { property, op, value };
  }
  if (op === 'in') {
    const value = reader.items(node, "'in'").flatMap((item) => readLiteral(reader, item) ?? []);
    return { property, op, value };
  }
  const value = readLiteral(reader, node);
  if (value === undefined) return undefined;
  const isNumber = typeof value === 'number' || (typeof value === 'string' && !('error' in parseQuantity(value)));
  if (op.startsWith('<') || op.startsWith('>')) {
    if (!isNumber) reader.report(node, `'${op}' compares with a quantity such as 3 or "10m".`);
  }
  return { property, op, value };
}

function readLiteral(reader: JsonReader, node: Node): Literal | undefined {
  const value: unknown = node.value;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  reader.report(node, 'A property is compared with a string, a number, true or false.');
  return undefined;
}

function checkProperty(reader: JsonReader, node: Node, name: string): void {
  if (!allProperties.has(name)) reader.report(node, unknown(`No kind has a property '${name}'`, name, allProperties));
}

/** Of all kinds, those of blocks with dotted names. */
export const allProperties: ReadonlySet<string> = new Set(
  kindNames.flatMap((kind) => namesIn(kindOf(kind).properties)),
);

function namesIn(table: PropertyTable): readonly string[] {
  return Object.entries(table).flatMap(([name, { type }]) =>
    type.type === 'block' ? [name, ...Object.keys(type.properties).map((inner) => `${name}.${inner}`)] : [name],
  );
}
