/** Connections: one for each pair of components that a statement connects, in each copy that it stands in. */
import {
  type Connection,
  connectionProperties,
  type Flow,
  isContainer,
  kindOf,
  withArticle,
} from '../../model/index.ts';
import * as ast from '../generated/ast.ts';
import { alternatives, type Context } from './context.ts';
import { checkFlows, lowerFlows } from './flows.ts';
import { descendants, type Instance } from './instances.ts';
import { lowerProperties, type Properties } from './properties.ts';
import { nearestTo } from './references.ts';
import type { Surroundings } from './values.ts';

/** The syntax that a connection comes from. */
export interface ConnectionSyntax {
  readonly node: ast.Connection;
  /** The name of its target; of the opposite of `<->` that of the source. */
  readonly to: ast.QualifiedName;
}

/** Gives connections their ids and remembers where they come from. */
export class ConnectionIds {
  readonly syntax = new Map<string, ConnectionSyntax>();
  private readonly counts = new Map<string, number>();

  add(pair: string, syntax: ConnectionSyntax): string {
    const count = (this.counts.get(pair) ?? 0) + 1;
    this.counts.set(pair, count);
    const id = count === 1 ? pair : `${pair}#${count}`;
    this.syntax.set(id, syntax);
    return id;
  }
}

/** A connection without its id: those that are overridden never get one. */
type Nameless = Omit<Connection, 'id' | 'opposite'>;

/** What a statement makes of one of its targets. */
interface Made {
  readonly connection: Nameless;
  /** The other direction of `<->`. */
  readonly back?: Nameless;
  /** Index of the target. */
  readonly target: number;
  /** What both directions are called, if they are the first between the two. */
  readonly pair: string;
  readonly backPair: string;
}

/** The same with the way back to the syntax. */
export interface Draft extends Made {
  readonly syntax: ConnectionSyntax;
}

/** The connections that a statement makes where it stands in an instance, at the top level when there is none. */
export function draftConnections(at: Surroundings, node: ast.Connection, inherited: boolean): readonly Draft[] {
  const { context, from } = at;
  if (!node.source || !node.arrow) return [];
  const made = context.part(`connection ${from?.path ?? ''}`, undefined, [node], () => make(at, node, inherited));
  const before = drafted.get(made);
  if (before?.node === node) return before.drafts;
  const drafts = made.map((one) => ({ ...one, syntax: { node, to: node.targets[one.target]! } }));
  drafted.set(made, { node, drafts });
  return drafts;
}

/** Of what is taken over from the lowering before, the way back to the syntax is, too. */
const drafted = new WeakMap<readonly Made[], { readonly node: ast.Connection; readonly drafts: readonly Draft[] }>();

function make(at: Surroundings, node: ast.Connection, inherited: boolean): readonly Made[] {
  const { context, references, from } = at;
  const flows = lowerFlows(at, node);
  const properties: Properties = {};
  lowerProperties(at, { table: connectionProperties, label: 'a connection' }, node.statements, properties);
  checkBody(context, node);
  const sources = endpoints(context, references.resolve(node.source, from), node.source, 'start');
  const made: Made[] = [];
  for (const [target, name] of node.targets.entries()) {
    const targets = endpoints(context, references.resolve(name, from), name, 'end');
    for (const source of sources) {
      for (const end of nearestTo(source, targets)) {
        checkFlows(context, node, flows, source, end);
        const ways = bothWays(context, node, name, source, end, { flows, properties, inherited });
        const [from, to] = [source.path, end.path];
        made.push({ target, pair: `${from} -> ${to}`, backPair: `${to} -> ${from}`, ...ways });
      }
    }
  }
  return made;
}

