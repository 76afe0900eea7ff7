/** Growth by hand: what saturates where, and what is done about it. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../index.ts';
import { withEdits } from '../remedies/apply-edits.ts';
import type { Properties } from '../testing.ts';
import { architecture, component, connect, type Parts, requirement } from '../testing.ts';
import { growthOf, populationsTo } from './growth.ts';

/** One request per second and 1,000 users, so that a server of 10 ms saturates at 100,000. */
const people = (more: Properties = {}) => component('users', 'people', { population: 1000, requests: 0.001, ...more });
const app = (more: Properties = {}) => component('server', 'app', { serviceTime: 0.01, ...more });

describe('points', () => {
  test('1-2-5 up to the last', () => {
    expect(populationsTo(100)).toEqual([1, 2, 5, 10, 20, 50, 100]);
    expect(populationsTo(30)).toEqual([1, 2, 5, 10, 20, 30]);
    expect(populationsTo(1)).toEqual([1]);
  });

  test('utilisation is in proportion, response times are those of M/M/1, errors come with saturation', () => {
    const { points } = growthOf(
      architecture({ components: [people(), app()], connections: [connect('people', 'app')] }),
      {
        to: 200_000,
      },
    );
    const at = (users: number) => points.find((point) => point.users === users)!;
    expect(at(50_000).busiest).toMatchObject({ path: 'app', resource: 'cpu' });
    expect(at(50_000).busiest!.utilization).toBeCloseTo(0.5, 9);
    // M/M/1: −ln(0.01) × S / (1 − ρ).
    expect(at(50_000).p99).toBeCloseTo((Math.log(100) * 0.01) / 0.5, 4);
    expect(at(50_000).errors).toBe(0);
    expect(at(200_000).errors).toBeCloseTo(0.5, 6);
    expect(at(200_000).p99).toBe(Number.POSITIVE_INFINITY);
  });

  test('without a population there is nothing to grow', () => {
    const one = architecture({ components: [component('users', 'people', { rate: 5 }), app()] });
    expect(growthOf(one)).toEqual({ declaredUsers: 0, points: [], stages: [] });
  });
});

describe('a promise that more machines do not keep', () => {
  test('is said to be out of reach, without steps that hardly help', () => {
    const { stages } = growthOf(
      architecture({
        components: [people(), app({ replicas: 9 })],
        connections: [connect('people', 'app')],
        // M/M/1 without any load: ln(100) × 10 ms = 46 ms.
        requirements: [requirement('p99', '<', 0.04)],
      }),
      { to: 1000 },
    );
    expect(stages[0]).toMatchObject({ carried: false, steps: [], stuck: { type: 'requirement' } });
  });

  test('about availability takes a double of what fails', () => {
    const { stages } = growthOf(
      architecture({
        components: [
          people(),
          component('loadBalancer', 'lb', { replicas: 2, serviceTime: 0 }),
          app({ availability: 0.99 }),
        ],
        connections: [connect('people', 'lb'), connect('lb', 'app')],
        requirements: [requirement('availability', '>=', 0.9995)],
      }),
      { to: 1000 },
    );
    expect(stages[0]!.steps.map(({ title }) => title)).toEqual(["Run 2 replicas of 'app'"]);
    expect(stages.every(({ carried, unkept }) => carried && unkept.length === 0)).toBe(true);
  });

  test('about availability that nothing keeps does not hide what the load takes', () => {
    const promise = requirement('availability', '>=', 0.999);
    const { stages } = growthOf(
      architecture({
        components: [people(), app(), component('external', 'bank', { availability: 0.9 })],
        connections: [connect('people', 'app'), connect('app', 'bank', 'calls 1')],
        requirements: [promise],
      }),
      { to: 1e6 },
    );
    expect(stages.every(({ carried, unkept }) => carried && unkept[0] === promise)).toBe(true);
    expect(stages.flatMap(({ steps }) => steps).map(({ section }) => section)).toEqual(['1-4', '1-3']);
  });
});

