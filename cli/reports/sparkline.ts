/** Small charts of one line: a block character for each part of the time. */

const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** What stands for a part of the time in which there are several values. */
export type Pick = 'most' | 'least';

/** A series whose values hold from their time to the next. */
export interface Series {
  readonly times: readonly number[];
  readonly values: readonly number[];
  readonly duration: number;
}

/** So many values, each the largest or smallest of its part of the time. */
export function sampled({ times, values, duration }: Series, columns: number, pick: Pick): readonly number[] {
  const choose = pick === 'most' ? Math.max : Math.min;
  let first = 0;
  return Array.from({ length: columns }, (_, column) => {
    const from = (column * duration) / columns;
    const to = ((column + 1) * duration) / columns;
    while (first + 1 < times.length && times[first + 1]! <= from) first++;
    let found = values[first] ?? 0;
    for (let i = first + 1; i < times.length && times[i]! < to; i++) found = choose(found, values[i]!);
    return found;
  });
}

/** The series as blocks from 0 to `top`, its own largest finite value unless told otherwise. What is beyond fills its column. */
export function sparkline(series: Series, columns: number, pick: Pick, top?: number): string {
  const values = sampled(series, columns, pick);
  const most = top ?? Math.max(0, ...series.values.filter(Number.isFinite));
  return values
    .map((value) => {
      if (!(value > 0)) return BLOCKS[0]!;
      const share = Number.isFinite(value) && most > 0 ? value / most : 1;
      return BLOCKS[Math.min(BLOCKS.length - 1, Math.max(0, Math.ceil(share * BLOCKS.length) - 1))]!;
    })
    .join('');
}
