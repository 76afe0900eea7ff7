/** Simulations against published and exact results, to the tolerance that their source gives or that the length of the run allows. */
import { describe, expect, test } from 'vitest';
import type { Architecture } from '../../model/index.ts';
import { powerOfChoicesResponse, solveMmck } from '../queueing/index.ts';
import { solve } from '../steady/solve.ts';
import { architecture, component, connect, type Plain, request } from '../testing.ts';
import { Replication } from './replication.ts';
import { simulate, simulateRemotely } from './simulate.ts';
import type { Simulation } from './simulation.ts';

function simulated(given: Architecture, requests = 100_000, seed = 1): Simulation {
  return simulate(given, { requests, seed })!;
}

function station(users: Readonly<Record<string, Plain>>, server: Readonly<Record<string, Plain>>): Architecture {
  return architecture({
    components: [component('users', 'u', users), component('server', 's', server)],
    connections: [connect('u', 's')],
  });
}

function of(simulation: Simulation, path: string) {
  return simulation.components.find((one) => one.path === path)!;
}

/** Within so many percent. */
function near(value: number | undefined, exact: number, percent: number): void {
  expect(Math.abs(value! / exact - 1) * 100, `${value} for ${exact}`).toBeLessThan(percent);
}

describe('single stations', () => {
  test('T-01: M/M/1 at 75 %', () => {
    const simulation = simulated(station({ rate: 0.75 }, { serviceTime: 1 }), 400_000);
    const s = of(simulation, 's');
    near(simulation.throughput.value, 0.75, 1);
    near(s.resources[0]!.utilization.value, 0.75, 1);
    near(s.inSystem.value, 3, 5);
    near(simulation.response!.mean.value, 4, 5);
    // Every interval covers the exact value; quantiles are those of an exponential time of mean 4.
    const { response } = simulation;
    for (const [estimate, exact] of [
      [response!.mean, 4],
      [response!.p50, 4 * Math.log(2)],
      [response!.p90, 4 * Math.log(10)],
      [response!.p99, 4 * Math.log(100)],
    ] as const)
      expect(Math.abs(estimate.value - exact)).toBeLessThan(estimate.halfWidth * 1.5);
  });

  test.each([
    // T-02, T-03 and T-06 of the published cases.
    ['M/M/2', 9, 2, 0.2, 1.053, 5, 600_000],
    ['M/M/4', 9, 4, 0.2, 0.212, 2, 100_000],
    ['M/M/3', 40 / 60, 3, 4, 13.5701, 6, 500_000],
  ])('%s', (_, rate, cores, serviceTime, response, percent, requests) => {
    near(simulated(station({ rate }, { serviceTime, cores }), requests).response!.mean.value, response, percent);
  });

  test.each([
    // T-10 and T-11.
    ['M/M/4/6', 50, 4, 0.1, 2, 0.293543],
    ['M/M/2/5', 3, 2, 0.5, 3, 0.085113],
  ])('%s refuses what finds its queue full', (_, rate, cores, serviceTime, maxQueue, refused) => {
    const simulation = simulated(station({ rate }, { serviceTime, cores, maxQueue }));
    near(of(simulation, 's').refused.value, refused, 2);
    near(simulation.errors.value, refused, 2);
    const exact = solveMmck({ arrivalRate: rate, serviceTime, servers: cores, capacity: cores + maxQueue });
    near(simulation.response!.mean.value, exact.response, 2);
  });

  test.each([0, 0.5, 2, 3])('M/G/1 with variation %f waits as Pollaczek and Khinchine say', (variability) => {
    const simulation = simulated(station({ rate: 0.7 }, { serviceTime: 1, variability }), 250_000);
    near(of(simulation, 's').waiting!.value, ((0.7 / 0.3) * (1 + variability ** 2)) / 2, 8);
  });
});

