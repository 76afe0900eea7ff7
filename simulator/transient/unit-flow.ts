/** The queues at an instant: how much work arrives in front of each group of servers, and how much leaves. */
import type { Network } from '../network/network.ts';
import { operation, operationCount } from '../network/operation.ts';
import { groupDemand, hostArrivals } from '../steady/arrivals.ts';
import { demandOf, hostDemand, type Rates } from '../steady/demand.ts';
import { type PoolState, solvePool } from '../steady/pool-load.ts';
import { hostPool, type Pool } from '../steady/pools.ts';
import type { Arrivals } from './arrivals-in.ts';
import type { Situation } from './flows.ts';
import type { Sweep, Treatment } from './sweep.ts';
import type { Unit } from './units.ts';

/** The queue of one unit at an instant. */
export interface UnitFlow {
  readonly unit: Unit;
  /** Computed when it is first read: the flows do not need it. */
  readonly pool: PoolState;
  /** Server-seconds a second that arrive, and server-seconds that wait. */
  readonly work: number;
  readonly backlogWork: number;
  /** True if something waits, or is about to. */
  readonly queued: boolean;
  /** Seconds until what arrives now is served, because of the backlog; Infinity where nobody serves. */
  readonly delay: number;
  readonly parts: readonly PartFlow[];
}

/** Operations that arrive at the stations, and those of them that do not fail at once. */
export interface RoundRates {
  readonly arriving: Rates;
  readonly accepted: Rates;
  readonly arrivals: Arrivals;
}

/** The operations of one station in the queue of a unit. */
export interface PartFlow {
  readonly slot: number;
  readonly station: number;
  /** Operations per second that arrive, and the server-seconds that one takes. */
  readonly arrives: number;
  readonly each: number;
  /** What leaves over what arrives. */
  readonly leaves: number;
  /** Operations per second by which the backlog grows; below 0 while it drains. */
  readonly grows: number;
  /** Operations per second that are dropped because no more may wait. */
  readonly drops: number;
  /** Users' requests that one waiting operation holds up. */
  readonly requests: number;
}

/** Fewer operations than this do not wait; they are rounding. */
const NOTHING = 1e-9;

/** The flow through a unit, given what reaches its station without failing. */
export function unitFlow(situation: Situation, unit: Unit, rates: RoundRates, sweeps: readonly Sweep[]): UnitFlow {
  const { waiting } = situation;
  const { servers } = unit;
  // What a full queue turns away is part of the load that its formula expects.
  const reached = unit.bounded ? rates.arriving : rates.accepted;
  const parts = unit.parts.map((part) => ({ ...part, ...arrivalsOf(situation, unit, part, reached) }));
  const work = parts.reduce((sum, { arrives, each }) => sum + arrives * each, 0);
  const backlogWork = parts.reduce((sum, { slot, each }) => sum + waiting[slot]! * each, 0);
  const isBusy = parts.some(({ slot, arrives }) => waiting[slot]! > NOTHING || (servers === 0 && arrives > 0));
  const queued = !unit.bounded && (isBusy || work > servers * (1 + 1e-12));
  const delay = !queued || backlogWork === 0 ? 0 : backlogWork / servers;
  let pool: PoolState | undefined;
  return {
    unit,
    get pool() {
      pool ??= poolStateOf(situation.conditions.network, unit, reached, rates.arrivals());
      return pool;
    },
    work,
    backlogWork: queued ? backlogWork : 0,
    queued,
    delay,
    parts: parts.map((part) => {
      const { slot, station, arrives, each } = part;
      const served = queued ? servedOf(situation, unit, parts, part) : arrives;
      const grows = arrives - served;
      const drops = grows > 0 && isFull(situation, station, slot, delay) ? grows : 0;
      return {
        slot,
        station,
        arrives,
        each,
        leaves: arrives > 0 ? served / arrives : 1,
        grows: grows - drops,
        drops,
        requests: queued ? heldUp(situation, sweeps, station, part.pool) : 0,
      };
    }),
  };
}

type Part = { readonly slot: number; readonly arrives: number; readonly each: number };

/** Operations per second that are served while some wait. Servers without limit take all of them until the next look. */
function servedOf({ waiting, step }: Situation, { servers }: Unit, parts: readonly Part[], part: Part): number {
  if (servers === 0) return 0;
  if (part.each === 0 || servers === Number.POSITIVE_INFINITY) return part.arrives + waiting[part.slot]! / step;
  return (servers * shareOf(parts, part.slot, waiting, step)) / part.each;
}

/** Parts of a host get its cores in proportion to the work of each that is there within a step. */
function shareOf(parts: readonly Part[], slot: number, waiting: Float64Array, step: number): number {
  if (parts.length === 1) return 1;
  const there = ({ slot: own, arrives, each }: Part) => (waiting[own]! + arrives * step) * each;
  const all = parts.reduce((sum, part) => sum + there(part), 0);
  const own = parts.find((part) => part.slot === slot);
  return own && all > 0 ? there(own) / all : 0;
}

