/** What it takes to give a database another number of shards: how much moves, how long that takes, what it costs meanwhile. */
import { type Architecture, amount, findInstance, indexByPath, type Path, word } from '../../model/index.ts';
import { bottlenecksOf } from '../capacity/bottlenecks.ts';
import { prepare } from '../network/prepare.ts';
import { withEdits } from '../remedies/apply-edits.ts';
import { solveNetwork } from '../steady/solve.ts';
import { largestShare, movedFraction, type ShardingStrategy, shardingStrategies } from './moved.ts';

export interface ReshardingOptions {
  /** Shards afterwards. */
  readonly to: number;
  /** Bytes per second that are copied, all shards together; 100 MB/s unless told otherwise, an assumption. */
  readonly rate?: number;
}

/** What one strategy moves. */
export interface StrategyCost {
  readonly strategy: ShardingStrategy;
  /** True for the one that is declared. */
  readonly declared: boolean;
  /** Share of the keys. */
  readonly moved: number;
  /** Keys and bytes, where `sharding.distinct` and `size` are declared. */
  readonly keys?: number;
  readonly bytes?: number;
  /** Seconds at the copy rate. */
  readonly seconds?: number;
  /** Share of the keys that the largest shard has afterwards. */
  readonly largest: number;
}

/** What the copying adds, with the declared strategy. */
export interface CopyLoad {
  /** Bytes per second that each old shard sends and each receiving shard gets. */
  readonly sentByEach: number;
  readonly receivedByEach: number;
  /** Fraction of a machine's network that the busier of the two is; absent where no bandwidth is known. */
  readonly network?: number;
  /** Writes per second that go to the old and to the new shard until the switch: those to keys that move. */
  readonly doubleWrites: number;
}

/** How busy the store is, and how many users it carries. */
export interface ShardedState {
  /** The highest utilisation of its resources at the declared peak load. */
  readonly utilization?: number;
  /** Multiple of the declared load at which it saturates. */
  readonly saturatesAt: number;
}

export interface Resharding {
  readonly path: Path;
  readonly from: number;
  readonly to: number;
  /** Bytes per second. */
  readonly rate: number;
  /** The declared strategy first. */
  readonly strategies: readonly StrategyCost[];
  readonly load: CopyLoad;
  readonly before: ShardedState;
  readonly after: ShardedState;
}

/** The plan to reshard a database. Undefined if there is no database of that path, or the numbers make no sense. Never throws. */
export function reshardingOf(
  architecture: Architecture,
  path: Path,
  options: ReshardingOptions,
): Resharding | undefined {
  const { to, rate = DEFAULT_RATE } = options;
  const store = indexByPath(architecture).get(path);
  if (store?.kind !== 'database' || !Number.isInteger(to) || to < 1 || !(rate > 0)) return undefined;
  const from = Math.max(1, Math.floor(amount(store, 'sharding.shards') ?? 1));
  const declared = strategyOf(word(store, 'sharding.strategy'));
  const size = amount(store, 'size');
  const keys = amount(store, 'sharding.distinct');
  const costs = shardingStrategies.map((strategy): StrategyCost => {
    const moved = movedFraction(strategy, from, to);
    return {
      strategy,
      declared: strategy === declared,
      moved,
      ...(keys === undefined ? {} : { keys: keys * moved }),
      ...(size === undefined ? {} : { bytes: size * moved, seconds: (size * moved) / rate }),
      largest: largestShare(strategy, from, to),
    };
  });
  const resharded = withEdits(architecture, [
    { type: 'setProperty', component: path, name: 'sharding.shards', value: String(to) },
  ]);
  const network = amount(store, 'network') ?? findInstance(word(store, 'instance') ?? '')?.network;
  const before = solveNetwork(prepare(architecture)).components.find((one) => one.path === path);
  const own = costs.find((cost) => cost.declared)!;
  const load = copyLoad(declared, from, to, rate);
  return {
    path,
    from,
    to,
    rate,
    strategies: costs.toSorted((a, b) => Number(b.declared) - Number(a.declared)),
    load: {
      ...load,
      ...(network === undefined || network <= 0
        ? {}
        : { network: Math.max(load.sentByEach, load.receivedByEach) / network }),
      doubleWrites: (before?.rates.writes ?? 0) * own.moved,
    },
    before: stateOf(architecture, path),
    after: stateOf(resharded, path),
  };
}

/** About 1 Gbit/s; an assumption. */
const DEFAULT_RATE = 100e6;

function strategyOf(name: string | undefined): ShardingStrategy {
  return shardingStrategies.find((strategy) => strategy === name) ?? 'hash';
}

/** With `modulo` every shard sends and gets; else the old ones send to the new ones, or the removed ones to those that stay. */
function copyLoad(strategy: ShardingStrategy, from: number, to: number, rate: number) {
  if (from === to) return { sentByEach: 0, receivedByEach: 0 };
  const growing = from < to;
  const senders = growing || strategy === 'modulo' ? from : from - to;
  const receivers = growing && strategy !== 'modulo' ? to - from : to;
  return { sentByEach: rate / senders, receivedByEach: rate / receivers };
}

function stateOf(architecture: Architecture, path: Path): ShardedState {
  const network = prepare(architecture);
  const utilization = solveNetwork(network).components.find((one) => one.path === path)?.utilization;
  const first = bottlenecksOf(network, { scale: 1, load: 'peak' }).find((one) => one.path === path);
  return {
    ...(utilization === undefined ? {} : { utilization }),
    saturatesAt: first?.scale ?? Number.POSITIVE_INFINITY,
  };
}
