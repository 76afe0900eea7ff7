/** What flows along the connections at a load. */
import type { Stream } from '../network/network.ts';
import type { State } from './state.ts';
import { edgeWeight } from './traffic.ts';

/** Visits every edge along which something flows, with its operations per second. */
export function forEachEdge(
  state: State,
  visit: (stream: Stream, index: number, edge: number, rate: number) => void,
): void {
  for (const [i, stream] of state.network.streams.entries()) {
    const streamRate = state.streamRates[i]!;
    if (streamRate === 0) continue;
    for (let node = 0; node < stream.station.length; node++) {
      const visits = state.visits[i]![node]!;
      if (visits === 0) continue;
      for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
        const weight = edgeWeight(stream, edge, stream.station[node]!, state.thinning);
        if (weight > 0) visit(stream, i, edge, streamRate * visits * weight);
      }
    }
  }
}

/** Operations per second along every link; computed once for each state. */
export function linkRates(state: State): Float64Array {
  const known = ratesByState.get(state);
  if (known) return known;
  const rates = new Float64Array(state.network.connections.length);
  forEachEdge(state, (stream, _, edge, rate) => {
    const link = stream.link[edge]!;
    if (link >= 0) rates[link] = rates[link]! + rate;
  });
  ratesByState.set(state, rates);
  return rates;
}

const ratesByState = new WeakMap<State, Float64Array>();
