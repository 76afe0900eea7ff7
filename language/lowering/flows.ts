/** What flows along a connection, and whether it fits the components at its ends. */
import { type Flow, type FlowType, flowTypes, kindOf, propertySpec } from '../../model/index.ts';
import type * as ast from '../generated/ast.ts';
import { type Context, guess } from './context.ts';
import { evaluate } from './expressions.ts';
import type { Instance } from './instances.ts';
import type { Surroundings } from './values.ts';

/** The flows of a connection; those with an error are left out. */
export function lowerFlows(at: Surroundings, node: ast.Connection): readonly Flow[] {
  const seen = new Set<FlowType>();
  return node.flows.flatMap((flow) => {
    const lowered = lowerFlow(at, flow);
    if (!lowered) return [];
    if (seen.has(lowered.type)) {
      const name = lowered.type === 'share' ? 'A share' : `'${lowered.type}'`;
      at.context.report('duplicate-property', `${name} is declared twice on this connection.`, at.context.span(flow));
      return [];
    }
    seen.add(lowered.type);
    return [lowered];
  });
}

function lowerFlow(at: Surroundings, node: ast.Flow): Flow | undefined {
  const { context } = at;
  if (node.flow === undefined) return share(at, node);
  if (!node.flow) return undefined;
  const type = flowType(context, node);
  if (!type) return undefined;
  const span = context.span(node);
  if (type === 'share') return node.amount ? share(at, node) : undefined;
  if (flowTypes[type].amount === 'none') {
    if (node.amount) context.report('wrong-type', `'${type}' takes no number.`, context.span(node.amount));
    return { type, span };
  }
  if (!node.amount) return { type, amount: 1, span };
  const amount = number(at, node.amount, `'${type}' expects a number of operations per request such as 3`);
  return amount === undefined ? undefined : { type, amount, span };
}

function flowType(context: Context, node: ast.Flow): FlowType | undefined {
  const name = node.flow ?? '';
  if (Object.hasOwn(flowTypes, name)) return name as FlowType;
  const { hint, meant } = guess(name, Object.keys(flowTypes));
  const known = hint || `; flows are ${Object.keys(flowTypes).join(', ')} and a percentage`;
  context.report('unknown-flow', `There is no flow '${name}'${known}.`, context.spanOf(node, 'flow'), { meant });
  return undefined;
}

/** `: 40%`, a share of the traffic of a router. */
function share(at: Surroundings, node: ast.Flow): Flow | undefined {
  const { context } = at;
  const amount = node.amount && number(at, node.amount, 'Expected a share of the traffic such as 40%');
  if (amount === undefined) return undefined;
  if (amount <= 1) return { type: 'share', amount, span: context.span(node) };
  const text = context.text(node.amount!);
  const hint = /^\d+$/.test(text) ? `; did you mean '${text}%' or 'calls ${text}'` : '';
  context.report(
    'out-of-range',
    `A share of the traffic is at most 100%, but this is ${text}${hint}.`,
    context.span(node),
  );
  return undefined;
}

/** A number that is not negative; reports anything else. */
function number(at: Surroundings, node: ast.Expression, expected: string): number | undefined {
  const { context } = at;
  const quantity = evaluate(context, at.params, node);
  if (!quantity) return undefined;
  if (quantity.dimension !== 'count' && quantity.dimension !== 'ratio') {
    context.report('wrong-dimension', `${expected}, but found '${context.text(node)}'.`, context.span(node));
    return undefined;
  }
  if (quantity.amount >= 0) return quantity.amount;
  context.report('out-of-range', `What flows along a connection cannot be negative.`, context.span(node));
  return undefined;
}

/** Reports flows that do not fit the kinds at the ends. */
export function checkFlows(
  context: Context,
  node: ast.Connection,
  flows: readonly Flow[],
  from: Instance,
  to: Instance,
): void {
  for (const flow of flows) {
    const problem = flowProblem(flow.type, from, to);
    if (problem) context.report('unfitting-flow', problem, flow.span, { related: [] });
  }
  if (node.arrow !== '<->') return;
  for (const flow of flows) {
    const problem = flowProblem(flow.type, to, from);
    if (problem) context.report('unfitting-flow', problem, flow.span);
  }
}

function flowProblem(type: FlowType, from: Instance, to: Instance): string | undefined {
  if (!from.kind || !to.kind) return undefined;
  const { role, label } = kindOf(from.kind);
  if (type === 'misses' && from.kind !== 'cache' && from.kind !== 'cdn') {
    return `'misses' starts at a cache or CDN, but '${from.path}' is a ${label}.`;
  }
  if (type === 'share' && role !== 'router' && role !== 'source') {
    return `A share of the traffic starts at users, a DNS, a load balancer or a queue, but '${from.path}' is a ${label}.`;
  }
  if (type !== 'replicates') return undefined;
  const other = [from, to].find(({ kind }) => kind && !propertySpec(kind, 'replication'));
  return other && `'replicates' connects stores, but '${other.path}' is a ${kindOf(other.kind!).label}.`;
}

/** Reports shares of the traffic of one source that add up to more than all of it. */
export function checkShares(
  context: Context,
  connections: readonly { readonly from: string; readonly flows: readonly Flow[] }[],
): void {
  const sums = new Map<string, number>();
  for (const { from, flows } of connections) {
    for (const flow of flows) {
      if (flow.type !== 'share') continue;
      const before = sums.get(from) ?? 0;
      const sum = before + (flow.amount ?? 0);
      sums.set(from, sum);
      // A hair above 1 comes from adding fractions such as thirds.
      if (sum <= 1 + 1e-9 || before > 1 + 1e-9) continue;
      context.report('excessive-share', `The shares of the traffic of '${from}' add up to ${percent(sum)}.`, flow.span);
    }
  }
}

export function percent(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(6))}%`;
}
