/** Published cases, as architectures: sources and tolerances in the case names. */
import { describe, expect, test } from 'vitest';
import type { Architecture, ComponentResult } from '../../model/index.ts';
import { architecture, component, connect, type Properties } from '../testing.ts';
import { solve } from './solve.ts';

describe('single stations', () => {
  test('T-01: M/M/1, λ 0.75, S 1 (PDQ, open1.out)', () => {
    const { response, components } = solve(queue({ rate: 0.75 }, { serviceTime: 1 }));
    const server = find(components, 'server');
    expect(server.throughput).toBeCloseTo(0.75, 9);
    expect(server.utilization).toBeCloseTo(0.75, 9);
    expect(server.inSystem).toBeCloseTo(3, 6);
    expect(response.mean).toBeCloseTo(4, 6);
    expect(response.p99).toBeCloseTo(18.4207, 4);
    expect(response.p999).toBeCloseTo(27.631, 3);
  });

  test('T-02: M/M/2, λ 9, μ 5 (queueing, qsmmm)', () => {
    const { response, components } = solve(queue({ rate: 9 }, { serviceTime: 0.2, cores: 2 }));
    expect(9 * find(components, 'server').waiting!).toBeCloseTo(7.674, 3);
    expect(response.mean).toBeCloseTo(1.053, 3);
    expect([response.p50, response.p95]).toEqual([expect.closeTo(0.7538, 4), expect.closeTo(3.0595, 3)]);
  });

  test('T-03: M/M/4, λ 9, μ 5 (queueing, qsmmm)', () => {
    const { response, components } = solve(queue({ rate: 9 }, { serviceTime: 0.2, cores: 4 }));
    expect(9 * find(components, 'server').waiting!).toBeCloseTo(0.105, 3);
    expect(response.mean).toBeCloseTo(0.212, 3);
  });

  test('T-05: M/M/4 cluster, λ 0.099/h, S 10 h (PDQ, orca.out)', () => {
    const hour = 3600;
    const { response, components } = solve(queue({ rate: 0.099 / hour }, { serviceTime: 10 * hour, cores: 4 }));
    const server = find(components, 'server');
    expect(server.utilization).toBeCloseTo(0.2475, 6);
    expect(response.mean / hour).toBeCloseTo(10.0656, 4);
    expect(server.inSystem).toBeCloseTo(0.9965, 4);
    expect(server.waiting! / hour).toBeCloseTo(0.0656, 4);
  });

  test('T-06: three cashiers, λ 40/60 per minute, S 4 min (PDQ, bks3.rpt)', () => {
    const { response, components } = solve(queue({ rate: 40 / 60 }, { serviceTime: 4, cores: 3 }));
    const server = find(components, 'server');
    expect(server.utilization).toBeCloseTo(0.888889, 6);
    expect(server.inSystem).toBeCloseTo(9.0467, 4);
    expect(server.waiting).toBeCloseTo(9.5701, 4);
    expect(response.mean).toBeCloseTo(13.5701, 4);
  });

  test('T-07: browsing for 45 min before the cashiers (PDQ, bks3.rpt)', () => {
    const { response, components } = solve(
      architecture({
        components: [
          component('users', 'customers', { rate: 40 / 60 }),
          component('function', 'browsing', { serviceTime: 45 }),
          component('server', 'cashiers', { serviceTime: 4, cores: 3 }),
        ],
        connections: [connect('customers', 'browsing'), connect('browsing', 'cashiers')],
      }),
    );
    const inside = components.reduce((sum, one) => sum + (one.inSystem ?? 0), 0);
    expect(response.mean).toBeCloseTo(58.5701, 4);
    expect(inside).toBeCloseTo(39.0467, 4);
    expect(find(components, 'cashiers').saturatesAt! * (40 / 60)).toBeCloseTo(0.75, 9);
  });

  test('T-10: M/M/4/6 sheds load, λ 50, μ 10 (queueing, qsmmmk)', () => {
    const { errors, throughput } = solve(queue({ rate: 50 }, { serviceTime: 0.1, cores: 4, maxQueue: 2 }));
    expect(errors).toBeCloseTo(0.293543, 6);
    expect(throughput).toBeCloseTo(35.32, 2);
  });

  test('T-11: M/M/2/5, λ 3, μ 2 (queueing, qsmmmk)', () => {
    const { components } = solve(queue({ rate: 3 }, { serviceTime: 0.5, cores: 2, maxQueue: 3 }));
    const server = find(components, 'server');
    expect(server.refused).toBeCloseTo(0.085113, 5);
    expect(server.inSystem).toBeCloseTo(2.00595, 5);
    expect(server.waiting).toBeCloseTo(0.230857, 5);
  });
});

