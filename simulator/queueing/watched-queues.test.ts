/** Balancers that watch queues: limits, order, and a simulation of their own. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  erlangC,
  fewerOfTwo,
  fewerOfTwoAmongMany,
  fewestOfAll,
  powerOfChoicesResponse,
  randomResponse,
  solveMmc,
  type WatchedMachines,
} from './index.ts';

const load = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const machines = fc.integer({ min: 1, max: 200 });
const cores = fc.integer({ min: 1, max: 16 });

function at(utilization: number, count: number, each: number): WatchedMachines {
  return { arrivalRate: utilization * count * each * 10, serviceTime: 0.1, machines: count, cores: each };
}

describe('watched queues', () => {
  test('of two servers at 90 % take 5.48 service times, one queue for both 5.26, queues chosen at random 10', () => {
    expect(fewestOfAll(at(0.9, 2, 1)).response / 0.1).toBeCloseTo(5.48, 1);
    expect(fewerOfTwo(at(0.9, 2, 1))).toEqual(fewestOfAll(at(0.9, 2, 1)));
  });

  // Two million requests each; the intervals of the simulations are within 1.5 %.
  test.each([
    [3, 1, 0.9],
    [5, 1, 0.7],
    [10, 1, 0.9],
    [4, 4, 0.85],
    [7, 2, 0.6],
  ] as const)('%i machines of %i cores at %f: simulation of all and of two', (count, each, utilization) => {
    const watched = at(utilization, count, each);
    const all = simulate(count, each, utilization, count);
    const two = simulate(count, each, utilization, 2);
    expect(Math.abs(fewestOfAll(watched).response / 0.1 / all.response - 1)).toBeLessThan(0.025);
    expect(Math.abs(fewerOfTwo(watched).response / 0.1 / two.response - 1)).toBeLessThan(0.025);
    expect(Math.abs(fewestOfAll(watched).waitProbability - all.waitProbability)).toBeLessThan(0.03);
    expect(Math.abs(fewerOfTwo(watched).waitProbability - two.waitProbability)).toBeLessThan(0.03);
  });

  test('one queue <= fewest of all <= fewer of two <= random', () => {
    fc.assert(
      fc.property(load, machines, (utilization, count) => {
        const watched = at(utilization, count, 1);
        const group = { ...watched, servers: count };
        const [all, two] = [fewestOfAll(watched), fewerOfTwo(watched)];
        expect(solveMmc(group).response).toBeLessThanOrEqual(all.response * (1 + 1e-9));
        // The tables are simulated: what differs by nothing may differ by their noise.
        expect(all.response).toBeLessThanOrEqual(two.response * 1.002);
        expect(two.response).toBeLessThanOrEqual(randomResponse(group) * 1.002);
      }),
    );
  });

  test('waiting shares are shares, and no less than those of one queue need', () => {
    fc.assert(
      fc.property(load, machines, cores, (utilization, count, each) => {
        const watched = at(utilization, count, each);
        for (const { response, waitProbability } of [fewestOfAll(watched), fewerOfTwo(watched)]) {
          expect(response).toBeGreaterThanOrEqual(0.1 * (1 - 1e-9));
          expect(waitProbability).toBeGreaterThanOrEqual(0);
          expect(waitProbability).toBeLessThanOrEqual(1);
        }
        if (count === 1) expect(fewestOfAll(watched).waitProbability).toBeCloseTo(erlangC(each, each * utilization), 9);
      }),
    );
  });

  test('A5: very many machines of one core are the mean field of Mitzenmacher', () => {
    for (const utilization of [0.1, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99]) {
      const limit = fewerOfTwoAmongMany(utilization, 1);
      expect(limit.response).toBeCloseTo(powerOfChoicesResponse(utilization, 1, 2), 9);
      expect(limit.waitProbability).toBeCloseTo(utilization ** 2, 12);
    }
  });

  test('saturated and idle', () => {
    expect(fewestOfAll(at(1, 3, 2)).response).toBe(Number.POSITIVE_INFINITY);
    expect(fewerOfTwo(at(1.5, 3, 2)).waitProbability).toBe(1);
    expect(fewestOfAll(at(0, 3, 2))).toEqual({ response: 0.1, waitProbability: 0, waitVariability: 1 });
    expect(fewerOfTwo(at(0, 3, 2)).response).toBeCloseTo(0.1, 12);
  });
});

/** The jump chain of machines with exponential cores, looked at by arrivals. */
function simulate(count: number, each: number, utilization: number, choices: number) {
  const queues = new Int32Array(count);
  const rate = count * each * utilization;
  const arrives = rate / (rate + count * each);
  let seed = 12_345;
  const random = () => {
    // mulberry32
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  let [inside, sum, arrivals, waits] = [0, 0, 0, 0];
  for (let event = 0; event < 4e6; event++) {
    const drawn = random();
    if (drawn < arrives) {
      let best = Math.floor(random() * count);
      const looked = choices < count ? 1 : count - 1;
      const start = best;
      for (let i = 1; i <= looked; i++) {
        const other = choices < count ? (start + 1 + Math.floor(random() * (count - 1))) % count : (start + i) % count;
        if (queues[other]! < queues[best]!) best = other;
      }
      arrivals++;
      if (queues[best]! >= each) waits++;
      queues[best]! += 1;
      inside++;
    } else {
      const core = Math.min(count * each - 1, Math.floor(((drawn - arrives) / (1 - arrives)) * count * each));
      if (queues[Math.floor(core / each)]! > core % each) {
        queues[Math.floor(core / each)]! -= 1;
        inside--;
      }
    }
    sum += inside;
  }
  return { response: sum / 4e6 / rate, waitProbability: waits / arrivals };
}
