/** Resharding by counting keys one by one, and by hand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { architecture, component, connect, type Properties } from '../testing.ts';
import { largestShare, movedFraction, shardingStrategies } from './moved.ts';
import { reshardingOf } from './resharding.ts';

const shards = fc.integer({ min: 1, max: 40 });

describe('keys that move', () => {
  test('from n to n + 1: n / (n + 1) by remainder, 1 / (n + 1) by consistent hashing, half a range by splitting one', () => {
    fc.assert(
      fc.property(shards, (n) => {
        expect(movedFraction('modulo', n, n + 1)).toBeCloseTo(n / (n + 1), 12);
        expect(movedFraction('hash', n, n + 1)).toBeCloseTo(1 / (n + 1), 12);
        expect(movedFraction('directory', n, n + 1)).toBeCloseTo(1 / (n + 1), 12);
        expect(movedFraction('range', n, n + 1)).toBeCloseTo(1 / (2 * n), 12);
      }),
    );
  });

  test('by remainder: counted key by key', () => {
    fc.assert(
      fc.property(shards, shards, (from, to) => {
        const period = from * to;
        let moved = 0;
        for (let key = 0; key < period; key++) if (key % from !== key % to) moved++;
        expect(movedFraction('modulo', from, to)).toBeCloseTo(moved / period, 12);
      }),
    );
  });

  test('nothing moves where nothing changes, never all of it, and by remainder at least as much as by hashing', () => {
    fc.assert(
      fc.property(shards, shards, (from, to) => {
        for (const strategy of shardingStrategies) {
          expect(movedFraction(strategy, from, from)).toBe(0);
          expect(movedFraction(strategy, from, to)).toBeGreaterThanOrEqual(0);
          expect(movedFraction(strategy, from, to)).toBeLessThan(1);
          expect(largestShare(strategy, from, to)).toBeGreaterThanOrEqual(1 / to - 1e-12);
        }
        expect(movedFraction('modulo', from, to)).toBeGreaterThanOrEqual(movedFraction('hash', from, to) - 1e-12);
      }),
    );
  });

  test('doubling moves half, whatever the strategy', () => {
    for (const strategy of shardingStrategies) expect(movedFraction(strategy, 4, 8)).toBeCloseTo(0.5, 12);
  });
});

describe('a database', () => {
  const shop = (more: Properties = {}) =>
    architecture({
      components: [
        component('users', 'people', { rate: 100 }),
        component('database', 'posts', {
          readTime: 0.01,
          writeTime: 0.01,
          size: 1e12,
          network: 1e9,
          sharding: {},
          'sharding.shards': 4,
          'sharding.distinct': 5e6,
          ...more,
        }),
      ],
      connections: [connect('people', 'posts', 'reads 1, writes 1')],
    });

  test('four shards become eight: half a terabyte at 100 MB/s', () => {
    const plan = reshardingOf(shop(), 'posts', { to: 8 })!;
    expect(plan.strategies[0]).toMatchObject({
      strategy: 'hash',
      declared: true,
      moved: 0.5,
      keys: 2.5e6,
      bytes: 5e11,
      seconds: 5000,
    });
    // 100 MB/s from four to four; half of the 100 writes per second twice.
    expect(plan.load).toMatchObject({ sentByEach: 25e6, receivedByEach: 25e6, network: 0.025, doubleWrites: 50 });
    // 200 operations × 10 ms on 4 and on 8 machines.
    expect(plan.before.utilization).toBeCloseTo(0.5, 9);
    expect(plan.after.utilization).toBeCloseTo(0.25, 9);
    expect(plan.after.saturatesAt).toBeCloseTo(4, 9);
  });

  test('by remainder everybody sends and gets', () => {
    const plan = reshardingOf(shop({ 'sharding.strategy': 'modulo' }), 'posts', { to: 5, rate: 200e6 })!;
    expect(plan.strategies[0]).toMatchObject({ strategy: 'modulo', moved: 0.8, seconds: 4000 });
    expect(plan.load).toMatchObject({ sentByEach: 50e6, receivedByEach: 40e6, doubleWrites: 80 });
  });

  test('what is not declared is not made up', () => {
    const one = architecture({ components: [component('database', 'posts')] });
    const plan = reshardingOf(one, 'posts', { to: 2 })!;
    expect(plan).toMatchObject({ from: 1, to: 2 });
    expect(plan.strategies[0]).not.toHaveProperty('bytes');
    expect(plan.strategies[0]).not.toHaveProperty('keys');
    expect(plan.load).not.toHaveProperty('network');
    expect(reshardingOf(one, 'gone', { to: 2 })).toBe(undefined);
    expect(reshardingOf(one, 'posts', { to: 1.5 })).toBe(undefined);
  });
});