function arrivalsOf(
  { conditions, lastWork }: Situation,
  unit: Unit,
  { station: index, pool, slot }: Unit['parts'][number],
  accepted: Rates,
): { readonly arrives: number; readonly each: number } {
  const { network, slow } = conditions;
  const groups = unit.host === undefined ? pool.groups : 1;
  const { rate, work } = demandOf(network, accepted, network.stations[index]!, pool);
  const arrives = rate * groups;
  const each = rate > 0 ? work / rate : lastWork[slot]! * slow[index]!;
  return { arrives, each };
}

function poolStateOf(network: Network, unit: Unit, reached: Rates, arrivals: ReturnType<Arrivals>): PoolState {
  const { host, parts } = unit;
  if (host !== undefined) {
    const admitted = new Float64Array(network.stations.length).fill(1);
    const shared = network.hosts[host]!;
    const demand = hostDemand(network, reached, admitted, shared.parts);
    return solvePool(hostPool(shared), { ...demand, ...hostArrivals(network, reached, host, arrivals) });
  }
  const [{ station, pool }] = parts as readonly [Unit['parts'][number]];
  const demand = demandOf(network, reached, network.stations[station]!, pool);
  return solvePool(pool, groupDemand(network, reached, station, pool, demand, arrivals));
}

/** True if no more messages may wait, or if the oldest are dropped because they are kept no longer. */
function isFull({ waiting, mostMessages, keeps }: Situation, station: number, slot: number, delay: number): boolean {
  return (
    waiting[slot]! >= mostMessages[station]! * (1 - 1e-12) ||
    (Number.isFinite(delay) && delay >= keeps[station]! * (1 - 1e-12))
  );
}

/**
 * Requests of users that one waiting operation holds up: none where nobody waits for it, less than one where a request needs several,
 * since all of them are taken to arrive with the request.
 */
function heldUp({ conditions, streamRates }: Situation, sweeps: readonly Sweep[], station: number, pool: Pool): number {
  const { network } = conditions;
  let operations = 0;
  let requests = 0;
  for (const [i, stream] of network.streams.entries()) {
    const { visits, awaited, down } = sweeps[i]!;
    let own = 0;
    for (let node = 0; node < visits.length; node++) {
      if (stream.station[node] !== station) continue;
      const weight = pool.groups * pool.weight[stream.operation[node]!]!;
      const applied = stream.operation[node] === operation.write ? pool.groups * pool.applied : 0;
      operations += streamRates[i]! * visits[node]! * (weight + applied);
      own += awaited[node]! * weight;
    }
    requests += streamRates[i]! * Math.min(1, own) * (1 - down[0]!);
  }
  return operations > 0 ? Math.min(1, requests / operations) : 0;
}

/** Updates what leaves each station, how long it waits there, and what is dropped; true if that has changed. */
export function setServed(flows: readonly UnitFlow[], how: Treatment): boolean {
  let moved = false;
  const set = (values: Float64Array, place: number, value: number) => {
    if (!(Math.abs(value - values[place]!) <= 1e-10 * Math.max(1, Math.abs(value)))) moved = true;
    values[place] = value;
  };
  for (const [station, parts] of stationsWithQueues(flows, how))
    for (let kind = 0; kind < operationCount; kind++) {
      const place = station * operationCount + kind;
      let share = 0;
      let leaves = 0;
      let delay = 0;
      for (const { flow, part, pool } of parts) {
        const own = flow.unit.host === undefined ? pool.groups * pool.weight[kind]! : 1;
        share += own;
        leaves += own * part.leaves;
        if (own > 0) delay += own * flow.delay;
      }
      set(how.leaves, place, share > 0 ? leaves / share : 1);
      set(how.delays, place, share > 0 ? Math.min(delay / share, LONGEST) : 0);
    }
  return moved;
}

interface StationPart {
  readonly flow: UnitFlow;
  readonly part: PartFlow;
  readonly pool: Pool;
}

/** The parts of all stations that have a queue now, or had one in the round before. */
function stationsWithQueues(flows: readonly UnitFlow[], how: Treatment): ReadonlyMap<number, readonly StationPart[]> {
  const busy = new Set<number>();
  for (const { parts, queued } of flows)
    for (const { station } of parts) if (queued || isTouched(how, station)) busy.add(station);
  const found = new Map<number, StationPart[]>();
  if (busy.size === 0) return found;
  for (const flow of flows)
    for (const [i, part] of flow.parts.entries()) {
      if (!busy.has(part.station)) continue;
      const known = found.get(part.station) ?? [];
      known.push({ flow, part, pool: flow.unit.parts[i]!.pool });
      found.set(part.station, known);
    }
  return found;
}

function isTouched({ leaves, delays }: Treatment, station: number): boolean {
  for (let place = station * operationCount; place < (station + 1) * operationCount; place++)
    if (leaves[place] !== 1 || delays[place] !== 0) return true;
  return false;
}

/** A wait without end, in seconds. */
const LONGEST = 1e12;
