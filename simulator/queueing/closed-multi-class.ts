/** A closed network with several classes of users; every queue has one server and is fair (PS, or FCFS exponential). */
export type MultiClassNetwork = {
  readonly classes: readonly ClosedClass[];
  /** Per station, whether it is a delay without a queue. */
  readonly delays: readonly boolean[];
};

/** One class of users. */
export type ClosedClass = {
  readonly population: number;
  /** Mean seconds between an answer and the next request. */
  readonly thinkTime: number;
  /** Seconds per request at each station, all its visits together. */
  readonly demands: readonly number[];
};

/** A multi-class network in equilibrium; all matrices are class by station. */
export type MultiClassMetrics = {
  /** Requests per second, per class. */
  readonly throughputs: Float64Array;
  /** Mean seconds per request. */
  readonly residences: readonly Float64Array[];
  /** Mean numbers of requests waiting or in service. */
  readonly inSystem: readonly Float64Array[];
};

/** Exact solutions above this number of population vectors × stations would take more than some milliseconds. */
const mostStates = 2_000_000;

/**
 * Exact mean value analysis for several classes (Reiser and Lavenberg, JACM 27, 1980): R_ck(n) = D_ck (1 + Q_k(n - 1_c)) over
 * all populations up to the given one, which are whole numbers.
 *
 * @returns undefined where there are more than 2 million population vectors × stations; use `linearizer`
 */
export function solveMultiClass(network: MultiClassNetwork): MultiClassMetrics | undefined {
  const { classes } = network;
  const stationCount = network.delays.length;
  const sizes = classes.map(({ population }) => Math.floor(population) + 1);
  const states = sizes.reduce((product, size) => product * size, 1);
  if (states * stationCount > mostStates) return undefined;
  const strides: number[] = [];
  sizes.reduce((stride, size) => strides.push(stride) && stride * size, 1);
  const queues = new Float64Array(states * stationCount);
  const work = emptyMetrics(network);
  for (let state = 0; state < states; state++) {
    for (let c = 0; c < classes.length; c++) {
      const users = Math.floor(state / strides[c]!) % sizes[c]!;
      const before = (state - strides[c]!) * stationCount;
      fillClass(network, work, c, users, (k) => queues[before + k]!);
      for (let k = 0; k < stationCount; k++) {
        queues[state * stationCount + k] = queues[state * stationCount + k]! + work.inSystem[c]![k]!;
      }
    }
  }
  return work;
}

/**
 * Schweitzer's approximation (1979; Bard 1979): an arriving request finds (N_c - 1) / N_c of its own class. Any populations;
 * within 5 % typically, 10 % for small populations.
 */
export function approximateMultiClass(network: MultiClassNetwork): MultiClassMetrics {
  const none = network.classes.map(() => network.classes.map(() => new Float64Array(network.delays.length)));
  return iterateCore(
    network,
    network.classes.map(({ population }) => population),
    none,
    balanced(network),
  );
}

/**
 * Linearizer (Chandy and Neuse, CACM 25, 1982): Schweitzer's iteration with the share of each queue corrected by what it
 * does when a class has one user less. Within 2 %, often 0.2 %, of the exact solution.
 */
export function linearizer(network: MultiClassNetwork): MultiClassMetrics {
  const { classes } = network;
  const full = classes.map(({ population }) => population);
  const changes = classes.map(() => classes.map(() => new Float64Array(network.delays.length)));
  const start = balanced(network);
  let metrics = iterateCore(network, full, changes, start);
  for (let round = 0; round < 3; round++) {
    const reduced = classes.map((_, removed) => iterateCore(network, withoutOne(full, removed), changes, start));
    for (let removed = 0; removed < classes.length; removed++) {
      const fewer = withoutOne(full, removed);
      updateChanges(changes, removed, fewer, full, reduced[removed]!.inSystem, metrics.inSystem);
    }
    metrics = iterateCore(network, full, changes, start);
  }
  return metrics;
}