describe('steps', () => {
  const grown = (parts: Parts, to: number) => {
    const before = architecture(parts);
    const growth = growthOf(before, { to });
    const steps = growth.stages.flatMap((stage) => stage.steps);
    const after = withEdits(
      before,
      steps.flatMap(({ edits }) => edits),
    );
    return { ...growth, steps, after };
  };

  test('a lone server gets a balancer, and as many replicas as leave 30 % of each', () => {
    const { steps, after, stages } = grown(
      { components: [people(), app()], connections: [connect('people', 'app')] },
      1e6,
    );
    // 100 requests per second × 10 ms = 1 server busy, / 0.7 = 1.4; ten times as many, 14.3.
    expect(steps.map(({ section, title }) => [section, title])).toEqual([
      ['1-4', "Put load balancers in front of 'app', and run 2 replicas of it"],
      ['1-3', "Run 15 replicas of 'app'"],
    ]);
    expect(after.connections.map(({ id, from, to }) => [id, from, to])).toEqual([
      ['people -> app', 'people', 'lb'],
      ['lb -> app', 'lb', 'app'],
    ]);
    expect(stages.map(({ users, carried, steps: own }) => [users, carried, own.length])).toEqual([
      [1, true, 0],
      [10, true, 0],
      [100, true, 0],
      [1000, true, 0],
      [10_000, true, 0],
      [100_000, true, 1],
      [1e6, true, 1],
    ]);
  });

  test('reads of a database go to replicas, then to a cache; writes to shards', () => {
    const database = (more: Properties) => component('database', 'posts', { readTime: 0.01, writeTime: 0.01, ...more });
    const components = (more: Properties) => [people(), app({ replicas: 1000, serviceTime: 0 }), database(more)];
    const reading = [connect('people', 'app'), connect('app', 'posts', 'reads 1')];
    const few = grown({ components: components({}), connections: reading }, 200_000);
    // 200 reads per second × 10 ms = 2 machines, / 0.7 = 2.86.
    expect(few.steps.at(-1)?.title).toBe("Give 'posts' 3 read replicas");
    const many = grown({ components: components({}), connections: reading }, 500_000);
    // 5 machines / 0.7 = 7.1 replicas are too many; a tenth of the reads is half a machine.
    expect(many.steps.at(-1)?.title).toBe("Put a cache in front of 'posts' (taken to answer 90% of the reads)");
    expect(many.after.connections.map(({ id }) => id)).toEqual(['people -> app', 'app -> cache', 'cache -> posts']);
    const writing = [connect('people', 'app'), connect('app', 'posts', 'writes 1')];
    const written = grown({ components: components({}), connections: writing }, 500_000);
    expect(written.steps.at(-1)?.title).toBe("Give 'posts' 8 shards");
  });

  test('a promise gives more room to the busiest, and a bill cannot be grown out of', () => {
    const parts = (limit: number): Parts => ({
      components: [people({ population: 50_000 }), app({ replicas: 2 })],
      connections: [connect('people', 'app')],
      requirements: [requirement('p99', '<', limit)],
    });
    const { stages, after } = grown(parts(0.07), 100_000);
    expect(stages.at(-1)).toMatchObject({ users: 100_000, carried: true });
    expect(stages.at(-1)!.steps[0]!.because.type).toBe('requirement');
    expect(analyze(after, { scale: 2 }).requirements[0]!.holds).toBe(true);
    // ln(100) × 10 ms = 46 ms is the service time alone.
    expect(grown(parts(0.04), 100_000).stages[0]).toMatchObject({
      carried: false,
      stuck: { type: 'requirement', requirement: { metric: 'p99' } },
    });
  });

  test('nothing saturates and every promise holds at the last stage that is carried', () => {
    const before = architecture({
      components: [
        people(),
        component('loadBalancer', 'lb', { serviceTime: 0.0001 }),
        app({ replicas: [1, 4], autoscale: {} }),
        component('cache', 'feed', { serviceTime: 0.0001, hitRatio: 0.8 }),
        component('database', 'posts', { readTime: 0.002, writeTime: 0.005, readReplicas: 1 }),
      ],
      connections: [
        connect('people', 'lb'),
        connect('lb', 'app'),
        connect('app', 'feed', 'reads 3'),
        connect('feed', 'posts', 'misses'),
        connect('app', 'posts', 'writes 0.3'),
      ],
      requirements: [requirement('p99', '<', 0.2), requirement('errors', '<', 0.001)],
    });
    const { stages } = growthOf(before, { to: 10e6 });
    expect(stages.at(-1)).toMatchObject({ users: 10e6, carried: true });
    const after = withEdits(
      before,
      stages.flatMap(({ steps }) => steps.flatMap(({ edits }) => edits)),
    );
    const { capacity, requirements } = analyze(after, { scale: 10e6 / 1000 });
    expect(capacity.users).toBeGreaterThanOrEqual(10e6);
    expect(requirements.every(({ holds }) => holds)).toBe(true);
  });
});
