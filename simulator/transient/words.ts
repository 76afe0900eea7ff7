/** How log entries of a playback name amounts and what autoscalers do. */
import { formatCount, formatMoment } from '../../model/index.ts';
import type { LogEntry } from './playback.ts';
import type { Scaling } from './world.ts';

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