describe('load balancing', () => {
  test('T-28: two servers, λ 1, μ 2: random 2/3, round robin 0.577350, pooled 0.533333', () => {
    const response = (algorithm: string, servers: Properties = { replicas: 2 }) =>
      solve(
        architecture({
          components: [
            component('users', 'users', { rate: 1 }),
            component('loadBalancer', 'balancer', { algorithm }),
            component('server', 'server', { ...servers, serviceTime: 0.5 }),
          ],
          connections: [connect('users', 'balancer'), connect('balancer', 'server')],
        }),
      ).response.mean;
    expect(response('random')).toBeCloseTo(2 / 3, 9);
    expect(response('ipHash')).toBeCloseTo(2 / 3, 9);
    expect(response('roundRobin')).toBeCloseTo(0.57735, 6);
    expect(response('random', { cores: 2 })).toBeCloseTo(0.533333, 6);
    expect(response('leastConnections')).toBeGreaterThan(0.533333);
    expect(response('leastConnections')).toBeLessThan(0.57735);
  });
});

describe('open networks', () => {
  test('T-22: Lazowska p. 113, λ 0.3, V 121/70/50', () => {
    const { components, response } = solve(
      architecture({
        components: [
          component('users', 'users', { rate: 0.3 }),
          component('workflow', 'session', { serviceTime: 0 }),
          component('server', 'cpu', { serviceTime: 0.005 }),
          component('server', 'disk1', { serviceTime: 0.03 }),
          component('server', 'disk2', { serviceTime: 0.027 }),
        ],
        connections: [
          connect('users', 'session'),
          connect('session', 'cpu', 'calls 121'),
          connect('session', 'disk1', 'calls 70'),
          connect('session', 'disk2', 'calls 50'),
        ],
      }),
    );
    const cpu = find(components, 'cpu');
    expect(cpu.utilization).toBeCloseTo(0.1815, 9);
    expect(cpu.throughput).toBeCloseTo(36.3, 9);
    expect(cpu.inSystem).toBeCloseTo(0.222, 3);
    expect(find(components, 'disk1').utilization).toBeCloseTo(0.63, 9);
    expect(find(components, 'disk2').utilization).toBeCloseTo(0.405, 9);
    expect(response.mean).toBeCloseTo(8.6838, 3);
  });

  test('T-23: Jain example 34.1, λ 3, V 16/7/8', () => {
    const { components } = solve(
      architecture({
        components: [
          component('users', 'users', { rate: 3 }),
          component('workflow', 'session', { serviceTime: 0 }),
          component('server', 'a', { serviceTime: 0.01 }),
          component('server', 'b', { serviceTime: 0.02 }),
          component('server', 'c', { serviceTime: 0.03 }),
        ],
        connections: [
          connect('users', 'session'),
          connect('session', 'a', 'calls 16'),
          connect('session', 'b', 'calls 7'),
          connect('session', 'c', 'calls 8'),
        ],
      }),
    );
    const all = ['a', 'b', 'c'].map((path) => find(components, path));
    expect(all.map((one) => one.utilization)).toEqual([0.48, 0.42, 0.72].map((value) => expect.closeTo(value, 9)));
    expect(all.map((one) => one.response!.mean)).toEqual(
      [0.0192, 0.0345, 0.107].map((value) => expect.closeTo(value, 3)),
    );
  });

  test('T-24: Bolch 7.4, a network with feedback', () => {
    const { components, response } = solve(
      architecture({
        components: [
          component('users', 'users', { rate: 4 }),
          component('server', 'n1', { serviceTime: 0.04 }),
          component('server', 'n2', { serviceTime: 0.03 }),
          component('server', 'n3', { serviceTime: 0.06 }),
          component('server', 'n4', { serviceTime: 0.05 }),
        ],
        connections: [
          connect('users', 'n4'),
          connect('n4', 'n1'),
          connect('n1', 'n2', 'calls 0.5'),
          connect('n1', 'n3', 'calls 0.5'),
          connect('n2', 'n1'),
          connect('n3', 'n1', 'calls 0.6'),
        ],
      }),
    );
    const all = ['n1', 'n2', 'n3', 'n4'].map((path) => find(components, path));
    expect(all.map((one) => one.throughput)).toEqual([20, 10, 10, 4].map((value) => expect.closeTo(value, 9)));
    expect(all.map((one) => one.utilization)).toEqual([0.8, 0.3, 0.6, 0.2].map((value) => expect.closeTo(value, 9)));
    expect(all.map((one) => one.response!.mean)).toEqual(
      [0.2, 0.043, 0.15, 0.0625].map((value) => expect.closeTo(value, 3)),
    );
    expect(all.map((one) => one.inSystem)).toEqual([4, 0.4286, 1.5, 0.25].map((value) => expect.closeTo(value, 4)));
    // Little's law over the whole network.
    expect(response.mean).toBeCloseTo((4 + 0.428571 + 1.5 + 0.25) / 4, 5);
  });
});

