import { describe, expect, test } from 'vitest';
import { endlessVisits } from './endless-cycles.ts';

const ENDLESS = Number.POSITIVE_INFINITY;

describe('endlessVisits', () => {
  test('a node that calls itself twice, and what it leads to, get requests without end', () => {
    expect(
      visits(
        3,
        [
          [0, 0, 2],
          [0, 1, 1],
          [1, 2, 0.5],
        ],
        [1, 0, 0],
      ),
    ).toEqual([ENDLESS, ENDLESS, ENDLESS]);
  });

  test('what a limit of zero cuts off gets none', () => {
    expect(
      visits(
        3,
        [
          [0, 0, 2],
          [0, 1, 1],
        ],
        [1, 0, 0],
      ),
    ).toEqual([ENDLESS, ENDLESS, 0]);
  });

  test('what stands before the part that multiplies has visits as always', () => {
    // Node 0 calls itself half of the time, so it is visited twice for each request.
    expect(
      visits(
        3,
        [
          [0, 0, 0.5],
          [0, 1, 1],
          [1, 2, 1],
          [2, 1, 1],
        ],
        [3, 0, 0],
      ),
    ).toEqual([6, ENDLESS, ENDLESS]);
  });

  test('a part that multiplies, but that nothing reaches, does nothing', () => {
    expect(
      visits(
        2,
        [
          [1, 1, 5],
          [1, 0, 1],
        ],
        [4, 0],
      ),
    ).toEqual([4, 0]);
  });

  test('what is endless before it enters stays so', () => {
    expect(visits(2, [[0, 1, 0.1]], [ENDLESS, 1])).toEqual([ENDLESS, ENDLESS]);
  });
});

function visits(
  size: number,
  edges: readonly (readonly [from: number, to: number, weight: number])[],
  entering: readonly number[],
): readonly number[] {
  const weights = new Float64Array(size * size);
  for (const [from, to, weight] of edges) weights[to * size + from] = weight;
  return [...endlessVisits(weights, Float64Array.from(entering))];
}