describe('disciplines', () => {
  test.each([
    // T-14.
    [4, 9, 0.2],
    [3, 5, 0.5],
    [4, 5, 1],
  ])('T-14: processor sharing, %f per second and %f served', (rate, served, response) => {
    const server = { serviceTime: 1 / served, discipline: 'processorSharing' };
    near(simulated(station({ rate }, server)).response!.mean.value, response, 5);
    // The mean does not depend on the variability.
    near(simulated(station({ rate }, { ...server, variability: 2 })).response!.mean.value, response, 5);
  });

  const twoClasses = (discipline: string): Architecture => {
    const given = architecture({
      components: [component('users', 'u', { rate: 0.8 }), component('server', 's', { serviceTime: 1, discipline })],
      connections: [connect('u', 's')],
      requests: [request('urgent', 0.25)],
    });
    const [urgent] = given.requests;
    const priority = component('server', 'x', { serviceTime: 1 }).properties.serviceTime!;
    const value = { type: 'quantity', dimension: 'count', amount: 1 } as const;
    return { ...given, requests: [{ ...urgent!, properties: { priority: { ...priority, name: 'priority', value } } }] };
  };

  test('T-15: two classes of M/M/1, the more urgent one served first', () => {
    const { requests } = simulated(twoClasses('priority'), 250_000);
    near(requests.find(({ name }) => name === 'urgent')!.response!.mean.value, 2, 5);
    near(requests.find(({ name }) => name === 'default')!.response!.mean.value, 6, 6);
  });

  test('the more urgent one interrupts the other: as if it were alone', () => {
    const { requests, response } = simulated(twoClasses('preemptivePriority'), 250_000);
    near(requests.find(({ name }) => name === 'urgent')!.response!.mean.value, 1 / 0.8, 3);
    // Work is conserved: with equal exponential times the mean of all is that of M/M/1.
    near(response!.mean.value, 5, 6);
  });
});

describe('networks', () => {
  test('T-27: jobs that come back, simulated by the author of PDQ', () => {
    const simulation = simulated(
      architecture({
        components: [
          component('users', 'u', { rate: 0.5 }),
          component('server', 'a', { serviceTime: 1 }),
          component('loadBalancer', 'either', { serviceTime: 0 }),
          component('server', 'b', { serviceTime: 2 }),
          component('server', 'c', { serviceTime: 1 }),
        ],
        connections: [
          connect('u', 'a'),
          connect('a', 'either', 'publishes 1'),
          connect('either', 'b', '50%'),
          connect('either', 'c', '50%'),
          connect('b', 'c', 'publishes 0.8'),
          connect('c', 'a', 'publishes 0.2'),
        ],
      }),
      200_000,
    );
    near(of(simulation, 'a').arrivalRate.value, 0.609756, 1);
    near(of(simulation, 'a').inSystem.value, 1.5625, 6);
    near(of(simulation, 'b').inSystem.value, 1.5625, 6);
    near(of(simulation, 'c').inSystem.value, 1.2162, 6);
  });

  test('T-29: the packet network of Grotto and of simmer', () => {
    const size = 100 / 220;
    const simulation = simulated(
      architecture({
        components: [
          component('users', 'one', { rate: 2 }),
          component('users', 'three', { rate: 0.5 }),
          component('users', 'four', { rate: 0.6 }),
          component('server', 'q1', { serviceTime: size }),
          component('server', 'q2', { serviceTime: size }),
          component('loadBalancer', 'split', { serviceTime: 0 }),
          component('server', 'q3', { serviceTime: size }),
          component('server', 'q4', { serviceTime: size }),
        ],
        connections: [
          connect('one', 'q1'),
          connect('three', 'q3'),
          connect('four', 'q4'),
          connect('q1', 'q2', 'publishes 0.75'),
          connect('q2', 'split', 'publishes 1'),
          connect('split', 'q3', '65%'),
          connect('split', 'q4', '35%'),
        ],
      }),
      200_000,
    );
    for (const [path, utilization] of [
      ['q1', 0.909],
      ['q2', 0.682],
      ['q3', 0.6705],
      ['q4', 0.511],
    ] as const)
      near(of(simulation, path).resources[0]!.utilization.value, utilization, 1);
  });

  test.each([
    // T-28: random, every other one, and one queue for both; the third as the workers of one queue.
    ['random', 2 / 3],
    ['roundRobin', 0.57735],
  ])('T-28: two servers behind a balancer, %s', (algorithm, response) => {
    const simulation = simulated(
      architecture({
        components: [
          component('users', 'u', { rate: 1 }),
          component('loadBalancer', 'lb', { serviceTime: 0, algorithm }),
          component('server', 's', { serviceTime: 0.5, replicas: 2 }),
        ],
        connections: [connect('u', 'lb'), connect('lb', 's')],
      }),
      300_000,
    );
    near(simulation.response!.mean.value, response, 1);
  });

  test('T-28: workers of one queue', () => {
    const simulation = simulated(
      architecture({
        components: [
          component('users', 'u', { rate: 1 }),
          component('queue', 'q', { serviceTime: 0 }),
          component('worker', 'w', { serviceTime: 0.5, replicas: 2 }),
        ],
        connections: [connect('u', 'q', 'publishes 1'), connect('q', 'w')],
      }),
      300_000,
    );
    near(of(simulation, 'w').response!.mean.value, 8 / 15, 1);
  });

  test.each([
    // Mitzenmacher 2001; a hundred servers are a little worse than infinitely many.
    [0.7, 1.61445],
    [0.9, 2.61406],
  ])('the better of two random ones of a hundred servers at %f', (load, response) => {
    const simulation = simulated(
      architecture({
        components: [
          component('users', 'u', { rate: 100 * load }),
          component('loadBalancer', 'lb', { serviceTime: 0, algorithm: 'powerOfTwo' }),
          component('server', 's', { serviceTime: 1, replicas: 100 }),
        ],
        connections: [connect('u', 'lb'), connect('lb', 's')],
      }),
      600_000,
    );
    expect(powerOfChoicesResponse(load, 1, 2)).toBeCloseTo(response, 4);
    near(simulation.response!.mean.value, response, 4);
    expect(simulation.response!.mean.value).toBeGreaterThan(response * 0.995);
  });
});

