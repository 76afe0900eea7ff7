import { describe, expect, it } from 'vitest';
import { findRoute } from './route.ts';

const from = [{ x: 100, y: 50, side: 'right' as const }];
const to = [{ x: 300, y: 50, side: 'left' as const }];

describe('findRoute', () => {
  it('is straight where nothing is in the way', () => {
    expect(findRoute({ from, to, obstacles: [], lines: [] })).toEqual([
      { x: 100, y: 50 },
      { x: 300, y: 50 },
    ]);
  });

  it('goes around an obstacle the shorter way', () => {
    const obstacles = [{ x: 150, y: 30, width: 80, height: 200 }];
    expect(findRoute({ from, to, obstacles, lines: [] })).toEqual([
      { x: 100, y: 50 },
      { x: 112, y: 50 },
      { x: 112, y: 30 },
      { x: 230, y: 30 },
      { x: 230, y: 50 },
      { x: 300, y: 50 },
    ]);
  });

  it('does not run along another line', () => {
    const lines = [
      [
        { x: 120, y: 52 },
        { x: 280, y: 52 },
      ],
    ];
    const obstacles = [{ x: 150, y: 100, width: 80, height: 20 }];
    const points = findRoute({ from, to, obstacles, lines });
    expect(points.some(({ y }) => y === 100)).toBe(true);
  });

  it('chooses the sides that are nearest', () => {
    const sides = (x: number, y: number) => [
      { x, y, side: 'left' as const },
      { x: x + 100, y, side: 'right' as const },
    ];
    expect(findRoute({ from: sides(0, 0), to: sides(200, 0), obstacles: [], lines: [] })).toEqual([
      { x: 100, y: 0 },
      { x: 200, y: 0 },
    ]);
  });

  it('goes straight through when there is no way around', () => {
    const walls = [
      { x: 105, y: -5000, width: 20, height: 10_000 },
      { x: 270, y: -5000, width: 25, height: 10_000 },
    ];
    const points = findRoute({ from, to, obstacles: walls, lines: [] });
    expect(points[0]).toEqual({ x: 100, y: 50 });
    expect(points.at(-1)).toEqual({ x: 300, y: 50 });
  });
});
