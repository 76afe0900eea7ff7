/**
 * Who is asked for how much at one instant: the traffic equations of the steady state with everything that a backlog changes. A group of
 * servers with a backlog, or with more work than it can do, passes on what it gets done; the rest waits in front of it.
 */
import { hitRatioAt } from '../network/hits.ts';
import type { Network } from '../network/network.ts';
import { operation, operationCount } from '../network/operation.ts';
import { failedAfterAll, failing } from '../steady/call-trees.ts';
import { arrivalRateOf, type Rates } from '../steady/demand.ts';
import { arrivalsIn } from './arrivals-in.ts';
import type { Conditions } from './conditions.ts';
import { setRefusals } from './refusals.ts';
import { emptySweep, type Sweep, sweep, type Treatment } from './sweep.ts';
import { acceptedOf } from './thinning.ts';
import { setServed, type UnitFlow, unitFlow } from './unit-flow.ts';
import type { Unit } from './units.ts';
import type { Coldness } from './world.ts';

/** What is known before the flows. */
export interface Situation {
  readonly conditions: Conditions;
  readonly units: readonly Unit[];
  /** Requests per second by stream. */
  readonly streamRates: Float64Array;
  /** Operations that wait, by slot. */
  readonly waiting: Float64Array;
  readonly cold: ReadonlyMap<number, Coldness>;
  /** Server-seconds of one operation by slot, as it was when there last was one. */
  readonly lastWork: Float64Array;
  /** Messages that may wait in front of a station, Infinity where nothing limits them; and how long they are kept, in seconds. */
  readonly mostMessages: Float64Array;
  readonly keeps: Float64Array;
  /** Shares of the attempts that are late by chance, by stream and edge; absent where nobody gives up. */
  readonly late?: readonly Float64Array[];
  /** Seconds to the next look at most. */
  readonly step: number;
}

/** Everything that flows at an instant. */
export interface Flows {
  readonly sweeps: readonly Sweep[];
  readonly treatment: Treatment;
  /** Operations that arrive, and those of them that do not fail at once. */
  readonly rates: Rates;
  readonly accepted: Rates;
  readonly units: readonly UnitFlow[];
}

const MOST_ROUNDS = 300;
/** Relative change below which a round counts as the last. */
export const SETTLED = 1e-12;

/** Solves the flows by fixed-point iteration; without limits, backlogs and failures it takes two rounds. */
export function flowsOf(situation: Situation): Flows {
  const { conditions, units, streamRates } = situation;
  const { network } = conditions;
  const treatment = untouched(network, conditions);
  const sweeps = network.streams.map(emptySweep);
  let rates: Rates = new Float64Array(0);
  let accepted: Rates = rates;
  let flows: readonly UnitFlow[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    for (const [i, stream] of network.streams.entries())
      sweep({ network, conditions, stream, how: treatment, chance: situation.late?.[i] }, sweeps[i]!);
    const next = ratesOf(network, streamRates, sweeps);
    const steady = round > 0 && isSame(rates, next);
    rates = next;
    setHits(situation, rates, treatment);
    const now = { rates, sweeps, treatment };
    const arrivals = arrivalsIn(situation, now);
    const moved = setRefusals(situation, now, arrivals);
    accepted = acceptedOf(network, rates, treatment.fails);
    const both = { arriving: rates, accepted, arrivals };
    flows = units.map((unit) => unitFlow(situation, unit, both, sweeps));
    const served = setServed(flows, treatment);
    if (steady && !moved && !served) break;
  }
  return { sweeps, treatment, rates, accepted, units: flows };
}

function untouched(network: Network, { dead, skipped, unwritable }: Conditions): Treatment {
  const count = network.stations.length * operationCount;
  const fails = new Float64Array(count);
  for (const { index } of network.stations)
    for (let kind = 0; kind < operationCount; kind++) {
      const place = index * operationCount + kind;
      const writes = kind !== operation.read && kind !== operation.static;
      if (dead[index] === 1) fails[place] = skipped[index] === 1 || waitsFor(network, index, kind) ? 0 : 1;
      else if (writes) fails[place] = unwritable[index]!;
    }
  return {
    fails,
    leaves: new Float64Array(count).fill(1),
    delays: new Float64Array(count),
    hit: network.hits.slice(),
    passed: new Float64Array(network.connections.length).fill(1),
  };
}

