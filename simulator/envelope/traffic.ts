/** Bytes per second over the network: with the users, in and out of data centers, and of each component. */
import { isInside, type Path, type TrafficNeed } from '../../model/index.ts';
import type { Network } from '../network/network.ts';
import { type Exchange, isAtTheEdge } from './exchanges.ts';

/** Traffic of one load, at the edge and by place. */
export interface Traffic {
  readonly edge: number;
  /** Of the data centers across their borders, then of the components with their callers and with what they call. */
  readonly places: readonly { readonly path: Path; readonly in: number; readonly out: number }[];
}

/** What the declared sizes add up to; what has none is left out. */
export function trafficOf({ architecture, stations }: Network, exchanges: readonly Exchange[]): Traffic {
  const centers = architecture.components.filter(({ kind }) => kind === 'dataCenter').map(({ path }) => path);
  const [into, outOf] = [new Map<Path, number>(), new Map<Path, number>()];
  const add = (map: Map<Path, number>, path: Path, bytes: number) => map.set(path, (map.get(path) ?? 0) + bytes);
  let edge = 0;
  for (const exchange of exchanges) {
    const { from, to, rate, size = 0 } = exchange;
    // Names are looked up, and nothing else goes through a DNS.
    if (to.kind === 'dns') continue;
    const bytes = rate * size;
    if (isAtTheEdge(exchange)) edge += bytes;
    add(into, to.path, bytes);
    if (from.kind !== 'dns' && from.kind !== 'users') add(outOf, from.path, bytes);
    for (const center of centers) {
      const [starts, ends] = [isInside(from.path, center), isInside(to.path, center)];
      if (ends && !starts) add(into, center, bytes);
      if (starts && !ends) add(outOf, center, bytes);
    }
  }
  const paths = [...centers, ...stations.map(({ path }) => path)];
  return {
    edge,
    places: paths.map((path) => ({ path, in: into.get(path) ?? 0, out: outOf.get(path) ?? 0 })),
  };
}

/** The traffic of two loads beside each other; places without any are left out. */
export function trafficNeeds(peak: Traffic, mean: Traffic): readonly TrafficNeed[] {
  return peak.places.flatMap((at, i) => {
    const usual = mean.places[i]!;
    if (at.in + at.out + usual.in + usual.out === 0) return [];
    return [{ path: at.path, peak: { in: at.in, out: at.out }, mean: { in: usual.in, out: usual.out } }];
  });
}
