/** Connections: one for each pair of components that a statement connects, in each copy that it stands in. */
import { type Connection, connectionProperties, type Flow, isContainer, kindOf } from '../../model/index.ts';
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

  add(connection: Omit<Connection, 'id'>, syntax: ConnectionSyntax): Connection {
    const pair = `${connection.from} -> ${connection.to}`;
    const count = (this.counts.get(pair) ?? 0) + 1;
    this.counts.set(pair, count);
    const id = count === 1 ? pair : `${pair}#${count}`;
    this.syntax.set(id, syntax);
    return { id, ...connection };
  }
}

/** A connection without its id: those that are overridden never get one. */
export interface Draft {
  readonly connection: Omit<Connection, 'id'>;
  readonly syntax: ConnectionSyntax;
  /** The draft of the other direction of `<->`. */
  readonly back?: Omit<Connection, 'id'>;
}

/** The connections that a statement makes where it stands in an instance, at the top level when there is none. */
export function draftConnections(at: Surroundings, node: ast.Connection, inherited: boolean): readonly Draft[] {
  const { context, references, from } = at;
  if (!node.source || !node.arrow) return [];
  const flows = lowerFlows(at, node);
  const properties: Properties = {};
  lowerProperties(at, { table: connectionProperties, label: 'a connection' }, node.statements, properties);
  checkBody(context, node);
  const sources = endpoints(context, references.resolve(node.source, from), node.source, 'start');
  const drafts: Draft[] = [];
  for (const target of node.targets) {
    const targets = endpoints(context, references.resolve(target, from), target, 'end');
    for (const source of sources) {
      for (const end of nearestTo(source, targets)) {
        checkFlows(context, node, flows, source, end);
        drafts.push(draft(context, node, target, source, end, { flows, properties, inherited }));
      }
    }
  }
  return drafts;
}

/** Gives drafts their ids, both directions of `<->` one after the other. */
export function settle(ids: ConnectionIds, drafts: readonly Draft[]): readonly Connection[] {
  return drafts.flatMap(({ connection, syntax, back }) => {
    const there = ids.add(connection, syntax);
    if (!back) return [there];
    const again = ids.add(back, { node: syntax.node, to: syntax.node.source });
    return [
      { ...there, opposite: again.id },
      { ...again, opposite: there.id },
    ];
  });
}

/** Later statements replace earlier ones between the same two, if they stand in a more specific layer. */
export function withoutOverridden(layers: readonly (readonly Draft[])[]): readonly Draft[] {
  const kept: Draft[] = [];
  const taken = new Set<string>();
  for (const drafts of [...layers].reverse()) {
    const pairs = drafts.map(({ connection }) => `${connection.from}\n${connection.to}`);
    kept.unshift(...drafts.filter((_, i) => !taken.has(pairs[i]!)));
    for (const pair of pairs) taken.add(pair);
  }
  return kept;
}

function draft(
  context: Context,
  node: ast.Connection,
  target: ast.QualifiedName,
  source: Instance,
  end: Instance,
  rest: { readonly flows: readonly Flow[]; readonly properties: Properties; readonly inherited: boolean },
): Draft {
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
  const syntax = { node, to: target };
  if (node.arrow !== '<->') return { connection, syntax };
  const { from, to, fromSpan, toSpan } = connection;
  return { connection, syntax, back: { ...connection, from: to, to: from, fromSpan: toSpan, toSpan: fromSpan } };
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
    return `'${path}' is ${article(label)}, which takes no part in requests; a connection cannot ${end} there.`;
  if (role === 'source' && end === 'end')
    return `'${path}' is ${article(label)}, which only make requests; a connection cannot end there.`;
  if (role !== 'container') return undefined;
  const inside = descendants({ kind, path, ...instance })
    .filter((inner) => inner.kind && !isContainer(inner.kind))
    .map((inner) => inner.path);
  const hint = inside.length === 0 ? '' : `, such as ${alternatives(inside.slice(0, 3))}`;
  return `'${path}' is ${article(label)}; connect a component inside it${hint}.`;
}

function article(label: string): string {
  if (label === 'users' || label === 'monitoring' || label === 'automation' || label === 'storage') return label;
  return `${/^[aeiou]/.test(label) ? 'an' : 'a'} ${label}`;
}

function checkBody(context: Context, node: ast.Connection): void {
  for (const statement of node.statements) {
    const { $type } = statement;
    if ($type === ast.Property.$type || $type === ast.Block.$type || $type === ast.Unexpected.$type) continue;
    context.report('misplaced-statement', 'A connection has properties only.', context.span(statement));
  }
}
