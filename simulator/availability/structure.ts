/**
 * What the answer to a request depends on, as an expression. Everything that it waits for is needed; a request that uses a component less
 * than once on average needs it with that probability, so that the loss of a store behind a cache loses the misses and not everything.
 * A router with health checks needs one of its targets, standbys that get no requests otherwise among them; one without loses
 * the share of a dead target. Of what happens asynchronously only the queue itself is needed, to take the message. Not needed are connections with `fallback`, caches
 * that have a store behind them, and CDNs whose clients can ask the origin. Static files belong to the request.
 *
 * What all targets of a router need in common is taken out of the choice: it is counted once.
 */
import { type Connection, type Path, word } from '../../model/index.ts';
import { mode, type Network, type Station, type Stream } from '../network/network.ts';
import { operation } from '../network/operation.ts';
import { isMissing } from '../network/passing.ts';
import type { State } from '../steady/state.ts';
import { edgeWeight, type Thinning } from '../steady/traffic.ts';
import { checksHealth } from './routers.ts';
import { standbyRoute } from './standbys.ts';

/** All of it is needed. */
export interface Needs {
  readonly stations: ReadonlyMap<number, Need>;
  readonly choices: ReadonlyMap<number, Choice>;
}

/** Mean uses of a station per request. */
export interface Need {
  readonly uses: number;
  /** Those that only the primary of a store can serve. */
  readonly writes: number;
}

/** A router that sends each request to one of its targets. */
export interface Choice {
  readonly router: number;
  readonly uses: number;
  /** True if dead targets are left out. */
  readonly healthy: boolean;
  readonly targets: readonly { readonly share: number; readonly needs: Needs }[];
}

/** What the requests of a stream need. */
export function needsOf(state: State, stream: Stream): Needs {
  return new NeedsBuilder(state.network, stream, state.thinning.hit).from(new Map([[0, 1]]));
}

class NeedsBuilder {
  private readonly thinning: Thinning;
  private readonly network: Network;
  private readonly stream: Stream;

  constructor(network: Network, stream: Stream, hit: Float64Array) {
    this.network = network;
    this.stream = stream;
    const ones = (count: number) => new Float64Array(count).fill(1);
    const accepted = ones(network.stations.length);
    this.thinning = { hit, admitted: accepted, accepted, passed: ones(network.connections.length) };
  }

  /** Follows requests that start at some nodes, as often as given, up to the next routers that choose. */
  from(starts: ReadonlyMap<number, number>): Needs {
    const { stream } = this;
    const uses = new Float64Array(stream.station.length);
    for (const [node, count] of starts) uses[node] = count;
    const stations = new Map<number, Need>();
    const choices = new Map<number, Choice>();
    const first = Math.min(...starts.keys());
    for (let node = first; node < uses.length; node++) {
      if (uses[node] === 0) continue;
      const station = this.network.stations[stream.station[node]!]!;
      if (!isSkippable(this.network, station)) addNeed(stations, station, stream.operation[node]!, uses[node]!);
      const targets = this.targetsOf(node);
      const standbys = targets.length > 0 ? this.standbysOf(node) : [];
      const choosing = targets.length + standbys.length > 1;
      if (choosing) addChoice(choices, this.choiceAt(node, station, uses[node]!, targets, standbys));
      for (const [target, weight] of this.callsOf(node, choosing)) {
        // A call back into a cycle needs what it needed before.
        if (target > node) uses[target] = uses[target]! + uses[node]! * weight;
      }
      this.addQueues(stations, node, uses[node]!);
    }
    return shareCommon(stations, choices);
  }

  /** Forwarding edges that carry something. */
  private targetsOf(node: number): readonly (readonly [target: number, share: number])[] {
    return this.edgesOf(node, (edge) => this.stream.mode[edge] === mode.forward);
  }

  /** What each of the targets needs that would get requests if those that get them now were dead. */
  private standbysOf(node: number): readonly Needs[] {
    const route = standbyRoute(this.network, this.stream, node);
    if (!route) return [];
    const other = new NeedsBuilder(route.network, route.stream, this.thinning.hit);
    const next = other.targetsOf(route.node).filter(([target]) => target > route.node);
    return [...next.map(([target]) => other.from(new Map([[target, 1]]))), ...other.standbysOf(route.node)];
  }

  private callsOf(node: number, choosing: boolean): readonly (readonly [target: number, weight: number])[] {
    return this.edgesOf(node, (edge) => {
      const how = this.stream.mode[edge];
      return how === mode.call || (how === mode.forward && !choosing);
    });
  }

  private edgesOf(node: number, takes: (edge: number) => boolean): readonly (readonly [number, number])[] {
    const { stream, network } = this;
    const found: (readonly [number, number])[] = [];
    for (let edge = stream.first[node]!; edge < stream.first[node + 1]!; edge++) {
      if (!takes(edge) || network.connections[stream.link[edge]!]?.fallback) continue;
      const weight = edgeWeight(stream, edge, stream.station[node]!, this.thinning);
      if (weight > 0) found.push([stream.target[edge]!, weight]);
    }
    return found;
  }

