/** What users and owners notice while a scenario is played, written down when it begins and when it ends. */
import { digits, formatPercent, formatTime } from '../../model/index.ts';
import { queuesBefore } from './flows.ts';
import type { Frame } from './player.ts';
import { tell } from './world.ts';

/** Looks at every frame; what it notices goes to the log. */
export function createWatcher(): (frame: Frame) => void {
  const full = new Set<number>();
  const late = new Set<number>();
  const tried = new Set<number>();
  let failing = false;
  return (frame) => {
    noticeBacklogs(frame, full);
    noticeCalls(frame, late, tried);
    const errors = frame.offered > 0 ? frame.failing / frame.offered : 0;
    if (errors > NOTICEABLE && !failing) tell(frame.world, 'harm', `${formatPercent(errors)} of the requests fail`);
    if (errors <= NOTICEABLE && failing) tell(frame.world, 'reaction', 'no request fails any more');
    failing = errors > NOTICEABLE;
  };
}

/** Fewer failures than this are what a bounded queue turns away on a usual day. */
const NOTICEABLE = 1e-3;
/** Share of late calls from which on it is told. */
const MANY = 0.01;
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

function noticeCalls(frame: Frame, late: Set<number>, tried: Set<number>): void {
  const { flows, world, conditions } = frame;
  const { network } = conditions;
  const isLate = new Set<number>();
  const tries = new Map<number, number>();
  for (const [i, stream] of network.streams.entries()) {
    if (frame.offered === 0) break;
    for (let edge = 0; edge < stream.target.length; edge++) {
      const link = stream.link[edge]!;
      if (link < 0) continue;
      const to = network.connections[link]!.to;
      const share = flows.sweeps[i]!.late[edge]!;
      if (share > MANY) {
        isLate.add(to);
        if (!late.has(to)) {
          const path = network.stations[to]!.path;
          const after = formatTime(network.connections[link]!.patience!.timeout);
          const how = share > 1 - MANY ? 'calls' : `${formatPercent(share)} of the calls`;
          tell(world, 'harm', `${how} to '${path}' are given up after ${after}, though it still does them`, path);
        }
        late.add(to);
      }
      const times = flows.sweeps[i]!.tries[edge]!;
      if (times > 1 + NOTICEABLE * 10) tries.set(to, Math.max(times, tries.get(to) ?? 0));
    }
  }
  for (const to of late) {
    if (isLate.has(to)) continue;
    late.delete(to);
    tell(world, 'reaction', `'${network.stations[to]!.path}' answers in time again`, network.stations[to]!.path);
  }
  for (const [to, times] of tries) {
    if (tried.has(to)) continue;
    tried.add(to);
    const path = network.stations[to]!.path;
    tell(world, 'harm', `calls to '${path}' fail and are tried again: ${digits(times)} attempts for each`, path);
  }
  for (const to of [...tried]) if (!tries.has(to)) tried.delete(to);
}
