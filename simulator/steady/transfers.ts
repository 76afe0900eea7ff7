/**
 * What moving the payload of a connection over the network takes. The transfers at a machine share its bandwidth evenly, as TCP makes them
 * do: one takes size / bandwidth / (1 - utilisation) on the mean, whatever the sizes (Roberts and Massoulié, "Bandwidth sharing and
 * admission control for elastic traffic", Telecommunication Systems 15, 2000). Both ends move the same bytes at the same time, so the
 * slower one decides.
 */
import type { Accuracy } from '../../model/index.ts';
import type { Network, Station } from '../network/network.ts';
import type { ResponseTime } from '../statistics/index.ts';
import { approximate } from './accuracy.ts';
import { linkRates } from './edges.ts';
import type { State } from './state.ts';

/** The transfer of one payload. */
export interface Transfer {
  /** Mean seconds; Infinity where more is to be moved than the network can. */
  readonly mean: number;
  /** Mean seconds where nothing else is moved. */
  readonly alone: number;
  /** Share of the bandwidth in use at the end that decides. */
  readonly utilization: number;
  /** With sizes that are exponential around their mean. */
  readonly tree: ResponseTime;
}

/** The transfers of a state by link; undefined where payload or bandwidth are not known. */
export function transfersOf(state: State): readonly (Transfer | undefined)[] {
  if (!hasTransfers(state.network)) return none;
  let found = foundByState.get(state);
  if (!found) {
    const ends = state.network.stations.map((station) => bandwidthUse(state, station));
    found = state.network.connections.map(({ payload, from, to }) =>
      payload === undefined || !(payload > 0) ? undefined : slower(payload, ends[from], ends[to]),
    );
    foundByState.set(state, found);
  }
  return found;
}

/** Mean seconds of a transfer along a link, if it has any; of a lone request with `idle`. */
export function transferMean(state: State, link: number, idle: boolean): number {
  const transfer = link < 0 ? undefined : transfersOf(state)[link];
  return transfer ? (idle ? transfer.alone : transfer.mean) : 0;
}

/** Mean seconds that a transfer holds a thread or a connection; that of a lone request where the network never gets done. */
export function transferHeld(state: State, link: number): number {
  const transfer = link < 0 ? undefined : transfersOf(state)[link];
  return transfer ? (Number.isFinite(transfer.mean) ? transfer.mean : transfer.alone) : 0;
}

/** A machine's part of what a station moves, and how fast it could. */
export interface BandwidthUse {
  /** Bytes per second of all machines together, by the payloads that are declared. */
  readonly bytes: number;
  /** Bytes per second that all machines together can move. */
  readonly available: number;
  /** Bytes per second of one machine. */
  readonly perMachine: number;
}

/** What a station moves; undefined where it declares no network. */
export function bandwidthUse(state: State, station: Station): BandwidthUse | undefined {
  const { network: perMachine, store, index } = station;
  if (perMachine === undefined) return undefined;
  const machines = state.replicas[index]! * (store?.shards ?? 1) * (1 + (store?.readReplicas ?? 0));
  return { bytes: bytesThrough(state, index), available: perMachine * machines, perMachine };
}

/** Bytes per second in and out of a station, by the payloads that are declared. */
export function bytesThrough(state: State, index: number): number {
  const { connections, linksFrom, linksTo } = state.network;
  const rates = linkRates(state);
  let bytes = 0;
  for (const links of [linksFrom[index]!, linksTo[index]!]) {
    for (const number of links) {
      const { payload } = connections[number]!;
      if (payload !== undefined && rates[number]! > 0) bytes += rates[number]! * payload;
    }
  }
  return bytes;
}

/** How far the times of the transfers along the edges that are reached can be trusted. */
export function transferAccuracy(state: State, links: Iterable<number>): readonly Accuracy[] {
  const transfers = transfersOf(state);
  for (const link of links)
    if (transfers[link] !== undefined)
      return [approximate('transfers share the network evenly, sizes are exponential')];
  return [];
}

/** True where transfers wait for each other so much that closed users would notice. */
export function hasCrowdedTransfers(state: State): boolean {
  return transfersOf(state).some((transfer) => transfer !== undefined && transfer.utilization > CROWDED);
}

/** Up to here the mean transfer is at most a quarter longer than alone. */
const CROWDED = 0.2;

const none: readonly undefined[] = [];
const foundByState = new WeakMap<State, readonly (Transfer | undefined)[]>();

/** True where the payload of some connection takes time to move. */
export function hasTransfers(network: Network): boolean {
  let known = knownByNetwork.get(network);
  if (known === undefined) {
    known = network.connections.some(
      ({ payload, from, to }) =>
        payload !== undefined &&
        payload > 0 &&
        (network.stations[from]!.network !== undefined || network.stations[to]!.network !== undefined),
    );
    knownByNetwork.set(network, known);
  }
  return known;
}

const knownByNetwork = new WeakMap<Network, boolean>();

function slower(payload: number, ...ends: readonly (BandwidthUse | undefined)[]): Transfer | undefined {
  let slowest: Transfer | undefined;
  for (const end of ends) {
    if (!end || !(end.perMachine > 0)) continue;
    const one = transferAt(payload, end);
    if (!slowest || one.mean > slowest.mean) slowest = one;
  }
  return slowest;
}

/** Two moments of M/M/1 under processor sharing (Coffman, Muntz and Trotter, J. ACM 17, 1970). */
function transferAt(payload: number, { bytes, available, perMachine }: BandwidthUse): Transfer {
  const alone = payload / perMachine;
  const utilization = bytes === 0 ? 0 : bytes / available;
  if (!(utilization < 1)) {
    const mean = Number.POSITIVE_INFINITY;
    return { mean, alone, utilization, tree: { kind: 'shift', seconds: mean } };
  }
  const mean = alone / (1 - utilization);
  return { mean, alone, utilization, tree: { kind: 'gamma', mean, scv: (2 + utilization) / (2 - utilization) } };
}
