/** Small architectures for tests: components, connections and requirements from plain values. Not part of the library. */
import {
  type Architecture,
  type Component,
  type Connection,
  connectionProperties,
  type Flow,
  type FlowType,
  flowTypes,
  type KindName,
  type Metric,
  type Operator,
  type Property,
  propertySpec,
  type RequestClass,
  type Requirement,
  requestProperties,
  type Span,
  specIn,
  type Value,
} from '../model/index.ts';

/** A property as a test writes it: a number in the canonical unit, `[from, to]`, a word, a flag, or `{}` for a block. */
export type Plain = number | string | boolean | readonly [number, number] | Readonly<Record<string, never>>;
export type Properties = Readonly<Record<string, Plain>>;

const at = { line: 0, character: 0, offset: 0 };
const span: Span = { file: 'test:///test.arch', start: at, end: at };

/** Parts of an architecture; what is absent is empty. */
export interface Parts {
  readonly components?: readonly Component[];
  readonly connections?: readonly Connection[];
  readonly requests?: readonly RequestClass[];
  readonly requirements?: readonly Requirement[];
}

/** An architecture of these parts. */
export function architecture(parts: Parts): Architecture {
  return {
    files: [span.file],
    params: [],
    components: parts.components ?? [],
    connections: numbered(parts.connections ?? []),
    requests: parts.requests ?? [],
    requirements: parts.requirements ?? [],
    scenarios: [],
    views: [],
  };
}

/** A component; a dotted path puts it into its container. */
export function component(kind: KindName, path: string, properties: Properties = {}): Component {
  const names = path.split('.');
  const parent = names.slice(0, -1).join('.');
  return {
    path,
    name: names.at(-1)!,
    kind,
    ...(parent === '' ? {} : { parent }),
    properties: propertiesOf(properties, (name) => propertySpec(kind, name)?.type),
    span,
    nameSpan: span,
  };
}

/** A connection with flows as written in the language: `reads 3, writes 0.5`, `40%`, `misses`. */
export function connect(from: string, to: string, flows = '', properties: Properties = {}): Connection {
  return {
    id: `${from} -> ${to}`,
    from,
    to,
    flows: flows === '' ? [] : flows.split(',').map((text) => flowOf(text.trim())),
    properties: propertiesOf(properties, (name) => specIn(connectionProperties, name)?.type),
    span,
    fromSpan: span,
    toSpan: span,
  };
}

/** A request class. */
export function request(
  name: string,
  share: number,
  connections: readonly Connection[] = [],
  overrides: Readonly<Record<string, Properties>> = {},
  properties: Properties = {},
): RequestClass {
  return {
    name,
    share,
    properties: propertiesOf(properties, (name) => specIn(requestProperties, name)?.type),
    overrides: Object.entries(overrides).map(([path, properties]) => ({
      component: path,
      properties: propertiesOf(properties, () => undefined),
      span,
    })),
    connections: connections.map((connection) => ({ ...connection, id: `${name}: ${connection.id}` })),
    span,
    nameSpan: span,
  };
}

/** A requirement; `of` is a component's path, or a request class's name after `request `. */
export function requirement(metric: Metric, operator: Operator, limit: number, of?: string): Requirement {
  const subject = of?.startsWith('request ')
    ? { of: { type: 'request' as const, name: of.slice('request '.length) } }
    : of === undefined
      ? {}
      : { of: { type: 'component' as const, name: of } };
  return { metric, ...subject, operator, limit, span, limitSpan: span };
}

function numbered(connections: readonly Connection[]): readonly Connection[] {
  const seen = new Map<string, number>();
  return connections.map((connection) => {
    const count = (seen.get(connection.id) ?? 0) + 1;
    seen.set(connection.id, count);
    return count === 1 ? connection : { ...connection, id: `${connection.id}#${count}` };
  });
}

function flowOf(text: string): Flow {
  const share = /^([\d.]+)%$/.exec(text);
  if (share) return { type: 'share', amount: Number(share[1]) / 100, span };
  const [type = '', amount] = text.split(' ');
  if (!isFlowType(type)) throw new Error(`'${type}' is not a flow`);
  return { type, ...(amount === undefined ? {} : { amount: Number(amount) }), span };
}

function isFlowType(name: string): name is FlowType {
  return Object.hasOwn(flowTypes, name);
}

type SpecType = NonNullable<ReturnType<typeof propertySpec>>['type'];

function propertiesOf(
  plain: Properties,
  typeOf: (name: string) => SpecType | undefined,
): Readonly<Record<string, Property>> {
  return Object.fromEntries(
    Object.entries(plain).map(([name, value]) => [
      name,
      { name, value: fromPlain(value, typeOf(name)), span, nameSpan: span, valueSpan: span },
    ]),
  );
}

function fromPlain(plain: Plain, type: SpecType | undefined): Value {
  const dimension = type?.type === 'quantity' ? type.dimension : 'count';
  if (typeof plain === 'number') return { type: 'quantity', dimension, amount: plain };
  if (typeof plain === 'boolean') return { type: 'boolean', value: plain };
  if (typeof plain === 'string') {
    if (type?.type === 'reference' && !Object.hasOwn(type.words ?? {}, plain))
      return { type: 'reference', path: plain };
    return { type: 'word', word: plain };
  }
  if (isRange(plain)) return { type: 'range', dimension, from: plain[0], to: plain[1] };
  return { type: 'block' };
}

function isRange(plain: Plain): plain is readonly [number, number] {
  return Array.isArray(plain);
}
