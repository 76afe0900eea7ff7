/** What is said about the trust in rates, utilisations and capacities, beside that in times. */
import { describe, expect, test } from 'vitest';
import { capacityOf } from '../capacity/capacity.ts';
import { architecture, component, connect, type Properties } from '../testing.ts';
import { solve } from './solve.ts';

function tiers(users: Properties, app: Properties, store: Properties = {}) {
  return architecture({
    components: [
      component('users', 'u', users),
      component('server', 'app', { serviceTime: 0.01, ...app }),
      component('database', 'db', { serviceTime: 0.004, ...store }),
    ],
    connections: [connect('u', 'app'), connect('app', 'db', 'calls 2')],
  });
}

describe('rates and utilisations', () => {
  test('are exact where only waits are approximate, and so is the load at which a core is used up', () => {
    const design = tiers({ rate: 50 }, { variability: 3 });
    const { components, accuracy, loadAccuracy } = solve(design);
    expect(accuracy.kind).toBe('approximate');
    expect(loadAccuracy).toEqual({ kind: 'exact' });
    const app = components.find(({ path }) => path === 'app')!;
    expect(app.utilization).toBeCloseTo(0.5, 12);
    expect(app.loadAccuracy).toEqual({ kind: 'exact' });
    const { scale, accuracy: of } = capacityOf(design);
    expect([scale, of]).toEqual([2, { kind: 'exact' }]);
  });

  test('are as good as the waits where users wait before they ask again', () => {
    const { loadAccuracy } = solve(tiers({ population: 30, thinkTime: 0.2 }, { variability: 3 }));
    expect(loadAccuracy.kind).toBe('approximate');
  });

  test('and where requests are refused', () => {
    const { loadAccuracy } = solve(tiers({ rate: 90 }, { variability: 3, maxQueue: 4 }));
    expect(loadAccuracy.kind).toBe('approximate');
  });

  test('of a station without a service time say so, and so does a capacity that it may limit', () => {
    const design = architecture({
      components: [
        component('users', 'u', { rate: 50 }),
        component('server', 'app', { serviceTime: 0.01 }),
        component('server', 'other'),
      ],
      connections: [connect('u', 'app'), connect('app', 'other')],
    });
    const { components, loadAccuracy } = solve(design);
    expect(loadAccuracy).toEqual({ kind: 'exact' });
    const other = components.find(({ path }) => path === 'other')!;
    const unknown = { kind: 'approximate', why: "no service time known for 'other'" };
    expect(other.loadAccuracy).toEqual(unknown);
    expect(capacityOf(design).accuracy).toEqual(unknown);
  });

  test('follow hit ratios that are estimated', () => {
    const design = architecture({
      components: [
        component('users', 'u', { rate: 50 }),
        component('server', 'app', { serviceTime: 0.01 }),
        component('cache', 'c', { serviceTime: 0.001, items: 1000, itemSize: 1000, memory: 200_000 }),
        component('database', 'db', { serviceTime: 0.004 }),
      ],
      connections: [connect('u', 'app'), connect('app', 'c', 'reads 1'), connect('c', 'db', 'misses')],
    });
    expect(solve(design).loadAccuracy).toMatchObject({ kind: 'approximate', error: 0.01 });
  });
});
