/** Generated networks for comparing the engines: random, but the same for the same number. Not part of the library. */
import type { Architecture, Component, Connection } from '../../model/index.ts';
import { solve } from '../steady/solve.ts';
import { architecture, component, connect } from '../testing.ts';
import { RandomStreams } from './random.ts';

/**
 * Users before a tree of servers, caches with what is behind them, and queues with workers; nothing is busier than 85 %. All service times are
 * exponential, or with `varied` have squared variations of 0 to 4. A call is made at most `most` times for each request.
 */
export function randomNetwork(seed: number, varied: boolean, most = 1): Architecture {
  const random = new RandomStreams(String(seed), ['shape']);
  const pick = (count: number) => random.below(0, count);
  const between = (low: number, high: number) => low + (high - low) * random.uniform(0);
  const components: Component[] = [component('users', 'u', { rate: 100 })];
  const connections: Connection[] = [];
  const variability = (): Readonly<Record<string, number>> => (varied ? { variability: 2 * random.uniform(0) } : {});
  const add = (kind: 'server' | 'cache' | 'database' | 'worker', serviceTime: number, more = {}) => {
    const name = `${kind}${components.length}`;
    components.push(component(kind, name, { serviceTime, ...variability(), ...more }));
    return name;
  };
  const behind = (name: string, depth: number) => {
    for (let i = pick(3); i > 0 && depth > 0; i--) {
      const kind = pick(4);
      const times = between(0.2, most).toFixed(1);
      if (kind === 0) {
        const cache = add('cache', between(0.0002, 0.001), { hitRatio: between(0.3, 0.9) });
        connections.push(connect(name, cache, `reads ${times}`));
        connections.push(connect(cache, add('database', between(0.001, 0.005)), 'misses'));
      } else if (kind === 1) {
        const queue = `queue${components.length}`;
        components.push(component('queue', queue, { serviceTime: 0.0005 }));
        connections.push(connect(name, queue, `publishes ${times}`));
        connections.push(connect(queue, add('worker', between(0.002, 0.01), { replicas: 1 + pick(4) })));
      } else {
        const server = add('server', between(0.001, 0.01), { cores: 1 + pick(3) });
        connections.push(connect(name, server, `calls ${times}`));
        behind(server, depth - 1);
      }
    }
  };
  const first = add('server', between(0.002, 0.008), { cores: 1 + pick(4) });
  connections.push(connect('u', first));
  behind(first, 3);
  return scaled(architecture({ components, connections }), between(0.5, MOST));
}

const MOST = 0.85;

/** The same with as many users as make its busiest component so busy. */
function scaled(given: Architecture, busiest: number): Architecture {
  const most = Math.max(...solve(given).components.map(({ utilization = 0 }) => utilization));
  const [, ...others] = given.components;
  return { ...given, components: [component('users', 'u', { rate: (100 * busiest) / most }), ...others] };
}
