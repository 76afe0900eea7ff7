/** How far a simulation can be trusted, and what it takes for granted. */
import type { Accuracy } from '../../model/index.ts';
import { declared, formatCount, formatPercent } from '../../model/index.ts';
import { approximate, exact, unreliable, weakest } from '../steady/accuracy.ts';
import { transfersOf } from '../steady/transfers.ts';
import type { Context } from './merge.ts';
import type { ReplicationRecord } from './replication.ts';

/** The intervals say how far chance goes; this is what they do not say. */
export function accuracyOf({ solved }: Context, records: readonly ReplicationRecord[]): Accuracy {
  const { network, pools, hosts } = solved.actual;
  const full = network.stations.filter(({ index, host }) => {
    const own = host === undefined ? pools[index]! : [hosts[host]!];
    return own.some(({ utilization, refused, demand }) => utilization >= 1 && refused === 0 && demand.work > 0);
  });
  const found: Accuracy[] = full.map(({ path }) =>
    unreliable(`more is asked of '${path}' than it can do, so what waits there grows as long as the simulation runs`),
  );
  if (records.some(({ isFlooded }) => isFlooded))
    found.push(unreliable('so much was under way at once that the simulation was stopped'));
  if (found.length === 0 && records.some(({ isWarm }) => !isWarm))
    found.push(approximate('the simulation was too short to forget that it began empty'));
  return found.length === 0 ? exact : weakest(found);
}

/** What the engine takes from elsewhere or leaves out, of this architecture. */
export function limitsOf({ solved }: Context): readonly string[] {
  const { network, replicas, thinning } = solved.actual;
  const limits: string[] = [];
  for (const { path, index, target, replicas: range, cache } of network.stations) {
    if (target !== undefined && range.from !== range.to)
      limits.push(`'${path}' keeps the ${formatCount(replicas[index]!)} replicas that its load needs on average.`);
    if (cache && cache.declared === undefined && thinning.hit[index]! > 0)
      limits.push(
        `'${path}' finds ${formatPercent(thinning.hit[index]!)} of what is asked for, by the formulas of the steady state, each time by chance.`,
      );
  }
  const unknown = network.stations.filter((station) => station.unknown.length > 0 && isAsked(solved, station.index));
  for (const { path } of unknown)
    limits.push(`No service time is known for '${path}', so some of its work takes no time.`);
  if (transfersOf(solved.actual).some((transfer) => transfer !== undefined))
    limits.push('Payloads take the time that the steady state gives their transfers, each on its own.');
  for (const { path, component } of network.stations)
    if (declared(component, 'maxLength'))
      limits.push(`The queue '${path}' takes every message: its 'maxLength' is not simulated.`);
  if (network.stations.some(({ rateLimit }) => rateLimit) || network.connections.some(({ rateLimit }) => rateLimit))
    limits.push('Rate limits let the requests of one second pass at once.');
  if (network.connections.some(({ patience }) => patience?.breaker))
    limits.push('An open circuit breaker lets no retries through, but goes on with first attempts.');
  return limits;
}

function isAsked({ actual }: Context['solved'], station: number): boolean {
  return actual.network.streams.some(
    (stream, i) =>
      actual.streamRates[i]! > 0 &&
      stream.station.some((index, node) => index === station && actual.visits[i]![node]! > 0),
  );
}
