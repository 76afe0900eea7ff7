/** How log entries of a playback name times, amounts and components. */
import { formatCount } from '../../model/index.ts';
import type { LogEntry } from './playback.ts';
import type { Scaling } from './world.ts';

/** `5 min 30 s`, `2 h`, `90 ms`: whole units, at most two of them. */
export function formatMoment(seconds: number): string {
  if (!Number.isFinite(seconds)) return '∞';
  if (seconds === 0) return '0 s';
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  let rest = Math.round(seconds);
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join(' ');
}

const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
];

/** `1 request`, `1,234 requests`; what is less than one is one. */
export function counted(count: number, one: string, many = `${one}s`): string {
  const whole = Math.max(1, Math.round(count));
  return `${formatCount(whole)} ${whole === 1 ? one : many}`;
}

/** What autoscalers do, in words: decisions in the same direction that follow each other closely are told as one. */
export function scalingEntries(scalings: readonly Scaling[]): readonly LogEntry[] {
  const runs: Scaling[][] = [];
  const open = new Map<string, Scaling[]>();
  for (const scaling of scalings) {
    const run = open.get(scaling.path);
    const last = run?.at(-1);
    const goesOn =
      last &&
      Math.sign(last.to - last.from) === Math.sign(scaling.to - scaling.from) &&
      scaling.at - last.at <= FOLLOWS * Math.max(last.rest, last.boot, 60);
    if (run && goesOn) run.push(scaling);
    else {
      const next = [scaling];
      open.set(scaling.path, next);
      runs.push(next);
    }
  }
  return runs.flatMap((run) => (run.length > LONG_RUN ? [runEntry(run)] : run.flatMap(stepEntries)));
}

/** Decisions that are this many cooldowns apart follow each other. */
const FOLLOWS = 4;
/** Runs of at most so many decisions are told one by one. */
const LONG_RUN = 3;

function runEntry(run: readonly Scaling[]): LogEntry {
  const [first, last] = [run[0]!, run.at(-1)!];
  const until = formatMoment(last.at + last.boot);
  const text = `'${first.path}' scales from ${first.from} to ${last.to} in ${run.length} steps, the last at ${until}`;
  return { at: first.at, kind: 'reaction', text, path: first.path };
}

function stepEntries({ at, path, from, to, boot }: Scaling): readonly LogEntry[] {
  const count = to - from;
  if (count < 0) return [{ at, kind: 'reaction', text: `'${path}' scales down from ${from} to ${to}`, path }];
  const serve = count === 1 ? 'serves' : 'serve';
  return [
    { at, kind: 'reaction', text: `'${path}' scales from ${from} to ${to}, ready in ${formatMoment(boot)}`, path },
    { at: at + boot, kind: 'reaction', text: `${formatCount(count)} more of '${path}' ${serve}`, path },
  ];
}
