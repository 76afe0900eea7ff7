/** Differences by hand. */
import { describe, expect, test } from 'vitest';
import { architecture, component, connect, type Parts, type Properties, request, requirement } from '../testing.ts';
import { differenceOf, isRegression } from './difference.ts';

const parts = (app: Properties = {}): Parts => ({
  components: [
    component('users', 'people', { population: 1000, requests: 0.05 }),
    component('server', 'app', { serviceTime: 0.01, replicas: 1, price: 1, ...app }),
  ],
  connections: [connect('people', 'app')],
  requirements: [requirement('p99', '<', 0.1)],
});
const base = () => architecture(parts());

/** Figures that differ, by name. */
function moved(difference: ReturnType<typeof differenceOf>) {
  return Object.fromEntries(
    difference.figures
      .filter(({ trend }) => trend !== 'same')
      .map(({ figure, request: name, trend }) => [name ? `${figure} of ${name}` : figure, trend]),
  );
}

test('an architecture does not differ from itself', () => {
  const { changes, figures, promises } = differenceOf(base(), base());
  expect(changes).toEqual([]);
  expect(figures.every(({ trend }) => trend === 'same')).toBe(true);
  expect(promises.map(({ trend }) => trend)).toEqual(['same']);
});

test('the order of declaration is no difference', () => {
  const { components = [], ...rest } = parts();
  expect(differenceOf(base(), architecture({ ...rest, components: components.toReversed() })).changes).toEqual([]);
});

test('a second server: capacity and availability up, response times down, twice the cost', () => {
  const difference = differenceOf(base(), architecture(parts({ replicas: 2 })));
  expect(difference.changes).toMatchObject([
    {
      what: 'component',
      change: 'changed',
      name: 'app',
      properties: [{ name: 'replicas', before: { amount: 1 }, after: { amount: 2 } }],
    },
  ]);
  expect(moved(difference)).toEqual({
    capacity: 'better',
    p50: 'better',
    p99: 'better',
    availability: 'better',
    cost: 'worse',
  });
  const capacity = difference.figures.find(({ figure }) => figure === 'capacity')!;
  // M/M/1: p99 = ln(100) × 10 ms / (1 − ρ) < 100 ms up to ρ = 0.539, that is 1,079 users of 0.05/s for each server.
  expect(capacity.before).toBeCloseTo(2000 * (1 - Math.log(100) / 10), 1);
  expect(capacity.after! / capacity.before!).toBeCloseTo(2, 4);
  expect(difference.figures.some(isRegression)).toBe(false);
});

describe('promises', () => {
  test('one that held and does not any more is broken, and the other way round kept', () => {
    const slow = architecture(parts({ serviceTime: 0.019 }));
    expect(differenceOf(base(), slow).promises).toMatchObject([{ subject: 'p99', trend: 'broken' }]);
    expect(differenceOf(slow, base()).promises).toMatchObject([{ subject: 'p99', trend: 'kept' }]);
    expect(
      differenceOf(base(), slow)
        .figures.filter(isRegression)
        .map(({ figure }) => figure),
    ).toContain('p99');
  });

  test('a new one that does not hold is broken, a removed one is removed', () => {
    const strict = { ...parts(), requirements: [requirement('p99', '<', 0.1), requirement('mean', '<', 0.001)] };
    const trends = (a: Parts, b: Parts) =>
      differenceOf(architecture(a), architecture(b)).promises.map(({ subject, trend }) => [subject, trend]);
    expect(trends(parts(), strict)).toEqual([
      ['p99', 'same'],
      ['mean', 'broken'],
    ]);
    expect(trends(strict, parts())).toEqual([
      ['p99', 'same'],
      ['mean', 'removed'],
    ]);
  });

  test('another limit is a change of the same promise', () => {
    const { changes } = differenceOf(
      base(),
      architecture({ ...parts(), requirements: [requirement('p99', '<', 0.2)] }),
    );
    expect(changes).toMatchObject([
      {
        what: 'requirement',
        name: 'p99',
        properties: [{ name: 'limit', before: { amount: 0.1 }, after: { amount: 0.2 } }],
      },
    ]);
  });
});

test('what is added, removed and rewired', () => {
  const after = architecture({
    components: [
      ...parts().components!,
      component('database', 'posts', { readTime: 0.001, failover: {}, 'failover.time': 30 }),
    ],
    connections: [connect('people', 'app', 'calls 2'), connect('app', 'posts', 'reads 3')],
    requests: [request('upload', 0.05, [], { app: { serviceTime: 0.3 } })],
  });
  const list = (difference: ReturnType<typeof differenceOf>) =>
    difference.changes.map(({ what, change, name, properties }) => [
      `${change} ${what} ${name}`,
      properties.map((property) => property.name).join(' '),
    ]);
  expect(list(differenceOf(base(), after))).toEqual([
    ['added component posts', 'kind readTime failover.time'],
    ['changed connection people -> app', 'calls'],
    ['added connection app -> posts', 'reads'],
    ['added request upload', 'share app.serviceTime'],
    ['removed requirement p99', 'operator limit'],
  ]);
  expect(list(differenceOf(after, base()))[0]).toEqual(['removed component posts', 'kind readTime failover.time']);
});
