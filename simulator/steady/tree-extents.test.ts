import fc from 'fast-check';
import { expect, test } from 'vitest';
import { momentsOf, noTime, type ResponseTime } from '../statistics/index.ts';
import { bounded, leavesOf, mixtureOf, repeatOf, sumOf } from './tree-algebra.ts';
import { boundedExtent, type Extent, extentOf, mixtureExtent, repeatExtent, sumExtent } from './tree-extents.ts';

/** An expression, and its extent by numbers alone. */
interface Both {
  readonly tree: ResponseTime;
  readonly extent: Extent;
}

const seconds = fc.integer({ min: 0, max: 1000 }).map((ms) => ms / 1000);
const leaf: fc.Arbitrary<ResponseTime> = fc.oneof(
  fc.constant(noTime),
  seconds.map((mean) => ({ kind: 'gamma', mean, scv: 0.5 }) as const),
  seconds.map((time) => ({ kind: 'shift', seconds: time }) as const),
  fc
    .integer({ min: 1, max: 90 })
    .map((load) => ({ kind: 'mmc', arrivalRate: load, serviceTime: 0.01, servers: 1 }) as const),
);
const { both } = fc.letrec<{ both: Both }>((tie) => ({
  both: fc.oneof(
    { maxDepth: 5 },
    leaf.map((tree) => ({ tree, extent: extentOf(tree) })),
    fc.array(tie('both'), { maxLength: 5 }).map((parts) => ({
      tree: sumOf(parts.map(({ tree }) => tree)),
      extent: sumExtent(parts.map(({ extent }) => extent)),
    })),
    fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), tie('both')), { maxLength: 4 }).map((branches) => ({
      tree: mixtureOf(branches.map(([weight, { tree }]) => ({ probability: weight / 8, of: tree }))),
      extent: mixtureExtent(branches.map(([weight, { extent }]) => ({ probability: weight / 8, of: extent }))),
    })),
    fc.tuple(fc.integer({ min: 1, max: 9 }), tie('both')).map(([quarters, { tree, extent }]) => ({
      tree: repeatOf(tree, quarters / 4),
      extent: repeatExtent(extent, quarters / 4),
    })),
  ),
}));

test('the extent of an expression follows from those of its parts', () => {
  fc.assert(
    fc.property(both, ({ tree, extent }) => {
      const { mass, mean, variance } = momentsOf(tree);
      expect(extent.mass).toBeCloseTo(mass, 12);
      expect(extent.mean).toBeCloseTo(mean, 9);
      expect(extent.variance).toBeCloseTo(variance, 9);
      // What takes no time counts nothing; such a branch of a mixture is a leaf.
      if (extent.leaves > 0) expect(extent.leaves).toBe(leavesOf(tree, 1e6));
      else expect(mean).toBe(0);
    }),
    { seed: 12, numRuns: 500 },
  );
});

test('a large expression keeps its moments alone', () => {
  const one: ResponseTime = { kind: 'gamma', mean: 0.1, scv: 2 };
  const parts = new Array<ResponseTime>(250).fill(one);
  const extent = boundedExtent(sumExtent(parts.map(extentOf)));
  const tree = bounded(sumOf(parts));
  expect(tree).toMatchObject({ kind: 'gamma', mean: expect.closeTo(25, 9), scv: expect.closeTo(2 / 250, 12) });
  expect(extent).toMatchObject({ leaves: 1, mass: 1, mean: expect.closeTo(25, 9), variance: expect.closeTo(5, 9) });
});
