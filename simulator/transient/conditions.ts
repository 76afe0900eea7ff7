/** The network as it is at a moment: machines that are left, service times, connections that lead nowhere, and the ways around. */
import { switchSeconds } from '../availability/routers.ts';
import { isSkippable } from '../availability/structure.ts';
import { detourAround } from '../failures/reroute.ts';
import type { Network, Station } from '../network/network.ts';
import { prepare } from '../network/prepare.ts';
import { without } from '../network/without.ts';
import { standingOf } from './machines.ts';
import { tell, type World } from './world.ts';

/** What holds until something happens. Links are those of `network`, which can have fewer than the intact one. */
export interface Conditions {
  readonly network: Network;
  /** Replicas that run, and machines, read replicas included, by station. */
  readonly replicas: Float64Array;
  readonly machines: Float64Array;
  /** Stations of which nothing is left. */
  readonly dead: Uint8Array;
  /** Stations that nobody needs while they are dead. */
  readonly skipped: Uint8Array;
  /** Share of the writes that nobody takes, by station. */
  readonly unwritable: Float64Array;
  /** Factor on the service times, by station. */
  readonly slow: Float64Array;
  /** Share of what a link carries that never gets there. */
  readonly blocked: Float64Array;
}

/** Looks at the world anew. Networks with detours are built once for each set of connections that are left out. */
export function createObserver(world: World): () => Conditions {
  const detours = new Map<string, Network>([['', world.network]]);
  return () => {
    const { network } = world;
    const count = network.stations.length;
    const outages = [...world.outages];
    const standings = network.stations.map(({ index }) =>
      standingOf(network, outages, index, world.replicas[index]!, world.now),
    );
    const dead = Uint8Array.from(standings, ({ alive }) => (alive > 0 ? 0 : 1));
    const avoided = avoidedNow(world, dead);
    const key = avoided.join('\n');
    const routed = detours.get(key) ?? prepare(without(network.architecture, avoided));
    detours.set(key, routed);
    const slow = new Float64Array(count).fill(1);
    for (const { station, factor } of world.slowdowns) slow[station] = slow[station]! * factor;
    const replicas = Float64Array.from(standings, ({ alive }, index) => Math.min(world.replicas[index]!, alive));
    const stations = routed.stations.map((station, index) =>
      asItIs(station, replicas[index]!, { ...standings[index]!, slow: slow[index]! }),
    );
    return {
      network: { ...routed, stations },
      replicas,
      machines: Float64Array.from(standings, ({ alive }) => alive),
      dead,
      skipped: Uint8Array.from(network.stations, (one, index) =>
        dead[index] === 1 && isSkippable(network, one) ? 1 : 0,
      ),
      unwritable: Float64Array.from(standings, ({ unwritable }) => unwritable),
      slow,
      blocked: blockedShares(world, routed),
    };
  };
}

/** A station with what is left of it. Without a primary a store has read replicas alone. */
function asItIs(
  station: Station,
  replicas: number,
  { alive, unwritable, slow }: { readonly alive: number; readonly unwritable: number; readonly slow: number },
): Station {
  const { target, ...rest } = station;
  const running = Math.max(1, replicas);
  const headless = alive > 0 && unwritable === 1;
  const copies = headless ? alive : Math.max(0, alive - running);
  const asBefore = target === undefined && slow === 1 && station.replicas.from === running;
  if (asBefore && station.replicas.to === running && (!station.store || station.store.readReplicas === copies))
    return station;
  const store = rest.store && { ...rest.store, readReplicas: copies };
  return {
    ...rest,
    replicas: { from: running, to: running },
    ...(store ? { store } : {}),
    ...(slow === 1
      ? {}
      : { service: rest.service.map((time) => time * slow), latency: rest.latency.map((time) => time * slow) }),
  };
}

/** Connections that routers leave out by now; what has become useless is left out once its router has noticed. */
function avoidedNow(world: World, dead: Uint8Array): readonly string[] {
  const { network, useless, now, agenda } = world;
  const gone = new Set([...dead.keys()].filter((index) => dead[index] === 1));
  const { avoided } = detourAround(network, gone);
  for (const id of [...useless.keys()]) if (!avoided.includes(id)) useless.delete(id);
  const active: string[] = [];
  for (const id of avoided) {
    const link = network.connections.find((one) => one.id === id);
    const router = link && network.stations[link.from];
    if (!link || !router) continue;
    const seconds = switchSeconds(router.component);
    const since = useless.get(id) ?? now;
    if (!useless.has(id)) {
      useless.set(id, now);
      const notice = () => {
        if (useless.get(id) !== since) return;
        world.changed = true;
        tell(
          world,
          'reaction',
          `'${router.path}' sends nobody to '${network.stations[link.to]!.path}' any more`,
          router.path,
        );
      };
      if (seconds > 0) agenda.add(now + seconds, notice);
      else notice();
    }
    if (now >= since + seconds) active.push(id);
  }
  return active;
}

function blockedShares(world: World, routed: Network): Float64Array {
  const { network, cuts, blind, outages, replicas, now } = world;
  const indexOf = new Map(network.connections.map(({ id }, index) => [id, index]));
  return Float64Array.from(routed.connections, ({ id }) => {
    const link = indexOf.get(id) ?? -1;
    if ((cuts.get(link) ?? 0) > 0) return 1;
    let passes = 1;
    for (const { link: hidden, outage } of blind) {
      if (hidden !== link) continue;
      const { total, alive } = standingOf(network, [...outages], outage.station, replicas[outage.station]!, now);
      const down = Math.min(outage.machines, total);
      passes *= alive + down > 0 ? alive / (alive + down) : 0;
    }
    return 1 - passes;
  });
}
