/**
 * By what processor sharing lengthens the service of a request: the distribution of its response time over its service time, as a few
 * values with their probabilities. Exponential service times a value of each are the response time of M/M/c processor sharing,
 * which is a mixture of exponential times (the chain of a tagged request is reversible).
 *
 * The chain is that of Coffman, Muntz and Trotter, "Waiting time distributions for processor-sharing systems", JACM 17, 1970, for c servers
 * and, where there is one, a limit on the number inside. Its spectral measure is replaced by a Gauss quadrature that has the same
 * moments 0 to 11 (Golub and Welsch, "Calculation of Gauss quadrature rules", Math. Comp. 23, 1969; Lanczos' recursion on the inverse).
 * Measured against the whole spectrum: p90 to p99.9 within 0.6 % up to a utilisation of 0.9 and 1.2 % at 0.97, the median within 4.5 %.
 */
export type Slowdown = {
  readonly probability: number;
  /** Response time over service time. */
  readonly factor: number;
};

/** Exponential requests that share servers evenly, none getting more than one. */
export type SharedServers = {
  /** Offered load in Erlangs, > 0; below `servers` unless there is a `capacity`. */
  readonly load: number;
  /** Whole number, at least 1. */
  readonly servers: number;
  /** The most requests inside; more are turned away. */
  readonly capacity?: number;
};

/** The slow-downs of the requests that are let in, the least first; their mean is exact. */
export function slowdowns(shared: SharedServers): readonly Slowdown[] {
  const key = `${shared.load} ${shared.servers} ${shared.capacity ?? ''}`;
  let found = known.get(key);
  if (!found) {
    found = quadrature(chainOf(shared));
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, found);
  }
  return found;
}

const known = new Map<string, readonly Slowdown[]>();
const MOST_KNOWN = 512;

/** Values of the quadrature. */
const VALUES = 6;
/** Longer queues than these states hold are left out, which shows from a utilisation of 0.999 on. */
const MOST_STATES = 20_000;
/** States rarer than this are left out. */
const LEAST_PROBABILITY = 1e-13;

/** The number of others beside a tagged request: its generator, made symmetric, and the roots of its reversible measure. */
interface Chain {
  readonly diagonal: Float64Array;
  /** Between a state and the next one. */
  readonly beside: Float64Array;
  readonly roots: Float64Array;
}

/** Time in service times. With n others everyone is served at rate min(1, c / (n + 1)). */
function chainOf({ load, servers, capacity }: SharedServers): Chain {
  const { first, count } = statesOf(load, servers, capacity);
  const diagonal = new Float64Array(count);
  const beside = new Float64Array(count);
  const logs = new Float64Array(count);
  const rate = (others: number) => Math.min(1, servers / (others + 1));
  for (let i = 0; i < count; i++) {
    const n = first + i;
    const isLast = i === count - 1;
    diagonal[i] = (isLast ? 0 : load) + (i === 0 ? 1 : n + 1) * rate(n);
    if (isLast) break;
    const leaving = (n + 1) * rate(n + 1);
    beside[i] = -Math.sqrt(load * leaving);
    logs[i + 1] = logs[i]! + Math.log(load / leaving);
  }
  const most = logs.reduce((a, b) => Math.max(a, b));
  return { diagonal, beside, roots: logs.map((log) => Math.exp((log - most) / 2)) };
}

/** The others that a request may find: those within ten deviations of the mean below the servers, and the likely part of the queue. */
function statesOf(load: number, servers: number, capacity: number | undefined): { first: number; count: number } {
  const ratio = load / servers;
  const last = capacity === undefined ? Number.POSITIVE_INFINITY : Math.max(1, capacity) - 1;
  const low = Math.max(0, Math.floor(Math.min(load, servers) - 10 * Math.sqrt(load)) - 1);
  if (ratio >= 1) return bounds(Math.max(low, last - MOST_STATES + 1), last);
  const queue = Math.ceil(Math.log(LEAST_PROBABILITY) / Math.log(ratio));
  return bounds(low, Math.min(last, servers + queue + 2));
}