describe('users who think', () => {
  test('T-30: a hundred of them at one server', () => {
    const simulation = simulated(station({ population: 100, thinkTime: 300 }, { serviceTime: 0.63 }));
    near(simulation.throughput.value, 0.3325, 1);
    near(simulation.response!.mean.value, 0.7943, 2);
    near(of(simulation, 's').resources[0]!.utilization.value, 0.209445, 1);
    near(of(simulation, 's').inSystem.value, 0.2641, 2);
  });

  test('T-35: two repairers, three machines', () => {
    const simulation = simulated(station({ population: 3, thinkTime: 2 }, { serviceTime: 0.25, cores: 2 }));
    near(simulation.throughput.value, 1.3324, 1);
    near(simulation.response!.mean.value, 0.2515, 1);
    near(of(simulation, 's').inSystem.value, 0.3352, 1);
  });

  test('T-31: three users, a processor and two disks', () => {
    const demands = { cpu: 0.605, disk1: 2.1, disk2: 1.35 };
    const simulation = simulated(
      architecture({
        components: [
          component('users', 'u', { population: 3, thinkTime: 15 }),
          component('workflow', 'session', { serviceTime: 0 }),
          ...Object.entries(demands).map(([name, serviceTime]) => component('server', name, { serviceTime })),
        ],
        connections: [
          connect('u', 'session'),
          ...Object.keys(demands).map((name) => connect('session', name, 'calls 1')),
        ],
      }),
    );
    near(simulation.throughput.value, 0.15152, 1);
    near(of(simulation, 'cpu').inSystem.value, 0.0976, 3);
    near(of(simulation, 'disk1').inSystem.value, 0.3947, 3);
    near(of(simulation, 'disk2').inSystem.value, 0.235, 3);
  });
});