function withoutOne(populations: readonly number[], removed: number): number[] {
  return populations.map((population, c) => (c === removed ? Math.max(0, population - 1) : population));
}

/** How the share of each class at each station differs once class `removed` has one user less. */
function updateChanges(
  changes: readonly (readonly Float64Array[])[],
  removed: number,
  fewer: readonly number[],
  full: readonly number[],
  reducedQueues: readonly Float64Array[],
  queues: readonly Float64Array[],
): void {
  for (let c = 0; c < full.length; c++) {
    const change = changes[c]![removed]!;
    for (let k = 0; k < change.length; k++) {
      change[k] = fewer[c]! > 0 ? reducedQueues[c]![k]! / fewer[c]! - queues[c]![k]! / full[c]! : 0;
    }
  }
}

/** Fixed point of Q_c(N - 1_j) = (N_c - [c = j]) (Q_c / N_c + change_cj). */
function iterateCore(
  network: MultiClassNetwork,
  populations: readonly number[],
  changes: readonly (readonly Float64Array[])[],
  start: readonly Float64Array[],
): MultiClassMetrics {
  const metrics = emptyMetrics(network);
  const shares = start.map((share) => share.slice());
  for (let round = 0; round < 10_000; round++) {
    let largestChange = 0;
    for (let c = 0; c < populations.length; c++) {
      fillClass(network, metrics, c, populations[c]!, (k) => seenBy(c, k, populations, shares, changes));
    }
    for (let c = 0; c < populations.length; c++) {
      for (let k = 0; k < network.delays.length; k++) {
        const share = populations[c]! > 0 ? metrics.inSystem[c]![k]! / populations[c]! : 0;
        largestChange = Math.max(largestChange, Math.abs(share - shares[c]![k]!));
        shares[c]![k] = share;
      }
    }
    if (largestChange < 1e-12) break;
  }
  return metrics;
}

/** The queue at station k that a request of class c finds. */
function seenBy(
  arriving: number,
  k: number,
  populations: readonly number[],
  shares: readonly Float64Array[],
  changes: readonly (readonly Float64Array[])[],
): number {
  let queue = 0;
  for (let c = 0; c < populations.length; c++) {
    const others = Math.max(0, populations[c]! - (c === arriving ? 1 : 0));
    queue += others * (shares[c]![k]! + changes[c]![arriving]![k]!);
  }
  return Math.max(0, queue);
}

function fillClass(
  { classes, delays }: MultiClassNetwork,
  metrics: MultiClassMetrics,
  c: number,
  users: number,
  queueFound: (station: number) => number,
): void {
  const { thinkTime, demands } = classes[c]!;
  const residences = metrics.residences[c]!;
  let cycle = thinkTime;
  for (let k = 0; k < delays.length; k++) {
    const demand = demands[k] ?? 0;
    residences[k] = delays[k]! || demand === 0 || users <= 0 ? demand : demand * (1 + queueFound(k));
    cycle += residences[k]!;
  }
  const throughput = users <= 0 ? 0 : users / cycle;
  metrics.throughputs[c] = throughput;
  for (let k = 0; k < delays.length; k++) {
    metrics.inSystem[c]![k] = residences[k] === 0 ? 0 : throughput * residences[k]!;
  }
}

function emptyMetrics({ classes, delays }: MultiClassNetwork): MultiClassMetrics {
  return {
    throughputs: new Float64Array(classes.length),
    residences: classes.map(() => new Float64Array(delays.length)),
    inSystem: classes.map(() => new Float64Array(delays.length)),
  };
}

/** Every class spread evenly over the stations that it uses. */
function balanced({ classes, delays }: MultiClassNetwork): readonly Float64Array[] {
  return classes.map(({ demands }) => {
    const used = demands.filter((demand) => demand > 0).length;
    return Float64Array.from(delays, (_, k) => ((demands[k] ?? 0) > 0 ? 1 / used : 0));
  });
}
