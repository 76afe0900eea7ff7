/** How far the times of calls can be trusted that are made at the same time or tried again. */
import { type Accuracy, digits } from '../../model/index.ts';
import { mode, type Stream } from '../network/network.ts';
import { approximate, SIMULATE, unreliable } from './accuracy.ts';
import { failing } from './call-trees.ts';
import { rateOf } from './demand.ts';
import type { State } from './state.ts';
import { answersOnly, edgeWeight } from './traffic.ts';

/** Of the calls that the requests of a stream make, where `visits` says how often each node is reached. */
export function callAccuracies(state: State, stream: Stream, visits: Float64Array): readonly Accuracy[] {
  const calls = state.thinning.calls?.get(stream);
  if (!calls && !stream.hasParallel) return [];
  const found: Accuracy[] = [];
  for (let node = 0; node < visits.length; node++) {
    if (!(visits[node]! > 0)) continue;
    if (stream.hasParallel) found.push(...parallelAccuracy(state, stream, node));
    for (let edge = stream.first[node]!; calls && edge < stream.first[node + 1]!; edge++) {
      const fails = failing({ lost: calls.lost[edge]!, late: calls.late[edge]! });
      const link = state.network.connections[stream.link[edge]!];
      if (fails > 0 && link?.patience && link.patience.pauses.length > 0)
        found.push(approximate('the attempts of a call are taken as independent'));
    }
  }
  return found;
}

/**
 * Waits of calls made together grow together, so the maximum of independent ones is an upper bound. The error is that of equal
 * single servers with nothing else to do, by the formula of Nelson and Tantawi, "Approximate analysis of fork/join
 * synchronization in parallel queues", IEEE Trans. Computers 37, 1988.
 */
function parallelAccuracy(state: State, stream: Stream, node: number): readonly Accuracy[] {
  const { network, pools } = state;
  const thinning = answersOnly(state.thinning);
  let together = 0;
  let busiest = 0;
  const crowded: Accuracy[] = [];
  for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
    if (stream.mode[edge] !== mode.call || !network.connections[stream.link[edge]!]?.parallel) continue;
    const station = network.stations[stream.station[stream.target[edge]!]!]!;
    const calls = edgeWeight(stream, edge, stream.station[node]!, thinning);
    const own = pools[station.index]!.filter(({ demand, pool }) => demand.work > 0 && Number.isFinite(pool.servers));
    const servers = own.reduce((sum, { pool }) => sum + pool.servers * pool.groups, 0);
    if (own.length > 0 && calls > servers)
      crowded.push(unreliable(crowdOf(network.stations, node, stream, calls, station.path)));
    together += calls;
    if (rateOf(network, state.rates, station.index, stream.operation[stream.target[edge]!]!) > 0)
      busiest = Math.max(busiest, ...own.map(({ utilization }) => utilization));
  }
  if (!(together > 1) || busiest === 0) return crowded;
  const error = independenceError(Math.ceil(together), Math.min(1, busiest));
  return [...crowded, approximate('calls made at the same time are taken as independent: an upper bound', error)];
}

function crowdOf(
  stations: State['network']['stations'],
  node: number,
  stream: Stream,
  calls: number,
  target: string,
): string {
  const source = stations[stream.station[node]!]!.path;
  return `'${source}' makes ${digits(calls)} calls of '${target}' at once, more than it has cores: ${SIMULATE}`;
}

/** H_n over the formula of Nelson and Tantawi for n parallel M/M/1 at utilisation ρ, less one. */
function independenceError(count: number, load: number): number {
  let harmonic = 0;
  for (let i = 1; i <= Math.min(count, MOST_COUNTED); i++) harmonic += 1 / i;
  const ratio = harmonic / 1.5;
  const exactly = (ratio + (4 / 11) * load * (1 - ratio)) * ((12 - load) / 8);
  return Math.max(0, harmonic / exactly - 1);
}

/** The harmonic number hardly grows beyond. */
const MOST_COUNTED = 1000;
