/** What users and owners notice while a scenario is played, written down when it begins and when it ends. */
import { digits, formatPercent, formatTime } from '../../model/index.ts';
import { queuesBefore } from './flows.ts';
import type { Frame } from './player.ts';
import { tell } from './world.ts';

/** Looks at every frame; what it notices goes to the log. */
export function createWatcher(): (frame: Frame) => void {
  const full = new Set<number>();
  const late = new Map<number, number>();
  const tried = new Map<number, number>();
  let failing = 0;
  return (frame) => {
    noticeBacklogs(frame, full);
    noticeCalls(frame, late, tried);
    const errors = frame.offered > 0 ? frame.failing / frame.offered : 0;
    const level = levelOf(errors, ERRORS);
    if (level > failing) tell(frame.world, 'harm', `${formatPercent(errors)} of the requests fail`);
    if (level === 0 && failing > 0) tell(frame.world, 'reaction', 'no request fails any more');
    failing = level;
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

function noticeCalls(frame: Frame, late: Map<number, number>, tried: Map<number, number>): void {
  const { world, conditions } = frame;
  const { network } = conditions;
  const pathOf = (to: number) => network.stations[to]!.path;
  const calls = callsTo(frame);
  for (const [to, { share, tries, timeout }] of calls) {
    const path = pathOf(to);
    if (rises(late, to, levelOf(share, LATE))) {
      const how = share > LATE.at(-1)! ? 'calls' : `${formatPercent(share)} of the calls`;
      tell(
        world,
        'harm',
        `${how} to '${path}' are given up after ${formatTime(timeout)}, though it still does them`,
        path,
      );
    }
    if (rises(tried, to, levelOf(tries, TRIES)))
      tell(world, 'harm', `calls to '${path}' fail and are tried again: ${digits(tries)} attempts for each`, path);
  }
  for (const to of [...late.keys()]) {
    if ((calls.get(to)?.share ?? 0) > LATE[0]!) continue;
    late.delete(to);
    tell(world, 'reaction', `'${pathOf(to)}' answers in time again`, pathOf(to));
  }
  for (const to of [...tried.keys()]) if ((calls.get(to)?.tries ?? 1) <= TRIES[0]!) tried.delete(to);
}

/** True if a level is higher than any since it was last 0. */
function rises(levels: Map<number, number>, key: number, level: number): boolean {
  if (level <= (levels.get(key) ?? 0)) return false;
  levels.set(key, level);
  return true;
}

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
