/** What thins the flows at an instant, in the terms of the steady state. */
import type { Network, Stream } from '../network/network.ts';
import { operation, operationCount } from '../network/operation.ts';
import { NEGLIGIBLE } from '../steady/call-trees.ts';
import { type Rates, rateOf } from '../steady/demand.ts';
import type { Calls, CallsByStream, Thinning } from '../steady/traffic.ts';
import type { Sweep, Treatment } from './sweep.ts';

/** One round of the fixed point. */
export interface Round {
  readonly rates: Rates;
  readonly sweeps: readonly Sweep[];
  readonly treatment: Treatment;
}

/** What stations let in and pass on, and how often calls are made. */
export function thinningAt(network: Network, round: Round): Thinning {
  const { fails, leaves, hit, passed } = round.treatment;
  const calls = callsIn(network, round);
  const share = (of: (place: number) => number) =>
    Float64Array.from(network.stations, ({ index }) => meanShare(network, round, index, of));
  return {
    hit,
    admitted: share((place) => 1 - fails[place]!),
    accepted: share((place) => (1 - fails[place]!) * leaves[place]!),
    passed,
    ...(calls ? { calls } : {}),
  };
}

/** The operations that do not fail at once. */
export function acceptedOf(network: Network, rates: Rates, fails: Float64Array): Rates {
  const classes = network.classes.length;
  return rates.map((rate, key) => (rate === 0 ? 0 : rate * (1 - fails[Math.floor(key / classes)]!)));
}

/** How the calls of impatient callers go; undefined where all of them are answered at once. */
function callsIn({ streams }: Network, { sweeps }: Round): CallsByStream | undefined {
  const found = new Map<Stream, Calls>();
  for (const [i, stream] of streams.entries()) {
    const { tries: attempts, lost, late } = sweeps[i]!;
    const fails = (share: number, edge: number) => share > NEGLIGIBLE && stream.weight[edge]! > 0;
    if (stream.isImpatient && (lost.some(fails) || late.some(fails))) found.set(stream, { attempts, lost, late });
  }
  return found.size === 0 ? undefined : found;
}

/** Mean of a share by station and operation over what arrives at a station. */
function meanShare(network: Network, { rates }: Round, index: number, of: (place: number) => number): number {
  let arrives = 0;
  let sum = 0;
  for (let kind = 0; kind < operation.apply; kind++) {
    const rate = rateOf(network, rates, index, kind);
    arrives += rate;
    sum += rate * of(index * operationCount + kind);
  }
  return arrives > 0 ? sum / arrives : 1;
}
