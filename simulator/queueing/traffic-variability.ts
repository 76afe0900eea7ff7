/**
 * How regular or bursty arrivals are throughout a network of queues: squared coefficients of variation of the times between arrivals, from
 * those of the sources and of the service times (Whitt, "The Queueing Network Analyzer", Bell System Technical Journal
 * 62, 1983, eqs. 24 to 41). Exact where everything is Poisson; otherwise an approximation.
 */

/** A place that requests pass, as far as their order is concerned. */
export type VariabilityNode = {
  /** Offered work per server; 1 and more counts as 1, and 0 stands for a delay. */
  readonly utilization: number;
  /** Servers of one group. */
  readonly servers: number;
  /** Groups with a queue of their own: what their services do to the order is as much as many streams that come together. */
  readonly groups: number;
  /** Squared coefficient of variation of the service time; of a source, of the times between its requests. */
  readonly variability: number;
  /** True for what creates requests. */
  readonly isSource: boolean;
};

/** Requests per second from one node to another, > 0 and finite. */
export type VariabilityFlow = { readonly from: number; readonly to: number; readonly rate: number };

/** Squared coefficients of variation of the times between arrivals, by node; 1 where nothing arrives. */
export function arrivalVariabilities(
  nodes: readonly VariabilityNode[],
  flows: readonly VariabilityFlow[],
): Float64Array {
  // Plain arrays: small ones are made faster than typed ones.
  const arriving = new Array<number>(nodes.length).fill(0);
  const passing = arriving.slice();
  for (const { from, to, rate } of flows) {
    arriving[to] = arriving[to]! + rate;
    if (nodes[from]!.isSource) passing[from] = passing[from]! + rate;
  }
  for (const [i, { isSource }] of nodes.entries()) if (!isSource) passing[i] = arriving[i]!;
  const inputs = inputsOf(nodes, flows, arriving, passing);
  const found = new Float64Array(nodes.length).fill(1);
  const next = new Array<number>(nodes.length);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    next.fill(1);
    for (const { from, to, passes, made } of inputs)
      next[to] = next[to]! + passes * ((nodes[from]!.isSource ? nodes[from]!.variability : found[from]!) - 1) + made;
    let moved = 0;
    for (let i = 0; i < found.length; i++) moved = Math.max(moved, Math.abs(next[i]! - found[i]!));
    found.set(next);
    if (moved < SETTLED) break;
  }
  return found;
}

const MOST_ROUNDS = 200;
const SETTLED = 1e-9;

/** What a flow adds to the variability of the arrivals at its end. */
interface Input {
  readonly from: number;
  readonly to: number;
  /** The part of that of the arrivals at its start that passes. */
  readonly passes: number;
  /** What the services there add. */
  readonly made: number;
}

/**
 * The superposition of eqs. 29 and 30 (the more streams come together, and the less loaded the node, the more random are the arrivals) of
 * what remains after the splitting of eq. 36 of the departures of eq. 39, 1 + (1 - ρ²)(c_a² - 1) + ρ²(max(c_s², 0.2) - 1) / √m.
 */
function inputsOf(
  nodes: readonly VariabilityNode[],
  flows: readonly VariabilityFlow[],
  arriving: readonly number[],
  passing: readonly number[],
): readonly Input[] {
  const squares = new Array<number>(nodes.length).fill(0);
  const squaresByGroup = squares.slice();
  for (const { from, to, rate } of flows) {
    // Several calls for each request are as many streams.
    const square = (rate / arriving[to]!) ** 2 / Math.max(1, rate / passing[from]!);
    squares[to] = squares[to]! + square;
    squaresByGroup[to] = squaresByGroup[to]! + square / nodes[from]!.groups;
  }
  return flows.map(({ from, to, rate }) => {
    const { utilization, servers, variability, isSource } = nodes[from]!;
    const kept = (Math.min(1, rate / passing[from]!) * rate) / arriving[to]!;
    const busy = isSource ? 0 : Math.min(1, utilization) ** 2;
    const service = busy > 0 ? (busy * (Math.max(variability, 0.2) - 1)) / Math.sqrt(servers) : 0;
    return {
      from,
      to,
      passes: weightOf(nodes[to]!, squares[to]!) * kept * (1 - busy),
      made: weightOf(nodes[to]!, squaresByGroup[to]!) * kept * service,
    };
  });
}

function weightOf({ utilization }: VariabilityNode, squares: number): number {
  return 1 / (1 + 4 * (1 - Math.min(1, utilization)) ** 2 * (1 / squares - 1));
}
