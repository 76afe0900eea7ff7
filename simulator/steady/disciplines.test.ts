/** How requests share the cores: closed forms, chains solved state by state, and laws. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { priorityDelays, slowdowns, solveMmck } from '../queueing/index.ts';
import { architecture, component, connect, type Properties, request } from '../testing.ts';
import { solvePool } from './pool-load.ts';
import { hostPool } from './pools.ts';
import { behindBacklog } from './priority-load.ts';
import { solve } from './solve.ts';

/** One server and its users. */
function single(users: Properties, server: Properties) {
  const solution = solve(
    architecture({
      components: [component('users', 'u', users), component('server', 's', server)],
      connections: [connect('u', 's', '', { latency: 0 })],
    }),
  );
  return { ...solution, server: solution.components.find(({ path }) => path === 's')! };
}

describe('processor sharing', () => {
  test.each([
    [4, 9, 0.2],
    [3, 5, 0.5],
    [4, 5, 1],
  ])('T-14: %i per second, %i served', (rate, served, response) => {
    const { server } = single({ rate }, { serviceTime: 1 / served, discipline: 'processorSharing' });
    expect(server.response!.mean).toBeCloseTo(response, 9);
  });

  test('T-28: two servers, by chance and in turn', () => {
    const behind = (algorithm: string) =>
      solve(
        architecture({
          components: [
            component('users', 'u', { rate: 1 }),
            component('loadBalancer', 'b', { algorithm, serviceTime: 0 }),
            component('server', 's', { replicas: 2, serviceTime: 0.5, discipline: 'processorSharing' }),
          ],
          connections: [connect('u', 'b', '', { latency: 0 }), connect('b', 's', '', { latency: 0 })],
        }),
      ).response.mean;
    expect(behind('random')).toBeCloseTo(2 / 3, 9);
    expect(behind('roundRobin')).toBeCloseTo(0.57735, 5);
  });

  test('the mean does not depend on the distribution of the service time', () => {
    const mean = (variability: number) =>
      single({ rate: 70 }, { serviceTime: 0.04, cores: 4, discipline: 'processorSharing', variability }).server
        .response!.mean;
    expect(mean(0)).toBeCloseTo(mean(1), 12);
    expect(mean(3)).toBeCloseTo(mean(1), 12);
  });

  test('the means over the distributions are the means', () => {
    for (const variability of [0, 0.3, 1, 2]) {
      const { response, server } = single(
        { rate: 80 },
        { serviceTime: 0.01, discipline: 'processorSharing', variability },
      );
      expect(response.mean).toBeCloseTo(0.05, 9);
      expect(server.waiting).toBeCloseTo(0.04, 9);
    }
  });

  // Simulated for this test by time-sharing, 2 million requests each: p50, p90, p95, p99 of unit service times.
  test.each([
    [0.7, 1, 0, [2.518, 6.73, 8.557, 12.786], 0.05],
    [0.9, 1, 0, [7.15, 22.185, 28.811, 43.299], 0.05],
    [0.7, 1, 0.5, [2.07, 7.689, 10.703, 18.93], 0.03],
    [0.7, 1, 4, [0.412, 8.971, 16.142, 40.383], 0.05],
    [2.8, 4, 0, [1.111, 2.064, 2.521, 3.58], 0.06],
    [2.8, 4, 4, [0.217, 3.929, 6.515, 14.084], 0.03],
  ])('load %f on %i servers, squared variability %f', (rate, cores, scv, quantiles, tolerance) => {
    const { response } = single(
      { rate },
      { serviceTime: 1, cores, discipline: 'processorSharing', variability: Math.sqrt(scv) },
    );
    for (const [i, name] of (['p50', 'p90', 'p95', 'p99'] as const).entries())
      expect(Math.abs(response[name] / quantiles[i]! - 1)).toBeLessThan(tolerance);
  });

  test('exponential service: quantiles of the tagged request’s chain', () => {
    for (const [load, servers] of [
      [0.5, 1],
      [0.8, 1],
      [0.9, 1],
      [3, 4],
      [14, 16],
    ] as const) {
      const { response } = single({ rate: load }, { serviceTime: 1, cores: servers, discipline: 'processorSharing' });
      for (const [name, p, tolerance] of [
        ['p50', 0.5, 0.03],
        ['p90', 0.9, 0.007],
        ['p99', 0.99, 0.003],
        ['p999', 0.999, 0.003],
      ] as const)
        expect(Math.abs(taggedTail(load, servers, response[name]) / (1 - p) - 1)).toBeLessThan(4 * tolerance);
    }
  });

  test('requests wait in proportion to their own service time', () => {
    const solution = solve(
      architecture({
        components: [
          component('users', 'u', { rate: 10 }),
          component('server', 's', { serviceTime: 0.02, discipline: 'processorSharing' }),
        ],
        connections: [connect('u', 's', '', { latency: 0 })],
        requests: [request('report', 0.1, [], { s: { serviceTime: 0.5, variability: 2 } })],
      }),
    );
    const load = 10 * (0.9 * 0.02 + 0.1 * 0.5);
    const [plain, report] = solution.requests;
    expect(plain!.response.mean).toBeCloseTo(0.02 / (1 - load), 9);
    expect(report!.response.mean).toBeCloseTo(0.5 / (1 - load), 9);
  });

  test('a full house: M/M/c/K turns away the same, whatever the service', () => {
    const exact = solveMmck({ arrivalRate: 90, serviceTime: 0.02, servers: 2, capacity: 7 });
    for (const variability of [0, 1, 3]) {
      const { server } = single(
        { rate: 90 },
        { serviceTime: 0.02, cores: 2, maxQueue: 5, discipline: 'processorSharing', variability },
      );
      expect(server.refused).toBeCloseTo(exact.blocking, 9);
      expect(server.response!.mean).toBeCloseTo(exact.response, 9);
    }
    const found = slowdowns({ load: 1.8, servers: 2, capacity: 7 });
    const mean = found.reduce((sum, { probability, factor }) => sum + probability * factor, 0);
    expect(mean).toBeCloseTo(exact.response / 0.02, 9);
  });

  test('closed users: exact for every service time (BCMP), as with exponential service', () => {
    const closed = (server: Properties) => single({ population: 30, thinkTime: 1 }, { serviceTime: 0.04, ...server });
    const exact = closed({});
    const shared = closed({ discipline: 'processorSharing', variability: 3 });
    expect(shared.throughput).toBeCloseTo(exact.throughput, 9);
    expect(shared.response.mean).toBeCloseTo(exact.response.mean, 9);
    expect(shared.requests[0]!.response.mean * shared.rate).toBeCloseTo(30 - shared.rate, 6);
  });

  test('two groups of closed users with different work keep Little’s law', () => {
    const solution = solve(
      architecture({
        components: [
          component('users', 'a', { population: 4, thinkTime: 1 }),
          component('users', 'b', { population: 3, thinkTime: 2 }),
          component('users', 'o', { rate: 1 }),
          component('server', 's', { serviceTime: 0.1, discipline: 'processorSharing' }),
          component('workflow', 'w', { serviceTime: 0 }),
        ],
        connections: [
          connect('a', 's', '', { latency: 0 }),
          connect('b', 'w', '', { latency: 0 }),
          connect('o', 's', '', { latency: 0 }),
          connect('w', 's', 'calls 2', { latency: 0 }),
        ],
      }),
    );
    const server = solution.components.find(({ path }) => path === 's')!;
    expect(server.inSystem).toBeCloseTo(server.arrivalRate * server.response!.mean, 6);
    expect(solution.accuracy.kind).not.toBe('unreliable');
  });

  test('parts of a host that share its cores are as exact as one', () => {
    const solution = solve(
      architecture({
        components: [
          component('users', 'u', { rate: 10 }),
          component('host', 'h', { cores: 1, discipline: 'processorSharing' }),
          component('server', 'h.web', { serviceTime: 0.02 }),
          component('database', 'h.db', { serviceTime: 0.04 }),
        ],
        connections: [connect('u', 'h.web', '', { latency: 0 }), connect('h.web', 'h.db', 'reads 1', { latency: 0 })],
      }),
    );
    const mean = (path: string) => solution.components.find((one) => one.path === path)!.response!.mean;
    expect(mean('h.web')).toBeCloseTo(0.02 / 0.4, 9);
    expect(mean('h.db')).toBeCloseTo(0.04 / 0.4, 9);
    expect(solution.response.mean).toBeCloseTo(0.15, 9);
  });

  test('slow-downs have the exact mean, and probabilities add up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0.01, max: 0.995, noNaN: true }),
        (servers, utilization) => {
          const load = servers * utilization;
          const found = slowdowns({ load, servers });
          const { server } = single({ rate: load }, { serviceTime: 1, cores: servers });
          const mean = found.reduce((sum, { probability, factor }) => sum + probability * factor, 0);
          expect(found.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
          expect(mean).toBeCloseTo(server.response!.mean, 7);
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** P(T > t) of a request among 0, 1, … others under processor sharing, by uniformisation of its chain. */
function taggedTail(load: number, servers: number, time: number): number {
  const size = servers + Math.ceil(Math.log(1e-10) / Math.log(load / servers));
  const share = (inside: number) => Math.min(1, servers / inside);
  const speed = load + servers + 1;
  let here = new Float64Array(size);
  let weight = 1;
  let total = 0;
  for (let n = 0; n < size; n++) {
    here[n] = weight;
    total += weight;
    weight *= load / Math.min(n + 1, servers);
  }
  here = here.map((value) => value / total);
  let tail = 0;
  let log = -speed * time;
  for (let jump = 0; jump < speed * time + 12 * Math.sqrt(speed * time) + 30; jump++) {
    tail += Math.exp(log) * here.reduce((sum, value) => sum + value, 0);
    log += Math.log((speed * time) / (jump + 1));
    const next = new Float64Array(size);
    for (let n = 0; n < size; n++) {
      const more = n < size - 1 ? load : 0;
      const fewer = n * share(n + 1);
      next[n] = next[n]! + here[n]! * (1 - (more + fewer + share(n + 1)) / speed);
      if (n < size - 1) next[n + 1] = next[n + 1]! + (here[n]! * more) / speed;
      if (n > 0) next[n - 1] = next[n - 1]! + (here[n]! * fewer) / speed;
    }
    here = next;
  }
  return tail;
}

/** One server, and a class of requests for each given part: rate, service time, squared variability, priority. */
function withPriorities(
  server: Properties,
  classes: readonly (readonly [rate: number, time: number, scv: number, priority: number])[],
) {
  const total = classes.reduce((sum, [rate]) => sum + rate, 0);
  const solution = solve(
    architecture({
      components: [component('users', 'u', { rate: total }), component('server', 's', { serviceTime: 1, ...server })],
      connections: [connect('u', 's', '', { latency: 0 })],
      requests: classes.map(([rate, serviceTime, scv, priority], i) =>
        request(`c${i}`, rate / total, [], { s: { serviceTime, variability: Math.sqrt(scv) } }, { priority }),
      ),
    }),
  );
  return { ...solution, own: solution.requests.filter(({ name }) => name !== 'default') };
}

describe('priorities', () => {
  test('T-15: two classes at one server (Ciw, test_priority_system_compare_literature)', () => {
    const { own, components } = withPriorities({ discipline: 'priority' }, [
      [0.6, 1, 1, 0],
      [0.2, 1, 1, 7],
    ]);
    expect(own[1]!.response.mean).toBeCloseTo(2, 9);
    expect(own[0]!.response.mean).toBeCloseTo(6, 9);
    const server = components.find(({ path }) => path === 's')!;
    expect(server.inSystem).toBeCloseTo(4, 9);
    expect(server.waiting).toBeCloseTo(4, 9);
  });

  test('several cores: the order does not change the mean over all, and the most urgent see an M/M/c (Kella and Yechiali)', () => {
    for (const discipline of ['priority', 'preemptivePriority'] as const) {
      const { own, response } = withPriorities({ discipline, cores: 4 }, [
        [1.6, 1, 1, 1],
        [1.8, 1, 1, 0],
      ]);
      const together = single({ rate: 3.4 }, { serviceTime: 1, cores: 4 }).response;
      expect(response.mean).toBeCloseTo(together.mean, 9);
      const alone = single({ rate: 1.6 }, { serviceTime: 1, cores: 4 }).response;
      if (discipline === 'preemptivePriority')
        for (const name of ['mean', 'p50', 'p99'] as const) expect(own[0]!.response[name]).toBeCloseTo(alone[name], 6);
      else {
        const busy = (together.mean - 1) * (4 - 3.4);
        expect(own[0]!.response.mean - 1).toBeCloseTo(busy / (4 - 1.6), 9);
      }
    }
  });

  // Simulated for this test request by request, 3 million each: mean, p50, p90, p99 of each class.
  test.each([
    [
      'priority',
      1,
      [
        [0.2, 1, 1],
        [0.6, 1, 1],
      ],
      [
        [2.0033, 1.627, 4.119, 7.256],
        [6.0467, 3.884, 14.52, 29.71],
      ],
      0.02,
    ],
    [
      'preemptivePriority',
      1,
      [
        [0.2, 1, 1],
        [0.6, 1, 1],
      ],
      [
        [1.252, 0.868, 2.879, 5.763],
        [6.298, 4.183, 14.926, 30.126],
      ],
      0.02,
    ],
    [
      'priority',
      1,
      [
        [0.3, 0.5, 0],
        [0.3, 2, 4],
      ],
      [
        [4.0618, 1.84, 10.664, 25.759],
        [16.2747, 8.809, 43.22, 91.047],
      ],
      0.04,
    ],
    [
      'preemptivePriority',
      1,
      [
        [0.3, 0.5, 0],
        [0.3, 2, 4],
      ],
      [
        [0.5439, 0.5, 0.688, 1.06],
        [16.6271, 9.224, 43.811, 91.665],
      ],
      0.06,
    ],
    [
      'priority',
      4,
      [
        [1.6, 1, 1],
        [1.8, 1, 1],
      ],
      [
        [1.2902, 1.012, 2.7, 5.024],
        [2.9388, 1.976, 6.859, 13.971],
      ],
      0.02,
    ],
    [
      'preemptivePriority',
      4,
      [
        [1.6, 1, 1],
        [1.8, 1, 1],
      ],
      [
        [1.0394, 0.734, 2.368, 4.68],
        [3.1618, 2.162, 7.363, 14.562],
      ],
      0.07,
    ],
    [
      'priority',
      4,
      [
        [1.6, 0.5, 1],
        [1.2, 2, 1],
      ],
      [
        [0.8129, 0.638, 1.736, 3.119],
        [3.521, 2.663, 7.718, 14.219],
      ],
      0.04,
    ],
    [
      'preemptivePriority',
      4,
      [
        [1.6, 0.5, 1],
        [1.2, 2, 1],
      ],
      [
        [0.5021, 0.348, 1.156, 2.307],
        [3.6601, 2.757, 8.076, 14.82],
      ],
      0.05,
    ],
    [
      'priority',
      4,
      [
        [1, 1, 4],
        [1, 1, 4],
        [1.4, 1, 4],
      ],
      [
        [1.4845, 0.74, 3.79, 10.357],
        [2.0518, 1.086, 5.343, 12.447],
        [6.6711, 3.169, 18.093, 42.416],
      ],
      0.08,
    ],
    [
      'preemptivePriority',
      4,
      [
        [1, 1, 4],
        [1, 1, 4],
        [1.4, 1, 4],
      ],
      [
        [1.0198, 0.188, 3.054, 9.774],
        [1.3152, 0.322, 3.89, 11.418],
        [6.9313, 3.311, 18.842, 43.149],
      ],
      0.09,
    ],
    [
      'priority',
      1,
      [
        [0.3, 1, 1],
        [0.3, 1, 1],
        [0.3, 1, 1],
      ],
      [
        [2.2914, 1.884, 4.607, 8.098],
        [4.241, 2.927, 9.497, 20.283],
        [23.7041, 13.673, 60.361, 126.674],
      ],
      0.03,
    ],
  ] as const)('%s on %i cores: %j', (discipline, cores, classes, expected, tolerance) => {
    const { own } = withPriorities(
      { discipline, cores },
      classes.map(([rate, time, scv], i) => [rate, time, scv, 10 - i]),
    );
    for (const [i, figures] of expected.entries())
      for (const [k, name] of (['mean', 'p50', 'p90', 'p99'] as const).entries())
        expect(Math.abs(own[i]!.response[name] / figures[k]! - 1), `${i} ${name}`).toBeLessThan(tolerance);
  });

  test('an overload leaves the least urgent waiting, and only them', () => {
    for (const discipline of ['priority', 'preemptivePriority'] as const) {
      const { own, components, errors } = withPriorities({ discipline }, [
        [0.5, 1, 1, 2],
        [0.25, 1, 1, 1],
        [0.5, 1, 1, 0],
      ]);
      expect(own.map(({ response }) => Number.isFinite(response.mean))).toEqual([true, true, false]);
      expect(own.map((one) => one.errors)).toEqual([0, 0, expect.closeTo(0.5, 9)]);
      expect(errors).toBeCloseTo(0.25 / 1.25, 9);
      expect(components.find(({ path }) => path === 's')!.throughput).toBeCloseTo(1, 9);
    }
  });

  test('without different priorities it is first come, first served', () => {
    const classes = [
      [0.4, 1, 1, 3],
      [0.4, 1, 1, 3],
    ] as const;
    const rest = architecture({
      components: [
        component('users', 'u', { rate: 0.8 }),
        component('server', 's', { serviceTime: 1, discipline: 'priority' }),
      ],
      connections: [connect('u', 's', '', { latency: 0 })],
    });
    expect(solve(rest).response.p99).toBeCloseTo(single({ rate: 0.8 }, { serviceTime: 1 }).response.p99, 9);
    const { own } = withPriorities({ discipline: 'priority' }, classes);
    expect(own[0]!.response.mean).toBeCloseTo(own[1]!.response.mean, 9);
  });

  test('bounded queues, hosts, shards and closed users with priorities keep Little’s law and the order', () => {
    const parts: readonly Properties[] = [
      { maxQueue: 5, discipline: 'priority' },
      { maxQueue: 3, cores: 3, discipline: 'preemptivePriority' },
      { replicas: 3, discipline: 'priority' },
    ];
    for (const server of parts) {
      const { own, components } = withPriorities(server, [
        [0.6, 1, 1, 1],
        [0.3, 1, 1, 0],
      ]);
      expect(own[0]!.response.mean).toBeLessThan(own[1]!.response.mean);
      const { inSystem, throughput, response } = components.find(({ path }) => path === 's')!;
      expect(inSystem).toBeCloseTo(throughput * response!.mean, 6);
    }
  });
});

describe('a backlog in a scenario', () => {
  test('consists of the least urgent: the others pass it, the rest waits for all of it', () => {
    const levels = [
      { rate: 2, work: 1, square: 1, cube: 1.5 },
      { rate: 1, work: 2, square: 8, cube: 48 },
    ];
    const demand = { rate: 3, work: 3, square: 9, uniform: false, exponential: false, levels };
    const pool = hostPool({
      path: 'h',
      component: component('host', 'h'),
      cores: 2,
      discipline: 'priority',
      parts: [],
    });
    const [urgent, rest] = behindBacklog(solvePool(pool, demand), levels, 10).levels!;
    // Half of the two cores is left for the backlog of 20 seconds of work, and one of its requests is always in service.
    expect(rest!.wait).toBeCloseTo(20, 9);
    const fast = priorityDelays(
      [
        { rate: 2, work: 0.5, square: 0.25, cube: 0.1875 },
        { rate: 0.5, work: 0.5, square: 1, cube: 3 },
      ],
      false,
    );
    expect(urgent!.wait).toBeCloseTo(fast[0]!.wait, 9);
    expect(urgent!.waitProbability).toBe(1);
  });
});

describe('bounded queues', () => {
  test('regular services are refused less often than random ones, and bursts more often; Little’s law holds', () => {
    const at = (variability: number, burst = 1) =>
      single({ rate: 90, variability: burst }, { serviceTime: 0.01, maxQueue: 5, variability }).server;
    const exact = solveMmck({ arrivalRate: 90, serviceTime: 0.01, servers: 1, capacity: 6 });
    expect(at(1).refused).toBeCloseTo(exact.blocking, 12);
    expect(at(0).refused).toBeLessThan(at(1).refused);
    expect(at(2).refused).toBeGreaterThan(at(1).refused);
    expect(at(1, 3).refused).toBeGreaterThan(at(1).refused);
    for (const server of [at(0), at(2), at(1, 3)]) {
      expect(server.inSystem).toBeCloseTo(server.throughput * server.response!.mean, 9);
      expect(server.accuracy.kind).toBe('approximate');
    }
  });
});
