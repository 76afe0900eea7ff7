/** Autoscalers: how many replicas they want, and when they have them. */
import { amount, word } from '../../model/index.ts';
import type { Station } from '../network/network.ts';
import { demandOf } from '../steady/demand.ts';
import { poolsOf } from '../steady/pools.ts';
import { leastReplicas } from '../steady/state.ts';
import type { Conditions } from './conditions.ts';
import { bootOf } from './failing.ts';
import { type Flows, queuesBefore } from './flows.ts';
import type { World } from './world.ts';

/**
 * Lets every autoscaler whose cooldown is over decide. One that looks at the CPU cannot see more than full use, so it grows by at most
 * 1 / target at a time, as `desired = ⌈current × metric / target⌉` does (Kubernetes HPA, EC2 target tracking); one that looks at
 * requests or messages sees how many there are, and counts in what waits as if it were to be done within one cooldown.
 */
export function decide(world: World, conditions: Conditions, flows: Flows): void {
  for (const station of world.network.stations) {
    const { index, target, path } = station;
    if (target === undefined || world.now < world.decides[index]!) continue;
    const current = world.replicas[index]!;
    const wanted = wantedReplicas(world, conditions, flows, station);
    const coming = conditions.replicas[index]! + world.booting[index]!;
    const rest = amount(station.component, 'autoscale.cooldown') ?? 0;
    if (wanted > coming) {
      const from = current + world.booting[index]!;
      world.scalings.push({ at: world.now, path, from, to: from + wanted - coming, boot: bootOf(station), rest });
      start(world, station, wanted - coming);
    } else if (wanted < current && coming === current) {
      world.scalings.push({ at: world.now, path, from: current, to: wanted, boot: 0, rest });
      world.replicas[index] = wanted;
      world.changed = true;
    } else continue;
    world.decides[index] = world.now + rest;
    world.agenda.add(world.now + rest, () => {
      world.changed = true;
    });
  }
}

function start(world: World, station: Station, count: number): void {
  const { index } = station;
  world.booting[index] = world.booting[index]! + count;
  world.agenda.add(world.now + bootOf(station), () => {
    world.booting[index] = world.booting[index]! - count;
    world.replicas[index] = world.replicas[index]! + count;
    world.changed = true;
  });
}

function wantedReplicas(world: World, conditions: Conditions, flows: Flows, station: Station): number {
  const { network } = conditions;
  const { index } = station;
  const from = Math.max(station.replicas.from, world.floor[index]!);
  const to = Math.max(station.replicas.to, from);
  const target = station.target!;
  const on = word(station.component, 'autoscale.on') ?? 'cpu';
  const extra = on === 'cpu' ? 0 : waitingWork(world, flows, station);
  const now = network.stations[index]!;
  const enough = (count: number) =>
    poolsOf(now, count).every((pool) => {
      const { work } = demandOf(network, flows.accepted, now, pool);
      return work + extra / pool.groups <= target * pool.servers;
    });
  const needed = leastReplicas(enough, from, to);
  const running = conditions.replicas[index]!;
  if (on !== 'cpu') return needed;
  const isFull = flows.units.some((flow) => flow.queued && flow.unit.parts.some((part) => part.station === index));
  const visible = Math.max(from, Math.min(to, Math.ceil(running / target)));
  return isFull
    ? Math.max(visible, world.replicas[index]! + world.booting[index]!)
    : Math.min(needed, Math.max(visible, from));
}

/** Server-seconds a second that it takes to do what waits within one cooldown. */
function waitingWork({ network }: World, flows: Flows, station: Station): number {
  const rest = amount(station.component, 'autoscale.cooldown') ?? 0;
  if (!(rest > 0) || (queuesBefore(network, station.index).length === 0 && station.places !== undefined)) return 0;
  const own = flows.units.find(({ unit }) => unit.parts.some((part) => part.station === station.index));
  return (own?.backlogWork ?? 0) / rest;
}