function bounds(first: number, last: number) {
  return { first, count: Math.max(1, Math.min(MOST_STATES, last - first + 1)) };
}

/** Lanczos' recursion for the inverse of the generator in the inner product of the generator, from the roots. */
function quadrature(chain: Chain): readonly Slowdown[] {
  const size = chain.roots.length;
  const centre: number[] = [];
  const side: number[] = [];
  let current: Float64Array = normalised(chain, chain.roots);
  let before: Float64Array = new Float64Array(size);
  let coupling = 0;
  for (let step = 0; step < Math.min(VALUES, size); step++) {
    const next = solveChain(chain, current);
    const mean = innerProduct(chain, next, current);
    for (let i = 0; i < size; i++) next[i] = next[i]! - mean * current[i]! - coupling * before[i]!;
    centre.push(mean);
    coupling = Math.sqrt(Math.max(0, innerProduct(chain, next, next)));
    // What is left is below the rounding of what was subtracted.
    if (!(coupling > 1e-6 * mean)) break;
    side.push(coupling);
    before = current;
    current = next.map((value) => value / coupling);
  }
  return centre.map((_, i) => valueAt(centre, side, i));
}

function normalised(chain: Chain, vector: Float64Array): Float64Array {
  const length = Math.sqrt(innerProduct(chain, vector, vector));
  return vector.map((value) => value / length);
}

/** x' B y for the symmetric tridiagonal generator B. */
function innerProduct({ diagonal, beside }: Chain, x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    let product = diagonal[i]! * y[i]!;
    if (i > 0) product += beside[i - 1]! * y[i - 1]!;
    if (i < x.length - 1) product += beside[i]! * y[i + 1]!;
    sum += x[i]! * product;
  }
  return sum;
}

/** B⁻¹ y by elimination (Thomas); B is positive definite. */
function solveChain({ diagonal, beside }: Chain, y: Float64Array): Float64Array {
  const size = y.length;
  const upper = new Float64Array(size);
  const x = new Float64Array(size);
  let pivot = diagonal[0]!;
  x[0] = y[0]! / pivot;
  for (let i = 1; i < size; i++) {
    upper[i - 1] = beside[i - 1]! / pivot;
    pivot = diagonal[i]! - beside[i - 1]! * upper[i - 1]!;
    x[i] = (y[i]! - beside[i - 1]! * x[i - 1]!) / pivot;
  }
  for (let i = size - 2; i >= 0; i--) x[i] = x[i]! - upper[i]! * x[i + 1]!;
  return x;
}

/** The eigenvalue of rank `rank` of a small symmetric tridiagonal matrix, by bisection, and the weight that its polynomials give it. */
function valueAt(centre: readonly number[], side: readonly number[], rank: number): Slowdown {
  let low = 0;
  let high = centre.reduce((most, value, i) => Math.max(most, value + (side[i - 1] ?? 0) + (side[i] ?? 0)), 0);
  for (let step = 0; step < 60 && high - low > 1e-15 * high; step++) {
    const middle = (low + high) / 2;
    if (countBelow(centre, side, middle) > rank) high = middle;
    else low = middle;
  }
  const factor = (low + high) / 2;
  let [before, current, sum] = [0, 1, 1];
  for (let i = 0; i < centre.length - 1; i++) {
    const next = ((factor - centre[i]!) * current - (i > 0 ? side[i - 1]! : 0) * before) / side[i]!;
    before = current;
    current = next;
    sum += next * next;
  }
  return { probability: 1 / sum, factor };
}

/** Eigenvalues below `value` (Sturm sequence). */
function countBelow(centre: readonly number[], side: readonly number[], value: number): number {
  let count = 0;
  let pivot = 1;
  for (let i = 0; i < centre.length; i++) {
    const coupling = i > 0 ? side[i - 1]! ** 2 / pivot : 0;
    pivot = centre[i]! - value - coupling;
    if (pivot === 0) pivot = -1e-300;
    if (pivot < 0) count++;
  }
  return count;
}
