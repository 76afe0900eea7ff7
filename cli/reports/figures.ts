/** Figures as short as tables want them. */
import { formatTime } from '../../model/index.ts';

const MICROSECOND = 1e-6;

/** A time; what is shorter than a microsecond is beyond what anything here can tell. */
export function shortTime(seconds: number): string {
  if (seconds === 0) return '0';
  return seconds < MICROSECOND ? '<1 µs' : formatTime(seconds);
}

/** `62%`, `<1%`. */
export function wholePercent(fraction: number): string {
  if (!Number.isFinite(fraction)) return '∞';
  return fraction > 0 && fraction < 0.005 ? '<1%' : `${Math.round(fraction * 100)}%`;
}
