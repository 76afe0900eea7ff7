import { describe, expect, test } from 'vitest';
import { approximateMultiClass, linearizer, type MultiClassNetwork, solveMultiClass } from './index.ts';

function expectClose(actual: number | undefined, expected: number, tolerance: number) {
  expect(Math.abs(actual! - expected), `${actual} is not ${expected}`).toBeLessThanOrEqual(tolerance);
}

const queuesOf = (
  network: MultiClassNetwork,
  solve: (network: MultiClassNetwork) => { inSystem: readonly Float64Array[] } | undefined,
) => network.delays.map((_, k) => solve(network)!.inSystem.reduce((sum, queues) => sum + queues[k]!, 0));

describe('closed networks with several classes', () => {
  test('T-36: two interactive classes (Schwetman 1982)', () => {
    const metrics = solveMultiClass({
      classes: [
        { population: 15, thinkTime: 1, demands: [0.025] },
        { population: 5, thinkTime: 15, demands: [0.5] },
      ],
      delays: [false],
    })!;
    for (const [c, [rate, utilization, queue, response]] of (
      [
        [14.323, 0.358, 0.677, 0.047],
        [0.314, 0.157, 0.293, 0.934],
      ] as const
    ).entries()) {
      expectClose(metrics.throughputs[c], rate, 1e-3);
      expectClose(metrics.throughputs[c]! * [0.025, 0.5][c]!, utilization, 1e-3);
      expectClose(metrics.inSystem[c]![0], queue, 1e-3);
      expectClose(metrics.residences[c]![0], response, 1e-3);
    }
  });

  const batch: MultiClassNetwork = {
    classes: [
      { population: 10, thinkTime: 0, demands: [1, 0.09] },
      { population: 25, thinkTime: 30, demands: [0.1, 0.9] },
    ],
    delays: [false, false],
  };

  // The published approximations stop their iteration at 1 / (4000 + 16 N), ours at the fixed point: hence 1e-2 there.
  // Queues are per class: batch at the CPU, interactive at the CPU, batch at the disk, interactive at the disk.
  test.each([
    ['exact', solveMultiClass, [9.717, 0.8496, 0.2827, 2.09], 1e-3],
    // biome-ignore lint/suspicious/noApproximativeNumericConstant: the printed queue only happens to be like ln 10.
    ['Bard-Schweitzer', approximateMultiClass, [9.7047, 0.8385, 0.2953, 2.303], 1.2e-2],
    ['Linearizer', linearizer, [9.721, 0.8515, 0.2792, 2.055], 1e-2],
  ] as const)('T-37: batch and interactive, %s', (_, solve, expected, tolerance) => {
    const { inSystem } = solve(batch)!;
    expectClose(inSystem[0]![0], expected[0], tolerance);
    expectClose(inSystem[1]![0], expected[1], tolerance);
    expectClose(inSystem[0]![1], expected[2], tolerance);
    expectClose(inSystem[1]![1], expected[3], tolerance);
  });

  const chandy: MultiClassNetwork = {
    classes: [
      { population: 8, thinkTime: 0, demands: [8, 1] },
      { population: 1, thinkTime: 0, demands: [0, 1] },
    ],
    delays: [true, false],
  };

  test.each([
    ['exact', solveMultiClass, [5.227, 2.773]],
    ['Bard-Schweitzer', approximateMultiClass, [5.108, 2.892]],
    ['Linearizer', linearizer, [5.231, 2.769]],
  ] as const)('T-38: Chandy and Neuse, %s', (_, solve, expected) => {
    const { inSystem } = solve(chandy)!;
    expectClose(inSystem[0]![0], expected[0], 1e-3);
    expectClose(inSystem[0]![1], expected[1], 1e-3);
    expectClose(inSystem[1]![1], 1, 1e-3);
  });

  test('T-39: Zahorjan and Lazowska p. 138', () => {
    const metrics = solveMultiClass({
      classes: [
        { population: 1, thinkTime: 0, demands: [1, 3] },
        { population: 1, thinkTime: 0, demands: [2, 4] },
      ],
      delays: [false, false],
    })!;
    for (const [actual, expected] of [
      [metrics.inSystem[0]![0], 4 / 19],
      [metrics.inSystem[0]![1], 15 / 19],
      [metrics.inSystem[1]![0], 5 / 19],
      [metrics.inSystem[1]![1], 14 / 19],
      [metrics.residences[0]![0], 4 / 3],
      [metrics.residences[0]![1], 5],
      [metrics.residences[1]![0], 5 / 2],
      [metrics.residences[1]![1], 7],
      [metrics.throughputs[0], 3 / 19],
      [metrics.throughputs[1], 2 / 19],
    ] as const) {
      expectClose(actual, expected, 1e-12);
    }
  });

  test('nobody gets lost', () => {
    for (const solve of [solveMultiClass, approximateMultiClass, linearizer]) {
      const total = queuesOf(batch, solve).reduce((sum, queue) => sum + queue, 0);
      expectClose(total + 30 * solve(batch)!.throughputs[1]!, 35, 1e-6);
    }
  });

  test('refuses what would take too long', () => {
    const many = { population: 2000, thinkTime: 1, demands: [1] };
    expect(solveMultiClass({ classes: [many, many], delays: [false] })).toBeUndefined();
  });
});
