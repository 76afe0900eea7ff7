/** Architectures for tests, written in a few words each. */
import {
  type Analysis,
  type Architecture,
  type Component,
  type ComponentResult,
  type Connection,
  type Finding,
  type Flow,
  type FlowType,
  flowTypes,
  isContainer,
  type KindName,
  type Latency,
  type Property,
  type Span,
  type Value,
} from '../../model/index.ts';

const position = { line: 0, character: 0, offset: 0 };
export const span: Span = { file: 'file:///test.arch', start: position, end: position };

type Written = number | string | boolean | readonly string[] | { readonly from: number; readonly to: number };

/** `us.posts database "Posts"`, and its properties in canonical units. */
export function component(text: string, properties: Readonly<Record<string, Written>> = {}): Component {
  const [, path = '', kind = '', title] = /^(\S+) (\w+)(?: "([\s\S]*)")?$/.exec(text) ?? [];
  const names = path.split('.');
  return {
    path,
    name: names.at(-1)!,
    kind: kind as KindName,
    ...(title === undefined ? {} : { title }),
    ...(names.length > 1 ? { parent: names.slice(0, -1).join('.') } : {}),
    properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, property(name, value)])),
    span,
    nameSpan: span,
  };
}

/** `a -> b : reads 3, writes 0.2`, or `a <-> b : replicates` for two. */
export function connections(...texts: readonly string[]): readonly Connection[] {
  return texts.flatMap((text) => {
    const [, from = '', arrow, to = '', flows = ''] = /^(\S+) (<?->) (\S+)(?: : (.*))?$/.exec(text) ?? [];
    const there = connection(from, to, flows);
    if (arrow === '->') return [there];
    const back = connection(to, from, flows);
    return [
      { ...there, opposite: back.id },
      { ...back, opposite: there.id },
    ];
  });
}

export function architecture(
  components: readonly Component[],
  links: readonly Connection[] = [],
  more: Partial<Architecture> = {},
): Architecture {
  return {
    files: [span.file],
    params: [],
    components,
    connections: links,
    requests: [],
    requirements: [],
    scenarios: [],
    views: [],
    ...more,
  };
}

/** An analysis in which the components have the given utilisations and every connection carries its own rate. */
export function analysis(
  of: Architecture,
  utilizations: Readonly<Record<string, number>> = {},
  rates: (connection: Connection, index: number) => number = (_, index) => 100 * (index + 1),
): Analysis {
  const latency: Latency = { mean: 0.05, p50: 0.04, p90: 0.1, p95: 0.15, p99: 0.212, p999: 0.4 };
  const exact = { kind: 'exact' } as const;
  const results = of.components
    .filter(({ kind }) => !isContainer(kind))
    .map(({ path }): ComponentResult => {
      const utilization = utilizations[path];
      return {
        path,
        arrivalRate: 1200,
        throughput: 1200,
        rates: { calls: 1200, reads: 0, writes: 0, static: 0, messages: 0 },
        ...(utilization === undefined ? {} : { utilization }),
        resources: [],
        response: latency,
        refused: 0,
        accuracy: exact,
        loadAccuracy: exact,
      };
    });
  return {
    solution: {
      users: 5e6,
      rate: 3472,
      throughput: 3472,
      errors: 0,
      response: latency,
      requests: [],
      components: results,
      connections: of.connections.map((each, index) => ({ id: each.id, rate: rates(each, index), visits: 1 })),
      accuracy: exact,
      loadAccuracy: exact,
    },
    capacity: { users: 3.4e6, scale: 0.68, rate: 2361, bottlenecks: [], declaredUsers: 5e6, accuracy: exact },
    availability: {
      value: 0.9995,
      downtime: 15_768,
      requests: [],
      contributions: [],
      singlePoints: [],
      accuracy: exact,
    },
    cost: { perHour: 16.85, lines: [], unknown: [] },
    requirements: [],
    storms: [],
  };
}

export function finding(severity: Finding['severity'], subject: string | undefined, message: string): Finding {
  return { rule: 'test', severity, message, span, ...(subject === undefined ? {} : { subject }) };
}

function connection(from: string, to: string, flows: string): Connection {
  return {
    id: `${from} -> ${to}`,
    from,
    to,
    flows: flows ? flows.split(', ').map(flow) : [],
    properties: {},
    span,
    fromSpan: span,
    toSpan: span,
  };
}

function flow(text: string): Flow {
  const share = /^([\d.]+)%$/.exec(text);
  if (share) return { type: 'share', amount: Number(share[1]) / 100, span };
  const [type = '', amount] = text.split(' ');
  if (!Object.hasOwn(flowTypes, type)) throw new Error(`'${type}' is not a flow.`);
  return { type: type as FlowType, ...(amount === undefined ? {} : { amount: Number(amount) }), span };
}

function property(name: string, written: Written): Property {
  return { name, value: value(written), span, nameSpan: span, valueSpan: span };
}

function value(written: Written): Value {
  if (typeof written === 'number') return { type: 'quantity', dimension: 'count', amount: written };
  if (typeof written === 'boolean') return { type: 'boolean', value: written };
  if (written === 'block') return { type: 'block' };
  if (typeof written === 'string') return { type: 'word', word: written };
  if ('from' in written) return { type: 'range', dimension: 'count', ...written };
  return { type: 'list', items: written.map((path) => ({ type: 'reference', path })) };
}
