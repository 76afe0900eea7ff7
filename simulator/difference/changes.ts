/** What has changed between two models, by meaning: order, formatting and where the text stands play no part. */
import {
  type Architecture,
  type Component,
  type Connection,
  type Flow,
  type Metric,
  metricDimensions,
  type Path,
  type Property,
  type RequestClass,
  type Requirement,
  type Span,
  type Value,
} from '../../model/index.ts';

/** A property that was added, removed or given another value. */
export interface PropertyChange {
  /** Dotted in blocks; of a request class also `share` and `component.property`. */
  readonly name: string;
  readonly before?: Value;
  readonly after?: Value;
}

/** Something that was added, removed or changed. */
export interface Change {
  readonly what: 'component' | 'connection' | 'request' | 'requirement';
  readonly change: 'added' | 'removed' | 'changed';
  /** Path of a component, id of a connection, name of a request class, subject of a requirement (`p99 of upload`). */
  readonly name: string;
  /** Kind of a component. */
  readonly kind?: string;
  readonly properties: readonly PropertyChange[];
  /** In the new model, or where it was removed from. */
  readonly span: Span;
}

/** All changes: components, connections, request classes, requirements, each in the order of the new model, what was removed last. */
export function changesOf(before: Architecture, after: Architecture): readonly Change[] {
  return [
    ...compare('component', index(before.components, pathOf), index(after.components, pathOf), componentFacts, kindOf),
    ...compare('connection', index(before.connections, idOf), index(after.connections, idOf), connectionFacts),
    ...compare('request', index(before.requests, nameOf), index(after.requests, nameOf), requestFacts),
    ...compare('requirement', requirementIndex(before), requirementIndex(after), requirementFacts),
  ];
}

/** The subject of a requirement, by which it is the same one although its limit has changed. */
export function requirementSubject({ metric, of }: Pick<Requirement, 'metric' | 'of'>): string {
  return of ? `${metric} of ${of.name}` : metric;
}

type Facts = ReadonlyMap<string, Value>;

function compare<T extends { readonly span: Span }>(
  what: Change['what'],
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  factsOf: (one: T) => Facts,
  kind: (one: T) => string | undefined = () => undefined,
): readonly Change[] {
  const changes: Change[] = [];
  for (const [name, one] of after) {
    const old = before.get(name);
    const properties = propertyChanges(old ? factsOf(old) : new Map(), factsOf(one));
    if (old && properties.length === 0) continue;
    changes.push({ what, change: old ? 'changed' : 'added', name, ...named(kind(one)), properties, span: one.span });
  }
  for (const [name, one] of before) {
    if (after.has(name)) continue;
    const properties = propertyChanges(factsOf(one), new Map());
    changes.push({ what, change: 'removed', name, ...named(kind(one)), properties, span: one.span });
  }
  return changes;
}

function named(kind: string | undefined) {
  return kind === undefined ? {} : { kind };
}

function propertyChanges(before: Facts, after: Facts): readonly PropertyChange[] {
  const names = [...after.keys(), ...[...before.keys()].filter((name) => !after.has(name))];
  return names.flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    return [{ name, ...(old ? { before: old } : {}), ...(now ? { after: now } : {}) }];
  });
}

function componentFacts({ kind, properties }: Component): Facts {
  return new Map([['kind', { type: 'word', word: kind }], ...factsIn(properties)]);
}

function connectionFacts({ flows, properties }: Connection): Facts {
  return new Map([...flows.map(flowFact), ...factsIn(properties)]);
}

function flowFact({ type, amount }: Flow): readonly [string, Value] {
  const dimension = type === 'share' ? 'ratio' : 'count';
  return [type, amount === undefined ? { type: 'boolean', value: true } : { type: 'quantity', dimension, amount }];
}

function requestFacts({ share, properties, overrides, connections }: RequestClass): Facts {
  return new Map<string, Value>([
    ['share', { type: 'quantity', dimension: 'ratio', amount: share }],
    ...factsIn(properties),
    ...overrides.flatMap((override) =>
      [...factsIn(override.properties)].map(([name, value]) => [`${override.component}.${name}`, value] as const),
    ),
    ...connections.flatMap((connection) =>
      [...connectionFacts(connection)].map(([name, value]) => [`${connection.id} ${name}`, value] as const),
    ),
  ]);
}

/** A block is the sum of what is in it; only an empty one is a fact of its own. */
function factsIn(properties: Readonly<Record<string, Property>>): Facts {
  const all = Object.values(properties);
  return new Map(
    all
      .filter(({ name, value }) => value.type !== 'block' || !all.some((other) => other.name.startsWith(`${name}.`)))
      .map(({ name, value }) => [name, value]),
  );
}

function requirementFacts({ metric, operator, limit }: Requirement): Facts {
  return new Map<string, Value>([
    ['operator', { type: 'word', word: operator }],
    ['limit', { type: 'quantity', dimension: dimensionOf(metric), amount: limit }],
  ]);
}

function index<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, T> {
  return new Map(all.map((one) => [keyOf(one), one]));
}

function requirementIndex({ requirements }: Architecture): ReadonlyMap<string, Requirement> {
  const found = new Map<string, Requirement>();
  for (const requirement of requirements) {
    const subject = requirementSubject(requirement);
    let key = subject;
    for (let number = 2; found.has(key); number++) key = `${subject}#${number}`;
    found.set(key, requirement);
  }
  return found;
}

function pathOf({ path }: Component): Path {
  return path;
}

function idOf({ id }: Connection): string {
  return id;
}

function nameOf({ name }: RequestClass): string {
  return name;
}

function kindOf({ kind }: Component): string {
  return kind;
}

function dimensionOf(metric: Metric) {
  return metricDimensions[metric];
}
