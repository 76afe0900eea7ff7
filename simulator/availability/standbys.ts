/**
 * Targets of a router that get no requests as long as another one lives: the second data center behind a DNS with `failover` routing, or
 * the one that no user is nearest to. They are in no stream, so what they need is read from the streams of the
 * architecture without the targets that get everything now.
 */
import type { Architecture, Path } from '../../model/index.ts';
import type { Network, Stream } from '../network/network.ts';
import { isForwarding } from '../network/passing.ts';
import { prepare } from '../network/prepare.ts';
import { without } from '../network/without.ts';
import { solveState } from '../steady/closed.ts';
import type { State } from '../steady/state.ts';
import { checksHealth } from './routers.ts';

/** A node of a stream in which the standbys of a router get its requests. */
export interface StandbyRoute {
  readonly network: Network;
  readonly stream: Stream;
  readonly node: number;
}

/** Where the requests of a router go when all targets are dead that it uses; undefined where it has no others, or would not notice. */
export function standbyRoute(network: Network, stream: Stream, node: number): StandbyRoute | undefined {
  const station = network.stations[stream.station[node]!]!;
  if (!checksHealth(station)) return undefined;
  const used = new Set<string>();
  for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++)
    if (stream.link[edge]! >= 0) used.add(network.connections[stream.link[edge]!]!.id);
  const idle = network.linksFrom[station.index]!.filter((link) => !used.has(network.connections[link]!.id));
  if (used.size === 0 || idle.length === 0 || !hasForwarding(network.architecture, station.path, used))
    return undefined;
  const rerouted = withoutTargets(network.architecture, [...used]);
  const other = rerouted.streams.find(
    (one) =>
      one.class === stream.class && rerouted.sources[one.source]!.station === network.sources[stream.source]!.station,
  );
  const start = other?.station.findIndex(
    (index, i) => index === station.index && other.operation[i] === stream.operation[node],
  );
  return other && start !== undefined && start >= 0 ? { network: rerouted, stream: other, node: start } : undefined;
}

/** The state in which every router with standbys has switched over; undefined where there are none. */
export function switchedState(state: State): State | undefined {
  const { network } = state;
  const avoided = new Set<string>();
  for (const stream of network.streams)
    for (let node = 0; node < stream.station.length; node++) {
      if (!standbyRoute(network, stream, node)) continue;
      for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++)
        if (stream.link[edge]! >= 0) avoided.add(network.connections[stream.link[edge]!]!.id);
    }
  if (avoided.size === 0) return undefined;
  return solveState(withoutTargets(network.architecture, [...avoided]), state.options).state;
}

function hasForwarding({ connections, requests }: Architecture, from: Path, used: ReadonlySet<string>): boolean {
  const all = [connections, ...requests.map((request) => request.connections)].flat();
  return all.some((one) => one.from === from && !used.has(one.id) && isForwarding(one));
}

/** Kept for each architecture: the same routers are asked about for every stream and every failure. */
function withoutTargets(architecture: Architecture, avoided: readonly string[]): Network {
  let known = reroutedOf.get(architecture);
  if (!known) {
    known = new Map();
    reroutedOf.set(architecture, known);
  }
  const key = avoided.join('\n');
  let network = known.get(key);
  if (!network) {
    network = prepare(without(architecture, avoided));
    known.set(key, network);
  }
  return network;
}

const reroutedOf = new WeakMap<Architecture, Map<string, Network>>();
