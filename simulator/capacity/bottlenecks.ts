/** What saturates, and at how many users. */
import type { Bottleneck } from '../../model/index.ts';
import { dependsOnRate } from '../network/hits.ts';
import type { Network } from '../network/network.ts';
import { hasRetries } from '../steady/metastable.ts';
import { hostResources, type Loads, type Resource, resourcesOf } from '../steady/resources.ts';
import { solveLoad } from '../steady/solve.ts';
import type { LoadOptions } from '../steady/state.ts';
import { stormLimit } from '../steady/storms.ts';

/** Everything that saturates at some multiple of the declared load, the first to do so first. */
export function bottlenecksOf(network: Network, options: LoadOptions): readonly Bottleneck[] {
  const found = saturations(solveLoad(network, options));
  const refined = network.stations.some(({ cache }) => cache && dependsOnRate(cache))
    ? refine(network, options, found)
    : found;
  const users = network.sources.reduce((sum, source) => sum + source.users, 0);
  const first = Math.min(...refined.map(({ scale }) => scale));
  const storm = hasRetries(network) ? stormBefore(network, options, first) : undefined;
  const others = refined.filter(({ path, resource }) => !storm || path !== storm.path || resource !== storm.resource);
  return [...(storm ? [storm] : []), ...others]
    .map((one) => ({ ...one, users: users * one.scale }))
    .sort((a, b) => (a.scale === b.scale ? 0 : a.scale - b.scale));
}

type Saturation = Omit<Bottleneck, 'users'>;

/** Where retries stop dying down, if that is before the first saturation: beyond it, each failure makes more attempts than it takes away. */
function stormBefore(network: Network, options: LoadOptions, saturation: number): Saturation | undefined {
  if (!Number.isFinite(saturation) || !(saturation > 0)) return undefined;
  const found = stormLimit(network, options, saturation * (1 - 1e-6));
  return found && { path: found.station.path, resource: 'cpu', scale: found.scale, cause: 'retries' };
}

function saturations(loads: Loads): readonly Saturation[] {
  const { stations, hosts } = loads.actual.network;
  return [
    ...stations.flatMap((station) =>
      // The cores of a host are one bottleneck, not one of each part.
      pick(
        station.path,
        resourcesOf(loads, station).filter((one) => station.host === undefined || one.resource !== 'cpu'),
      ),
    ),
    ...hosts.flatMap((host, index) => pick(host.path, hostResources(loads, index))),
  ];
}

/** Of several groups of the same part and resource, the one that saturates first. */
function pick(path: string, resources: readonly Resource[]): readonly Saturation[] {
  const first = new Map<string, Saturation>();
  for (const { resource, part, saturatesAt } of resources) {
    if (!Number.isFinite(saturatesAt)) continue;
    const key = `${resource} ${part ?? ''}`;
    const known = first.get(key);
    if (known && known.scale <= saturatesAt) continue;
    first.set(key, { path, resource, ...(part === undefined ? {} : { part }), scale: saturatesAt });
  }
  return [...first.values()];
}

/** Where hit ratios change with the load, the first bottlenecks are found again at the load that they were found for. */
function refine(network: Network, options: LoadOptions, found: readonly Saturation[]): readonly Saturation[] {
  let best = found.toSorted((a, b) => a.scale - b.scale);
  for (let round = 0; round < REFINEMENTS; round++) {
    const scale = best[0]?.scale;
    if (scale === undefined || !(scale > 0)) return best;
    best = saturations(solveLoad(network, { ...options, scale })).toSorted((a, b) => a.scale - b.scale);
  }
  return best;
}

const REFINEMENTS = 6;
