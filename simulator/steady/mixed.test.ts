/** Users who think beside users who do not: published cases, a chain solved state by state, and laws. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solveLinear } from '../queueing/linear-solve.ts';
import { architecture, component, connect, type Properties } from '../testing.ts';
import { solve } from './solve.ts';

/** What users ask of stations: visits of each, by the name of the station. */
interface Chain {
  readonly users: Properties;
  readonly visits: Readonly<Record<string, number>>;
}

/** Each chain has a caller without work of its own, so that it may visit stations as often as it likes. */
function network(chains: Readonly<Record<string, Chain>>, stations: Readonly<Record<string, Properties>>) {
  return solve(
    architecture({
      components: [
        ...Object.entries(chains).flatMap(([name, { users }]) => [
          component('users', name, users),
          component('workflow', `${name}Calls`, { serviceTime: 0 }),
        ]),
        ...Object.entries(stations).map(([name, properties]) => component('server', name, properties)),
      ],
      connections: Object.entries(chains).flatMap(([name, { visits }]) => [
        connect(name, `${name}Calls`),
        ...Object.entries(visits).map(([station, times]) => connect(`${name}Calls`, station, `calls ${times}`)),
      ]),
    }),
  );
}

function queueAt(solution: ReturnType<typeof network>, path: string): number {
  return solution.components.find((one) => one.path === path)!.inSystem!;
}

describe('published cases', () => {
  test('mixed network, figure 10 of Schwetman 1982 (queueing, qnmix)', () => {
    const solution = network(
      {
        open: { users: { rate: 1 }, visits: { a: 1 } },
        closed: { users: { population: 3, thinkTime: 0 }, visits: { a: 1, b: 1 } },
      },
      { a: { serviceTime: 0.25 }, b: { serviceTime: 0.1 } },
    );
    const closed = solution.rate - 1;
    // R of the open class at a is 1.201, those of the closed class 0.885 and 0.135.
    expect(closed).toBeCloseTo(3 / (0.885 + 0.135), 2);
    expect(queueAt(solution, 'a')).toBeCloseTo(1.201 + closed * 0.885, 2);
    expect(queueAt(solution, 'b')).toBeCloseTo(closed * 0.135, 2);
    expect(solution.response.mean).toBeCloseTo((1.201 + closed * (0.885 + 0.135)) / (1 + closed), 2);
  });

  test('two open and two closed chains, Lazowska et al. p. 148 (queueing, qnmix)', () => {
    const solution = network(
      {
        a: { users: { rate: 1 }, visits: { s1: 1, s2: 1 } },
        b: { users: { rate: 0.5 }, visits: { s1: 2, s2: 6 } },
        c: { users: { population: 1, thinkTime: 0 }, visits: { s1: 2, s2: 6 } },
        d: { users: { population: 1, thinkTime: 0 }, visits: { s1: 4, s2: 8 } },
      },
      { s1: { serviceTime: 1 / 4 }, s2: { serviceTime: 1 / 6 } },
    );
    // Closed: 4/19 + 5/19 at the first, 15/19 + 14/19 at the second; open: ρ (1 + Q) / (1 - ρ).
    expect(queueAt(solution, 's1')).toBeCloseTo(9 / 19 + (0.5 * (1 + 9 / 19)) / 0.5, 4);
    expect(queueAt(solution, 's2')).toBeCloseTo(29 / 19 + ((2 / 3) * (1 + 29 / 19)) / (1 / 3), 4);
  });

  test('batch and interactive, Lazowska et al. p. 131 (libmva, test2)', () => {
    const solution = network(
      {
        batch: { users: { population: 10, thinkTime: 0 }, visits: { cpu: 1, disk: 0.09 } },
        terminals: { users: { population: 25, thinkTime: 30 }, visits: { cpu: 0.1, disk: 0.9 } },
      },
      { cpu: { serviceTime: 1 }, disk: { serviceTime: 1 } },
    );
    expect(queueAt(solution, 'cpu')).toBeCloseTo(9.717 + 0.8496, 2);
    expect(queueAt(solution, 'disk')).toBeCloseTo(0.2827 + 2.09, 2);
  });

  test('two groups of interactive users, Schwetman 1982 (queueing, qncmmva)', () => {
    const solution = network(
      {
        a: { users: { population: 15, thinkTime: 1 }, visits: { s: 1 } },
        b: { users: { population: 5, thinkTime: 15 }, visits: { s: 20 } },
      },
      { s: { serviceTime: 0.025 } },
    );
    expect(solution.rate).toBeCloseTo(14.323 + 0.314, 2);
    expect(queueAt(solution, 's')).toBeCloseTo(0.677 + 0.293, 2);
  });
});

