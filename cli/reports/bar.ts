/** Small bars of block characters, an eighth of a column fine. */
import type { Style } from '../terminal.ts';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of the given number of columns, filled to the fraction and no further than its end. */
export function bar(fraction: number, columns: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, fraction)) * columns * 8);
  const filled = '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!;
  return filled + '░'.repeat(columns - filled.length);
}

/** Red from saturation on, yellow from the 80 % at which queues start to grow fast, green below. */
export function loadStyle(utilization: number): Style {
  if (utilization >= 1) return 'red';
  return utilization >= 0.8 ? 'yellow' : 'green';
}
