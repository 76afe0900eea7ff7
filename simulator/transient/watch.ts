/** What users and owners notice while a scenario is played, written down when it begins and when it ends. */
import { digits, formatPercent, formatTime } from '../../model/index.ts';
import { queuesBefore } from './flows.ts';
import type { LogEntry } from './playback.ts';
import type { Frame } from './player.ts';
import { tell, type World } from './world.ts';

/** Looks at every frame; what it notices goes to the log. */
export function createWatcher(): (frame: Frame) => void {
  const full = new Set<number>();
  const late: Levels = new Map();
  const tried: Levels = new Map();
  const errors: Levels = new Map();
  return (frame) => {
    noticeBacklogs(frame, full);
    noticeCalls(frame, late, tried);
    const share = frame.offered > 0 ? frame.failing / frame.offered : 0;
    const level = levelOf(share, ERRORS);
    rises(frame.world, errors, 0, level, () => `${formatPercent(share)} of the requests fail`);
    if (level === 0 && errors.delete(0)) tell(frame.world, 'reaction', 'no request fails any more');
  };
}

/** What is worth telling when it is exceeded; fewer errors are what a bounded queue turns away on a usual day. */
const ERRORS = [0.001, 0.1, 0.5, 0.9];
/** Shares of late calls, and attempts for each call, that are worth telling. */
const LATE = [0.01, 0.5, 0.99];
const TRIES = [1.05, 1.5, 2.5];

/** How many steps a value has exceeded. */
function levelOf(value: number, steps: readonly number[]): number {
  return steps.filter((step) => value > step).length;
}

/** Backlogs below this many seconds of work pass unnoticed. */
const SHORT = 1e-3;

function noticeBacklogs({ flows, world }: Frame, full: Set<number>): void {
  const { stations } = world.network;
  for (const { parts, queued, unit, work, delay } of flows.units) {
    const [first] = parts;
    if (!first) continue;
    const overloaded = queued && work > unit.servers && parts.some(({ grows }) => grows > 0);
    const [queue] = queuesBefore(world.network, first.station);
    const path = stations[queue ?? first.station]!.path;
    if (overloaded && !full.has(first.slot)) {
      full.add(first.slot);
      const of = stations[first.station]!.path;
      const by = unit.servers > 0 ? ` (${formatPercent(work / unit.servers)} of it)` : '';
      const text =
        queue === undefined
          ? `'${of}' is asked for more than it can do${by}`
          : `messages pile up in '${path}': '${of}' cannot take them all${by}`;
      tell(world, 'harm', text, path);
    } else if (!queued && full.has(first.slot) && delay < SHORT) {
      full.delete(first.slot);
      tell(world, 'reaction', `what waited at '${path}' is done`, path);
    }
  }
}

function noticeCalls(frame: Frame, late: Levels, tried: Levels): void {
  const { world, conditions } = frame;
  const { network } = conditions;
  const pathOf = (to: number) => network.stations[to]!.path;
  const calls = callsTo(frame);
  for (const [to, { share, tries, timeout }] of calls) {
    const path = pathOf(to);
    rises(
      world,
      late,
      to,
      levelOf(share, LATE),
      () => {
        const how = share > LATE.at(-1)! ? 'calls' : `${formatPercent(share)} of the calls`;
        return `${how} to '${path}' are given up after ${formatTime(timeout)}, though it still does them`;
      },
      path,
    );
    const again = () => `calls to '${path}' fail and are tried again: ${digits(tries)} attempts for each`;
    rises(world, tried, to, levelOf(tries, TRIES), again, path);
  }
  for (const to of [...late.keys()]) {
    if ((calls.get(to)?.share ?? 0) > LATE[0]!) continue;
    late.delete(to);
    tell(world, 'reaction', `'${pathOf(to)}' answers in time again`, pathOf(to));
  }
  for (const to of [...tried.keys()]) if ((calls.get(to)?.tries ?? 1) <= TRIES[0]!) tried.delete(to);
}

/** What has been told of something, by its number: the level it had then, and the entry. */
type Levels = Map<number, { readonly level: number; readonly entry: LogEntry }>;

/** Tells of a level that is higher than any since it was last 0. What was told within a second before was only on the way there. */
function rises(world: World, levels: Levels, key: number, level: number, text: () => string, path?: string): void {
  const known = levels.get(key);
  if (level <= (known?.level ?? 0)) return;
  if (known && world.now - known.entry.at < PASSING) world.log.splice(world.log.indexOf(known.entry), 1);
  levels.set(key, { level, entry: tell(world, 'harm', text(), path) });
}

/** Seconds. */
const PASSING = 1;

interface CallsTo {
  /** The largest share of late attempts, and the most attempts, of all who call it. */
  readonly share: number;
  readonly tries: number;
  readonly timeout: number;
}

/** The calls to each station that has impatient callers. */
function callsTo({ flows, conditions, offered }: Frame): ReadonlyMap<number, CallsTo> {
  const { network } = conditions;
  const found = new Map<number, CallsTo>();
  if (offered === 0) return found;
  for (const [i, stream] of network.streams.entries())
    for (let edge = 0; edge < stream.target.length; edge++) {
      const link = network.connections[stream.link[edge]!];
      if (!link?.patience) continue;
      const { late, tries } = flows.sweeps[i]!;
      const known = found.get(link.to);
      found.set(link.to, {
        share: Math.max(late[edge]!, known?.share ?? 0),
        tries: Math.max(tries[edge]!, known?.tries ?? 1),
        timeout: link.patience.timeout,
      });
    }
  return found;
}