describe('what callers do', () => {
  const calling = (target: Parameters<typeof component>, call: Readonly<Record<string, Plain>>, flow = 'calls 1') =>
    architecture({
      components: [
        component('users', 'u', { rate: 10 }),
        component('server', 'app', { serviceTime: 0.001 }),
        component(...target),
      ],
      connections: [connect('u', 'app'), connect('app', target[1], flow, call)],
    });

  test('a time limit without retries fails as often as the time is exceeded', () => {
    const simulation = simulated(calling(['external', 'pay', { latency: 0.1 }], { timeout: 0.2 }));
    const late = Math.exp(-2);
    near(simulation.errors.value, late, 3);
    near(simulation.calls[0]!.failures.value, late, 3);
    expect(simulation.calls[0]!.attempts.value).toBe(1);
    expect(simulation.requests[0]!.response!.p999.value).toBeLessThan(0.23);
  });

  test('retries are attempts of their own, with pauses between', () => {
    const simulation = simulated(
      calling(['external', 'pay', { latency: 0.1 }], { timeout: 0.1, retries: 2, pause: 0.05, backoff: 'exponential' }),
    );
    const late = Math.exp(-1);
    near(simulation.calls[0]!.attempts.value, 1 + late + late ** 2, 1);
    near(simulation.errors.value, late ** 3, 3);
    near(of(simulation, 'pay').arrivalRate.value, 10 * (1 + late + late ** 2), 1);
    const within = 0.1 - (0.1 * late) / (1 - late);
    const failures = (late * 0.15 + late ** 2 * (0.15 + 0.2)) / (1 + late + late ** 2);
    near(simulation.response!.mean.value, 0.001 + 0.001 / 99 + within + failures, 2);
  });

  test('who can do without an answer does not fail', () => {
    const simulation = simulated(
      calling(['external', 'pay', { latency: 0.1 }], { timeout: 0.2, fallback: true }),
      20_000,
    );
    expect(simulation.errors.value).toBe(0);
    expect(simulation.calls[0]!.failures.value).toBeGreaterThan(0.1);
  });

  test('an open breaker tries nothing again', () => {
    const limits = { timeout: 0.01, retries: 3, circuitBreaker: true };
    const simulation = simulated(calling(['external', 'pay', { latency: 0.1 }], limits), 20_000);
    expect(simulation.calls[0]!.attempts.value).toBeLessThan(1.05);
    const without = simulated(
      calling(['external', 'pay', { latency: 0.1 }], { ...limits, circuitBreaker: false }),
      20_000,
    );
    expect(without.calls[0]!.attempts.value).toBeGreaterThan(3);
  });

  test('calls at the same time take as long as the longest', () => {
    const simulation = simulated(
      calling(['function', 'f', { serviceTime: 0.1 }], { parallel: true }, 'calls 4'),
      100_000,
    );
    near(simulation.response!.mean.value, 0.001 + 0.001 / 99 + 0.1 * (1 + 1 / 2 + 1 / 3 + 1 / 4), 1);
  });

  test('a pool of connections is M/M/c where nothing else is waited for', () => {
    const simulation = simulated(calling(['external', 'slow', { latency: 0.15 }], { pool: 2 }));
    const pool = of(simulation, 'app').resources.find(({ resource }) => resource === 'pool')!;
    near(pool.utilization.value, 0.75, 1);
    // Erlang C of 1.5 of 2 servers: 9 / 14.
    near(pool.waiting!.value, ((9 / 14) * 0.15) / 0.5, 5);
  });

  test('threads are held while a call is waited for', () => {
    const simulation = simulated(
      architecture({
        components: [
          component('users', 'u', { rate: 10 }),
          component('server', 'app', { serviceTime: 0, threads: 2 }),
          component('external', 'slow', { latency: 0.15 }),
        ],
        connections: [connect('u', 'app'), connect('app', 'slow', 'calls 1')],
      }),
    );
    const threads = of(simulation, 'app').resources.find(({ resource }) => resource === 'threads')!;
    near(threads.utilization.value, 0.75, 1);
    near(simulation.response!.mean.value, 0.15 + ((9 / 14) * 0.15) / 0.5, 3);
  });
});

