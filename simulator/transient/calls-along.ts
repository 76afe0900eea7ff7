/** What flows along the connections at an instant. */
import type { Network } from '../network/network.ts';
import { operationCount } from '../network/operation.ts';
import type { Sweep, Treatment } from './sweep.ts';

/** Calls per second that are made along every link, each attempt counted, whether it gets there or not. */
export function callsAlong(
  { streams, connections }: Network,
  streamRates: Float64Array,
  sweeps: readonly Sweep[],
  { fails, leaves, hit }: Treatment,
): Float64Array {
  const calls = new Float64Array(connections.length);
  for (const [i, stream] of streams.entries())
    for (let node = 0; node < stream.station.length; node++) {
      const station = stream.station[node]!;
      const place = station * operationCount + stream.operation[node]!;
      const leaving = streamRates[i]! * sweeps[i]!.visits[node]! * (1 - fails[place]!) * leaves[place]!;
      for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
        const link = stream.link[edge]!;
        if (link < 0) continue;
        const missed = stream.miss[edge] === 1 ? 1 - hit[station]! : 1;
        calls[link] = calls[link]! + leaving * stream.weight[edge]! * missed * sweeps[i]!.tries[edge]!;
      }
    }
  return calls;
}
