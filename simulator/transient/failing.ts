/** Failures: machines go down, load balancers notice, another machine takes over, and what was down comes back. */
import { amount, declared, flag, formatMoment, isInside, type Path, propertySpec } from '../../model/index.ts';
import { checksHealth, switchSeconds } from '../availability/routers.ts';
import type { Station } from '../network/network.ts';
import { isStore } from '../recovery/copies.ts';
import { lossOf } from '../recovery/recovery.ts';
import { coolDown } from './cooling.ts';
import { failoverOf, isWhole, machinesOf, type Outage, shardShare, standingOf } from './machines.ts';
import { counted } from './words.ts';
import { tell, type World } from './world.ts';

/** What of a station goes down, and for how long. */
export interface Failing {
  /** Infinity for all of it. */
  readonly machines: number;
  readonly primary: boolean;
  /** Infinity where nobody repairs it. */
  readonly lasts: number;
  readonly planned?: boolean;
  /** True if the machines are of one shard, and the others go on. */
  readonly oneShard?: boolean;
  /** How the end is told; nothing is told without it. */
  readonly back?: string;
}

/** Takes machines of a station down. */
export function takeDown(world: World, station: Station, failing: Failing): void {
  const { network, now, agenda } = world;
  const before = standingOf(network, [...world.outages], station.index, world.replicas[station.index]!, now);
  if (before.alive === 0) return;
  const total = machinesOf(station, world.replicas[station.index]!);
  const machines = isWhole(network, station) ? wholeMachines(world, station, failing) : failing.machines;
  const primary = station.store !== undefined && (failing.primary || machines >= before.alive);
  const left = before.alive - machines;
  const outage: Outage = {
    station: station.index,
    machines,
    primary,
    share: failing.oneShard ? shardShare(station) : 1,
    from: now,
    until: now + failing.lasts,
    promoted: primary && left > 0 ? now + failoverOf(network, station, total) : Number.POSITIVE_INFINITY,
    planned: failing.planned === true,
  };
  world.outages.add(outage);
  world.changed = true;
  if (!outage.planned) world.crashes.push({ station: station.index, share: Math.min(1, machines / before.alive) });
  if (station.cache && left > 0 && machines > 0) coolDown(world, station, machines / total);
  if (!outage.planned && left > 0) hide(world, station, outage);
  if (primary && left > 0) promote(world, station, outage);
  agenda.add(outage.until, () => comeBack(world, station, outage, { total, back: failing.back }));
}

/** What a provider runs as one thing has a spare of its own for the primary, where its failover time is known. */
function wholeMachines({ network }: World, station: Station, { machines, primary }: Failing): number {
  const spare = primary && Number.isFinite(failoverOf(network, station, 1));
  if (spare && machines <= 1) return 0;
  return machines > 0 ? Number.POSITIVE_INFINITY : 0;
}

/** Seconds until what has failed is repaired without anybody saying so: a declared `mttr`, or a new machine of an autoscaler. */
export function repairOf({ network }: World, station: Station, target: Path): number {
  const container = network.architecture.components.find(({ path }) => path === target);
  for (const component of [station.component, container])
    if (component && (declared(component, 'mttr') || declared(component, 'mtbf')))
      return amount(component, 'mttr') ?? Number.POSITIVE_INFINITY;
  return station.target === undefined ? Number.POSITIVE_INFINITY : bootOf(station);
}

/** Seconds until a new machine serves: that of its autoscaler, else the default of the table. */
export function bootOf({ component }: Station): number {
  const fallback = propertySpec(component.kind, 'autoscale.boot')?.default;
  return amount(component, 'autoscale.boot') ?? (typeof fallback === 'number' ? fallback : 0);
}

/** Load balancers send requests to dead machines until they notice; those that do not check never notice. */
function hide(world: World, station: Station, outage: Outage): void {
  const { network, agenda, now } = world;
  for (const link of network.linksTo[station.index]!) {
    const router = network.stations[network.connections[link]!.from]!;
    if (router.component.kind !== 'loadBalancer') continue;
    const seconds = checksHealth(router) ? switchSeconds(router.component) : Number.POSITIVE_INFINITY;
    if (seconds === 0) continue;
    const entry = { link, outage };
    world.blind.add(entry);
    const end = (text: string) => {
      if (!world.blind.delete(entry)) return;
      world.changed = true;
      if (text !== '') tell(world, 'reaction', text, router.path);
    };
    agenda.add(now + seconds, () => end(`'${router.path}' leaves out what is down of '${station.path}'`));
    agenda.add(outage.until, () => end(''));
    if (!Number.isFinite(seconds))
      tell(
        world,
        'harm',
        `'${router.path}' does not check health and keeps sending requests to what is down`,
        router.path,
      );
  }
}

function promote(world: World, station: Station, outage: Outage): void {
  const { path } = station;
  if (!Number.isFinite(outage.promoted)) {
    tell(world, 'harm', `nothing takes over as primary of '${path}' by itself`, path);
    return;
  }
  const lost = lostWrites(world, station);
  const before = world.failed[station.index]!;
  world.agenda.add(Math.min(outage.promoted, outage.until), () => {
    world.changed = true;
    if (outage.until <= outage.promoted) return;
    const failed = world.failed[station.index]! - before;
    const parts = [
      ...(failed >= 0.5 ? [`${counted(failed, 'write')} failed meanwhile`] : []),
      ...(lost >= 0.5 ? [`${counted(lost, 'acknowledged write')} lost`] : []),
    ];
    const harm = parts.length > 0 ? `, ${parts.join(', ')}` : '';
    tell(
      world,
      harm ? 'harm' : 'reaction',
      `failover of '${path}' done after ${formatMoment(outage.promoted - outage.from)}${harm}`,
      path,
    );
  });
}

/** Writes that were answered but not copied yet when the primary died. */
function lostWrites({ network, writes }: World, { component, index }: Station): number {
  if (!isStore(component)) return 0;
  return (lossOf(network.architecture, component, undefined).value ?? 0) * writes[index]!;
}

function comeBack(
  world: World,
  station: Station,
  outage: Outage,
  { total, back }: { readonly total: number; readonly back: string | undefined },
): void {
  world.outages.delete(outage);
  world.changed = true;
  if (station.cache && outage.machines > 0 && flag(station.component, 'persistent') !== true)
    coolDown(world, station, Math.min(1, outage.machines / total));
  if (back !== undefined) tell(world, 'reaction', back, station.path);
}

/** Links between two parts of an architecture, in both directions. */
export function linksBetween({ network }: World, one: Path, other: Path): readonly number[] {
  const pathOf = (index: number) => network.stations[index]!.path;
  return network.connections.flatMap(({ from, to }, link) => {
    const [a, b] = [pathOf(from), pathOf(to)];
    const crosses = (isInside(a, one) && isInside(b, other)) || (isInside(a, other) && isInside(b, one));
    return crosses ? [link] : [];
  });
}
