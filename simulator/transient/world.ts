/** The state of a playback between two steps: what is down, slow, cut off, started, cold and waiting. */
import type { Path } from '../../model/index.ts';
import type { Network } from '../network/network.ts';
import { type Agenda, createAgenda } from './agenda.ts';
import type { Outage } from './machines.ts';
import type { LogEntry } from './playback.ts';
import type { WarmUp } from './warmth.ts';

/** A factor on the service times of a station. */
export interface Slowdown {
  readonly station: number;
  readonly factor: number;
}

/** A part of a cache that has lost its contents. */
export interface Coldness {
  /** Share of its items. */
  readonly share: number;
  /** Requests since then. */
  requests: number;
  /** How it fills; undefined where nothing says how fast. */
  warmUp: WarmUp | undefined;
}

/** A decision of an autoscaler. */
export interface Scaling {
  readonly at: number;
  readonly path: Path;
  readonly from: number;
  readonly to: number;
  /** Seconds until the new replicas serve; 0 where some are removed. */
  readonly boot: number;
  /** Seconds until the next decision. */
  readonly rest: number;
}

/** Everything that changes while a scenario is played. */
export interface World {
  readonly network: Network;
  readonly agenda: Agenda;
  now: number;
  readonly outages: Set<Outage>;
  readonly slowdowns: Set<Slowdown>;
  /** Links that nothing passes, each as often as something cuts it. */
  readonly cuts: Map<number, number>;
  readonly surges: Set<{ readonly factor: number }>;
  /** Replicas that are meant to run, by station; autoscalers and `scale` change them. */
  readonly replicas: Float64Array;
  /** Replicas that are booting, by station. */
  readonly booting: Float64Array;
  /** The least replicas that an autoscaler keeps since `scale` has set them. */
  readonly floor: Float64Array;
  /** When the autoscaler of a station may decide again. */
  readonly decides: Float64Array;
  readonly cold: Map<number, Coldness>;
  /** Links from load balancers that still lead to machines that are down. */
  readonly blind: Set<{ readonly link: number; readonly outage: Outage }>;
  /** Connections to what cannot answer, by id, that a router is going to leave out: since when they are useless. */
  readonly useless: Map<string, number>;
  /** Shares of what waits at stations that have just crashed. */
  readonly crashes: { readonly station: number; readonly share: number }[];
  /** Operations that have failed so far, by station. */
  readonly failed: Float64Array;
  /** Writes per second that arrive, by station. */
  readonly writes: Float64Array;
  /** Operations that wait, by slot (see `units.ts`). */
  readonly waiting: Float64Array;
  readonly log: LogEntry[];
  readonly scalings: Scaling[];
  /** True if the conditions have changed since the last look. */
  changed: boolean;
}

/** Slots for waiting operations of one station: one queue for each group of machines that a store can have. */
export const SLOTS = 5;

/** A world in which nothing has happened yet. */
export function createWorld(network: Network, replicas: Float64Array): World {
  const count = network.stations.length;
  return {
    network,
    agenda: createAgenda(),
    now: 0,
    outages: new Set(),
    slowdowns: new Set(),
    cuts: new Map(),
    surges: new Set(),
    replicas: replicas.slice(),
    booting: new Float64Array(count),
    floor: new Float64Array(count),
    decides: new Float64Array(count),
    cold: new Map(),
    blind: new Set(),
    useless: new Map(),
    crashes: [],
    failed: new Float64Array(count),
    writes: new Float64Array(count),
    waiting: new Float64Array(count * SLOTS),
    log: [],
    scalings: [],
    changed: true,
  };
}

/** Writes down what happens now. */
export function tell(world: World, kind: LogEntry['kind'], text: string, path?: Path): LogEntry {
  const entry: LogEntry = { at: world.now, kind, text, ...(path === undefined ? {} : { path }) };
  world.log.push(entry);
  return entry;
}
