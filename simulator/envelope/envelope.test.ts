import { describe, expect, test } from 'vitest';
import { architecture, component, connect, type Parts, request } from '../testing.ts';
import { envelopeOf } from './envelope.ts';

const MONTH = 730 * 3600;

describe('a URL shortener, as estimated on discuss.educative.io (500 M new addresses a month, 100 reads each, 500 bytes)', () => {
  const parts: Parts = {
    components: [
      component('users', 'people', { rate: (101 * 500e6) / MONTH, peak: 1 }),
      component('server', 'app'),
      component('cache', 'hot', { itemSize: 500, hitRatio: 0.8 }),
      component('database', 'links'),
    ],
    connections: [
      connect('people', 'app'),
      connect('app', 'hot', `reads ${100 / 101}`),
      connect('hot', 'links', 'misses'),
      connect('app', 'links', `writes ${1 / 101}`, { payload: 500 }),
    ],
  };
  const { storage, traffic, memory } = envelopeOf(architecture(parts));

  test('15 TB in five years', () => {
    expect(5 * storage[0]!.perYear!).toBeCloseTo(15e12, -9);
  });

  test('about 170 GB in memory', () => {
    expect(memory[0]!.readsPerDay / 1.7e9).toBeCloseTo(1, 1);
    expect(memory[0]!.needed / 170e9).toBeCloseTo(1, 1);
  });

  test('connections of unknown size are named, misses have the size of the items', () => {
    expect(traffic.unknown).toEqual(['people -> app']);
    const links = traffic.places.find(({ path }) => path === 'links')!;
    expect(links.mean.in).toBeCloseTo(((0.2 * 100 + 1) * 500e6 * 500) / MONTH, 0);
  });
});

describe('storage', () => {
  const site = (properties: object, growth: object = {}) =>
    envelopeOf(
      architecture({
        components: [
          component('users', 'people', { rate: 10, peak: 3 }),
          component('server', 'app'),
          component('database', 'db', { size: 1e12, ...properties, ...growth }),
          component('database', 'far'),
          component('queue', 'log', { retention: 86_400, replicas: 3 }),
          component('storage', 'files'),
        ],
        connections: [
          connect('people', 'app'),
          connect('app', 'db', 'writes 2', { payload: 100 }),
          connect('app', 'log', 'publishes 1', { payload: 50 }),
          connect('app', 'files', 'writes 1'),
          connect('db', 'far', 'replicates'),
        ],
      }),
    ).storage;

  test('writes at the mean load × size × copies, replicated writes with the size of their source', () => {
    const [db, far, log, files] = site({ readReplicas: 2 });
    const year = 10 * 2 * 100 * 31_536_000;
    expect(db).toMatchObject({ writes: 20, copies: 3, perYear: year, perYearInAll: 3 * year, now: 1e12 });
    expect(db!.inAYear).toBeCloseTo(3 * (1e12 + year), -3);
    expect(far).toMatchObject({ perYear: year, copies: 1 });
    expect(log!.retained).toBeCloseTo(10 * 50 * 86_400 * 3, 3);
    expect(files).toEqual({ path: 'files', writes: 10, copies: 1 });
  });

  test('a declared growth comes first', () => {
    expect(site({}, { growth: 1000 })[0]!.perYear).toBeCloseTo(1000 * 31_536_000, 3);
  });
});

describe('traffic', () => {
  const { traffic } = envelopeOf(
    architecture({
      components: [
        component('users', 'people', { rate: 100, peak: 2 }),
        component('dns', 'names'),
        component('dataCenter', 'us'),
        component('server', 'us.app'),
        component('database', 'us.db'),
        component('dataCenter', 'eu'),
        component('database', 'eu.db'),
      ],
      connections: [
        connect('people', 'names'),
        connect('names', 'us.app', '', { payload: 1000 }),
        connect('us.app', 'us.db', 'reads 3', { payload: 200 }),
        connect('us.app', 'us.db', 'writes 1', { payload: 300 }),
        connect('us.db', 'eu.db', 'replicates'),
      ],
      requests: [{ ...request('upload', 0.1), properties: {} }],
    }),
  );

  test('with the users, at peak and on average', () => {
    expect(traffic.edge).toEqual({ peak: expect.closeTo(200_000, 6), mean: expect.closeTo(100_000, 6) });
    expect(traffic.unknown).toEqual([]);
  });

  test('of data centers across their borders, of components with their neighbours', () => {
    const at = (path: string) => traffic.places.find((place) => place.path === path)!.mean;
    expect(at('us')).toEqual({ in: expect.closeTo(100_000, 6), out: expect.closeTo(30_000, 6) });
    expect(at('eu')).toEqual({ in: expect.closeTo(30_000, 6), out: 0 });
    expect(at('us.app')).toEqual({ in: expect.closeTo(100_000, 6), out: expect.closeTo(90_000, 6) });
  });
});

test('a memory that holds all items is enough, whatever is read', () => {
  const { memory } = envelopeOf(
    architecture({
      components: [
        component('users', 'people', { rate: 1e6 }),
        component('server', 'app'),
        component('cache', 'hot', { items: 1000, itemSize: 100, memory: 1e6 }),
      ],
      connections: [connect('people', 'app'), connect('app', 'hot', 'reads 1')],
    }),
  );
  expect(memory).toEqual([
    expect.objectContaining({ needed: 100_000, contents: 100_000, available: 1e6, hitRatio: expect.closeTo(1, 9) }),
  ]);
});

test('a payload of a request class is that of its way in', () => {
  const upload = request('upload', 0.5);
  const span = upload.span;
  const value = { type: 'quantity', dimension: 'data', amount: 1e6 } as const;
  const { traffic } = envelopeOf(
    architecture({
      components: [component('users', 'people', { rate: 2 }), component('server', 'app')],
      connections: [connect('people', 'app')],
      requests: [
        { ...upload, properties: { payload: { name: 'payload', value, span, nameSpan: span, valueSpan: span } } },
      ],
    }),
  );
  expect(traffic.edge.mean).toBeCloseTo(1e6, 6);
  expect(traffic.unknown).toEqual(['people -> app']);
});