/** N users who think for z before c servers of time s, and open arrivals of rate λ there: π Q = 0 over all states. */
function solvedChain(users: number, z: number, servers: number, s: number, rate: number) {
  const most = 60;
  const size = (users + 1) * (most + 1);
  const matrix = new Float64Array(size * size);
  const at = (closed: number, open: number) => closed * (most + 1) + open;
  const go = (from: number, to: number, flow: number) => {
    matrix[to * size + from] = matrix[to * size + from]! + flow;
    matrix[from * size + from] = matrix[from * size + from]! - flow;
  };
  for (let k = 0; k <= users; k++)
    for (let o = 0; o <= most; o++) {
      const speed = k + o === 0 ? 0 : Math.min(k + o, servers) / s / (k + o);
      if (k < users) go(at(k, o), at(k + 1, o), (users - k) / z);
      if (o < most) go(at(k, o), at(k, o + 1), rate);
      if (k > 0) go(at(k, o), at(k - 1, o), k * speed);
      if (o > 0) go(at(k, o), at(k, o - 1), o * speed);
    }
  matrix.fill(1, 0, size);
  const known = new Float64Array(size);
  known[0] = 1;
  const pi = solveLinear(matrix, known)!;
  let closed = 0;
  let open = 0;
  for (let k = 0; k <= users; k++)
    for (let o = 0; o <= most; o++) {
      closed += k * pi[at(k, o)]!;
      open += o * pi[at(k, o)]!;
    }
  return { closed, open, throughput: (users - closed) / z };
}

test('several cores with open and closed users: as the Markov chain has it', () => {
  const exactly = solvedChain(6, 1, 3, 0.5, 2.5);
  const solution = network(
    {
      open: { users: { rate: 2.5 }, visits: { s: 1 } },
      closed: { users: { population: 6, thinkTime: 1 }, visits: { s: 1 } },
    },
    { s: { serviceTime: 0.5, cores: 3 } },
  );
  expect(solution.rate - 2.5).toBeCloseTo(exactly.throughput, 7);
  expect(queueAt(solution, 's')).toBeCloseTo(exactly.closed + exactly.open, 6);
  expect(solution.accuracy.kind).toBe('exact');
});

describe('laws', () => {
  const time = fc.double({ min: 0.001, max: 0.2, noNaN: true });
  const cores = fc.integer({ min: 1, max: 5 });

  test('no closed users leave the open network, and no open ones the closed', () => {
    fc.assert(
      fc.property(time, time, cores, fc.integer({ min: 1, max: 30 }), (a, b, servers, users) => {
        const stations = { s: { serviceTime: a, cores: servers }, t: { serviceTime: b } };
        const open: Chain = { users: { rate: 4 }, visits: { s: 1, t: 1 } };
        const closed: Chain = { users: { population: users, thinkTime: 1 }, visits: { s: 1, t: 1 } };
        const nobody: Chain = { users: { population: 1e-12, thinkTime: 1 }, visits: { s: 1, t: 1 } };
        const alone = network({ open }, stations);
        const beside = network({ open, nobody }, stations);
        expect(beside.response.mean / alone.response.mean).toBeCloseTo(1, 6);
        const quiet = network({ closed, open: { ...open, users: { rate: 1e-12 } } }, stations);
        expect(quiet.rate / network({ closed }, stations).rate).toBeCloseTo(1, 6);
      }),
      { numRuns: 40 },
    );
  });

  test("Little's law for the whole, and open load never makes closed users faster", () => {
    const load = fc.double({ min: 0.1, max: 4, noNaN: true });
    fc.assert(
      fc.property(time, cores, load, fc.integer({ min: 1, max: 40 }), (a, servers, rate, users) => {
        const closed: Chain = { users: { population: users, thinkTime: 1 }, visits: { s: 1 } };
        const stations = { s: { serviceTime: a, cores: servers } };
        const mixed = network({ closed, open: { users: { rate }, visits: { s: 1 } } }, stations);
        const throughput = mixed.rate - rate;
        expect(throughput).toBeLessThanOrEqual(network({ closed }, stations).rate * (1 + 1e-9));
        // Thinking users and requests inside are all of them: N + λ R of the open ones.
        const inside = queueAt(mixed, 's');
        expect(inside).toBeCloseTo(mixed.rate * mixed.response.mean, 6);
        expect(inside).toBeGreaterThanOrEqual(users - throughput * 1 - 1e-6);
      }),
      { numRuns: 40 },
    );
  });
});