describe('closed populations', () => {
  test('T-30: 100 users, think time 300, demand 0.63 (PDQ, closed1.out)', () => {
    const { rate, response, components } = solve(queue({ population: 100, thinkTime: 300 }, { serviceTime: 0.63 }));
    const server = find(components, 'server');
    expect(rate).toBeCloseTo(0.3325, 4);
    expect(response.mean).toBeCloseTo(0.7943, 4);
    expect(server.utilization).toBeCloseTo(0.209445, 6);
    expect(server.inSystem).toBeCloseTo(0.2641, 4);
    expect(100 * server.saturatesAt!).toBeCloseTo(477.19, 2);
  });

  test('T-32: Jain example 34.2, 20 users, think time 4', () => {
    const { components, rate } = solve(
      architecture({
        components: [
          component('users', 'users', { population: 20, thinkTime: 4 }),
          component('workflow', 'session', { serviceTime: 0 }),
          component('server', 'a', { serviceTime: 0.125 }),
          component('server', 'b', { serviceTime: 0.3 }),
          component('server', 'c', { serviceTime: 0.2 }),
        ],
        connections: [
          connect('users', 'session'),
          connect('session', 'a', 'calls 16'),
          connect('session', 'b', 'calls 10'),
          connect('session', 'c', 'calls 5'),
        ],
      }),
    );
    const all = ['a', 'b', 'c'].map((path) => find(components, path));
    expect(rate).toBeCloseTo(0.33325, 4);
    expect(all.map((one) => one.response!.mean)).toEqual([0.373, 4.854, 0.3].map((value) => expect.closeTo(value, 3)));
    expect(all.map((one) => one.inSystem)).toEqual([1.991, 16.177, 0.5].map((value) => expect.closeTo(value, 2)));
  });

  test('T-35: machine repair M/M/2//3 (LINE tutorial 3)', () => {
    const { rate, response, components } = solve(
      queue({ population: 3, thinkTime: 2 }, { serviceTime: 0.25, cores: 2 }),
    );
    expect(rate).toBeCloseTo(1.3324, 4);
    expect(response.mean).toBeCloseTo(0.2515, 4);
    expect(find(components, 'server').inSystem).toBeCloseTo(0.3352, 4);
  });
});

function queue(users: Properties, server: Properties): Architecture {
  return architecture({
    components: [component('users', 'users', users), component('server', 'server', server)],
    connections: [connect('users', 'server')],
  });
}

function find(components: readonly ComponentResult[], path: string): ComponentResult {
  const found = components.find((one) => one.path === path);
  if (!found) throw new Error(`no result for '${path}'`);
  return found;
}
