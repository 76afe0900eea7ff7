/** Programs say what the expressions say that they are made from. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Architecture, KindName } from '../../model/index.ts';
import { prepare } from '../network/prepare.ts';
import { quantileFunction, survivalOf } from '../statistics/index.ts';
import { architecture, component, connect, type Properties } from '../testing.ts';
import { solveState } from './closed.ts';
import { requestTime } from './request-programs.ts';
import { treeInputsOf } from './responses.ts';
import type { State } from './state.ts';
import { requestTree } from './trees.ts';

const kinds: readonly KindName[] = [
  'server',
  'server',
  'database',
  'cache',
  'worker',
  'loadBalancer',
  'queue',
  'function',
];

const properties: fc.Arbitrary<Properties> = fc.record(
  {
    replicas: fc.integer({ min: 1, max: 6 }),
    cores: fc.integer({ min: 2, max: 8 }),
    serviceTime: fc.constantFrom(0.001, 0.005, 0.02),
    readTime: fc.constantFrom(0.001, 0.004),
    writeTime: fc.constantFrom(0.002, 0.01),
    latency: fc.constantFrom(0, 0.0005),
    variability: fc.constantFrom(0.7, 1, 1, 2),
    hitRatio: fc.constantFrom(0.5, 0.9),
    readReplicas: fc.integer({ min: 0, max: 2 }),
  },
  { requiredKeys: [] },
);

/** Layers without cycles, calls of many or few, ways over the network. */
const open: fc.Arbitrary<Architecture> = fc
  .record({
    parts: fc.array(fc.tuple(fc.constantFrom(...kinds), properties), { minLength: 2, maxLength: 12 }),
    arrows: fc.array(
      fc.tuple(
        fc.nat(20),
        fc.nat(20),
        fc.constantFrom('', 'calls 0.3', 'calls 2', 'reads 3', 'writes 0.1', 'reads 1.5, writes 0.2', 'publishes 1'),
        fc.constantFrom(0, 0, 0.0005, 0.002),
      ),
      { minLength: 3, maxLength: 30 },
    ),
    rate: fc.constantFrom(5, 40, 150),
  })
  .map(({ parts, arrows, rate }) => {
    const components = [
      component('users', 'u', { rate }),
      ...parts.map(([kind, own], i) => component(kind, `c${i}`, own)),
    ];
    const connections = arrows.flatMap(([a, b, flow, latency]) => {
      const from = a % parts.length;
      const to = b % parts.length;
      return from < to ? [connect(`c${from}`, `c${to}`, flow, { latency })] : [];
    });
    return architecture({ components, connections: [connect('u', 'c0'), connect('u', 'c1'), ...connections] });
  });

/** The largest relative difference of the quantiles, and of the survival function where they lie; undefined without a program. */
function differenceAt(state: State): number | undefined {
  let worst: number | undefined;
  for (const [i, stream] of state.network.streams.entries()) {
    const program = requestTime(state, stream, i);
    if (!program) continue;
    const tree = requestTree(state, treeInputsOf(state), stream, i);
    const quantile = quantileFunction(tree);
    for (const p of [0.5, 0.95, 0.99, 0.999]) {
      const point = { survival: 0, density: 0 };
      const time = quantile(p);
      program.tail(time, point);
      worst = Math.max(worst ?? 0, Math.abs(point.survival - survivalOf(tree, time)) / (1 - p));
    }
  }
  return worst;
}

describe('programs of response times', () => {
  test('are the same distributions as the expressions, at one load after the other', () => {
    let compared = 0;
    fc.assert(
      fc.property(open, (model) => {
        const network = prepare(model);
        for (const scale of [1, 0.01, 2.5, 0, 1.7]) {
          const difference = differenceAt(solveState(network, { scale, load: 'peak' }).state);
          if (difference === undefined) continue;
          compared++;
          expect(difference).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 150, seed: 5 },
    );
    expect(compared).toBeGreaterThan(120);
  });

  test('a program is made again where constant times have changed', () => {
    const model = architecture({
      components: [
        component('users', 'u', { rate: 10 }),
        component('server', 'a', { serviceTime: 0.01, cores: 2 }),
        component('function', 'b', { serviceTime: 0.02 }),
        component('server', 'c', { serviceTime: 0.01, cores: 3 }),
      ],
      connections: [
        connect('u', 'a'),
        connect('a', 'b', 'calls 0.5', { latency: 0.003 }),
        connect('b', 'c', 'calls 2'),
      ],
    });
    const { state } = solveState(prepare(model), { scale: 1, load: 'peak' });
    expect(differenceAt(state)).toBeLessThan(1e-9);
    const slower = {
      ...state,
      network: {
        ...state.network,
        stations: state.network.stations.map((one) =>
          one.path === 'b' ? { ...one, variability: one.variability.map(() => 0) } : one,
        ),
      },
      pools: state.pools.map((pools) => [...pools]),
    };
    const [stream] = state.network.streams;
    const tree = requestTree(slower, treeInputsOf(slower), stream!, 0);
    // The function's time is constant now, and no program is made for times with steps.
    const time = requestTime(slower, stream!, 0);
    if (time) {
      const point = { survival: 0, density: 0 };
      time.tail(0.05, point);
      expect(point.survival).toBeCloseTo(survivalOf(tree, 0.05), 9);
    }
    expect(differenceAt(state)).toBeLessThan(1e-9);
  });
});
