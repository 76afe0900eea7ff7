/** The inputs of an explanation give the figure again. */
import { describe, expect, test } from 'vitest';
import { analyze, explain } from '../index.ts';
import { architecture, component, connect, type Parts, request, requirement } from '../testing.ts';
import { type ExplainedFigure, type Explanation, evaluate, explainedFigures } from './explanation.ts';

const parts: Parts = {
  components: [
    component('users', 'people', { population: 1000, requests: 0.1, peak: 2 }),
    component('loadBalancer', 'lb', { replicas: 2, serviceTime: 0.0005, price: 0.1 }),
    component('server', 'app', { replicas: 4, instance: 'm5.large', serviceTime: 0.01, contention: 0.01 }),
    component('cache', 'feed', { engine: 'redis', hitRatio: 0.8, price: 0.2, itemSize: 500 }),
    component('database', 'posts', {
      readTime: 0.002,
      writeTime: 0.004,
      readReplicas: 2,
      price: 1,
      replication: {},
      'replication.lag': 0.5,
      failover: {},
      'failover.time': 40,
      backup: {},
      'backup.every': 3600,
    }),
    component('host', 'box', { cores: 2 }),
    component('server', 'box.side', { serviceTime: 0.001 }),
    component('dataCenter', 'us', { region: 'us-east-1' }),
    component('server', 'us.spare', { cores: 2, replicas: 3 }),
  ],
  connections: [
    connect('people', 'lb', '', { payload: 2000 }),
    connect('lb', 'app'),
    connect('app', 'feed', 'reads 2'),
    connect('feed', 'posts', 'misses'),
    connect('app', 'posts', 'writes 0.5', { payload: 1000 }),
    connect('app', 'box.side', 'calls 1'),
  ],
  requests: [request('upload', 0.1, [], { app: { serviceTime: 0.05 } })],
};
const shop = architecture(parts);

function explained(figure: ExplainedFigure, subject?: string, one = shop): Explanation {
  const found = explain(one, figure, subject);
  if ('why' in found) throw new Error(found.why);
  return found;
}

describe('the inputs reproduce the figure', () => {
  const subjects: readonly (string | undefined)[] = [
    undefined,
    'lb',
    'app',
    'feed',
    'posts',
    'box',
    'box.side',
    'upload',
    'default',
  ];

  test.each(explainedFigures)('%s', (figure) => {
    let count = 0;
    for (const subject of subjects) {
      const found = explain(shop, figure, subject);
      if ('why' in found) continue;
      count++;
      if (found.value === 0) expect(evaluate(found)).toBe(0);
      else if (found.addsUpTo !== 'mean') expect(evaluate(found) / found.value).toBeCloseTo(1, 9);
      else expect(evaluate(found) / explained('mean', subject).value).toBeCloseTo(1, 9);
    }
    expect(count).toBeGreaterThan(0);
  });

  test('they are the figures of the analysis', () => {
    const { solution, capacity, availability, cost } = analyze(shop);
    expect(explained('capacity').value).toBe(capacity.users);
    expect(explained('availability').value).toBe(availability.value);
    expect(explained('cost').value).toBeCloseTo(cost.perHour, 12);
    expect(explained('p99').value).toBe(solution.response.p99);
    expect(explained('utilization', 'app').value).toBe(
      solution.components.find(({ path }) => path === 'app')!.utilization,
    );
  });
});

test('utilization of a read replica: its reads, and all writes applied', () => {
  // 200 requests per second: 400 reads, a fifth of them missed, over two replicas; 100 writes applied by each.
  const one = explained('utilization', 'posts', architecture({ ...parts, requests: [] }));
  expect(one.value).toBeCloseTo(80 * 0.5 * 0.002 + 100 * 0.004, 9);
  expect(one.terms.map(({ name }) => name)).toEqual(['reads', 'applied writes']);
  expect(one.terms[0]!.factors.map(({ value }) => value)).toEqual([expect.closeTo(80, 9), 0.5, 0.002]);
  expect(one.notes).toEqual(['This is the read replicas, the busiest part.']);
});

test('a promise that sets the capacity is the input', () => {
  const one = architecture({ ...parts, requirements: [requirement('p99', '<', 0.4)] });
  const { terms, value } = explained('capacity', undefined, one);
  expect(terms[0]!.name).toBe('require p99');
  expect(value).toBe(analyze(one).capacity.users);
});

test('a figure of the catalogue names its source', () => {
  const { terms } = explained('utilization', 'feed');
  expect(terms[0]!.factors.at(-1)).toMatchObject({ source: expect.any(String) });
  const cost = explained('cost', 'app');
  expect(cost.terms[0]!.factors[0]).toMatchObject({ source: expect.any(String) });
});

test('recovery: the youngest copy, the older ones, and where a store is worst', () => {
  const rpo = explained('rpo', 'posts');
  expect(rpo).toMatchObject({ value: 0.5, notes: ['Older copies: the last backup (1 h).'] });
  expect(rpo.terms[0]!.factors[0]).toMatchObject({ name: 'the lag of its read replicas', span: expect.anything() });
  expect(explained('rpo').notes).toContain("No other store there is worse than 'posts'.");
  expect(explained('rto', 'posts').terms[0]!.factors[0]).toMatchObject({ name: 'a replica is promoted', value: 40 });
  expect(explain(shop, 'rto', 'app')).toEqual({ why: "'app' holds no data store." });
});

test('storage, bandwidth and memory are products of rates and sizes', () => {
  // 100 requests per second on average, half a write of 1 KB each, on a primary and two read replicas.
  expect(explained('storage', 'posts').value).toBeCloseTo(100 * 0.5 * 1000 * 3 * 31_536_000, -3);
  expect(explained('bandwidth').value).toBeCloseTo(200 * 2000, 6);
  expect(explained('memory', 'feed').terms[0]!.factors.at(-1)).toMatchObject({ value: 0.2, source: 'eighty-twenty' });
  expect(explain(shop, 'storage', 'app')).toEqual({ why: "'app' stores no data." });
  expect(explain(shop, 'bandwidth', 'box')).toEqual({
    why: "How much is exchanged with 'box' is not known: declare 'payload' of 'app -> box.side'.",
  });
});

test('energy and carbon: power of the machines, hours, building, grid', () => {
  const { value, terms, unit } = explained('carbon', 'us');
  // Six idle cores at 0.74 W in a building of 1.135, on a grid of 0.379069 kg/kWh.
  expect(value).toBeCloseTo(((6 * 0.74) / 1000) * 8760 * 1.135 * 0.379069, 9);
  expect(unit).toBe('kg CO2 a year');
  expect(terms[0]!.factors.map(({ source }) => source)).toContain('nerc-carbon');
  expect(explain(shop, 'carbon', 'app')).toEqual({
    why: "The grid of 'app' is not known: it takes a data center with a 'region'.",
  });
});

test('what is not known is said', () => {
  expect(explain(shop, 'cost', 'people')).toEqual({ why: "No price is known of 'people'." });
  expect(explain(architecture({}), 'capacity')).toEqual({ why: 'No users with a population are declared.' });
});
