import { expect, test } from 'vitest';
import { architecture, component, connect } from '../testing.ts';
import { solve } from './solve.ts';

test('T-01: M/M/1', () => {
  const s = solve(
    architecture({
      components: [component('users', 'u', { rate: 0.75 }), component('server', 's', { serviceTime: 1 })],
      connections: [connect('u', 's')],
    }),
  );
  console.log(JSON.stringify(s, null, 1));
  expect(s.response.mean).toBeCloseTo(4, 9);
});
