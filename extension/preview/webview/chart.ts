/** The shapes of small charts: steps that hold until the next value, in a box of one by one with the origin at its lower left. */

/** Width and height of the box that charts are drawn in; they are stretched to their place. */
export const BOX = { width: 1000, height: 100 } as const;

/** The largest finite value of all series; 1 where there is none above 0. */
export function topOf(...series: readonly (readonly number[])[]): number {
  let top = 0;
  for (const values of series) for (const value of values) if (Number.isFinite(value)) top = Math.max(top, value);
  return top > 0 ? top : 1;
}

/** The outline of a series as the `d` of a path; what is beyond the top is cut off there. */
export function stepPath(times: readonly number[], values: readonly number[], duration: number, top: number): string {
  const x = (time: number) => digits((Math.min(time, duration) / Math.max(duration, 1e-9)) * BOX.width);
  const y = (value: number) => digits(BOX.height * (1 - Math.min(1, Math.max(0, value / top))));
  const parts: string[] = [];
  for (const [i, time] of times.entries()) {
    const value = values[i] ?? 0;
    parts.push(`${i === 0 ? `M${x(time)} ` : `H${x(time)}V`}${y(value)}`);
  }
  return parts.length === 0 ? '' : `${parts.join('')}H${BOX.width}`;
}

/** The value of a series at a time. */
export function valueAt(times: readonly number[], values: readonly number[], at: number): number {
  const index = times.findLastIndex((time) => time <= at + 1e-9);
  return values[Math.max(0, index)] ?? 0;
}

function digits(value: number): string {
  return String(Math.round(value * 10) / 10);
}
