import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prepare } from '../network/prepare.ts';
import { solveState } from '../steady/closed.ts';
import { architecture, component, connect, requirement } from '../testing.ts';
import { candidatesOf } from './failure.ts';
import { type FailureImpact, intactFrom, outcomeOf } from './impact.ts';
import { quietOf } from './quiet.ts';
import { failuresOfNetwork, isWorse } from './sweep.ts';

const tier = fc.record({ replicas: fc.integer({ min: 1, max: 5 }), serviceTime: fc.constantFrom(0.001, 0.003, 0.006) });
const some = fc.record({
  lb: tier,
  app: tier,
  api: tier,
  cache: tier,
  hitRatio: fc.constantFrom(0, 0.6, 1),
  readReplicas: fc.integer({ min: 0, max: 2 }),
  promotes: fc.boolean(),
  threads: fc.constantFrom(undefined, undefined, 20),
  maxQueue: fc.constantFrom(undefined, undefined, undefined, 10),
  limit: fc.constantFrom(0.02, 0.05, 0.2, 2),
  rate: fc.constantFrom(100, 300, 600),
});

function build({
  lb,
  app,
  api,
  cache,
  threads,
  maxQueue,
  ...one
}: typeof some extends fc.Arbitrary<infer T> ? T : never) {
  return architecture({
    components: [
      component('users', 'people', { rate: one.rate }),
      component('loadBalancer', 'lb', { ...lb, serviceTime: 0.0001 }),
      component('server', 'app', { ...app, ...(threads === undefined ? {} : { threads }) }),
      component('server', 'api', { ...api, ...(maxQueue === undefined ? {} : { maxQueue }) }),
      component('cache', 'feed', { ...cache, serviceTime: 0.0002, hitRatio: one.hitRatio }),
      component('database', 'posts', {
        readTime: 0.001,
        writeTime: 0.001,
        readReplicas: one.readReplicas,
        ...(one.promotes ? { failover: {} } : {}),
      }),
    ],
    connections: [
      connect('people', 'lb'),
      connect('lb', 'app'),
      connect('app', 'api', 'calls 1'),
      connect('api', 'feed', 'reads 1'),
      connect('feed', 'posts', 'misses'),
      connect('app', 'posts', 'writes 0.2'),
    ],
    requirements: [
      requirement('p99', '<', one.limit),
      requirement('mean', '<', one.limit / 3),
      requirement('errors', '<', 0.001),
    ],
  });
}

const nameOf = ({ failures }: FailureImpact) => failures.map(({ kind, path }) => `${kind} ${path}`).join(' + ');

test('the pairs that are left out do nothing that one of the two does not do alone', () => {
  let quiet = 0;
  fc.assert(
    fc.property(some, (one) => {
      const network = prepare(build(one));
      const { state } = solveState(network, { load: 'peak', scale: 1 });
      const intact = intactFrom(state, network.architecture.requirements);
      const candidates = candidatesOf(network, intact.model);
      const singles = candidates.map((candidate) => outcomeOf(intact, [candidate]));
      quiet += singles.filter((outcome) => quietOf(intact, outcome)).length;
      const worse = candidates.flatMap((first, i) =>
        candidates.flatMap((second, j) => {
          if (j < i || (j === i && !first.again)) return [];
          const { impact } = outcomeOf(intact, [first, second]);
          return isWorse(impact, singles[i]!.impact, singles[j]!.impact) ? [impact] : [];
        }),
      );
      const { pairs = [] } = failuresOfNetwork(network, { pairs: true });
      expect(new Map(pairs.map((impact) => [nameOf(impact), impact]))).toEqual(
        new Map(worse.map((impact) => [nameOf(impact), impact])),
      );
    }),
    { seed: 31, numRuns: 150 },
  );
  // Otherwise nothing has been tried.
  expect(quiet).toBeGreaterThan(100);
});
