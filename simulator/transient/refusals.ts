/** What is turned away at an instant: by rate limits, by limits of executions, and by full queues. */
import type { Network, Station } from '../network/network.ts';
import { operation, operationCount } from '../network/operation.ts';
import { erlangB } from '../queueing/index.ts';
import { groupDemand } from '../steady/arrivals.ts';
import { arrivalRateOf, demandOf, type Rates } from '../steady/demand.ts';
import { solvePool } from '../steady/pool-load.ts';
import { poolsOf } from '../steady/pools.ts';
import type { Arrivals } from './arrivals-in.ts';
import { callsAlong } from './calls-along.ts';
import type { Situation } from './flows.ts';
import type { Round } from './thinning.ts';

const NOTICEABLE = 1e-12;

/** Updates what fails at stations and what passes links; true if that has changed. */
export function setRefusals(situation: Situation, round: Round, arrivals: Arrivals): boolean {
  const { network, dead, unwritable } = situation.conditions;
  const { fails } = round.treatment;
  let moved = setPassed(situation, round);
  for (const station of network.stations) {
    const { index, rateLimit, concurrency, places } = station;
    if (dead[index] === 1 || (!rateLimit && concurrency === undefined && places === undefined)) continue;
    const admitted = admittedShare(situation, round, station);
    for (let kind = 0; kind < operationCount; kind++) {
      const place = index * operationCount + kind;
      const full = places === undefined ? 0 : fullness(network, round.rates, { station, kind, admitted, arrivals });
      const takes = kind === operation.read || kind === operation.static ? 1 : 1 - unwritable[index]!;
      const failing = 1 - admitted * (1 - full) * takes;
      if (Math.abs(failing - fails[place]!) > NOTICEABLE) moved = true;
      fails[place] = failing;
    }
  }
  return moved;
}

function admittedShare({ conditions }: Situation, round: Round, station: Station): number {
  const { network, replicas } = conditions;
  const { index, rateLimit, concurrency } = station;
  const arrives = arrivalRateOf(network, round.rates, index);
  const limit = rateLimit && (rateLimit.inAll ?? rateLimit.perReplica! * replicas[index]!);
  const admitted = limit === undefined || arrives <= limit ? 1 : limit / arrives;
  if (concurrency === undefined) return admitted;
  return admitted * (1 - erlangB(concurrency, admitted * arrives * holdingTime(network, round, index)));
}

/** Mean seconds of one execution, with everything that it waits for. */
function holdingTime(network: Network, { sweeps }: Round, index: number): number {
  let held = 0;
  let visited = 0;
  for (const [i, stream] of network.streams.entries())
    for (let node = 0; node < stream.station.length; node++) {
      if (stream.station[node] !== index) continue;
      const { visits, lasts } = sweeps[i]!;
      held += visits[node]! * Math.min(lasts[node]!, LONGEST);
      visited += visits[node]!;
    }
  return visited > 0 ? held / visited : 0;
}

/** Nothing is held longer than a day. */
const LONGEST = 86_400;

interface Queued {
  readonly station: Station;
  readonly kind: number;
  readonly admitted: number;
  readonly arrivals: Arrivals;
}

/** Share that bounded queues turn away: they fill and drain so fast that they are in their steady state at once. */
function fullness(network: Network, rates: Rates, { station, kind, admitted, arrivals }: Queued): number {
  let refused = 0;
  for (const pool of poolsOf(station, station.replicas.from)) {
    const share = pool.groups * pool.weight[kind]!;
    if (share === 0) continue;
    const demand = demandOf(network, rates, station, pool, admitted);
    refused += share * solvePool(pool, groupDemand(network, rates, station.index, pool, demand, arrivals())).refused;
  }
  return Math.min(1, refused);
}

function setPassed({ conditions, streamRates }: Situation, { sweeps, treatment }: Round): boolean {
  const { network, blocked } = conditions;
  if (network.connections.every(({ rateLimit }) => rateLimit === undefined)) return false;
  const calls = callsAlong(network, streamRates, sweeps, treatment);
  let moved = false;
  for (const [link, { rateLimit }] of network.connections.entries()) {
    if (rateLimit === undefined) continue;
    const offered = calls[link]! * (1 - blocked[link]!);
    const share = offered > rateLimit ? rateLimit / offered : 1;
    if (Math.abs(share - treatment.passed[link]!) > NOTICEABLE) moved = true;
    treatment.passed[link] = share;
  }
  return moved;
}
