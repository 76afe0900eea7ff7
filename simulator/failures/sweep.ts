/**
 * Every single failure, and every pair: what is lost, what the survivors cannot carry, which promises break, for how long, and which line
 * is to blame. Exhaustive, not sampled.
 *
 * Lost requests follow from the structure (as in availability), with routers that check health leaving out what cannot answer.
 * What is left is then solved again under the load that it gets: replicas that are missing, the traffic of a lost data center,
 * the misses of a lost cache. Failures are taken at the moment after failover, before autoscalers have started anything.
 */
import type { Architecture } from '../../model/index.ts';
import type { Network } from '../network/network.ts';
import { prepare } from '../network/prepare.ts';
import { solveState } from '../steady/closed.ts';
import { type Candidate, candidatesOf } from './failure.ts';
import { type FailureImpact, type Intact, intactFrom, type Outcome, outcomeOf } from './impact.ts';
import { addsNothing, type Margins, type Quiet, quietOf } from './quiet.ts';

/** What to sweep, and at which load. */
export interface FailureOptions {
  /** Also all pairs; the same machine can fail twice where there are two. */
  readonly pairs?: boolean;
  /** `peak` unless told otherwise. */
  readonly load?: 'peak' | 'mean';
  /** Multiple of the declared load, 1 unless told otherwise. */
  readonly scale?: number;
  /** Called now and then with how many cases are done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** All failures, the worst first. */
export interface FailureSweep {
  readonly singles: readonly FailureImpact[];
  /** Pairs that do more harm than either of the two alone; absent unless asked for. */
  readonly pairs?: readonly FailureImpact[];
  /** How many pairs were tried. */
  readonly pairsTried?: number;
}

/** Fails everything in an architecture, one thing (or two) at a time. Never throws. */
export function failuresOf(architecture: Architecture, options: FailureOptions = {}): FailureSweep {
  return failuresOfNetwork(prepare(architecture), options);
}

/** The same for a network that is there already. */
export function failuresOfNetwork(network: Network, options: FailureOptions = {}): FailureSweep {
  const { load = 'peak', scale = 1, onProgress = () => {} } = options;
  const { state } = solveState(network, { load, scale });
  const intact = intactFrom(state, network.architecture.requirements);
  const candidates = candidatesOf(network, intact.model);
  const combinations = options.pairs ? pairsOf(candidates) : [];
  const total = candidates.length + combinations.length;
  const singles = new Map(
    candidates.map((candidate, i) => {
      if (i % PROGRESS_STEP === 0) onProgress(i, total);
      return [candidate, outcomeOf(intact, [candidate])] as const;
    }),
  );
  const ranked = ranking([...singles.values()].map(({ impact }) => impact));
  if (!options.pairs) return { singles: ranked };
  const pairs = worsePairs(intact, combinations, singles, (done) => onProgress(candidates.length + done, total));
  return { singles: ranked, pairs: ranking(pairs), pairsTried: combinations.length };
}

const PROGRESS_STEP = 16;

function pairsOf(candidates: readonly Candidate[]): readonly (readonly [Candidate, Candidate])[] {
  return candidates.flatMap((first, i) =>
    candidates.slice(first.again ? i : i + 1).map((second) => [first, second] as const),
  );
}

function worsePairs(
  intact: Intact,
  combinations: readonly (readonly [Candidate, Candidate])[],
  singles: ReadonlyMap<Candidate, Outcome>,
  onProgress: (done: number) => void,
): readonly FailureImpact[] {
  const known = new Map([...singles].map(([candidate, outcome]) => [candidate, singleOf(intact, outcome)]));
  return combinations.flatMap((pair, i) => {
    if (i % PROGRESS_STEP === 0) onProgress(i);
    const [one, other] = pair.map((candidate) => known.get(candidate)!) as [Single, Single];
    if (isAddition(intact, one, other) || isAddition(intact, other, one)) return [];
    const { impact } = outcomeOf(intact, pair);
    return isWorse(impact, one.outcome.impact, other.outcome.impact) ? [impact] : [];
  });
}

/** A single failure, as it meets the others. */
interface Single {
  readonly outcome: Outcome;
  readonly quiet: Quiet | undefined;
  readonly margins: Margins;
}

function singleOf(intact: Intact, outcome: Outcome): Single {
  return { outcome, quiet: quietOf(intact, outcome), margins: new Map() };
}

/** True if the second of two failures is quiet, and adds nothing to the first. */
function isAddition(intact: Intact, { outcome, margins }: Single, { quiet }: Single): boolean {
  return quiet !== undefined && addsNothing(intact, outcome, margins, quiet);
}

/** True if two failures together do something that neither does alone. */
export function isWorse(both: FailureImpact, one: FailureImpact, other: FailureImpact): boolean {
  if (both.lost > Math.max(one.lost, other.lost) + NOTICEABLE) return true;
  const known = new Set([...one.overloaded, ...other.overloaded].map(({ path }) => path));
  if (both.overloaded.some(({ path }) => !known.has(path))) return true;
  if (both.broken.some((promise) => !one.broken.includes(promise) && !other.broken.includes(promise))) return true;
  return dataAge(both) > Math.max(dataAge(one), dataAge(other));
}

const NOTICEABLE = 1e-9;

/** Most requests lost first, then most lost at first, then what is most overloaded, then promises, then data; else in order. */
function ranking(impacts: readonly FailureImpact[]): readonly FailureImpact[] {
  return impacts.toSorted(
    (a, b) =>
      b.lost - a.lost ||
      b.lostAtFirst - a.lostAtFirst ||
      compare(strain(b), strain(a)) ||
      b.broken.length - a.broken.length ||
      compare(dataAge(b), dataAge(a)),
  );
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function strain({ overloaded }: FailureImpact): number {
  return overloaded[0]?.utilization ?? 0;
}

function dataAge({ dataLoss }: FailureImpact): number {
  return dataLoss ? (dataLoss.seconds ?? Number.POSITIVE_INFINITY) : 0;
}
