/** How regular the arrivals at the stations are at an instant, as in the steady state. */
import { arrivalsOf, type Demanded } from '../steady/arrivals.ts';
import { demandOf, hostDemand } from '../steady/demand.ts';
import { poolsOf } from '../steady/pools.ts';
import type { Situation } from './flows.ts';
import { acceptedOf, type Round, thinningAt } from './thinning.ts';

/** Squared coefficients of variation by station, as `arrivalsOf` has them: worked out when they are first asked for. */
export type Arrivals = () => Float64Array | undefined;

/** Those of one round. */
export function arrivalsIn(situation: Situation, round: Round): Arrivals {
  let known: readonly [Float64Array | undefined] | undefined;
  return () => {
    known ??= [solve(situation, round)];
    return known[0];
  };
}

function solve({ conditions, streamRates }: Situation, round: Round): Float64Array | undefined {
  const { network } = conditions;
  const visits = round.sweeps.map((sweep) => sweep.visits);
  return arrivalsOf(network, streamRates, visits, thinningAt(network, round), demandedAt(network, round));
}

function demandedAt(network: Situation['conditions']['network'], round: Round): readonly (readonly Demanded[])[] {
  const accepted = acceptedOf(network, round.rates, round.treatment.fails);
  const all = new Float64Array(network.stations.length).fill(1);
  const hosts = network.hosts.map(({ parts }) => hostDemand(network, accepted, all, parts));
  return network.stations.map((station) => {
    const { host } = station;
    const isHosted = host !== undefined && Number.isFinite(station.cores);
    // What a full queue turns away is part of the load that its formula expects.
    const reached = station.places === undefined ? accepted : round.rates;
    return poolsOf(station, isHosted ? 1 : station.replicas.from).map((pool) => ({
      pool,
      demand: isHosted ? hosts[host]! : demandOf(network, reached, station, pool),
    }));
  });
}