describe('how it runs', () => {
  const web = station({ rate: 50 }, { serviceTime: 0.01 });

  test('the same seed gives the same bytes, and so do runs elsewhere', async () => {
    const here = JSON.stringify(simulated(web, 40_000));
    expect(JSON.stringify(simulated(web, 40_000))).toBe(here);
    expect(JSON.stringify(simulated(web, 40_000, 2))).not.toBe(here);
    const elsewhere = await simulateRemotely(web, { requests: 40_000 }, (task) => {
      const run = new Replication(structuredClone(task));
      return { observe: async (requests) => structuredClone(run.observe(requests)!) };
    });
    expect(JSON.stringify(elsewhere)).toBe(here);
  });

  test('it stops when it is as precise as was asked for', () => {
    const coarse = simulate(web, { precision: 0.05 })!;
    const fine = simulate(web, { precision: 0.01 })!;
    expect(coarse.ended).toBe('precise');
    expect(coarse.precision).toBeLessThan(0.05);
    expect(fine.precision).toBeLessThan(0.01);
    expect(fine.observed).toBeGreaterThan(2 * coarse.observed);
    near(fine.response!.mean.value, 0.02, 1.5);
  });

  test('it can be stopped, and says how far it is', () => {
    const seen: number[] = [];
    expect(
      simulate(web, {
        requests: 10_000,
        onProgress: (done, most) => {
          seen.push(done / most);
          return seen.length < 3;
        },
      }),
    ).toBeUndefined();
    expect(seen).toHaveLength(3);
  });

  test('without load there is nothing to see', () => {
    expect(simulate(station({}, { serviceTime: 0.01 }))).toMatchObject({ ended: 'idle', observed: 0, limits: [] });
    expect(simulate(architecture({}))).toMatchObject({ ended: 'idle' });
  });

  test('more than can be done is said, with the name', () => {
    const { accuracy } = simulated(station({ rate: 200 }, { serviceTime: 0.01 }), 20_000);
    expect(accuracy).toMatchObject({ kind: 'unreliable' });
    expect(JSON.stringify(accuracy)).toContain("more is asked of 's' than it can do");
  });

  test('where nobody is answered in time nothing is precise', () => {
    const { ended, precision, response, errors } = simulated(
      architecture({
        components: [component('users', 'u', { rate: 80 }), component('server', 's', { serviceTime: 0.01 })],
        connections: [connect('u', 's', '', { timeout: 0.000_001 })],
      }),
      5000,
    );
    expect([ended, precision, response]).toEqual(['requests', Number.POSITIVE_INFINITY, undefined]);
    expect(errors.value).toBeGreaterThan(0.99);
  });

  test('classes of requests have figures of their own, which add up', () => {
    const given = architecture({
      components: [component('users', 'u', { rate: 50 }), component('server', 's', { serviceTime: 0.004 })],
      connections: [connect('u', 's')],
      requests: [request('slow', 0.1, [], { s: { serviceTime: 0.05 } })],
    });
    const simulation = simulated(given, 100_000);
    const formula = solve(given);
    expect(simulation.requests.map(({ name }) => name)).toEqual(['default', 'slow']);
    for (const [i, { response, rate }] of simulation.requests.entries()) {
      near(rate.value, formula.requests[i]!.rate, 2);
      near(response!.mean.value, formula.requests[i]!.response.mean, 6);
    }
    const answered = simulation.requests.reduce((sum, one) => sum + one.answered, 0);
    expect(answered / simulation.seconds).toBeCloseTo(simulation.throughput.value, 9);
  });

  test('more replicas are never worse for the same users', () => {
    const mean = (replicas: number) =>
      simulated(station({ rate: 100 }, { serviceTime: 0.015, replicas }), 60_000).response!.mean.value;
    const means = [2, 3, 4, 6].map(mean);
    for (let i = 1; i < means.length; i++) expect(means[i]).toBeLessThan(means[i - 1]!);
  });
});