/** Messages wait in their queue until somebody takes them. */
export function waitsFor(network: Network, index: number, kind: number): boolean {
  return kind === operation.message && queuesBefore(network, index).length > 0;
}

/** The queues that hand their messages to a station. */
export function queuesBefore(network: Network, index: number): readonly number[] {
  if (network.stations[index]!.component.kind === 'queue') return [];
  return network.linksTo[index]!.map((link) => network.connections[link]!.from).filter(
    (from) => network.stations[from]!.component.kind === 'queue',
  );
}

function ratesOf(network: Network, streamRates: Float64Array, sweeps: readonly Sweep[]): Rates {
  const classes = network.classes.length;
  const rates = new Float64Array(network.stations.length * operationCount * classes);
  for (const [i, stream] of network.streams.entries()) {
    const rate = streamRates[i]!;
    if (rate === 0) continue;
    const { visits } = sweeps[i]!;
    for (let node = 0; node < visits.length; node++) {
      const key = (stream.station[node]! * operationCount + stream.operation[node]!) * classes + stream.class;
      rates[key] = rates[key]! + rate * visits[node]!;
    }
  }
  return rates;
}

function isSame(before: Rates, after: Rates): boolean {
  return after.every((rate, i) => Math.abs(rate - before[i]!) <= SETTLED * rate);
}

/** Hit ratios as the load decides them, less what is cold or dead. */
function setHits({ conditions, cold }: Situation, rates: Rates, { hit }: Treatment): void {
  const { network, dead } = conditions;
  for (const { index, cache } of network.stations) {
    if (!cache) continue;
    const usual = hitRatioAt(cache, arrivalRateOf(network, rates, index)) ?? 0;
    const coldness = cold.get(index);
    hit[index] = dead[index] === 1 ? 0 : usual * (coldness ? warmth(coldness) : 1);
  }
}

/** Share of its usual hits that a cache has. */
export function warmth({ share, requests, warmUp }: Coldness): number {
  return 1 - share + share * (warmUp?.share(requests) ?? 0);
}

/** Operations per second that fail at each station: at once, or dropped because no more may wait. Computed once for each flows. */
export function failingRates(network: Network, flows: Flows): Float64Array {
  let failing = failingOf.get(flows);
  if (!failing) {
    failing = new Float64Array(network.stations.length);
    const classes = network.classes.length;
    for (const [key, rate] of flows.rates.entries()) {
      const place = Math.floor(key / classes);
      if (rate === 0 || place % operationCount === operation.apply) continue;
      const station = Math.floor(place / operationCount);
      failing[station] = failing[station]! + rate * flows.treatment.fails[place]!;
    }
    for (const { parts } of flows.units)
      for (const { station, drops } of parts) failing[station] = failing[station]! + drops;
    failingOf.set(flows, failing);
  }
  return failing;
}

const failingOf = new WeakMap<Flows, Float64Array>();

/**
 * Requests per second that fill a cold cache: all that it gets, less the share of its misses that is not loaded because the call fails or is
 * given up.
 */
export function fillRate({ network }: Conditions, flows: Flows, index: number): number {
  let asked = 0;
  let loaded = 0;
  for (const [i, stream] of network.streams.entries()) {
    const { visits, lost, late } = flows.sweeps[i]!;
    for (let node = 0; node < visits.length; node++) {
      if (stream.station[node] !== index) continue;
      for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
        if (stream.miss[edge] === 0) continue;
        const calls = visits[node]! * stream.weight[edge]!;
        const fails = failing({ lost: lost[edge]!, late: late[edge]! });
        const patience = network.connections[stream.link[edge]!]?.patience;
        asked += calls;
        loaded += calls * (1 - (patience ? failedAfterAll(patience, fails) : fails));
      }
    }
  }
  const rate = arrivalRateOf(network, flows.rates, index);
  return asked > 0 ? (rate * loaded) / asked : rate;
}
