/** The report of `loadpath reshard`, for people and as JSON, and its schema. */
import {
  type Architecture,
  digits,
  formatPercent,
  formatQuantity,
  formatRate,
  formatTime,
} from '../../../model/index.ts';
import { type Resharding, type ShardedState, shardingStrategies } from '../../../simulator/index.ts';
import type { Paint } from '../../terminal.ts';
import { wholePercent } from '../figures.ts';
import { JSON_VERSION, toJson } from '../json.ts';
import { count, figures, list, number, object, oneOf, report, seconds, text, UNITS, unbounded } from '../schema.ts';
import { cell, formatTable } from '../table.ts';

export interface ReshardReport {
  readonly architecture: Architecture;
  readonly resharding: Resharding;
  /** As the user named the file. */
  readonly file: string;
  readonly paint: Paint;
  readonly columns: number;
}

const COLUMNS = [
  { heading: 'STRATEGY' },
  { heading: 'KEYS MOVED', align: 'right' },
  { heading: 'DATA', align: 'right' },
  { heading: 'TIME', align: 'right' },
  { heading: 'LARGEST SHARD', align: 'right' },
] as const;

/** What moves by strategy, then what that means meanwhile and afterwards. */
export function formatResharding({ resharding, file, paint, columns: width }: ReshardReport): string {
  const { path, from, to, rate, strategies, load, before, after } = resharding;
  const rows = strategies.map(({ strategy, declared, moved, keys, bytes, seconds: time, largest }) => [
    cell(declared ? `${strategy} (declared)` : strategy, declared ? 'bold' : undefined),
    cell(keys === undefined ? formatPercent(moved) : `${formatPercent(moved)}, ${formatQuantity(keys, 'count')}`),
    cell(bytes === undefined ? '' : formatQuantity(bytes, 'data')),
    cell(time === undefined ? '' : formatTime(time)),
    cell(formatPercent(largest)),
  ]);
  const network =
    load.network === undefined ? '' : `, at most ${formatPercent(load.network)} of the network of a machine`;
  const lines = [
    `${paint('bold', `${path}: ${from} → ${to} shards`)}  ${paint('dim', file)}`,
    ...formatTable(COLUMNS, rows, { paint, width }),
    '',
    `Copying ${formatQuantity(rate, 'throughput')}: ${formatQuantity(load.sentByEach, 'throughput')} from each old shard, ${formatQuantity(load.receivedByEach, 'throughput')} to each that receives${network}.`,
    ...(load.doubleWrites > 0
      ? [`Until the switch, ${formatRate(load.doubleWrites)} writes go to both the old and the new shard.`]
      : []),
    `Busy ${stateText(before)} before, ${stateText(after)} after.`,
    ...(strategies[0]?.bytes === undefined
      ? [paint('dim', `How much data moves is not known: '${path}' has no 'size'.`)]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

function stateText({ utilization, saturatesAt }: ShardedState): string {
  const limit = Number.isFinite(saturatesAt) ? ` (saturates at ${digits(saturatesAt)}x the declared load)` : '';
  return `${utilization === undefined ? 'an unknown share' : wholePercent(utilization)}${limit}`;
}

/** The same as a document. */
export function reshardJson({ file, architecture, resharding }: ReshardReport): string {
  return toJson({ version: JSON_VERSION, command: 'reshard', file, title: architecture.title, ...resharding });
}

const state = object({
  'utilization?': unbounded('The highest of its resources at the declared peak load.'),
  saturatesAt: unbounded('Multiple of the declared load at which it saturates.'),
});

/** Schema of the document. */
export const reshardSchema = report('reshard', `What another number of shards takes. ${UNITS}`, {
  ...figures,
  path: text('The database.'),
  from: count('Shards before.'),
  to: count('Shards afterwards.'),
  rate: number('Bytes per second that are copied.'),
  strategies: list(
    object({
      strategy: oneOf(shardingStrategies, 'How the key decides the shard.'),
      declared: { type: 'boolean', description: 'Whether it is the declared one.' },
      moved: number('Share of the keys that change their shard.'),
      'keys?': number('Keys that do.'),
      'bytes?': number('Their data.'),
      'seconds?': seconds('At the copy rate'),
      largest: number('Share of the keys on the largest shard afterwards.'),
    }),
    'The declared one first.',
  ),
  load: object({
    sentByEach: number('Bytes per second from each shard that sends.'),
    receivedByEach: number('Bytes per second to each shard that receives.'),
    'network?': number('Fraction of the network of a machine that this is at most.'),
    doubleWrites: number('Writes per second that go to two shards until the switch.'),
  }),
  before: state,
  after: state,
});
