import { expect, test } from 'vitest';
import type { CostLine } from '../../model/index.ts';
import { architecture, component, connect } from '../testing.ts';
import { costOf } from './cost.ts';

test('machines by the price list or their own price, stores with all their copies', () => {
  const { lines, perHour, unknown } = costOf(
    architecture({
      components: [
        component('users', 'u', { rate: 1 }),
        component('server', 'app', { replicas: 6, instance: 'm5.large', serviceTime: 0.01 }),
        component('database', 'db', { price: 0.5, readReplicas: 2, sharding: {}, 'sharding.shards': 4 }),
        component('server', 'other'),
        component('monitoring', 'watch'),
      ],
      connections: [connect('u', 'app'), connect('app', 'db', 'reads 1')],
    }),
  );
  expect(lines).toEqual([
    { path: 'app', perHour: expect.closeTo(0.576, 9), why: '6 × m5.large at $0.096/h', source: 'ec2-prices' },
    { path: 'db', perHour: 6, why: '12 × $0.5/h, as declared' },
  ]);
  expect(perHour).toBeCloseTo(6.576, 9);
  expect(unknown).toEqual(['other']);
});

test('a bill is for the mean load: autoscaled replicas and traffic', () => {
  const design = architecture({
    components: [
      component('users', 'u', { rate: 100, peak: 5 }),
      component('server', 'app', {
        replicas: [1, 20],
        autoscale: {},
        'autoscale.target': 0.5,
        price: 1,
        serviceTime: 0.01,
      }),
      component('cdn', 'edge', { provider: 'cloudfront', hitRatio: 1, pricePerGB: 0.1e-9 }),
    ],
    connections: [connect('u', 'app'), connect('u', 'edge', 'static 2', { payload: 50_000 })],
  });
  const { lines } = costOf(design);
  expect(line(lines, 'app')).toBeCloseTo(2, 9);
  // 200 files of 50 kB a second are 36 GB an hour; requests at $0.01 for 10 000.
  expect(line(lines, 'edge')).toBeCloseTo(36 * 0.1 + 200 * 3600 * 1e-6, 6);
});

test('a host is paid once, its parts not', () => {
  const { lines, unknown } = costOf(
    architecture({
      components: [
        component('host', 'box', { price: 2 }),
        component('server', 'box.app'),
        component('database', 'box.db'),
      ],
    }),
  );
  expect(lines.map(({ path, perHour }) => [path, perHour])).toEqual([['box', 2]]);
  expect(unknown).toEqual([]);
});

function line(lines: readonly CostLine[], path: string): number {
  return lines.filter((one) => one.path === path).reduce((sum, one) => sum + one.perHour, 0);
}
