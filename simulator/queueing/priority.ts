/**
 * Priorities at one server with random arrivals. Classes are ordered, the most urgent first.
 *
 * A request of class k waits for the work that it finds before it, lengthened by the busy periods of more urgent ones that arrive meanwhile
 * (delay cycles; Conway, Maxwell and Miller, Theory of Scheduling, 1967, ch. 8; Takács, "Priority queues", Operations Research 12, 1964):
 * a time with moments m₁ and m₂ takes m₁ / (1 - σ) and m₂ / (1 - σ)² + m₁ λ E[S²] / (1 - σ)³ with the load σ of the more urgent ones.
 */

/** One class of requests at a server with priorities: rate × moments of the service time. */
export type PriorityLoad = {
  /** Requests per second. */
  readonly rate: number;
  /** Σ rate × E[S], E[S²] in s, E[S³] in s². */
  readonly work: number;
  readonly square: number;
  readonly cube: number;
};

/** What the requests of one class meet. */
export type PriorityDelay = {
  /** Mean wait in seconds until service begins; `Infinity` for classes that the more urgent ones leave no room for. */
  readonly wait: number;
  /** E[wait²] in s². */
  readonly waitSquare: number;
  /** Probability that a request waits at all before service begins. */
  readonly waitProbability: number;
  /** By what interruptions lengthen the service: 1 / (1 - σ); 1 without interruptions. */
  readonly stretch: number;
  /** Variance that interruptions add for each second of service, in seconds. */
  readonly interruption: number;
  /** Share of the requests that is ever served, less than 1 from saturation on. */
  readonly done: number;
};

/**
 * Waits in M/G/1 with priorities, exact. Without interruptions the mean is W₀ / ((1 - σ_(k-1))(1 - σ_k)) (Cobham, "Priority
 * assignment in waiting line problems", Operations Research 2, 1954); with them (preemptive resume) less urgent requests are as if they
 * were not there. Beyond saturation the least urgent classes are the ones that are left waiting.
 */
export function priorityDelays(classes: readonly PriorityLoad[], isPreemptive: boolean): readonly PriorityDelay[] {
  const shares = servedShares(classes, 1);
  const served = classes.map((one, k) => scaled(one, shares[k]!));
  const total = sumOf(served);
  let urgent = nothing;
  return classes.map((own, k) => {
    const before = urgent;
    urgent = sumOf([before, own]);
    const stretch = isPreemptive ? 1 / (1 - before.work) : 1;
    const base = { done: shares[k]!, stretch, interruption: isPreemptive ? interruptionBy(before) : 0 };
    if (!(urgent.work < 1) || !(total.work > 0)) return { ...base, ...(urgent.work < 1 ? none : endless) };
    const found = isPreemptive
      ? { ...geometricWork(urgent), probability: urgent.work }
      : { ...workFound(urgent, sumOf(served.slice(k + 1))), probability: Math.min(1, total.work) };
    const rest = 1 - before.work;
    return {
      ...base,
      wait: found.mean / rest,
      waitSquare: found.square / rest ** 2 + found.mean * interruptionBy(before),
      waitProbability: found.probability,
    };
  });
}

const nothing: PriorityLoad = { rate: 0, work: 0, square: 0, cube: 0 };
const none = { wait: 0, waitSquare: 0, waitProbability: 0 };
const endless = { wait: Number.POSITIVE_INFINITY, waitSquare: Number.POSITIVE_INFINITY, waitProbability: 1 };

/** The share of each class that so many servers get done: from saturation on the least urgent ones are left waiting. */
export function servedShares(classes: readonly Pick<PriorityLoad, 'work'>[], servers: number): readonly number[] {
  let room = servers;
  return classes.map(({ work }) => {
    const share = work > room ? room / work : 1;
    room = Math.max(0, room - work);
    return share;
  });
}

function scaled({ rate, work, square, cube }: PriorityLoad, by: number): PriorityLoad {
  return { rate: rate * by, work: work * by, square: square * by, cube: cube * by };
}

function sumOf(loads: readonly PriorityLoad[]): PriorityLoad {
  return loads.reduce(
    (sum, { rate, work, square, cube }) => ({
      rate: sum.rate + rate,
      work: sum.work + work,
      square: sum.square + square,
      cube: sum.cube + cube,
    }),
    nothing,
  );
}

/** λ E[S²] / (1 - σ)³ of more urgent requests. */
function interruptionBy({ work, square }: PriorityLoad): number {
  return square / (1 - work) ** 3;
}

/** Moments of the work of these classes alone (Pollaczek-Khinchine). */
function geometricWork({ work, square, cube }: PriorityLoad) {
  const mean = square / 2 / (1 - work);
  return { mean, square: 2 * mean * mean + cube / 3 / (1 - work) };
}

/** Moments of the work that a request finds before it: that of classes as urgent as itself, and the rest of a less urgent service. */
function workFound(urgent: PriorityLoad, others: PriorityLoad) {
  const own = geometricWork(urgent);
  const rest = others.square / 2 / (1 - urgent.work);
  return {
    mean: own.mean + rest,
    square: own.square + 2 * own.mean * rest + others.cube / 3 / (1 - urgent.work),
  };
}