  private addQueues(stations: Map<number, Need>, node: number, uses: number): void {
    for (const [target, weight] of this.edgesOf(node, (edge) => this.stream.mode[edge] === mode.publish)) {
      const station = this.network.stations[this.stream.station[target]!]!;
      if (station.component.kind === 'queue') addNeed(stations, station, operation.message, uses * weight);
    }
  }

  private choiceAt(
    node: number,
    station: Station,
    uses: number,
    targets: readonly (readonly [number, number])[],
    standbys: readonly Needs[],
  ): Choice {
    const total = targets.reduce((sum, [, share]) => sum + share, 0);
    const live = targets
      .filter(([target]) => target > node)
      .map(([target, share]) => ({ share: share / total, needs: this.from(new Map([[target, 1]])) }));
    return {
      router: station.index,
      uses,
      healthy: checksHealth(station),
      targets: [...live, ...standbys.map((needs) => ({ share: 0, needs }))],
    };
  }
}

/** Caches with a store behind them and CDNs with a way around them can be gone. */
export function isSkippable(network: Network, { component, path }: Station): boolean {
  if (component.kind === 'users') return true;
  if (component.kind === 'cdn') return word(component, 'fallback') === 'origin';
  if (component.kind !== 'cache') return false;
  return missingFrom(network.architecture.connections).has(path);
}

/** Where connections for what is not found start. The index is made once for each list of connections. */
function missingFrom(connections: readonly Connection[]): ReadonlySet<Path> {
  let starts = missing.get(connections);
  if (!starts) {
    starts = new Set();
    for (const connection of connections) if (isMissing(connection)) starts.add(connection.from);
    missing.set(connections, starts);
  }
  return starts;
}

const missing = new WeakMap<readonly Connection[], Set<Path>>();

function addNeed(stations: Map<number, Need>, station: Station, kind: number, uses: number): void {
  const known = stations.get(station.index) ?? { uses: 0, writes: 0 };
  const reads = kind === operation.read || kind === operation.static;
  stations.set(station.index, { uses: known.uses + uses, writes: known.writes + (reads ? 0 : uses) });
}

function addChoice(choices: Map<number, Choice>, choice: Choice): void {
  const known = choices.get(choice.router);
  // The same router reached with another operation leads to the same targets.
  choices.set(choice.router, known ? { ...choice, uses: known.uses + choice.uses } : choice);
}

/** Moves what every target of a choice needs to the needs around it. */
function shareCommon(stations: Map<number, Need>, choices: Map<number, Choice>): Needs {
  const kept = new Map<number, Choice>();
  for (const choice of choices.values()) {
    const { common, rest } = split(choice);
    for (const [index, need] of common.stations) mergeNeed(stations, index, need, 1);
    for (const inner of common.choices) addChoice(kept, inner);
    if (rest.targets.length > 0) addChoice(kept, rest);
  }
  return { stations, choices: kept };
}

function mergeNeed(stations: Map<number, Need>, index: number, need: Need, factor: number): void {
  const known = stations.get(index) ?? { uses: 0, writes: 0 };
  stations.set(index, { uses: known.uses + factor * need.uses, writes: known.writes + factor * need.writes });
}

function split(choice: Choice) {
  const stations = new Map<number, Need>();
  const choices: Choice[] = [];
  const [first, ...others] = choice.targets;
  if (!first) return { common: { stations, choices }, rest: choice };
  const sharedStations = [...first.needs.stations.keys()].filter((index) =>
    others.every(({ needs }) => needs.stations.has(index)),
  );
  const sharedChoices = [...first.needs.choices.keys()].filter((index) =>
    others.every(({ needs }) => needs.choices.has(index)),
  );
  for (const index of sharedStations)
    for (const { share, needs } of choice.targets)
      mergeNeed(stations, index, needs.stations.get(index)!, choice.uses * share);
  for (const index of sharedChoices) {
    const uses = choice.targets.reduce((sum, { share, needs }) => sum + share * needs.choices.get(index)!.uses, 0);
    choices.push({ ...first.needs.choices.get(index)!, uses: choice.uses * uses });
  }
  const without = <T>(map: ReadonlyMap<number, T>, shared: readonly number[]) =>
    new Map([...map].filter(([index]) => !shared.includes(index)));
  const targets = choice.targets.map(({ share, needs }) => ({
    share,
    needs: { stations: without(needs.stations, sharedStations), choices: without(needs.choices, sharedChoices) },
  }));
  const empty = targets.every(({ needs }) => needs.stations.size === 0 && needs.choices.size === 0);
  return { common: { stations, choices }, rest: empty ? { ...choice, targets: [] } : { ...choice, targets } };
}
