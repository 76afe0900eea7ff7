/**
 * How a router splits its requests over its forwarding connections. Declared shares come first; the rest is split
 * - by DNS with `latency` or `geo` routing to the data center nearest to the users, where both places are known;
 * - by DNS with `failover` routing to the first connection;
 * - by DNS by the `share` of the data centers, where any declares one;
 * - else by capacity (replicas × cores / service time), where it is known of all targets, else evenly.
 * Declared shares that leave nothing over, or ask for more than everything, are scaled to add up to one.
 */
import { type Architecture, amount, ancestors, type Connection, word } from '../../model/index.ts';
import type { Station } from './network.ts';
import { operation, operationCount } from './operation.ts';
import { type Place, roundTripBetween } from './placement.ts';

/** What routing has to know of the network. */
export interface RoutingContext {
  readonly architecture: Architecture;
  readonly class: number;
  /** Where the users of this stream are. */
  readonly origin: Place;
  readonly place: (station: Station) => Place;
  readonly stationAt: (path: string) => Station | undefined;
}

/** The share of each connection; they add up to 1 unless there is none. */
export function sharesOf(
  router: Station,
  forwarding: readonly Connection[],
  context: RoutingContext,
): readonly number[] {
  const shares = forwarding.map(declaredShare);
  const declared = shares.reduce<number>((sum, share) => sum + (share ?? 0), 0);
  const open = shares.filter((share) => share === undefined).length;
  const rest = Math.max(0, 1 - declared);
  if (open === 0 || rest === 0) return normalized(shares.map((share) => share ?? 0));
  const undecided = forwarding.filter((_, i) => shares[i] === undefined);
  const split = normalized(splitOf(router, undecided, context));
  let next = 0;
  return shares.map((share) => share ?? rest * split[next++]!);
}

function declaredShare(connection: Connection): number | undefined {
  return connection.flows.find((flow) => flow.type === 'share')?.amount;
}

function splitOf(router: Station, connections: readonly Connection[], context: RoutingContext): readonly number[] {
  const evenly = connections.map(() => 1);
  if (connections.length < 2) return evenly;
  if (router.component.kind === 'dns') return dnsSplit(router, connections, context) ?? evenly;
  const capacities = connections.map((connection) => capacityOf(context.stationAt(connection.to), context.class));
  return capacities.every((capacity) => capacity > 0 && Number.isFinite(capacity)) ? capacities : evenly;
}

function dnsSplit(
  dns: Station,
  connections: readonly Connection[],
  context: RoutingContext,
): readonly number[] | undefined {
  const routing = word(dns.component, 'routing');
  if (routing === 'failover') return connections.map((_, i) => (i === 0 ? 1 : 0));
  if (routing === 'latency' || routing === 'geo') {
    const nearest = nearestSplit(connections, context);
    if (nearest) return nearest;
  }
  const shares = connections.map((connection) => dataCenterShare(connection, context));
  if (shares.every((share) => share === undefined)) return undefined;
  const declared = shares.reduce<number>((sum, share) => sum + (share ?? 0), 0);
  const open = shares.filter((share) => share === undefined).length;
  return shares.map((share) => share ?? Math.max(0, 1 - declared) / open);
}

function nearestSplit(connections: readonly Connection[], context: RoutingContext): readonly number[] | undefined {
  if (context.origin.region === undefined) return undefined;
  const distances = connections.map((connection) => {
    const station = context.stationAt(connection.to);
    const place = station && context.place(station);
    return place?.region === undefined ? undefined : roundTripBetween(context.origin, place);
  });
  if (distances.some((distance) => distance === undefined)) return undefined;
  const least = Math.min(...distances.map((distance) => distance!));
  return distances.map((distance) => (distance === least ? 1 : 0));
}

function dataCenterShare(connection: Connection, context: RoutingContext): number | undefined {
  const target = context.stationAt(connection.to);
  if (!target) return undefined;
  const around = [target.component, ...ancestors(context.architecture, target.component)];
  const dataCenter = around.find((container) => container.kind === 'dataCenter');
  return dataCenter && amount(dataCenter, 'share');
}

/** Requests per second that a station can take at most; 0 where that is not known. */
function capacityOf(station: Station | undefined, requestClass: number): number {
  if (!station || !Number.isFinite(station.cores)) return 0;
  const kind = station.component.kind === 'worker' ? operation.message : operation.call;
  const service = station.service[requestClass * operationCount + kind] ?? 0;
  return service > 0 ? (station.replicas.to * station.cores) / service : 0;
}

function normalized(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0) || !Number.isFinite(total)) return weights.map(() => 1 / weights.length);
  return weights.map((weight) => weight / total);
}