/** Gives drafts their ids, both directions of `<->` one after the other. */
export function settle(ids: ConnectionIds, statements: readonly (readonly Draft[])[]): readonly Connection[] {
  const connections: Connection[] = [];
  for (const drafts of statements) {
    for (const { connection, syntax, back, pair, backPair } of drafts) {
      const there = ids.add(pair, syntax);
      if (!back) {
        connections.push(named(connection, there));
        continue;
      }
      const again = ids.add(backPair, { node: syntax.node, to: syntax.node.source });
      connections.push(named(connection, there, again), named(back, again, there));
    }
  }
  return connections;
}

/** Always the same object for the same names, so that connections that are taken over from the lowering before stay what they are. */
function named(connection: Nameless, id: string, opposite?: string): Connection {
  const before = settled.get(connection);
  if (before?.id === id && before.opposite === opposite) return before;
  const now = { id, ...connection, ...(opposite === undefined ? {} : { opposite }) };
  settled.set(connection, now);
  return now;
}

const settled = new WeakMap<Nameless, Connection>();

/** Later statements replace earlier ones between the same two, if they stand in a more specific layer. */
export function withoutOverridden(layers: readonly (readonly Draft[])[]): readonly Draft[] {
  if (layers.length < 2) return layers[0] ?? [];
  const kept: Draft[] = [];
  const taken = new Set<string>();
  for (const drafts of [...layers].reverse()) {
    kept.unshift(...drafts.filter(({ pair }) => !taken.has(pair)));
    for (const { pair } of drafts) taken.add(pair);
  }
  return kept;
}

function bothWays(
  context: Context,
  node: ast.Connection,
  target: ast.QualifiedName,
  source: Instance,
  end: Instance,
  rest: { readonly flows: readonly Flow[]; readonly properties: Properties; readonly inherited: boolean },
): Pick<Made, 'connection' | 'back'> {
  const { doc, ignores } = context.above(node);
  const connection = {
    from: source.path,
    to: end.path,
    flows: rest.flows,
    properties: rest.properties,
    ...(doc === undefined ? {} : { doc }),
    span: context.span(node),
    fromSpan: context.span(node.source),
    toSpan: context.span(target),
    ...(rest.inherited ? { inherited: true } : {}),
    ...(ignores ? { ignores } : {}),
  };
  if (node.arrow !== '<->') return { connection };
  const { from, to, fromSpan, toSpan } = connection;
  return { connection, back: { ...connection, from: to, to: from, fromSpan: toSpan, toSpan: fromSpan } };
}

/** Those that can be the end of a connection; reports the others. */
function endpoints(
  context: Context,
  found: readonly Instance[],
  name: ast.QualifiedName,
  end: 'start' | 'end',
): readonly Instance[] {
  return found.filter((instance) => {
    const problem = endpointProblem(instance, end);
    if (problem) context.report('invalid-endpoint', problem, context.span(name));
    return problem === undefined && instance.kind !== undefined;
  });
}

function endpointProblem({ kind, path, ...instance }: Instance, end: 'start' | 'end'): string | undefined {
  if (!kind) return undefined;
  const { role, label } = kindOf(kind);
  if (role === 'observer')
    return `'${path}' is ${withArticle(label)}, which takes no part in requests; a connection cannot ${end} there.`;
  if (role === 'source' && end === 'end')
    return `'${path}' is ${withArticle(label)}, which only make requests; a connection cannot end there.`;
  if (role !== 'container') return undefined;
  const inside = descendants({ kind, path, ...instance })
    .filter((inner) => inner.kind && !isContainer(inner.kind))
    .map((inner) => inner.path);
  const hint = inside.length === 0 ? '' : `, such as ${alternatives(inside.slice(0, 3))}`;
  return `'${path}' is ${withArticle(label)}; connect a component inside it${hint}.`;
}

function checkBody(context: Context, node: ast.Connection): void {
  for (const statement of node.statements) {
    const { $type } = statement;
    if ($type === ast.Property.$type || $type === ast.Block.$type || $type === ast.Unexpected.$type) continue;
    context.report('misplaced-statement', 'A connection has properties only.', context.span(statement));
  }
}
